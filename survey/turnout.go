package survey

import "time"

// Turnout is how far a school has come in a round, and whether it should be
// reminded.
type Turnout struct {
	SchoolParticipation
	Attainment
	Latest int    // responses of the last days, as Pace counts them
	Reason Reason // for reminding the school; empty: it need not be
}

// Turnouts gives how far each school has come, in the order in which the strata
// name the schools first. Pace is that of the round; the schools' own numbers
// come from the counts.
func (c Calendar) Turnouts(r Round, strata []Stratum, targets Targets, counts DayCounts, now time.Time) []Turnout {
	from, pace := c.lately(r, now)
	latest := map[SchoolCode]int{}
	since := counts.Since(from)
	for _, s := range strata {
		latest[s.School.Code] += since[s.ID]
	}
	schools := ParticipationBySchool(strata)
	out := make([]Turnout, len(schools))
	for i, s := range schools {
		own := pace
		own.Latest = latest[s.School.Code]
		out[i] = Turnout{SchoolParticipation: s, Attainment: s.Against(targets), Latest: own.Latest}
		out[i].Reason = out[i].Remind(s.Responses, own)
	}
	return out
}

// lately gives the first of the days that are looked at, how many they are, and
// how many are left: the last week, or since the round opened.
func (c Calendar) lately(r Round, now time.Time) (from Day, pace Pace) {
	until := min(c.Today(now), c.LastDay(r))
	from = max(r.Opens, until-Lately+1)
	pace.Days = max(0, int(until-from)+1)
	if r.State == Open {
		pace.Left = max(0, c.DaysLeft(r, now))
	}
	return from, pace
}

// ToRemind gives the schools that should be reminded.
func ToRemind(schools []Turnout) []Turnout {
	var remind []Turnout
	for _, s := range schools {
		if s.Reason != "" {
			remind = append(remind, s)
		}
	}
	return remind
}

// Overview is how far all schools together have come.
type Overview struct {
	Participation
	Schools int
	Silent  int // without a response
	Aimed   int // of which something is asked
	Reached int // of these, that have reached it
	Remind  int // that should be reminded
}

// OverviewOf sums schools up.
func OverviewOf(schools []Turnout) Overview {
	o := Overview{Schools: len(schools)}
	for _, s := range schools {
		o.Enrolment += s.Enrolment
		o.Responses += s.Responses
		o.Helped += s.Helped
		o.Silent += oneIf(s.Responses == 0)
		o.Aimed += oneIf(s.Asked())
		o.Reached += oneIf(s.Attainment.Reached())
		o.Remind += oneIf(s.Reason != "")
	}
	return o
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
