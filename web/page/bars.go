package page

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hailong/survey"
)

// BarTable is a table of results with a bar for each row (UX.md D3): bars of
// 100 %, always in the order from very dissatisfied to very satisfied, every
// number also in a cell. In a template: {{template "bars" .Table}}, on a page
// that links bars.css.
type BarTable struct {
	ID      string // of the caption
	Caption string
	First   string // header of the first column
	Scale   [survey.ScaleLevels]string
	Few     string // «dưới 10 phiếu»
	Short   bool   // without a column for each level
	Words   bool   // with the word that compares with the province
	Rows    []Bar
}

// Columns is how many columns stand behind the first.
func (t BarTable) Columns() int {
	n := 4 // bar, satisfied, dissatisfied, answers
	if !t.Short {
		n += len(t.Steps()) + 2 // mean, missing
	}
	if t.Words {
		n++
	}
	return n
}

// Steps heads the columns of the levels: three where every row that is shown
// puts two levels together at each end, else five.
func (t BarTable) Steps() []string {
	if t.Joined() && !t.Mixed() {
		return []string{t.LowEnd(), t.Scale[2], t.HighEnd()}
	}
	return t.Scale[:]
}

// Joined says whether rows put two levels together at each end.
func (t BarTable) Joined() bool { return t.anyRow(func(b Bar) bool { return b.Merged }) }

// Mixed says whether rows of five steps stand beside rows of three.
func (t BarTable) Mixed() bool {
	return t.Joined() && t.anyRow(func(b Bar) bool { return !b.Hidden && !b.Merged })
}

func (t BarTable) anyRow(is func(Bar) bool) bool { return slices.ContainsFunc(t.Rows, is) }

// LowEnd names the two levels of those who are not satisfied.
func (t BarTable) LowEnd() string { return t.Scale[1] + " và " + lowered(t.Scale[0]) }

// HighEnd names the two levels of those who are satisfied.
func (t BarTable) HighEnd() string { return t.Scale[3] + " và " + lowered(t.Scale[4]) }

// lowered writes a level's name inside a sentence.
func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// Bar is one row. Everything in it is text that may be shown; its lengths say
// no more than its words.
type Bar struct {
	Name    string
	Path    string // of the page with more; empty: none
	Note    string // below the name
	Under   bool   // an item under its group
	Hidden  bool   // too few answers
	N       string
	Merged  bool // three steps instead of five
	Parts   []BarPart
	Levels  []string
	Mean    string // empty: not shown
	Low     string // dissatisfied
	High    string // satisfied
	Missing string
	Word    survey.Standing

	weight float64 // the dissatisfied as they are shown
}

// meanless says whether the answers are shown without their mean.
func (b Bar) meanless() bool { return !b.Hidden && b.Mean == "" }

// BarPart is one step of a bar: Width in whole percent of it, all together 100.
type BarPart struct {
	Level int // 1–5; 12 and 45: two together
	Width int
	Text  string // inside, where there is room
}

// roomForText is how wide a step must be for its number to stand inside.
const roomForText = 8

// NewBar makes a row of answers as they may be shown.
func NewBar(name string, d survey.Distribution) Bar {
	b := Bar{Name: name, Hidden: d.Hidden, Merged: d.Merged}
	if d.Hidden {
		return b
	}
	b.N, b.Missing = survey.Count(d.N), survey.Count(d.Missing)
	b.Low, b.High, b.weight = withCount(d.Dissatisfied), d.Satisfied.String(), d.Dissatisfied.Width()
	if d.HasMean {
		b.Mean = survey.Decimal(d.Mean, 2)
	}
	for _, s := range d.Levels {
		b.Levels = append(b.Levels, s.String())
	}
	b.Parts = parts(d.Levels)
	return b
}

// withCount writes a share with one decimal and the answers behind it:
// «3,1% (1.206)».
func withCount(s survey.Share) string {
	if !s.Exact {
		return s.String()
	}
	return survey.Decimal(s.Value, 1) + "% (" + survey.Count(s.Count) + ")"
}

// parts gives the steps of a bar. Exact shares have their length; bands share
// what is left, by their middles.
func parts(shares []survey.Share) []BarPart {
	levels := []int{1, 2, 3, 4, 5}
	if len(shares) == 3 {
		levels = []int{12, 3, 45}
	}
	exact, bands := 0.0, 0.0
	for _, s := range shares {
		if s.Exact {
			exact += s.Value
		} else {
			bands += s.Width()
		}
	}
	lengths := make([]float64, len(shares))
	for i, s := range shares {
		switch {
		case s.Exact:
			lengths[i] = s.Value
		case bands > 0:
			lengths[i] = s.Width() / bands * max(0, 100-exact)
		}
	}
	out := make([]BarPart, len(shares))
	for i, width := range whole(lengths) {
		out[i] = BarPart{Level: levels[i], Width: width}
		if width >= roomForText {
			out[i].Text = strings.TrimSuffix(shares[i].String(), "%")
		}
	}
	return out
}

// whole rounds lengths that make 100 to whole ones that do, by the largest
// remainders.
func whole(lengths []float64) []int {
	out, rest, left := make([]int, len(lengths)), make([]float64, len(lengths)), 100
	for i, l := range lengths {
		out[i] = int(l)
		rest[i] = l - math.Floor(l)
		left -= out[i]
	}
	for ; left > 0; left-- {
		i := slices.Index(rest, slices.Max(rest))
		out[i]++
		rest[i] = -1
	}
	return out
}

// ByDissatisfied puts the rows with most dissatisfied first. It compares what
// is shown: an order by what is not would tell it. Equal ones stay in order.
func ByDissatisfied(rows []Bar) {
	slices.SortStableFunc(rows, func(a, b Bar) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
}
