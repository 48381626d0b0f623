package survey

import (
	"math"
	"time"
)

// Course (diễn biến) is how many responses came on each day of a round's
// window.
type Course struct {
	Days   int   // of the window
	PerDay []int // of the days that are over, from the first one; what came in the hours of grace counts on the last
}

// Responses are those of all days that are over.
func (c Course) Responses() int {
	n := 0
	for _, day := range c.PerDay {
		n += day
	}
	return n
}

// share gives which part of its responses a round that is over had after a
// part of its window; within a day they come evenly.
func (c Course) share(part float64) float64 {
	at := part * float64(c.Days)
	came := 0.0
	for i, n := range c.PerDay {
		came += float64(n) * min(1, max(0, at-float64(i)))
	}
	return came / float64(c.Responses())
}

// Forecast is how many responses a round is expected to have at its closing:
// the interval holds them in nine rounds of ten.
type Forecast struct {
	Low, Middle, High int
}

// What makes a forecast. The shares are of the kind that differ by chance as a
// Beta distribution does: around its mean m with the variance ρ·m(1−m).
const (
	forecastDays      = 3   // that have to be over
	forecastResponses = 30  // that have to be there
	forecastWidth     = 3.0 // an interval whose ends differ by more says nothing

	// Of a province of which nothing is known: how far the course of its rounds
	// may lie from an even one, and the rounds of one province from each other.
	spreadOfProvinces = 0.08
	spreadOfRounds    = 0.02
	// spreadWeight is how many earlier rounds spreadOfRounds is worth.
	spreadWeight = 4.0
)

// Forecast says how many responses will be there at the closing, from those of
// the days that are over and from the courses of earlier rounds. It is false
// while that cannot be said: before the third day, with fewer than 30
// responses, or when the most likely numbers differ threefold.
//
// The share S of its responses that a round has after a part x of its window is
// taken as Beta distributed, so that the final number is n/S. With no round
// before, S has the mean x (responses come evenly) and the variance
// (τ²+σ²)·x(1−x): τ² for what is particular to the province, σ² to the round.
// k earlier rounds with the shares S₁…S_k move the mean to
// w·S̄ + (1−w)·x with w = kτ²/(kτ²+σ²), leave τ²σ²/(kτ²+σ²) of the first
// variance and add to what is known of σ² (the estimate of a random-effects
// model with known prior, Gelman and others, Bayesian Data Analysis, 3rd ed.,
// §2.5 and §5.4). That n is a number of people adds m(1−m)/(n/m). The interval
// is from the 5 % to the 95 % quantile. τ² and σ² are such that replayed rounds
// of many shapes are covered in nine of ten cases; the test of it is beside.
func (c Course) Forecast(earlier []Course) (Forecast, bool) {
	n, done := c.Responses(), len(c.PerDay)
	if done < forecastDays || done >= c.Days || n < forecastResponses {
		return Forecast{}, false
	}
	mean, spread := shareAfter(float64(done)/float64(c.Days), earlier)
	spread += mean / float64(n)
	strength := 1/spread - 1
	at := func(p float64) int {
		return int(math.Round(float64(n) / betaQuantile(mean*strength, (1-mean)*strength, p)))
	}
	f := Forecast{Low: at(0.95), Middle: at(0.5), High: at(0.05)}
	return f, float64(f.High) <= forecastWidth*float64(f.Low)
}

// Between keeps the forecast between what is there and what there can be: the
// responses of today too, and no more than those asked unless there are more.
func (f Forecast) Between(responses, enrolment int) Forecast {
	bound := func(n int) int { return max(responses, min(n, max(enrolment, responses))) }
	return Forecast{bound(f.Low), bound(f.Middle), bound(f.High)}
}

// shareAfter gives the mean m of the share that is there after a part of the
// window, and its variance as a part of m(1−m).
func shareAfter(part float64, earlier []Course) (mean, spread float64) {
	var shares []float64
	sum := 0.0
	for _, e := range earlier {
		if e.Responses() < forecastResponses || len(e.PerDay) == 0 {
			continue
		}
		s := min(0.99, max(0.01, e.share(part)))
		shares = append(shares, s)
		sum += s
	}
	k := float64(len(shares))
	if k == 0 {
		return part, spreadOfProvinces + spreadOfRounds
	}
	average := sum / k
	squares := 0.0
	for _, s := range shares {
		squares += (s - average) * (s - average) / (average * (1 - average))
	}
	within := (spreadWeight*spreadOfRounds + squares) / (spreadWeight + k - 1)
	known := k*spreadOfProvinces + within
	weight := k * spreadOfProvinces / known
	return weight*average + (1-weight)*part, within + spreadOfProvinces*within/known
}

// betaQuantile finds by halving where the Beta distribution reaches p.
func betaQuantile(a, b, p float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		middle := (low + high) / 2
		if betaIncomplete(a, b, middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// Course gives how a round's responses came, from the day on which it opened
// (or the first came, if the school list was loaded late) through the last day
// that is over.
func (c Calendar) Course(r Round, counts DayCounts, now time.Time) Course {
	from, last := r.Opens, c.LastDay(r)
	if !r.OpenedAt.IsZero() {
		from = counts.first(min(max(from, c.Today(r.OpenedAt)), last), from)
	}
	course := Course{Days: int(last-from) + 1}
	if over := min(last, c.Today(now)-1); over >= from {
		course.PerDay = counts.PerDay(from, last)[:over-from+1]
	}
	return course
}
