package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"hailong/survey"
)

var (
	grouped     = regexp.MustCompile(`^\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)$`)
	wholeDigits = regexp.MustCompile(`^(\d+)(?:[.,]0+)?$`)
	belowZero   = regexp.MustCompile(`^- ?[\d.,]+$`)
	broken      = regexp.MustCompile(`^\d+[.,]\d+$`)
	separators  = strings.NewReplacer(".", "", ",", "", " ", "")
	dashes      = strings.NewReplacer("−", "-", "–", "-", "—", "-")
)

// parseEnrolment reads a number of learners that stands in a cell as text: 0
// means that the school does not have the level. Points, commas or blanks that
// group digits by three are accepted: «1.234» is 1234.
func parseEnrolment(text string) (int, *survey.Error) {
	text = dashes.Replace(survey.CleanLine(text))
	switch {
	case text == "" || text == "-":
		return 0, nil
	case grouped.MatchString(text):
		return wholeEnrolment(separators.Replace(text))
	case wholeDigits.MatchString(text):
		return wholeEnrolment(wholeDigits.FindStringSubmatch(text)[1])
	case belowZero.MatchString(text):
		return 0, errBelowZero()
	case broken.MatchString(text):
		return 0, errBrokenNumber()
	}
	return 0, errWords()
}

// parseStored reads a number of learners as Excel stores it.
func parseStored(raw string) (int, *survey.Error) {
	x, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	whole := math.Round(x)
	switch {
	case err != nil || math.IsNaN(x) || math.IsInf(x, 0):
		return parseEnrolment(raw)
	case x < 0:
		return 0, errBelowZero()
	case whole > survey.MaxEnrolment:
		return 0, errTooMany()
	case math.Abs(x-whole) > 1e-9: // a sum may be off in its last digit
		return 0, errBrokenNumber()
	}
	return int(whole), nil
}

func wholeEnrolment(digits string) (int, *survey.Error) {
	n, err := strconv.Atoi(digits)
	if err != nil || n > survey.MaxEnrolment {
		return 0, errTooMany()
	}
	return n, nil
}

func errWords() *survey.Error {
	return survey.Refuse(survey.Invalid, "Sĩ số phải là số nguyên, không kèm chữ. Ghi số từ 1 đến %[1]s, hoặc để trống nếu trường không có cấp này",
		"The enrolment must be a whole number without words, 1 to %[2]d, or blank if the school does not have this level", survey.Count(survey.MaxEnrolment), survey.MaxEnrolment)
}

func errTooMany() *survey.Error {
	return survey.Refuse(survey.Invalid, "Sĩ số một cấp nhiều nhất là %[1]s. Xem lại số này", "The enrolment of a level is at most %[2]d; check this number",
		survey.Count(survey.MaxEnrolment), survey.MaxEnrolment)
}

func errBelowZero() *survey.Error {
	return survey.Refuse(survey.Invalid, "Sĩ số không thể là số âm. Ghi số từ 1 đến %[1]s, hoặc để trống nếu trường không có cấp này",
		"The enrolment cannot be negative; write 1 to %[2]d, or leave it blank if the school does not have this level", survey.Count(survey.MaxEnrolment), survey.MaxEnrolment)
}

func errBrokenNumber() *survey.Error {
	return survey.Refuse(survey.Invalid, "Sĩ số phải là số nguyên. Ghi lại số này, không có phần lẻ", "The enrolment must be a whole number, without a fraction")
}
