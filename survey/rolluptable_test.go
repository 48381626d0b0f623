package survey_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"hailong/survey"
)

// rTable is testdata/rollup.json: what R computes, see testdata/rollup.R.
type rTable struct {
	T975      [][2]float64 // degrees of freedom, quantile
	Wilson    [][5]float64 // satisfied, n, N, low, high
	Provinces []rProvince
}

type rProvince struct {
	Name            string
	Strata          []rStratum
	People, Overall map[string]rFigure
}

type rStratum struct {
	Level                survey.Level
	Enrolment, Responses int
	People               [][3]int // k, sum, how often
	Overall              [][2]int // level, how often
}

type rFigure struct {
	Mean, Half float64 // half: of the 95 % interval
}

func readTable(t *testing.T) rTable {
	t.Helper()
	data, err := os.ReadFile("testdata/rollup.json")
	if err != nil {
		t.Fatal(err)
	}
	var table rTable
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	if len(table.T975) < 30 || len(table.Wilson) < 15 || len(table.Provinces) < 5 {
		t.Fatalf("the table is too small: %d, %d, %d", len(table.T975), len(table.Wilson), len(table.Provinces))
	}
	return table
}

// part rebuilds a stratum from R's cells.
func (s rStratum) part() survey.Part {
	h := survey.Heap{Responses: s.Responses, Groups: []survey.Sums{}}
	for _, c := range s.People {
		h.All.People = append(h.All.People, survey.Cell{Key: 512*c[0] + c[1], Count: c[2]})
	}
	for _, c := range s.Overall {
		h.Overall[c[0]] = c[1]
	}
	return survey.Part{Level: s.Level, Enrolment: s.Enrolment, Heap: h}
}

func (p rProvince) parts() []survey.Part {
	var parts []survey.Part
	for _, s := range p.Strata {
		parts = append(parts, s.part())
	}
	return parts
}

// near says whether two numbers agree to 1e-9 of their size.
func near(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b))
}

// The three roll-ups agree with R's survey package in mean and standard error.
func TestRollUpsAgreeWithR(t *testing.T) {
	table := readTable(t)
	for _, province := range table.Provinces {
		for u, name := range map[survey.RollUp]string{survey.Weighted: "weighted", survey.SimpleMean: "simple", survey.Pooled: "pooled"} {
			f := u.Figures(province.parts())
			sameFigure(t, province.Name+", people, "+name, f.All.Mean, province.People[name])
			sameFigure(t, province.Name+", overall, "+name, f.Overall.Mean, province.Overall[name])
		}
	}
}

func sameFigure(t *testing.T, name string, got survey.Estimate, want rFigure) {
	t.Helper()
	if !got.Known || !got.Interval || !near(got.Value, want.Mean) {
		t.Errorf("%s: mean %.17g (%v, %v), R has %.17g", name, got.Value, got.Known, got.Interval, want.Mean)
	}
	if !near(got.High-got.Value, want.Half) || !near(got.Value-got.Low, want.Half) {
		t.Errorf("%s: interval %.17g–%.17g, R has ±%.17g", name, got.Low, got.High, want.Half)
	}
}
