package survey

import "slices"

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

// Takes says whether rounds that a calendar makes overlap none of the stored
// ones; those that are stored by their name are not made.
func (s Schedule) Takes(due []Round) error {
	for _, r := range due {
		if _, err := s.Round(r.ID); err == nil {
			continue
		}
		if err := r.clash(s.Rounds); err != nil {
			return err
		}
	}
	return nil
}

// Overtaken says whether a round that opens after r has opened already. If r is
// not stored then, only a clock that went back makes it due: it would take the
// answers that belong to the later one.
func (s Schedule) Overtaken(r Round) bool {
	return slices.ContainsFunc(s.Rounds, func(o Round) bool { return !o.OpenedAt.IsZero() && o.Opens > r.Opens })
}
