package survey

import (
	"slices"
	"strings"
)

// LongQuestion is the length in letters from which a question is hard to read
// on a telephone.
const LongQuestion = 90

// The limits of a form's questions, as an office may set them.
const (
	MinPercentage = 100 // the least upper limit of the percentage of expectations met
	MaxPercentage = 999
	MaxComment    = 1000 // letters
)

// maxVersion bounds the name of a questionnaire, in characters.
const maxVersion = 40

// ParseCode reads the code of a form, a group or a question: 1–20 letters,
// digits, points or hyphens.
func ParseCode(s string) (string, error) {
	s = CleanLine(s)
	if wrongCode(ItemCode(s)) {
		return "", Refuse(Invalid, "Mã «%[1]s» không đúng. Mã gồm 1 đến %[2]d chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối",
			"Code %[1]q is not valid: 1 to %[2]d letters, digits, points or hyphens", cut(s), maxCode)
	}
	return s, nil
}

// ParseVersion reads the name of a questionnaire: 1–40 letters, digits, points
// or hyphens.
func ParseVersion(s string) (Version, error) {
	s = CleanLine(s)
	if s == "" || len(s) > maxVersion || strings.IndexFunc(s, notCodeSign) >= 0 {
		return "", Refuse(Invalid, "Tên phiên bản «%[1]s» không đúng. Tên gồm 1 đến %[2]d chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối",
			"Version %[1]q is not valid: 1 to %[2]d letters, digits, points or hyphens", cut(s), maxVersion)
	}
	return Version(s), nil
}

// ParseLevel reads the code of a level.
func ParseLevel(s string) (Level, error) {
	if level := Level(CleanLine(s)); slices.Contains(Levels(), level) {
		return level, nil
	}
	return "", Refuse(Invalid, "Cấp học «%s» không có. Ghi một trong các mã MN, TH, THCS, THPT, GDTX", "There is no level %q; write MN, TH, THCS, THPT or GDTX", cut(s))
}

// ParseRespondent reads the code of a respondent.
func ParseRespondent(s string) (Respondent, error) {
	if r := Respondent(CleanLine(s)); slices.Contains([]Respondent{Parents, Pupils, Learners}, r) {
		return r, nil
	}
	return "", Refuse(Invalid, "Người trả lời «%[1]s» không có. Ghi %[2]s, %[3]s hoặc %[4]s", "There is no respondent %[1]q; write %[2]s, %[3]s or %[4]s",
		cut(s), Parents, Pupils, Learners)
}
