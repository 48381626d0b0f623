package survey

import "time"

// Act says who decides, by which name the audit log knows the decision, and why.
type Act struct {
	Actor, Action, Reason string
}

// Decision is what the office decides about a round: the rule for it.
type Decision func(Calendar, Round, time.Time) (Round, error)

// Try says what a decision would make of a round, with nothing changed: the
// round before and after, or the refusal.
func (s Schedule) Try(id RoundID, decide Decision, now time.Time) (before, after Round, err error) {
	if before, err = s.Round(id); err != nil {
		return before, before, err
	}
	if after, err = decide(s.Calendar, before, now); err != nil {
		return before, before, err
	}
	return before, after, s.Fits(after)
}

// Both joins the fields of two refusals, so that they come at once; with one of
// them nil it is the other.
func Both(a, b error) error { return bothFields(a, b) }
