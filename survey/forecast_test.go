package survey_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hailong/survey"
)

// habits are how a province's rounds go: when it sends its messages, how fast
// people answer one, how weekends differ, how hard it pushes at the end.
type habits struct {
	chance                                *rand.Rand
	days                                  int
	opening, reminder, last, steady, week float64
	fade                                  float64
	remindAt                              float64
}

func newHabits(chance *rand.Rand) habits {
	return habits{chance: chance, days: 16 + chance.IntN(46),
		opening: 0.3 * gamma(chance), reminder: 0.3 * gamma(chance), last: 0.45 * gamma(chance), steady: 1.0,
		week: 0.2 + 0.8*chance.Float64(), fade: 1.5 + 3*chance.Float64(), remindAt: 0.2 + 0.5*chance.Float64()}
}

// gamma is a Gamma variable of shape 2 and mean 1.
func gamma(chance *rand.Rand) float64 {
	return -(math.Log(chance.Float64()) + math.Log(chance.Float64())) / 2
}

// round replays one round: the strength of each push differs from round to
// round, each day's number of answers is more scattered than chance alone.
func (h habits) round(people int) survey.Course {
	wobble := func(x float64) float64 { return x * math.Exp(0.35*h.chance.NormFloat64()) }
	opening, reminder, last, at := wobble(h.opening), wobble(h.reminder), wobble(h.last), h.remindAt+0.08*h.chance.NormFloat64()
	weights, sum := make([]float64, h.days), 0.0
	start := h.chance.IntN(7)
	for d := range weights {
		day := float64(d)
		w := h.steady / float64(h.days)
		w += opening / h.fade * math.Exp(-day/h.fade)
		if r := math.Round(at * float64(h.days)); day >= r {
			w += reminder / h.fade * math.Exp(-(day-r)/h.fade)
		}
		if left := float64(h.days-1) - day; left < 5 {
			w += last / 5
		}
		if (start+d)%7 >= 5 {
			w *= h.week
		}
		weights[d] = w * math.Exp(0.25*h.chance.NormFloat64())
		sum += weights[d]
	}
	c := survey.Course{Days: h.days}
	for _, w := range weights {
		mean := float64(people) * w / sum
		c.PerDay = append(c.PerDay, max(0, int(math.Round(mean+math.Sqrt(mean)*h.chance.NormFloat64()))))
	}
	return c
}

// replay makes a forecast at some part of a round and says whether it was
// shown and whether the end of the round lay in it.
func replay(chance *rand.Rand, earlier int, part float64) (shown, covered bool, width float64) {
	h := newHabits(chance)
	var past []survey.Course
	for range earlier {
		past = append(past, h.round(20_000))
	}
	whole := h.round(200 + chance.IntN(40_000))
	now := survey.Course{Days: whole.Days, PerDay: whole.PerDay[:int(part*float64(whole.Days))]}
	f, shown := now.Forecast(past)
	final := whole.Responses()
	return shown, shown && f.Low <= final && final <= f.High, float64(f.High-f.Low) / float64(f.Middle)
}

// Nine rounds of ten end inside the interval, with and without rounds before.
func TestForecastsHoldWhatTheyPromise(t *testing.T) {
	chance := rand.New(rand.NewPCG(2026, 11))
	before := math.Inf(1)
	for _, earlier := range []int{0, 1, 2, 4, 8} {
		shown, covered, width := 0, 0, 0.0
		for _, part := range []float64{0.25, 0.5, 0.65, 0.8, 0.95} {
			for range 400 {
				seen, in, wide := replay(chance, earlier, part)
				if seen {
					shown++
					width += wide
				}
				if in {
					covered++
				}
			}
		}
		share := float64(covered) / float64(shown)
		t.Logf("after %d rounds: %d of 2000 shown, %.1f %% covered, %.2f wide", earlier, shown, 100*share, width/float64(shown))
		if shown < 1000 || share < 0.85 || share > 0.95 {
			t.Errorf("%d rounds before: %.1f %% of %d forecasts hold; want 85–95 %% of 1000 or more", earlier, 100*share, shown)
		}
		if earlier > 0 && width/float64(shown) > 0.98*before {
			t.Errorf("%d rounds before: the interval is no narrower than with fewer", earlier)
		}
		before = width / float64(shown)
	}
}

func TestForecastsThatSayNothingAreNotMade(t *testing.T) {
	steady := func(days, done, each int) survey.Course {
		c := survey.Course{Days: days}
		for range done {
			c.PerDay = append(c.PerDay, each)
		}
		return c
	}
	past := []survey.Course{steady(20, 20, 50), steady(20, 20, 50)}
	for name, c := range map[string]survey.Course{
		"no day is over": steady(20, 0, 0), "two days": steady(20, 2, 900), "too few responses": steady(20, 10, 2), "the last day is over": steady(20, 20, 50), "no window": {},
	} {
		if f, ok := c.Forecast(past); ok {
			t.Errorf("%s: forecast %+v", name, f)
		}
	}
	if f, ok := steady(20, 4, 50).Forecast(nil); ok {
		t.Errorf("a fifth of the first round: forecast %+v", f)
	}
	if _, ok := steady(20, 15, 50).Forecast([]survey.Course{{Days: 20}}); !ok {
		t.Error("a round before in which nobody answered takes the forecast away")
	}
}

// Two rounds before that had half of their responses at half time: the middle
// is twice what is there.
func TestForecastOfEvenRounds(t *testing.T) {
	even := survey.Course{Days: 10, PerDay: []int{100, 100, 100, 100, 100, 100, 100, 100, 100, 100}}
	f, ok := survey.Course{Days: 10, PerDay: even.PerDay[:5]}.Forecast([]survey.Course{even, even})
	if !ok || f.Middle != 1000 || f.Low < 700 || f.Low > 900 || f.High < 1150 || f.High > 1500 {
		t.Errorf("%+v, %v", f, ok)
	}
}

func TestForecastsStayBetweenWhatIsThereAndWhatCanBe(t *testing.T) {
	f := survey.Forecast{Low: 500, Middle: 800, High: 1500}
	for _, c := range []struct {
		responses, enrolment int
		want                 survey.Forecast
	}{
		{600, 1000, survey.Forecast{Low: 600, Middle: 800, High: 1000}},
		{600, 2000, survey.Forecast{Low: 600, Middle: 800, High: 1500}},
		{1100, 1000, survey.Forecast{Low: 1100, Middle: 1100, High: 1100}},
	} {
		if got := f.Between(c.responses, c.enrolment); got != c.want {
			t.Errorf("%d of %d: %+v, want %+v", c.responses, c.enrolment, got, c.want)
		}
	}
}
