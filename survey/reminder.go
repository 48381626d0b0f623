package survey

// DayCounts are the responses of a round by stratum and day.
type DayCounts []DayCount

// DayCount is how many responses a stratum had on a day.
type DayCount struct {
	Stratum   int64
	Day       Day
	Responses int
}

// Of gives the counts of some strata only.
func (a DayCounts) Of(strata []Stratum) DayCounts {
	wanted := make(map[int64]bool, len(strata))
	for _, s := range strata {
		wanted[s.ID] = true
	}
	var counts DayCounts
	for _, one := range a {
		if wanted[one.Stratum] {
			counts = append(counts, one)
		}
	}
	return counts
}

// PerDay gives the responses of each day from the first to the last given; what
// came later, in the hours of grace, counts on the last, what came before on none.
func (a DayCounts) PerDay(from, to Day) []int {
	if to < from {
		return nil
	}
	days := make([]int, to-from+1)
	for _, one := range a {
		if one.Day >= from {
			days[min(one.Day, to)-from] += one.Responses
		}
	}
	return days
}

// first gives the earliest day on which something came before a day, but none
// before the least; else that day.
func (a DayCounts) first(day, least Day) Day {
	for _, one := range a {
		if one.Responses > 0 {
			day = max(least, min(day, one.Day))
		}
	}
	return day
}

// Since gives the responses of each stratum from a day on.
func (a DayCounts) Since(from Day) map[int64]int {
	since := map[int64]int{}
	for _, one := range a {
		if one.Day >= from {
			since[one.Stratum] += one.Responses
		}
	}
	return since
}

// Lately is over how many days, today included, a school's pace is looked at.
const Lately = 7

// Pace is how fast a school's responses come.
type Pace struct {
	Latest int // responses of the days looked at
	Days   int // that were looked at, at most Lately
	Left   int // days on which answers are still taken, today not counted
}

// Reason is why a school should be reminded; empty: it need not be.
type Reason string

// The reasons, the weightiest first.
const (
	NoResponse Reason = "chua-co"  // nobody has answered
	Stopped    Reason = "dung"     // something is missing and nothing came lately
	TooSlow    Reason = "cham"     // at the pace of these days the target is not reached
	Below      Reason = "chua-dat" // the round is over and the target was not reached
)

// Text says a reason to people.
func (r Reason) Text() string {
	switch r {
	case NoResponse:
		return "Chưa có phiếu"
	case Stopped:
		return "7 ngày qua không có phiếu mới"
	case TooSlow:
		return "Chậm, khó đạt mức"
	case Below:
		return "Chưa đạt mức"
	}
	return string(r)
}

// Remind says why a school should be reminded while a round is open: nobody has
// answered; or it has a target that it has not reached and nothing came lately;
// or it will not reach the target at the pace of these days. A school without a
// target is reminded only while nobody has answered. Once no day is left,
// missing the target is enough.
func (a Attainment) Remind(responses int, p Pace) Reason {
	switch {
	case responses == 0:
		return NoResponse
	case a.Missing == 0:
		return ""
	case p.Left <= 0:
		return Below
	case p.Latest == 0 && p.Days >= Lately:
		return Stopped
	case p.Days > 0 && float64(p.Latest)/float64(p.Days)*float64(p.Left) < float64(a.Missing):
		return TooSlow
	}
	return ""
}
