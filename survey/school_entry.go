package survey

import (
	"errors"
	"strings"
)

// maxAddress bounds a school's address, in characters.
const maxAddress = 200

// Fields of a school as people write it; those of the levels are learnersField
// and the level.
const (
	CodeField     = "ma"
	NameField     = "ten"
	KindField     = "loai"
	AreaField     = "xa"
	AddressField  = "dia-chi"
	FromField     = "tu-ngay"
	learnersField = "si-so-"
)

// LearnersField is the name of the field with a level's enrolment.
func LearnersField(l Level) string { return learnersField + strings.ToLower(string(l)) }

// SchoolEntry is one school as somebody wrote it, nothing decided yet.
type SchoolEntry struct {
	Code, Name, Kind, Area, Address string // Area is a code
	From                            string // empty: before any record
	Learners                        map[Level]string
}

// Entry gives the school as it is written.
func (s School) Entry() SchoolEntry {
	e := SchoolEntry{Code: string(s.Code), Name: s.Name, Kind: string(s.Kind), Area: string(s.Area.Code), Address: s.Address, Learners: map[Level]string{}}
	for _, l := range s.Levels() {
		e.Learners[l] = Count(s.Enrolment[l])
	}
	if s.From != 0 {
		e.From = s.From.String()
	}
	return e
}

// Parse reads the entry; every wrong field is reported at once.
func (e SchoolEntry) Parse(areas Areas) (School, error) {
	var wrong fieldFaults
	s := School{Enrolment: Enrolment{}}
	var err error
	s.Code, err = ParseSchoolCode(e.Code)
	wrong.add(CodeField, err)
	s.Name, err = ParseSchoolName(e.Name)
	wrong.add(NameField, err)
	s.Kind, err = ParseSchoolKind(e.Kind)
	wrong.add(KindField, err)
	s.Area, err = areas.Find("", e.Area)
	wrong.add(AreaField, err)
	s.Address, err = parseAddress(e.Address)
	wrong.add(AddressField, err)
	if e.From != "" {
		s.From, err = ParseDay(e.From)
		wrong.add(FromField, err)
	}
	e.learners(&s, &wrong)
	return s, wrong.refusal()
}

func (e SchoolEntry) learners(s *School, wrong *fieldFaults) {
	sound := true
	for _, l := range Levels() {
		n, err := ParseLearners(e.Learners[l])
		if err != nil {
			sound = false
			wrong.add(LearnersField(l), err)
		}
		if n > 0 {
			s.Enrolment[l] = n
		}
	}
	if sound && len(s.Enrolment) == 0 {
		wrong.add(LearnersField(Levels()[0]), Refuse(Invalid, "Trường chưa có sĩ số ở cấp nào. Ghi số học sinh vào ô của cấp học", "The school has no enrolment at any level; write the number of learners"))
	}
}

func parseAddress(s string) (string, error) {
	s = CleanLine(s)
	if Letters(s) > maxAddress {
		return "", Refuse(Invalid, "Địa chỉ dài quá %d chữ cái. Rút ngắn địa chỉ", "The address is longer than %d characters", maxAddress)
	}
	return s, nil
}

// maxReason bounds the reason of a change, in characters.
const maxReason = 300

// DayField is the field with the day from which a change holds.
const DayField = "ngay"

// ReasonField is the field in which somebody says why.
const ReasonField = "ly-do"

// ParseReason reads why something is changed; it is kept in the audit log.
func ParseReason(s string) (string, error) {
	s = CleanLine(s)
	switch n := Letters(s); {
	case n == 0:
		return "", onField(ReasonField, Refuse(Invalid, "Chưa ghi lý do. Ghi ngắn gọn vì sao, ví dụ số quyết định", "The reason is missing; say why in a few words, such as the number of the decision"))
	case n > maxReason:
		return "", onField(ReasonField, Refuse(Invalid, "Lý do dài quá %d chữ cái. Rút ngắn lý do", "The reason is longer than %d characters", maxReason))
	}
	return s, nil
}

// fieldFaults gathers what is wrong with the fields of a form.
type fieldFaults []FieldError

func (f *fieldFaults) add(field string, err error) {
	var e *Error
	if errors.As(err, &e) && e != nil {
		*f = append(*f, FieldError{Field: field, Message: e.Message, English: e.English})
	}
}

// refusal is one error with all fields; nil when there is none.
func (f fieldFaults) refusal() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Message: f[0].Message, English: f[0].English, Fields: f}
}

// onField says beside which field a refusal belongs.
func onField(field string, e *Error) *Error {
	e.Fields = []FieldError{{Field: field, Message: e.Message, English: e.English}}
	return e
}
