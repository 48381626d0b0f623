package survey_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hailong/survey"
)

// overallPart is a stratum in which the overall item got these answers.
func overallPart(level survey.Level, enrolment int, marks ...int) survey.Part {
	p := survey.Part{Level: level, Enrolment: enrolment, Heap: survey.Heap{Responses: len(marks)}}
	for _, m := range marks {
		p.Heap.Overall[m]++
	}
	return p
}

func sharePart(enrolment, satisfied, others int) survey.Part {
	return survey.Part{Level: survey.LevelTH, Enrolment: enrolment, Heap: ofPeople(satisfied, others)}
}

// Thành phố Hồ Chí Minh, 2024: 96,60 and 95,79 make 96,195, written 96,20.
func TestSimpleMeanAsPublished(t *testing.T) {
	parts := []survey.Part{sharePart(50000, 9660, 340), sharePart(20000, 9579, 421)}
	share := survey.SimpleMean.Figures(parts).Overall.Share
	if !near(share.Value, 96.195) || survey.Decimal(share.Value, 2) != "96,20" {
		t.Errorf("the plain mean is %v, written %s", share.Value, survey.Decimal(share.Value, 2))
	}
	if got := survey.Weighted.Figures(parts).Overall.Share.Value; !near(got, (5*96.60+2*95.79)/7) {
		t.Errorf("weighted it is %v", got)
	}
}

// One stratum alone has the same figures under every roll-up.
func TestOneStratumAloneIsTheSameUnderAll(t *testing.T) {
	close := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
	rapid.Check(t, func(t *rapid.T) {
		parts := drawParts(t, drawForm(t), 1)
		pooled := survey.Pooled.Figures(parts)
		for _, u := range []survey.RollUp{survey.SimpleMean, survey.Weighted} {
			if diff := cmp.Diff(estimates(pooled), estimates(u.Figures(parts)), close); diff != "" {
				t.Fatalf("%s (-pooled +this):\n%s", u.Name(), diff)
			}
		}
	})
}

// Heaps may be merged in any order, and merging leaves the other as it was.
func TestMergingIsOrderIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := drawParts(t, drawForm(t), 5)
		first := survey.Pooled.Figures(parts)
		for range 2 {
			shuffled := rapid.Permutation(parts).Draw(t, "order")
			if diff := cmp.Diff(first, survey.Pooled.Figures(shuffled)); diff != "" {
				t.Fatalf("another order:\n%s", diff)
			}
		}
	})
}

// Pooled is the heap of all responses.
func TestPooledIsOneHeap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		a, b := drawResponses(t, f, 6), drawResponses(t, f, 6)
		parts := []survey.Part{{Enrolment: 20, Heap: f.Heap(tallyOf(f, a))}, {Enrolment: 11, Heap: f.Heap(tallyOf(f, b))}}
		want := f.Heap(tallyOf(f, append(a, b...))).Figures(31)
		if diff := cmp.Diff(want, survey.Pooled.Figures(parts)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A stratum with one answer takes the pooled variance of its level, not that
// of others.
func TestOneAnswerTakesTheVarianceOfItsLevel(t *testing.T) {
	parts := []survey.Part{
		overallPart(survey.LevelTH, 100, 3, 5),        // s² = 2, one degree of freedom
		overallPart(survey.LevelTH, 200, 2, 4, 3),     // s² = 1, two
		overallPart(survey.LevelMN, 50, 1, 5, 1, 5),   // s² = 16/3
		overallPart(survey.LevelTH, 300, 4),           // takes (2 + 2·1) / 3
		overallPart(survey.LevelMN, 60, 2),            // takes 16/3
		overallPart(survey.LevelTHPT, 1, 5),           // all there is
		overallPart(survey.LevelTHCS, 400 /* none */), // not represented
	}
	const n = 711.0
	variance := math.Pow(100/n, 2)*(1-2.0/100)*2/2 + math.Pow(200/n, 2)*(1-3.0/200)*1/3 + math.Pow(50/n, 2)*(1-4.0/50)*(16.0/3)/4 +
		math.Pow(300/n, 2)*(1-1.0/300)*(4.0/3)/1 + math.Pow(60/n, 2)*(1-1.0/60)*(16.0/3)/1
	mean := (100*4 + 200*3 + 50*3 + 300*4 + 60*2 + 5) / n
	got := survey.Weighted.Figures(parts).Overall.Mean
	t6 := 2.4469118511449688 // 12 answers in 6 strata
	if got.N != 12 || !near(got.Value, mean) || !near(got.High-got.Value, t6*math.Sqrt(variance)) {
		t.Errorf("%+v, want %g ± %g", got, mean, t6*math.Sqrt(variance))
	}
}

func TestRollUpIntervalAtTheEdges(t *testing.T) {
	tests := []struct {
		name            string
		parts           []survey.Part
		known, interval bool
		half            float64 // where it is known
	}{
		{"no strata", nil, false, false, 0},
		{"no answers", []survey.Part{overallPart(survey.LevelTH, 9)}, false, false, 0},
		{"one answer, nothing to pool", []survey.Part{overallPart(survey.LevelTH, 9, 4), overallPart(survey.LevelMN, 9, 4, 5)}, true, false, 0},
		{"single answers only", []survey.Part{overallPart(survey.LevelTH, 9, 4), overallPart(survey.LevelTH, 9, 5)}, true, false, 0},
		{"all counted", []survey.Part{overallPart(survey.LevelTH, 2, 4, 1), overallPart(survey.LevelMN, 1, 5)}, true, true, 0},
		{"more than were asked", []survey.Part{overallPart(survey.LevelTH, 2, 3, 4, 5)}, true, true, 4.302652729749462 / math.Sqrt(3)},
	}
	for _, tt := range tests {
		for _, u := range []survey.RollUp{survey.SimpleMean, survey.Weighted} {
			e := u.Figures(tt.parts).Overall.Mean
			if e.Known != tt.known || e.Interval != tt.interval || math.Abs(e.High-e.Value-tt.half) > 1e-9 && e.Interval {
				t.Errorf("%s, %s: %+v", tt.name, u.Name(), e)
			}
		}
	}
}

// A stratum of unknown size counts in the plain mean and cannot be weighted.
func TestUnknownSize(t *testing.T) {
	parts := []survey.Part{overallPart(survey.LevelTH, 0, 2, 4), overallPart(survey.LevelTH, 10, 5, 5)}
	if got := survey.SimpleMean.Figures(parts).Overall.Mean.Value; got != 4 {
		t.Errorf("plain mean %v", got)
	}
	if got := survey.Weighted.Figures(parts).Overall.Mean; got.Value != 5 || got.N != 2 {
		t.Errorf("weighted %+v", got)
	}
}

// Strata without a tally stand at any place, also first.
func TestEmptyHeapsAreHarmless(t *testing.T) {
	f := survey.BuiltInQuestionnaire().Forms[0]
	marks := make([]survey.Mark, len(f.Items)+1)
	for i := range marks {
		marks[i] = 4
	}
	full := survey.Part{Level: f.Level, Enrolment: 10, Heap: f.Heap(tallyOf(f, []survey.Response{{Marks: marks, Expectation: 80}}))}
	empty := survey.Part{Level: f.Level, Enrolment: 30, Heap: survey.Heap{Groups: []survey.Sums{}}}
	for _, u := range survey.RollUps() {
		got := u.Figures([]survey.Part{empty, full, empty})
		if len(got.Groups) != len(f.Groups) || got.Groups[4].Mean.Value != 4 || got.Enrolment != 70 || got.Responses != 1 {
			t.Errorf("%s: %+v", u.Name(), got)
		}
	}
}

func TestCover(t *testing.T) {
	parts := []survey.Part{sharePart(300, 3, 1), sharePart(90, 0, 0), sharePart(10, 1, 0)}
	want := survey.Coverage{Strata: 3, Represented: 2, Enrolment: 400, UnrepresentedShare: 22.5}
	if diff := cmp.Diff(want, survey.Cover(parts)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(survey.Coverage{}, survey.Cover(nil)); diff != "" {
		t.Error(diff)
	}
}

func TestRollUpNames(t *testing.T) {
	want := []string{"Gộp phiếu", "Bình quân đơn giản", "Có trọng số sĩ số"}
	for i, u := range survey.RollUps() {
		if u.Name() != want[i] {
			t.Errorf("roll-up %d is called %q", i, u.Name())
		}
	}
}

// The interval of a rolled-up share is Wilson's for 1 / Σ w²/n* observations.
func TestRolledUpShareInterval(t *testing.T) {
	parts := []survey.Part{sharePart(100, 30, 10), sharePart(25, 20, 5), sharePart(75, 2, 4)}
	w := []float64{0.5, 0.125, 0.375}
	p := w[0]*0.75 + w[1]*0.8 + w[2]*2/6
	size := 1 / (w[0]*w[0]/(40*99.0/60) + w[2]*w[2]/(6*74.0/69)) // the second is a census
	z2 := 1.959963984540054 * 1.959963984540054
	root := math.Sqrt(z2*z2 + 4*size*z2*p*(1-p))
	low, high := 100*(2*size*p+z2-root)/(2*(size+z2)), 100*(2*size*p+z2+root)/(2*(size+z2))
	got := survey.Weighted.Figures(parts).Overall.Share
	if got.N != 71 || !near(got.Value, 100*p) || !near(got.Low, low) || !near(got.High, high) {
		t.Errorf("%+v, want %g (%g–%g)", got, 100*p, low, high)
	}
}
