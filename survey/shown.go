package survey

import (
	"math"
	"strconv"
)

// fiveLevels is how many answers all five levels may be shown from: below it
// 1–2 and 4–5 are put together (RELIABILITY.md v.2, worked 4).
const fiveLevels = 30

// bandWidth is the width of the bands in which a share is given that may not be
// given exactly, in percent.
const bandWidth = 10

// Share is a share as it may be shown: exact, or as a band of ten percent.
type Share struct {
	Exact bool
	Value float64 // percent, when exact
	Count int     // of answers, when exact
	Low   int     // of the band in percent: 0, 10 … 90
}

// Share gives part of whole as it may be shown. It is exact only when both the
// part and the rest of the whole are no fewer than the threshold: else it
// would tell what a few answered, or that everybody answered the same, which is
// each one's answer too (group disclosure).
func (t Threshold) Share(part, whole int) Share { return t.share(part, whole, 1) }

// share is Share for answers of which one person gave up to so many.
func (t Threshold) share(part, whole, each int) Share {
	if whole == 0 {
		return Share{}
	}
	percent := 100 * float64(part) / float64(whole)
	if t.Met(part/each) && t.Met((whole-part)/each) {
		return Share{Exact: true, Value: percent, Count: part}
	}
	low := int(math.Floor(percent/bandWidth)) * bandWidth
	if percent == bandWidth { // «đến 10%»
		low = 0
	}
	return Share{Low: min(low, 100-bandWidth)}
}

// String writes a share: 37%, ≤ 10%, 20–30%, ≥ 90%.
func (s Share) String() string {
	switch {
	case s.Exact:
		return Decimal(s.Value, 0) + "%"
	case s.Low == 0:
		return "≤ " + strconv.Itoa(bandWidth) + "%"
	case s.Low == 100-bandWidth:
		return "≥ " + strconv.Itoa(s.Low) + "%"
	}
	return strconv.Itoa(s.Low) + "–" + strconv.Itoa(s.Low+bandWidth) + "%"
}

// Width is how long a bar is drawn for it, in percent: of a band its middle, so
// that a bar says no more than its words.
func (s Share) Width() float64 {
	if s.Exact {
		return s.Value
	}
	return float64(s.Low) + bandWidth/2
}

// Distribution is the answers to one question, or to several together, as they
// may be shown.
type Distribution struct {
	N            int  // valid answers
	Hidden       bool // fewer than the threshold: there is nothing else
	Merged       bool // three steps instead of five
	Levels       []Share
	Satisfied    Share // levels 4 and 5
	Dissatisfied Share // levels 1 and 2
	Mean         float64
	HasMean      bool
	Missing      int // «không rõ» and blank; no opinion, and in no share
}

// Show gives the answers as they may be shown; they come from so many people.
// Below 30 answers or people the levels are put together and there is no mean.
// There is none either when all but a few chose one level: the mean would tell
// who did not. Of several questions together, people count and not answers.
func (t Threshold) Show(c Counts, people int) Distribution {
	d := Distribution{N: c.Valid(), Missing: c[0] + c[ScaleLevels+1]}
	if !t.Met(d.N) || !t.Met(people) {
		return Distribution{Hidden: true}
	}
	each := (d.N + people - 1) / people
	d.Merged = min(d.N, people) < fiveLevels
	d.Satisfied, d.Dissatisfied = t.share(c.Satisfied(), d.N, each), t.share(c[1]+c[2], d.N, each)
	most := 0
	for level := 1; level <= ScaleLevels; level++ {
		most = max(most, c[level])
		if !d.Merged {
			d.Levels = append(d.Levels, t.share(c[level], d.N, each))
		}
	}
	if d.Merged {
		d.Levels = []Share{d.Dissatisfied, t.share(c[3], d.N, each), d.Satisfied}
	}
	if d.HasMean = !d.Merged && t.Met((d.N-most)/each); d.HasMean {
		d.Mean = float64(c.Sum()) / float64(d.N)
	}
	return d
}

// Expected is the percentages of expectations met, as they may be shown.
type Expected struct {
	N       int
	Hidden  bool
	Mean    float64
	HasMean bool
	Reached Share // of those who said 100 or more
}

// ShowExpected gives the percentages as they may be shown, by the same rules as
// Show.
func (t Threshold) ShowExpected(h Histogram) Expected {
	e := Expected{N: h.Total()}
	if !t.Met(e.N) {
		return Expected{Hidden: true}
	}
	sum, most, reached := 0, 0, 0
	for _, c := range h {
		sum += c.Key * c.Count
		most = max(most, c.Count)
		if c.Key >= 100 {
			reached += c.Count
		}
	}
	e.Reached = t.Share(reached, e.N)
	if e.HasMean = e.N >= fiveLevels && t.Met(e.N-most); e.HasMean {
		e.Mean = float64(sum) / float64(e.N)
	}
	return e
}
