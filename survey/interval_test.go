package survey_test

import (
	"math"
	"testing"

	"hailong/survey"
)

// percents makes a heap in which people gave these percentages of expectation.
func percents(cells ...survey.Cell) survey.Heap {
	h := survey.Heap{Expectation: cells}
	h.Responses = h.Expectation.Total()
	return h
}

// ofPeople makes a heap with one item, answered 5 so often and 1 so often.
func ofPeople(satisfied, others int) survey.Heap {
	h := survey.Heap{Responses: satisfied + others}
	h.Overall[5], h.Overall[1] = satisfied, others
	return h
}

// t follows from the interval of a mean whose standard error is known: of n
// people the half say 0 and the other half 2 (or one says 1).
func TestStudentQuantilesAgreeWithR(t *testing.T) {
	for _, row := range readTable(t).T975 {
		n := int(row[0]) + 1
		h := percents(survey.Cell{Key: 0, Count: n / 2}, survey.Cell{Key: 1, Count: n % 2}, survey.Cell{Key: 2, Count: n / 2})
		e := h.Figures(0).Expectation
		standardError := math.Sqrt(float64(n/2*2) / float64(n-1) / float64(n))
		if got := (e.High - e.Value) / standardError; !near(got, row[1]) {
			t.Errorf("t(0.975, %d) = %.15g, R has %.15g", n-1, got, row[1])
		}
	}
}

func TestWilsonAgreesWithR(t *testing.T) {
	for _, row := range readTable(t).Wilson {
		satisfied, n, population := int(row[0]), int(row[1]), int(row[2])
		e := ofPeople(satisfied, n-satisfied).Overall.Satisfaction(population).Share
		if !e.Interval || e.N != n || !near(e.Value, 100*row[0]/row[1]) || !near(e.Low, row[3]) || !near(e.High, row[4]) {
			t.Errorf("%d of %d out of %d: %+v, R has %g–%g", satisfied, n, population, e, row[3], row[4])
		}
	}
}

// Where the population ends or is not known, a mean and a share have no
// interval, the plain one, or the point.
func TestIntervalsAtTheEdges(t *testing.T) {
	const none, point, plain, corrected = "none", "point", "plain", "corrected"
	tests := []struct {
		name        string
		n, size     int
		mean, share string
	}{
		{"nobody", 0, 30, none, none},
		{"one of unknown", 1, 0, none, plain},
		{"one of many", 1, 30, none, plain}, // n* = 1·29/29
		{"one of one", 1, 1, point, point},
		{"more than were asked", 31, 30, plain, plain},
		{"all", 30, 30, point, point},
		{"all but one", 29, 30, corrected, corrected},
		{"size unknown", 20, 0, plain, plain},
	}
	for _, tt := range tests {
		h := ofPeople(tt.n/2, tt.n-tt.n/2)
		got, open := h.Overall.Satisfaction(tt.size), h.Overall.Satisfaction(0)
		if s := intervalSort(got.Mean, open.Mean); s != tt.mean {
			t.Errorf("%s: mean has %s, want %s: %+v", tt.name, s, tt.mean, got.Mean)
		}
		if s := intervalSort(got.Share, open.Share); s != tt.share {
			t.Errorf("%s: share has %s, want %s: %+v", tt.name, s, tt.share, got.Share)
		}
		if known := tt.n > 0; got.Mean.Known != known || got.Share.Known != known {
			t.Errorf("%s: known %v and %v", tt.name, got.Mean.Known, got.Share.Known)
		}
	}
}

// intervalSort compares an interval with that for a population without end.
func intervalSort(e, endless survey.Estimate) string {
	switch {
	case !e.Interval:
		return "none"
	case e.Low == e.Value && e.High == e.Value:
		return "point"
	case e.Low == endless.Low && e.High == endless.High:
		return "plain"
	case e.High-e.Low < endless.High-endless.Low || !endless.Interval:
		return "corrected"
	}
	return "wider"
}

// The correction of a mean's interval is √(1 − n/N).
func TestFinitePopulationCorrection(t *testing.T) {
	h := ofPeople(15, 5)
	endless, finite := h.Overall.Satisfaction(0).Mean, h.Overall.Satisfaction(80).Mean
	if ratio := (finite.High - finite.Low) / (endless.High - endless.Low); !near(ratio, math.Sqrt(0.75)) {
		t.Errorf("the interval shrinks to %g, want √0.75", ratio)
	}
}

// A share stays between 0 and 100 with its interval, and 0 and 100 are reached.
func TestShareStaysInside(t *testing.T) {
	for n := 1; n <= 40; n++ {
		for satisfied := 0; satisfied <= n; satisfied++ {
			e := ofPeople(satisfied, n-satisfied).Overall.Satisfaction(0).Share
			if e.Low < 0 || e.High > 100 || e.Low > e.Value || e.High < e.Value {
				t.Fatalf("%d of %d: %+v", satisfied, n, e)
			}
			if satisfied == 0 && e.Low != 0 || satisfied == n && e.High != 100 {
				t.Fatalf("%d of %d: %+v", satisfied, n, e)
			}
		}
	}
}
