package survey

import "time"

// DaysLeft is how many days follow today until the round's last day: 0 on the
// last day itself, negative afterwards.
func (c Calendar) DaysLeft(r Round, now time.Time) int {
	return int(c.LastDay(r) - c.Today(now))
}
