package survey

// AreaRecord is a commune with the number of schools that stand in it.
type AreaRecord struct {
	Area
	Schools int
}

// AreaMerger puts one commune into another from a day on.
type AreaMerger struct {
	From, Into AreaCode
	Day        Day
	Reason     string
}

// Check refuses a merger that cannot be. today is the latest day.
func (m AreaMerger) Check(from, into Area, today Day) error {
	switch {
	case m.From == m.Into:
		return Refuse(Invalid, "Hai xã, phường phải khác nhau. Chọn xã, phường tiếp nhận khác", "The two communes must differ; choose another one to take over")
	case from.Until != 0:
		return Refuse(Conflict, "%s đã sáp nhập từ %s. Chọn xã, phường khác", "%s was merged on %s already; choose another one", from.Title(), from.Until)
	case into.Until != 0:
		return Refuse(Conflict, "%s đã sáp nhập từ %s nên không tiếp nhận được. Chọn xã, phường đã tiếp nhận nó", "%s was merged on %s and cannot take over; choose the one that took over from it", into.Title(), into.Until)
	case m.Day > today:
		return onField(DayField, Refuse(Invalid, "Ngày %s chưa đến. Ghi việc sáp nhập khi đến ngày đó", "Day %s has not come; write the merger down on that day", m.Day))
	case m.Day < today-maxBehind:
		return onField(DayField, Refuse(Invalid, "Ngày %s đã quá lâu. Xem lại năm", "Day %s is too long ago; check the year", m.Day))
	}
	return nil
}

// maxAreaName bounds a commune's name, in characters.
const maxAreaName = 60

// TypeField is the field that says what a commune is: xã or phường.
const TypeField = "kieu"

// AreaTypes are what a commune can be.
func AreaTypes() []string { return []string{"Xã", "Phường", "Đặc khu"} }

// ParseArea reads a commune as somebody wrote it; every wrong field is reported
// at once. A code is 1–10 digits or letters.
func ParseArea(code, kind, name string) (Area, error) {
	var wrong fieldFaults
	a := Area{Code: AreaCode(CleanLine(code)), Name: CleanLine(name)}
	if _, err := ParseSchoolCode(string(a.Code)); err != nil || len(a.Code) > 10 {
		wrong.add(CodeField, Refuse(Invalid, "Mã xã, phường gồm 1 đến 10 chữ số hoặc chữ cái không dấu", "A commune's code has 1 to 10 digits or letters"))
	}
	for _, known := range AreaTypes() {
		if Fold(known) == Fold(kind) {
			a.Type = known
		}
	}
	if a.Type == "" {
		wrong.add(TypeField, Refuse(Invalid, "Chọn xã, phường hoặc đặc khu", "Choose xã, phường or đặc khu"))
	}
	if n := Letters(a.Name); n == 0 || n > maxAreaName {
		wrong.add(NameField, Refuse(Invalid, "Ghi tên xã, phường, không quá %d chữ cái", "Give the commune's name, at most %d characters", maxAreaName))
	}
	return a, wrong.refusal()
}
