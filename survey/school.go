package survey

import "strings"

// SchoolCode identifies a school for its whole life; it is opaque text.
type SchoolCode string

// MaxEnrolment is the largest number of learners at one level of one school
// that is believed; more is taken for a typing error.
const MaxEnrolment = 10000

// maxName bounds a school's name, in characters.
const maxName = 150

// School is one school as the office's list has it. Names are no keys: several
// schools share one.
type School struct {
	Code      SchoolCode
	Name      string
	Kind      SchoolKind
	Area      Area
	Address   string
	Enrolment Enrolment
	Link      LinkCode
	From      Day // the first on which it stands; 0: before any record
	Until     Day // the first on which it no longer does, by its succession; 0: it goes on
}

// StandsOn says whether the school is there on that day.
func (s School) StandsOn(day Day) bool {
	return s.From <= day && (s.Until == 0 || day < s.Until)
}

// Levels gives the levels that the school has, in their usual order.
func (s School) Levels() []Level {
	var levels []Level
	for _, l := range Levels() {
		if s.Enrolment[l] > 0 {
			levels = append(levels, l)
		}
	}
	return levels
}

// SameEntry says whether both entries would read the same in the office's
// list; the link and the days, which are not part of the list, do not count.
func (s School) SameEntry(other School) bool {
	return s.Code == other.Code && s.Name == other.Name && s.Kind == other.Kind &&
		s.Area.Code == other.Area.Code && s.Address == other.Address && s.Enrolment.Equal(other.Enrolment)
}

// ParseSchoolCode reads a code: 1–20 letters, digits, points or hyphens.
func ParseSchoolCode(s string) (SchoolCode, error) {
	s = CleanLine(s)
	if s == "" || len(s) > 20 || strings.IndexFunc(s, notCodeSign) >= 0 {
		return "", Refuse(Invalid,
			"Mã trường «%s» không đúng. Mã gồm 1 đến 20 chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối",
			"School code %q is not valid: 1 to 20 letters, digits, points or hyphens", cut(s))
	}
	return SchoolCode(s), nil
}

func notCodeSign(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '.' || r == '-')
}

// ParseSchoolName reads a name. Whatever its first sign, it stays text.
func ParseSchoolName(s string) (string, error) {
	s = CleanLine(s)
	switch n := Letters(s); {
	case n == 0:
		return "", Refuse(Invalid, "Chưa có tên trường. Ghi tên đầy đủ của trường", "The school's name is missing")
	case n > maxName:
		return "", Refuse(Invalid, "Tên trường dài quá %d chữ cái. Rút ngắn tên", "The school's name is longer than %d characters", maxName)
	}
	return s, nil
}
