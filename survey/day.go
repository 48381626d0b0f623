package survey

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a calendar day in the province, counted from 1970-01-01. Responses
// know their day and nothing finer.
type Day int32

// NewDay gives the day of a date; months and days out of range roll over as in
// time.Date.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DayOf gives the day on which t falls in the zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return NewDay(y, m, d)
}

// Date gives year, month and day of the month.
func (d Day) Date() (int, time.Month, int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

// Start is the first moment of the day in the zone.
func (d Day) Start(zone *time.Location) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

// String writes the day as in Vietnam: 30/11/2026.
func (d Day) String() string {
	y, m, day := d.Date()
	return fmt.Sprintf("%02d/%02d/%d", day, int(m), y)
}

// ParseDay reads 30/11/2026 or 2026-11-30.
func ParseDay(s string) (Day, error) {
	if s = CleanLine(s); s == "" {
		return 0, Refuse(Invalid, "Chưa ghi ngày. Ghi ngày như 30/11/2026", "The date is missing; write it as 30/11/2026 or 2026-11-30")
	}
	for _, layout := range []string{"2/1/2006", "2006-1-2"} {
		if t, err := time.Parse(layout, s); err == nil {
			return Day(t.Unix() / 86400), nil
		}
	}
	return 0, Refuse(Invalid, "Ngày «%s» không đúng. Ghi ngày như 30/11/2026", "Date %q is not valid; write it as 30/11/2026 or 2026-11-30", cut(s))
}

// monthDay reads 1/10 as day and month.
func monthDay(s string) (time.Month, int, bool) {
	d, m, ok := strings.Cut(strings.TrimSpace(s), "/")
	day, err1 := strconv.Atoi(d)
	month, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, 0, false
	}
	_, back, _ := NewDay(2024, time.Month(month), day).Date()
	return time.Month(month), day, back == time.Month(month)
}
