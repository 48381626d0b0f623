package survey

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	groupedNumber = regexp.MustCompile(`^\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)$`)
	wholeNumber   = regexp.MustCompile(`^(\d+)(?:[.,]0+)?$`)
	belowZero     = regexp.MustCompile(`^- ?[\d.,]+$`)
	brokenNumber  = regexp.MustCompile(`^\d+[.,]\d+$`)
	separators    = strings.NewReplacer(".", "", ",", "", " ", "")
	dashes        = strings.NewReplacer("−", "-", "–", "-", "—", "-")
)

// ParseLearners reads the number of learners at one level as it is written: 0
// (also blank and «-») means that the school does not have the level. Points,
// commas or blanks that group digits by three are accepted: «1.234» is 1234.
func ParseLearners(text string) (int, *Error) {
	text = dashes.Replace(CleanLine(text))
	switch {
	case text == "" || text == "-":
		return 0, nil
	case groupedNumber.MatchString(text):
		return wholeEnrolment(separators.Replace(text))
	case wholeNumber.MatchString(text):
		return wholeEnrolment(wholeNumber.FindStringSubmatch(text)[1])
	case belowZero.MatchString(text):
		return 0, Refuse(Invalid, "Sĩ số không thể là số âm. Ghi số từ 1 đến %[1]s, hoặc để trống nếu trường không có cấp này",
			"The enrolment cannot be negative; write 1 to %[2]d, or leave it blank if the school does not have this level", Count(MaxEnrolment), MaxEnrolment)
	case brokenNumber.MatchString(text):
		return 0, Refuse(Invalid, "Sĩ số phải là số nguyên. Ghi lại số này, không có phần lẻ", "The enrolment must be a whole number, without a fraction")
	}
	return 0, Refuse(Invalid, "Sĩ số phải là số nguyên, không kèm chữ. Ghi số từ 1 đến %[1]s, hoặc để trống nếu trường không có cấp này",
		"The enrolment must be a whole number without words, 1 to %[2]d, or blank if the school does not have this level", Count(MaxEnrolment), MaxEnrolment)
}

func wholeEnrolment(digits string) (int, *Error) {
	n, err := strconv.Atoi(digits)
	if err != nil || n > MaxEnrolment {
		return 0, Refuse(Invalid, "Sĩ số một cấp nhiều nhất là %[1]s. Xem lại số này", "The enrolment of a level is at most %[2]d; check this number", Count(MaxEnrolment), MaxEnrolment)
	}
	return n, nil
}
