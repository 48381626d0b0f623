package survey

import "slices"

// A succession may be written down before its day and long after it, but a
// year that is far off is a typing error.
const (
	maxAhead  = 366  // days
	maxBehind = 3660 // days
)

// With adds a succession, or refuses it with a sentence that says what to do.
// schools are all that are known; today is the day on which it is written.
func (l Lineage) With(s Succession, schools []School, today Day) (Lineage, error) {
	s = s.sorted()
	if s.Day > today+maxAhead || s.Day < today-maxBehind {
		return l, onField(DayField, Refuse(Invalid, "Ngày %s không đúng. Ghi ngày quyết định có hiệu lực, muộn nhất là một năm nữa", "Day %s is not likely; give the day from which it holds, at most a year ahead", s.Day))
	}
	if err := s.shaped(); err != nil {
		return l, err
	}
	more := NewLineage(append(slices.Clone(l), s))
	if faults := more.Faults(schools); len(faults) > 0 {
		return l, faults[0]
	}
	return more, nil
}

// Faults gives what contradicts itself in the lineage: schools that are not
// known, that end twice, that take part in something on days on which they do
// not stand, and circles.
func (l Lineage) Faults(schools []School) []*Error {
	known := make(map[SchoolCode]School, len(schools))
	for _, s := range schools {
		known[s.Code] = s
	}
	var faults []*Error
	for _, s := range l {
		for _, code := range slices.Concat(s.Before, s.After) {
			if fault := l.fault(s, code, known); fault != nil {
				faults = append(faults, fault)
			}
		}
	}
	return append(faults, l.circles()...)
}

// fault finds what speaks against a school's part in a succession.
func (l Lineage) fault(s Succession, code SchoolCode, known map[SchoolCode]School) *Error {
	school, ok := known[code]
	end, ended := l.Until(code)
	switch {
	case !ok:
		return Refuse(NotFound, "Không có trường mang mã %s. Xem mã ở trang Trường, hoặc thêm trường này trước", "There is no school %s; look its code up, or add the school first", code)
	case school.From > s.Day:
		return Refuse(Conflict, "Trường %s hoạt động từ %s, sau ngày %s. Sửa một trong hai ngày", "School %s stands from %s, after %s; correct one of the days", code, school.From, s.Day)
	case ended && !sameSuccession(end, s) && end.Day <= s.Day:
		return Refuse(Conflict, "Trường %s đã thôi hoạt động từ %s nên không thể thay đổi ngày %s. Ghi mã của trường đã tiếp nhận nó",
			"School %s ended on %s, so nothing can happen to it on %s; give the school that took over from it", code, end.Day, s.Day)
	case s.Ends(code) && l.laterPart(s, code) != nil:
		later := l.laterPart(s, code)
		return Refuse(Conflict, "Trường %s còn có thay đổi ngày %s nên không thể thôi hoạt động từ %s. Chọn ngày sau đó, hoặc hủy thay đổi kia trước",
			"School %s has a part in a change on %s, so it cannot end on %s; choose a later day or withdraw that change first", code, later.Day, s.Day)
	}
	return nil
}

// laterPart gives another succession, on that day or later, in which the
// school has a part.
func (l Lineage) laterPart(s Succession, code SchoolCode) *Succession {
	for i, other := range l {
		if other.Day >= s.Day && other.Touches(code) && !sameSuccession(other, s) {
			return &l[i]
		}
	}
	return nil
}

func sameSuccession(a, b Succession) bool {
	return a.ID == b.ID && a.Day == b.Day && a.Kind == b.Kind && slices.Equal(a.Before, b.Before) && slices.Equal(a.After, b.After)
}

// circles finds schools that would have to follow themselves. Days in order
// allow none; a damaged file might.
func (l Lineage) circles() []*Error {
	var faults []*Error
	for _, s := range l {
		for _, code := range s.Before {
			if s.Ends(code) && l.leadsTo(s.After, code, map[SchoolCode]bool{}) {
				faults = append(faults, Refuse(Conflict, "Trường %s trở thành chính nó sau các lần thay đổi. Hủy một thay đổi sai", "School %s follows itself in a circle; withdraw the wrong change", code))
			}
		}
	}
	return faults
}

// leadsTo says whether what became of the schools leads to that one.
func (l Lineage) leadsTo(from []SchoolCode, code SchoolCode, seen map[SchoolCode]bool) bool {
	for _, next := range from {
		if next == code {
			return true
		}
		end, ended := l.Until(next)
		if !ended || seen[next] {
			continue
		}
		seen[next] = true
		if l.leadsTo(end.After, code, seen) {
			return true
		}
	}
	return false
}
