package survey_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hailong/survey"
)

// plain is a figure computed the long way, straight from responses.
type plain struct {
	values             []float64 // one for each respondent who answered anything
	valid, four5, over int
}

func (p plain) mean() float64 {
	sum := 0.0
	for _, v := range p.values {
		sum += v
	}
	return sum / float64(len(p.values))
}

func (p plain) variance() float64 {
	squares := 0.0
	for _, v := range p.values {
		squares += math.Pow(v-p.mean(), 2)
	}
	return squares / float64(len(p.values)-1)
}

// recount goes through the responses for the items that count.
func recount(responses []survey.Response, counts func(i int) bool) plain {
	var p plain
	for _, r := range responses {
		sum, k := 0, 0
		for i, m := range r.Marks {
			if !counts(i) || m < 1 || m > 5 {
				continue
			}
			sum += int(m)
			k++
			if m >= 4 {
				p.four5++
			}
		}
		p.valid += k
		if k > 0 {
			p.values = append(p.values, float64(sum)/float64(k))
		}
	}
	return p
}

func sameSatisfaction(t *rapid.T, name string, got survey.Satisfaction, want plain) {
	t.Helper()
	if known := len(want.values) > 0; got.Mean.Known != known || got.Share.Known != known || got.Mean.N != len(want.values) {
		t.Fatalf("%s: known %v, %v, n = %d; want n = %d", name, got.Mean.Known, got.Share.Known, got.Mean.N, len(want.values))
	}
	if len(want.values) == 0 {
		return
	}
	mean, share := want.mean(), 100*float64(want.four5)/float64(want.valid)
	if !near(got.Mean.Value, mean) || !near(got.Index.Value, mean/5*100) || !near(got.Share.Value, share) {
		t.Fatalf("%s: %g, %g, %g; want %g, %g, %g", name, got.Mean.Value, got.Index.Value, got.Share.Value, mean, mean*20, share)
	}
	if !near(got.Index.Low, got.Mean.Low*20) || !near(got.Index.High, got.Mean.High*20) {
		t.Fatalf("%s: index %+v beside mean %+v", name, got.Index, got.Mean)
	}
}

// sameWidth compares with t·s/√n, t taken from two answers with a known s.
func sameWidth(t *rapid.T, name string, got survey.Estimate, want plain) {
	n := len(want.values)
	if n < 2 {
		return
	}
	twin := percents(survey.Cell{Key: 0, Count: n - 1}, survey.Cell{Key: n, Count: 1}).Figures(0).Expectation // s² = n
	half := (twin.High - twin.Value) / math.Sqrt(float64(n)) * math.Sqrt(want.variance())
	if math.Abs(got.High-got.Value-half) > 1e-9 {
		t.Fatalf("%s: ±%g, want ±%g", name, got.High-got.Value, half)
	}
}

// What a tally says equals what the raw responses say.
func TestFiguresEqualAPlainRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		responses := drawResponses(t, f, 12)
		got := f.Heap(tallyOf(f, responses)).Figures(0)
		if got.Responses != len(responses) || len(got.Groups) != len(f.Groups) {
			t.Fatalf("%d responses in %d groups", got.Responses, len(got.Groups))
		}
		last := len(f.Items)
		all := recount(responses, func(i int) bool { return i < last })
		sameSatisfaction(t, "all", got.All, all)
		sameWidth(t, "all", got.All.Mean, all)
		overall := recount(responses, func(i int) bool { return i == last })
		sameSatisfaction(t, "overall", got.Overall, overall)
		sameWidth(t, "overall", got.Overall.Mean, overall)
		for g, group := range f.Groups {
			want := recount(responses, func(i int) bool { return i < last && f.Items[i].Group == group.Code })
			sameSatisfaction(t, string(group.Code), got.Groups[g], want)
			sameWidth(t, string(group.Code), got.Groups[g].Mean, want)
		}
		sameExpectation(t, got, responses)
	})
}

func sameExpectation(t *rapid.T, got survey.Figures, responses []survey.Response) {
	var p plain
	for _, r := range responses {
		if r.Expectation >= 0 {
			p.values = append(p.values, float64(r.Expectation))
			if r.Expectation >= 100 {
				p.over++
			}
		}
	}
	n := len(p.values)
	if got.Expectation.N != n || got.Expectation.Known != (n > 0) || got.Exceeded.N != n {
		t.Fatalf("expectation %+v, %+v; want n = %d", got.Expectation, got.Exceeded, n)
	}
	if n > 0 && (!near(got.Expectation.Value, p.mean()) || !near(got.Exceeded.Value, 100*float64(p.over)/float64(n))) {
		t.Fatalf("expectation %g, reached %g; want %g, %d of %d", got.Expectation.Value, got.Exceeded.Value, p.mean(), p.over, n)
	}
}

// Published pairs of index and mean (Khánh Hòa, 2018).
func TestPublishedIndexAndMean(t *testing.T) {
	tests := []struct {
		counts survey.Counts // 10,000 answers that have the mean
		mean   float64
		index  string
	}{
		{survey.Counts{3: 2000, 4: 6470, 5: 1530}, 3.953, "79,06"},
		{survey.Counts{3: 1885, 4: 8115}, 3.8115, "76,23"},
		{survey.Counts{3: 1395, 4: 8605}, 3.8605, "77,21"},
		{survey.Counts{3: 310, 4: 9690}, 3.969, "79,38"},
	}
	for _, tt := range tests {
		s := tt.counts.Satisfaction(0)
		if !near(s.Mean.Value, tt.mean) || survey.Decimal(s.Index.Value, 2) != tt.index {
			t.Errorf("mean %v has index %v, want %v with %s", s.Mean.Value, s.Index.Value, tt.mean, tt.index)
		}
	}
}

func TestRate(t *testing.T) {
	tests := []struct {
		n, size int
		want    string
	}{{0, 40, "0,0"}, {13, 40, "32,5"}, {40, 40, "100,0"}, {42, 40, "105,0"}, {3, 0, ""}}
	for _, tt := range tests {
		rate, known := survey.Figures{Responses: tt.n, Enrolment: tt.size}.Rate()
		if known != (tt.want != "") || known && survey.Decimal(rate, 1) != tt.want {
			t.Errorf("rate of %d of %d is %v (%v), want %q", tt.n, tt.size, rate, known, tt.want)
		}
	}
}
