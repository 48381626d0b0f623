package survey

import (
	"cmp"
	"slices"
	"strings"
)

// SuccessionKind says in which way schools became others.
type SuccessionKind string

// The kinds of succession.
const (
	Merging SuccessionKind = "merge" // sáp nhập: one or several schools go into one
	Parting SuccessionKind = "split" // chia tách: one school becomes several; it may be one of them
	Closing SuccessionKind = "close" // giải thể: a school ends; others may take over from it
)

// Name is the kind as people see it.
func (k SuccessionKind) Name() string {
	switch k {
	case Merging:
		return "Sáp nhập"
	case Parting:
		return "Chia tách"
	case Closing:
		return "Giải thể"
	}
	return string(k)
}

// Verb says what happens, after the schools to which it happens.
func (k SuccessionKind) Verb(after []SchoolCode) string {
	switch {
	case k == Merging:
		return "sáp nhập vào " + Codes(after)
	case k == Parting:
		return "chia tách thành " + Codes(after)
	case len(after) == 0:
		return "giải thể"
	}
	return "giải thể, tiếp nhận: " + Codes(after)
}

// Succession is one change of schools from a day: those before ended or were
// divided, those after took over. A school on both sides goes on.
type Succession struct {
	ID     int64 // as stored; 0 while it is not
	Kind   SuccessionKind
	Day    Day // the first on which it holds
	Before []SchoolCode
	After  []SchoolCode
	Reason string
}

// Ends says whether the school ends by this succession.
func (s Succession) Ends(code SchoolCode) bool {
	return slices.Contains(s.Before, code) && !slices.Contains(s.After, code)
}

// Touches says whether the school has a part in this succession.
func (s Succession) Touches(code SchoolCode) bool {
	return slices.Contains(s.Before, code) || slices.Contains(s.After, code)
}

// sorted gives the same with both sides in order, each school once.
func (s Succession) sorted() Succession {
	tidy := func(codes []SchoolCode) []SchoolCode {
		return slices.Compact(slices.Sorted(slices.Values(codes)))
	}
	s.Before, s.After = tidy(s.Before), tidy(s.After)
	return s
}

// shaped refuses a succession whose sides do not fit its kind.
func (s Succession) shaped() error {
	ended := slices.ContainsFunc(s.Before, s.Ends)
	switch {
	case len(s.Before) == 0:
		return Refuse(Invalid, "Chưa chọn trường nào. Ghi mã của trường thay đổi", "No school is named; give the code of the school that changes")
	case s.Kind == Merging && (len(s.After) != 1 || !ended):
		return Refuse(Invalid, "Sáp nhập cần một trường tiếp nhận, khác với trường được nhập. Ghi mã trường tiếp nhận",
			"A merger needs one school that takes over, another one than those that end; give its code")
	case s.Kind == Parting && (len(s.Before) != 1 || len(s.After) < 2):
		return Refuse(Invalid, "Chia tách cần ít nhất hai trường sau khi tách. Ghi mã của từng trường; trường cũ giữ lại thì ghi cả mã của nó",
			"A split needs at least two schools after it; give the code of each, also of the old one if it stays")
	case s.Kind == Closing && (len(s.Before) != 1 || !ended):
		return Refuse(Invalid, "Trường giải thể không thể tự tiếp nhận mình. Ghi mã của trường khác, hoặc để trống",
			"A school that closes cannot take over from itself; give other codes or none")
	case s.Kind != Merging && s.Kind != Parting && s.Kind != Closing:
		return Refuse(Invalid, "Không rõ là sáp nhập, chia tách hay giải thể. Chọn một trong ba", "Neither a merger, a split nor a closure; choose one of them")
	}
	return nil
}

// Lineage is every succession of the schools, in the order of their days.
type Lineage []Succession

// NewLineage puts successions in order.
func NewLineage(all []Succession) Lineage {
	l := make(Lineage, len(all))
	for i, s := range all {
		l[i] = s.sorted()
	}
	slices.SortStableFunc(l, func(a, b Succession) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
	return l
}

// Until gives the first day on which the school no longer stands, and by which
// succession; false for one that goes on.
func (l Lineage) Until(code SchoolCode) (Succession, bool) {
	i := slices.IndexFunc(l, func(s Succession) bool { return s.Ends(code) })
	if i < 0 {
		return Succession{}, false
	}
	return l[i], true
}

// standsOn says whether the school has not ended by that day.
func (l Lineage) standsOn(code SchoolCode, day Day) bool {
	end, ended := l.Until(code)
	return !ended || day < end.Day
}

// Heirs gives the schools that stand on the day in the place of one that has
// ended, however many changes lie between, in order. None for a school that
// stands, and for one that closed with nobody after it.
func (l Lineage) Heirs(code SchoolCode, day Day) []SchoolCode {
	var heirs []SchoolCode
	seen := map[SchoolCode]bool{}
	var follow func(SchoolCode)
	follow = func(code SchoolCode) {
		end, ended := l.Until(code)
		if seen[code] || !ended || day < end.Day {
			return
		}
		seen[code] = true
		for _, next := range end.After {
			if l.standsOn(next, day) {
				heirs = append(heirs, next)
			}
			follow(next)
		}
	}
	follow(code)
	return slices.Compact(slices.Sorted(slices.Values(heirs)))
}

// Of gives the successions in which the school has a part.
func (l Lineage) Of(code SchoolCode) Lineage {
	return slices.DeleteFunc(slices.Clone(l), func(s Succession) bool { return !s.Touches(code) })
}

// ByID gives a succession by the number under which it is stored.
func (l Lineage) ByID(id int64) (Succession, bool) {
	i := slices.IndexFunc(l, func(s Succession) bool { return s.ID == id })
	if i < 0 {
		return Succession{}, false
	}
	return l[i], true
}

// Codes writes codes one after another.
func Codes(codes []SchoolCode) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}
