package survey

import (
	"fmt"
	"hash/fnv"
	"time"
)

// FormerName is what a school was called before a day.
type FormerName struct {
	School SchoolCode
	Name   string
	Until  Day // the first on which it was called otherwise
	Reason string
}

// FormerArea is where a school lay before a day.
type FormerArea struct {
	School SchoolCode
	Area   Area
	Until  Day
}

// HistoryLine is one change of a school's entry.
type HistoryLine struct {
	At     time.Time
	Actor  string
	Detail string
}

// SchoolRound is what one round asked of a school. Kin says with which schools
// of the round before it the answers may be compared.
type SchoolRound struct {
	Round    Round
	Title    string
	Forms    []SchoolForm
	Previous RoundID // the round that opened before it; empty: none
	Kin      Kin     // of the two rounds; meaningless without Previous
}

// SchoolForm is one form that a round asked of a school.
type SchoolForm struct {
	Form FormCode
	Participation
}

// SchoolRecord is everything that is remembered of one school.
type SchoolRecord struct {
	School
	Names       []FormerName // in the order of their days
	Areas       []FormerArea
	Successions Lineage       // in which it has a part
	Rounds      []SchoolRound // the newest first
	History     []HistoryLine // the newest first
}

// SchoolEdit is a change of a school's entry by a person.
type SchoolEdit struct {
	School School
	Seen   string // mark of the entry that the person changed
	Reason string
}

// Mark is a short text that differs for schools whose entries differ; a form
// carries it, so that two people do not undo each other's changes.
func (s School) Mark() string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %q %q %q %d", s.Code, s.Name, s.Kind, s.Area.Code, s.Address, s.From)
	for _, l := range Levels() {
		fmt.Fprintf(h, " %d", s.Enrolment[l])
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Rename says whether a school may take another name from a day. last is the
// day of its latest change of name, 0 when there was none. In the new name,
// Until is the day from which it holds.
func (s School) Rename(to FormerName, last, today Day) error {
	switch {
	case to.Name == s.Name:
		return onField(NameField, Refuse(Invalid, "Trường đang mang tên này. Ghi tên mới", "The school has this name already; give the new one"))
	case to.Until > today:
		return onField(DayField, Refuse(Invalid, "Ngày %s chưa đến. Ghi tên mới khi đến ngày đó", "Day %s has not come; write the new name down on that day", to.Until))
	case to.Until < today-maxBehind:
		return onField(DayField, Refuse(Invalid, "Ngày %s đã quá lâu. Xem lại năm", "Day %s is too long ago; check the year", to.Until))
	case to.Until <= last:
		return onField(DayField, Refuse(Conflict, "Trường đã đổi tên ngày %s. Ghi ngày sau đó, hoặc dùng «Sửa thông tin» để sửa tên ghi sai", "The school was renamed on %s; give a later day, or correct a misspelt name by editing the entry", last))
	}
	return nil
}
