package survey_test

import (
	"math"
	"testing"

	"hailong/survey"
)

func TestShare(t *testing.T) {
	const T = survey.DefaultThreshold
	for _, c := range []struct {
		part, whole int
		want        string
	}{
		{12, 12, "≥ 90%"}, {0, 12, "≤ 10%"}, {11, 12, "≥ 90%"}, {6, 12, "50–60%"}, {3, 30, "≤ 10%"}, {9, 30, "30–40%"},
		{20, 40, "50%"}, {10, 40, "25%"}, {9, 40, "20–30%"}, {40, 40, "≥ 90%"}, {200, 200, "≥ 95%"}, {191, 200, "≥ 95%"}, {0, 200, "≤ 5%"}, {9, 200, "≤ 5%"}, {190, 200, "95%"},
		{10, 1000, "1%"}, {9, 1000, "≤ 1%"}, {0, 1000, "≤ 1%"}, {991, 1000, "≥ 99%"},
	} {
		if got := T.Share(c.part, c.whole).String(); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

// Worked 4: twelve who all said the same look like twelve of whom one did not.
func TestUnanimityIsNotShown(t *testing.T) {
	const T = survey.DefaultThreshold
	for _, n := range []int{12, 29, 45, 300} {
		same, other := survey.Counts{1: n}, survey.Counts{1: n - 1, 2: 1}
		a, b := T.Show(same, n), T.Show(other, n)
		if a.HasMean || b.HasMean {
			t.Errorf("n = %d: a mean is shown, which tells whether all agree", n)
		}
		for i := range a.Levels {
			if a.Levels[i] != b.Levels[i] {
				t.Errorf("n = %d, level %d: %v against %v", n, i+1, a.Levels[i], b.Levels[i])
			}
		}
		if merged := len(a.Levels) == 3; merged != (n < 30) {
			t.Errorf("n = %d: %d levels", n, len(a.Levels))
		}
	}
}

func TestShow(t *testing.T) {
	const T = survey.DefaultThreshold
	if d := T.Show(survey.Counts{0: 4, 5: 9, 6: 2}, 15); !d.Hidden || d.N != 0 || d.Levels != nil {
		t.Errorf("nine answers are shown: %+v", d)
	}
	d := T.Show(survey.Counts{0: 3, 1: 10, 2: 10, 3: 20, 4: 30, 5: 30, 6: 1}, 104)
	if d.N != 100 || d.Missing != 4 || !d.HasMean || math.Abs(d.Mean-3.6) > 1e-9 || d.Dissatisfied.String() != "20%" || d.Satisfied.String() != "60%" {
		t.Errorf("%+v", d)
	}
	// Twelve people who answered five questions gave sixty answers, yet are twelve.
	if d := T.Show(survey.Counts{5: 50, 4: 10}, 12); !d.Merged || d.HasMean || d.Satisfied.Exact {
		t.Errorf("a group of twelve people: %+v", d)
	}
	if e := T.ShowExpected(survey.Histogram{{Key: 80, Count: 9}}); !e.Hidden {
		t.Errorf("nine percentages are shown: %+v", e)
	}
	if e := T.ShowExpected(survey.Histogram{{Key: 80, Count: 20}, {Key: 100, Count: 20}}); e.Mean != 90 || !e.HasMean || e.Reached.String() != "50%" {
		t.Errorf("%+v", e)
	}
}

// Forty-five who are all satisfied, some very: the two levels must not add up
// to everybody.
func TestLevelsDoNotAddUpToWhatIsLeftOpen(t *testing.T) {
	d := survey.DefaultThreshold.Show(survey.Counts{4: 30, 5: 15}, 45)
	if got := d.Levels[3].String() + " " + d.Levels[4].String() + " " + d.Satisfied.String(); got != "60–70% 30–40% ≥ 90%" {
		t.Error(got)
	}
	d = survey.DefaultThreshold.Show(survey.Counts{3: 11, 4: 15}, 26)
	if got := d.Levels[0].String() + " " + d.Levels[1].String() + " " + d.Levels[2].String(); got != "≤ 10% 40–50% 50–60%" {
		t.Error(got)
	}
	d = survey.DefaultThreshold.Show(survey.Counts{1: 8, 3: 2, 4: 30, 5: 60}, 100)
	if got := d.Levels[3].String() + " " + d.Levels[4].String() + " " + d.Satisfied.String() + " " + d.Levels[0].String(); got != "30% 60% 90% ≤ 9%" {
		t.Error(got)
	}
}

// Newcombe 1998, table II, (a) 56/70 − 48/80, method 10: 0.0524 to 0.3339.
func TestDifference(t *testing.T) {
	a := survey.Counts{1: 14, 5: 56}.Satisfaction(0).Share
	b := survey.Counts{1: 32, 5: 48}.Satisfaction(0).Share
	d := survey.Difference(a, b)
	if math.Abs(d.Value-20) > 1e-9 || math.Abs(d.Low-5.24) > 0.005 || math.Abs(d.High-33.39) > 0.005 {
		t.Errorf("%.3f (%.3f to %.3f), want 20 (5.24 to 33.39)", d.Value, d.Low, d.High)
	}
	if survey.Difference(a, survey.Estimate{}).Known {
		t.Error("a difference to nothing is known")
	}
}

func TestStanding(t *testing.T) {
	const T = survey.DefaultThreshold
	province := survey.Line{Enrolment: 20000, Overall: survey.Counts{1: 1000, 5: 9000}}
	for _, c := range []struct {
		own  survey.Counts
		want survey.Standing
	}{
		{survey.Counts{1: 10, 5: 90}, survey.Usual}, {survey.Counts{1: 40, 5: 60}, survey.Lower}, {survey.Counts{5: 200}, survey.Higher},
		{survey.Counts{1: 2, 5: 10}, survey.Usual}, {survey.Counts{5: 9}, ""}, {survey.Counts{}, ""},
	} {
		if got := T.Standing(survey.Line{Enrolment: 400, Overall: c.own}, province); got != c.want {
			t.Errorf("%v: %q, want %q", c.own, got, c.want)
		}
	}
}
