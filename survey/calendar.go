package survey

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// schoolYearStart is the month in which a school year begins.
const schoolYearStart = time.August

// Window is the yearly field window of a round: first and last day.
type Window struct {
	FromMonth time.Month
	FromDay   int
	ToMonth   time.Month
	ToDay     int
}

// Calendar makes the rounds of every year by itself and knows the zone in
// which their days begin and end.
type Calendar struct {
	Zone    *time.Location
	Windows []Window
}

// DefaultCalendar has the two rounds of a school year: 1/10–30/11 and 1/3–30/4.
func DefaultCalendar(zone *time.Location) Calendar {
	return Calendar{Zone: zone, Windows: []Window{{time.March, 1, time.April, 30}, {time.October, 1, time.November, 30}}}
}

// ParseCalendar reads windows such as "1/10-30/11, 1/3-30/4". Windows begin in
// different months and do not overlap.
func ParseCalendar(s string, zone *time.Location) (Calendar, error) {
	c := Calendar{Zone: zone}
	for _, part := range strings.Split(s, ",") {
		from, to, ok := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		w := Window{}
		var ok1, ok2 bool
		w.FromMonth, w.FromDay, ok1 = monthDay(from)
		w.ToMonth, w.ToDay, ok2 = monthDay(to)
		if !ok || !ok1 || !ok2 {
			return Calendar{}, Refuse(Invalid, "Lịch đợt «%s» không đúng. Ghi như 1/10-30/11, 1/3-30/4",
				"Calendar %q is not valid; write it as 1/10-30/11, 1/3-30/4", s)
		}
		c.Windows = append(c.Windows, w)
	}
	slices.SortFunc(c.Windows, func(a, b Window) int { return int(a.FromMonth) - int(b.FromMonth) })
	if c.overlaps() {
		return Calendar{}, Refuse(Invalid, "Các đợt trong lịch «%s» chồng lên nhau. Sửa ngày", "The windows of calendar %q overlap", s)
	}
	return c, nil
}

// overlaps looks at two years of rounds in a row; rounds that open in one month
// would share their name.
func (c Calendar) overlaps() bool {
	rounds := append(c.RoundsOf(2026), c.RoundsOf(2027)...)
	for i := range rounds {
		if i > 0 && (rounds[i].Opens <= rounds[i-1].Closes || rounds[i].ID == rounds[i-1].ID) {
			return true
		}
	}
	return false
}

// String writes the windows as ParseCalendar reads them.
func (c Calendar) String() string {
	var parts []string
	for _, w := range c.Windows {
		parts = append(parts, fmt.Sprintf("%d/%d-%d/%d", w.FromDay, w.FromMonth, w.ToDay, w.ToMonth))
	}
	return strings.Join(parts, ", ")
}

// RoundsOf gives the rounds that open in a calendar year.
func (c Calendar) RoundsOf(year int) []Round {
	var rounds []Round
	for _, w := range c.Windows {
		opens := NewDay(year, w.FromMonth, w.FromDay)
		closes := NewDay(year, w.ToMonth, w.ToDay)
		if closes < opens {
			closes = NewDay(year+1, w.ToMonth, w.ToDay)
		}
		rounds = append(rounds, Round{ID: NewRoundID(opens), Opens: opens, Closes: closes, State: Scheduled})
	}
	return rounds
}

// Due gives the rounds of the calendar that should be known at a time: every
// one that has not ended when the present school year began, up to the end of
// the next school year.
func (c Calendar) Due(now time.Time) []Round {
	today := DayOf(now, c.Zone)
	year := SchoolYearOf(today)
	from, to := year.first(), (year + 2).first()
	var due []Round
	for y := int(year) - 1; y <= int(year)+2; y++ {
		for _, r := range c.RoundsOf(y) {
			if r.Closes >= from && r.Opens < to {
				due = append(due, r)
			}
		}
	}
	return due
}

// Today is the day it is in the province.
func (c Calendar) Today(now time.Time) Day { return DayOf(now, c.Zone) }

// opensAt and closesAt are the moments at which a round's window begins and ends.
func (c Calendar) opensAt(r Round) time.Time  { return r.Opens.Start(c.Zone) }
func (c Calendar) closesAt(r Round) time.Time { return (r.Closes + 1).Start(c.Zone) }

// SchoolYear is a school year by the calendar year in which it begins.
type SchoolYear int

// SchoolYearOf gives the school year of a day; it begins on 1 August.
func SchoolYearOf(d Day) SchoolYear {
	year, month, _ := d.Date()
	if month < schoolYearStart {
		year--
	}
	return SchoolYear(year)
}

func (y SchoolYear) first() Day { return NewDay(int(y), schoolYearStart, 1) }

// String writes the school year as 2026–2027.
func (y SchoolYear) String() string { return fmt.Sprintf("%d–%d", int(y), int(y)+1) }

// Current gives the round that a parent meets now: the one that is open, else
// the one that closed within the last week, else one that opens within thirty
// days, else the last one that closed, else the next one.
func (c Calendar) Current(rounds []Round, now time.Time) (Round, bool) {
	const lately, soon = 7, 30
	today := c.Today(now)
	var last, next Round
	for _, r := range rounds {
		switch {
		case r.State == Open:
			return r, true
		case r.State == Scheduled && (next.ID == "" || r.Opens < next.Opens):
			next = r
		case r.State != Scheduled && !r.OpenedAt.IsZero() && r.ClosedAt.After(last.ClosedAt):
			last = r
		}
	}
	switch {
	case last.ID != "" && (today-c.LastDay(last) <= lately || next.ID == "" || next.Opens-today > soon):
		return last, true
	case next.ID != "":
		return next, true
	}
	return last, last.ID != ""
}
