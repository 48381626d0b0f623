package survey

import (
	"cmp"
	"slices"
	"time"
)

// Schedule is the rounds that are known with the calendar that makes them.
type Schedule struct {
	Calendar Calendar
	Rounds   []Round // in the order of their days
	Trial    bool    // they are for trying out, in a store of their own
}

// Round gives the round with that ID, or NotFound.
func (s Schedule) Round(id RoundID) (Round, error) {
	i := slices.IndexFunc(s.Rounds, func(r Round) bool { return r.ID == id })
	if i < 0 {
		return Round{}, Refuse(NotFound, "Không có đợt %s. Xem các đợt bằng lệnh: hailong rounds", "There is no round %s; list them with: hailong rounds", id)
	}
	return s.Rounds[i], nil
}

// Title names a round with both of its ordinals.
func (s Schedule) Title(r Round) string {
	if s.Trial {
		return trialTitle(r)
	}
	return s.Calendar.Title(r, s.Rounds)
}

// Fits says whether a round whose days were moved still overlaps no other.
func (s Schedule) Fits(r Round) error { return r.clash(s.Rounds) }

// Wanting gives the rounds that the calendar has due and that are not there: none
// that overlaps a stored one, which stands in its place, and none whose time is
// overtaken.
func (s Schedule) Wanting(now time.Time) []Round {
	var wanting []Round
	for _, r := range s.Calendar.Due(now) {
		if _, err := s.Round(r.ID); err != nil && !s.Overtaken(r) && s.Fits(r) == nil {
			wanting = append(wanting, r)
		}
	}
	return wanting
}

// Under gives the schedule under another calendar: the rounds that have opened
// and those that the office added or moved stay, the others follow it.
func (s Schedule) Under(c Calendar, now time.Time) Schedule {
	next := Schedule{Calendar: c, Trial: s.Trial}
	for _, r := range s.Rounds {
		if r.Added || !r.OpenedAt.IsZero() || r.State != Scheduled {
			next.Rounds = append(next.Rounds, r)
		}
	}
	next.Rounds = append(next.Rounds, next.Wanting(now)...)
	slices.SortFunc(next.Rounds, func(a, b Round) int { return cmp.Compare(a.Opens, b.Opens) })
	return next
}

// Overtaken says whether a round that opens after r has opened already. If r is
// not stored then, only a clock that went back makes it due: it would take the
// answers that belong to the later one.
func (s Schedule) Overtaken(r Round) bool {
	return slices.ContainsFunc(s.Rounds, func(o Round) bool { return !o.OpenedAt.IsZero() && o.Opens > r.Opens })
}
