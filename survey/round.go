package survey

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Grace is how long after the closing a form that was opened before it is
// still accepted.
const Grace = 24 * time.Hour

// Remembered is how long after the closing a second delivery of a form is still
// known for what it is. After that nothing leads from a phone to a row.
const Remembered = 7 * 24 * time.Hour

// RoundID names a round by the year and month of its first day, 2026-10; a
// second round opening in one month is 2026-10-2.
type RoundID string

var roundIDForm = regexp.MustCompile(`^20\d\d-(0[1-9]|1[0-2])(-[2-9])?$`)

// NewRoundID names the round that opens on a day.
func NewRoundID(opens Day) RoundID {
	y, m, _ := opens.Date()
	return RoundID(fmt.Sprintf("%04d-%02d", y, int(m)))
}

// ParseRoundID reads a round's name.
func ParseRoundID(s string) (RoundID, error) {
	s = strings.TrimSpace(s)
	if !roundIDForm.MatchString(s) {
		return "", Refuse(Invalid, "Mã đợt «%s» không đúng. Ghi năm và tháng mở đợt, ví dụ 2026-10",
			"Round ID %q is not valid; write year and month of opening, such as 2026-10", cut(s))
	}
	return RoundID(s), nil
}

// State is where a round is in its life.
type State string

// The states of a round, in their order.
const (
	Scheduled State = "scheduled" // sắp mở
	Open      State = "open"      // đang mở
	Shut      State = "closed"    // đã đóng
	Released  State = "released"  // đã công bố
)

// Name is the state as people see it.
func (s State) Name() string {
	switch s {
	case Scheduled:
		return "sắp mở"
	case Open:
		return "đang mở"
	case Shut:
		return "đã đóng"
	case Released:
		return "đã công bố"
	}
	return string(s)
}

// Round (đợt) is one field window of the survey. It moves by the clock and by
// the office, never backwards because a clock did: the state is stored.
type Round struct {
	ID       RoundID
	Opens    Day  // first day on which answers are taken
	Closes   Day  // last day on which answers are taken
	Added    bool // by the office, or its days were moved by it: the calendar leaves it as it is
	State    State
	OpenedAt time.Time // zero until it opened; from then on questionnaire and enrolment are frozen
	ClosedAt time.Time // zero while it has not closed
	// Questionnaire is the version asked; empty until the round opens, unless the office has chosen one.
	Questionnaire Version
}

// Over says whether the round was open and takes no more answers.
func (r Round) Over() bool { return !r.OpenedAt.IsZero() && (r.State == Shut || r.State == Released) }

// Advance moves a round as far as the clock says. A round opens only when
// there is a school list to freeze; one whose whole window passed without any
// is closed without having been open.
func (c Calendar) Advance(r Round, now time.Time, haveSchools bool) Round {
	if r.State == Scheduled && !now.Before(c.closesAt(r)) {
		r.State, r.ClosedAt = Shut, c.closesAt(r)
	}
	if r.State == Scheduled && haveSchools && !now.Before(c.opensAt(r)) {
		r.State, r.OpenedAt = Open, now
	}
	if r.State == Open && !now.Before(c.closesAt(r)) {
		r.State, r.ClosedAt = Shut, c.closesAt(r)
	}
	return r
}

// Extend moves the last day of a round that has not closed.
func (c Calendar) Extend(r Round, until Day, now time.Time) (Round, error) {
	switch {
	case r.State != Open && r.State != Scheduled:
		return r, Refuse(Conflict, "Đợt %[1]s %[2]s. Dùng lệnh mở lại (reopen) để nhận thêm phiếu", "Round %[1]s is %[3]s; use reopen to take more responses", r.ID, r.State.Name(), r.State)
	case until <= r.Closes:
		return r, Refuse(Invalid, "Ngày gia hạn %s phải sau ngày kết thúc hiện nay %s", "The new last day %s must be after the present one, %s", until, r.Closes)
	}
	return c.withLastDay(r, until, now)
}

// Close ends a round now.
func (c Calendar) Close(r Round, now time.Time) (Round, error) {
	if r.State != Open {
		return r, Refuse(Conflict, "Đợt %[1]s %[2]s nên không đóng được", "Round %[1]s is %[3]s, so it cannot be closed", r.ID, r.State.Name(), r.State)
	}
	r.State, r.ClosedAt = Shut, now
	return r, nil
}

// Reopen opens a closed round again, until the end of the day given. What was
// frozen at its opening stays frozen.
func (c Calendar) Reopen(r Round, until Day, now time.Time) (Round, error) {
	if r.State != Shut {
		return r, Refuse(Conflict, "Đợt %[1]s %[2]s nên không mở lại được", "Round %[1]s is %[3]s, so it cannot be reopened", r.ID, r.State.Name(), r.State)
	}
	r, err := c.withLastDay(r, until, now)
	if err != nil {
		return r, err
	}
	r.State, r.ClosedAt = Open, time.Time{}
	if r.OpenedAt.IsZero() {
		r.State = Scheduled
	}
	return r, nil
}

// maxRoundDays keeps a typing error in a year from opening a round for ever.
const maxRoundDays = 200

func (c Calendar) withLastDay(r Round, until Day, now time.Time) (Round, error) {
	switch {
	case until < c.Today(now):
		return r, Refuse(Invalid, "Ngày %s đã qua. Chọn từ hôm nay trở đi", "Day %s is in the past", until)
	case until < r.Opens || until-r.Opens > maxRoundDays:
		return r, Refuse(Invalid, "Ngày %s không nằm trong %d ngày kể từ ngày mở đợt %s. Xem lại năm",
			"Day %s is not within %d days of the round's first day %s; check the year", until, maxRoundDays, r.Opens)
	}
	r.Closes = until
	return r, nil
}

// Add makes a further round beside those of the calendar. It may not overlap
// another.
func (c Calendar) Add(opens, closes Day, others []Round, now time.Time) (Round, error) {
	r := Round{ID: NewRoundID(opens), Opens: opens, Closes: closes, Added: true, State: Scheduled}
	if _, err := c.withLastDay(r, closes, now); err != nil {
		return Round{}, err
	}
	for n := 2; slices.ContainsFunc(others, func(o Round) bool { return o.ID == r.ID }); n++ {
		r.ID = RoundID(fmt.Sprintf("%s-%d", NewRoundID(opens), n))
	}
	if err := r.clash(others); err != nil {
		return Round{}, err
	}
	return r, nil
}

// clash refuses a window that overlaps another round's.
func (r Round) clash(others []Round) error {
	for _, o := range others {
		if o.ID != r.ID && r.Opens <= o.Closes && o.Opens <= r.Closes {
			return Refuse(Conflict, "Khoảng %s–%s chồng lên đợt %s (%s–%s). Chọn ngày khác",
				"%s–%s overlaps round %s (%s–%s); choose other days", r.Opens, r.Closes, o.ID, o.Opens, o.Closes)
		}
	}
	return nil
}

// Receives says whether a form may still be handed in: nil while the round is
// open, and for 24 hours after the closing when the form was opened before it.
// opened is the zero time for a form of which that is not known.
func (c Calendar) Receives(r Round, now, opened time.Time) error {
	switch {
	case r.State == Open:
		return nil
	case r.State == Scheduled:
		return Refuse(Forbidden, "Chưa đến ngày trả lời. Phiếu mở từ %s đến %s", "Not open yet; the form is open from %s to %s", r.Opens, r.Closes)
	case !opened.IsZero() && opened.Before(r.ClosedAt) && now.Before(r.ClosedAt.Add(Grace)):
		return nil
	}
	return Refuse(Closed, "Đợt hỏi ý kiến đã kết thúc ngày %s", "The survey ended on %s", c.LastDay(r))
}

// LastDay is the day on which the round ended or will end.
func (c Calendar) LastDay(r Round) Day {
	if r.ClosedAt.IsZero() {
		return r.Closes
	}
	return min(r.Closes, DayOf(r.ClosedAt.Add(-time.Second), c.Zone))
}

// Months writes the months of the window: 10–11/2026.
func (r Round) Months() string {
	y1, m1, _ := r.Opens.Date()
	y2, m2, _ := r.Closes.Date()
	switch {
	case y1 != y2:
		return fmt.Sprintf("%d/%d–%d/%d", m1, y1, m2, y2)
	case m1 != m2:
		return fmt.Sprintf("%d–%d/%d", m1, m2, y1)
	}
	return fmt.Sprintf("%d/%d", m1, y1)
}

// Title names a round with both of its ordinals:
// «Đợt tháng 10–11/2026 (đợt 1 năm học 2026–2027 · đợt 2 năm 2026)».
// The ordinals count the rounds of the calendar and the added ones given.
func (c Calendar) Title(r Round, stored []Round) string {
	year, _, _ := r.Opens.Date()
	school := SchoolYearOf(r.Opens)
	inSchoolYear, inYear := 1, 1
	for _, o := range c.withCalendar(stored, year) {
		if o.ID == r.ID || o.Opens >= r.Opens {
			continue
		}
		if SchoolYearOf(o.Opens) == school {
			inSchoolYear++
		}
		if y, _, _ := o.Opens.Date(); y == year {
			inYear++
		}
	}
	return fmt.Sprintf("Đợt tháng %s (đợt %d năm học %s · đợt %d năm %d)", r.Months(), inSchoolYear, school, inYear, year)
}

// withCalendar adds to the stored rounds those of the calendar around a year
// that are not stored.
func (c Calendar) withCalendar(stored []Round, year int) []Round {
	all := slices.Clone(stored)
	for y := year - 1; y <= year; y++ {
		for _, r := range c.RoundsOf(y) {
			if !slices.ContainsFunc(stored, func(o Round) bool { return o.ID == r.ID }) {
				all = append(all, r)
			}
		}
	}
	return all
}
