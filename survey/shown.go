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

// Share is a share as it may be shown: exact, or as a band.
type Share struct {
	Exact     bool
	Value     float64 // percent, when exact
	Count     int     // of answers, when exact
	Low, High int     // ends of the band in percent
}

// Share gives part of whole as it may be shown. It is exact only when both the
// part and the rest of the whole are no fewer than the threshold: else it
// would tell what a few answered, or that everybody answered the same, which is
// each one's answer too (group disclosure). That keeps a page from telling it;
// who lays many pages beside each other may still come close to it, as Portion
// says: never to what rests on fewer answers than the threshold. A band is ten percent wide; at the
// ends it is as narrow as «fewer than the threshold» means anyway.
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
	return t.band(percent, 100*float64(int(t)*each-1)/float64(whole))
}

// band gives the band of a share; few is what is just below the threshold, in
// percent.
func (t Threshold) band(percent, few float64) Share {
	end := min(bandWidth, int(math.Ceil(few)))
	low := int(math.Floor(percent/bandWidth)) * bandWidth
	switch {
	case percent <= few && percent <= bandWidth:
		return Share{Low: 0, High: end}
	case percent >= 100-few && percent >= 100-bandWidth:
		return Share{Low: 100 - end, High: 100}
	}
	low = min(low, 100-bandWidth)
	return Share{Low: low, High: low + bandWidth}
}

// String writes a share: 37%, ≤ 3%, 20–30%, ≥ 97%.
func (s Share) String() string {
	switch {
	case s.Exact:
		return Decimal(s.Value, 0) + "%"
	case s.Low == 0:
		return "≤ " + strconv.Itoa(s.High) + "%"
	case s.High == 100:
		return "≥ " + strconv.Itoa(s.Low) + "%"
	}
	return strconv.Itoa(s.Low) + "–" + strconv.Itoa(s.High) + "%"
}

// Width is how long a bar is drawn for it, in percent: of a band its middle, so
// that a bar says no more than its words.
func (s Share) Width() float64 {
	if s.Exact {
		return s.Value
	}
	return float64(s.Low+s.High) / 2
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
// who did not. Of several questions together, people count and not answers. A
// level is exact only where its side is, else the two levels would add up to
// what the side leaves open.
func (t Threshold) Show(c Counts, people int) Distribution {
	d := Distribution{N: c.Valid(), Missing: c[0] + c[ScaleLevels+1]}
	if !t.Met(d.N) || !t.Met(people) || d.N == 0 || people == 0 {
		return Distribution{Hidden: true}
	}
	each := (d.N + people - 1) / people
	d.Merged = t != Internal && min(d.N, people) < fiveLevels
	d.Satisfied, d.Dissatisfied = t.share(c.Satisfied(), d.N, each), t.share(c[1]+c[2], d.N, each)
	if d.Merged {
		d.merge(t, c, each)
		return d
	}
	most := 0
	for level := 1; level <= ScaleLevels; level++ {
		most = max(most, c[level])
		d.Levels = append(d.Levels, t.level(c, level, d, each))
	}
	if d.HasMean = t.Met((d.N - most) / each); d.HasMean {
		d.Mean = float64(c.Sum()) / float64(d.N)
	}
	return d
}

// merge puts the levels together, and gives bands only: of few answers, shares
// that add up to everybody would tell that nobody is left.
func (d *Distribution) merge(t Threshold, c Counts, each int) {
	banded := func(part int) Share {
		return t.band(100*float64(part)/float64(d.N), 100*float64(int(t)*each-1)/float64(d.N))
	}
	d.Satisfied, d.Dissatisfied = banded(c.Satisfied()), banded(c[1]+c[2])
	d.Levels = []Share{d.Dissatisfied, banded(c[3]), d.Satisfied}
}

// level gives the share of one of five levels.
func (t Threshold) level(c Counts, level int, d Distribution, each int) Share {
	s := t.share(c[level], d.N, each)
	open := level < 3 && !d.Dissatisfied.Exact || level > 3 && !d.Satisfied.Exact
	if s.Exact && open {
		return t.band(s.Value, 100*float64(int(t)*each-1)/float64(d.N))
	}
	return s
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
	if !t.Met(e.N) || e.N == 0 {
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
	if e.HasMean = t == Internal || e.N >= fiveLevels && t.Met(e.N-most); e.HasMean {
		e.Mean = float64(sum) / float64(e.N)
	}
	return e
}
