package survey

import "math"

// Standing is how a share stands beside another, in words.
type Standing string

// The three words. There is no league table: schools whose intervals overlap
// share one word.
const (
	Higher Standing = "cao hơn"
	Usual  Standing = "trong khoảng bình thường"
	Lower  Standing = "thấp hơn"
)

// Difference gives a − b of two shares in percent with its 95 % interval, by
// Newcombe's hybrid score method (Newcombe 1998, Statistics in Medicine 17,
// 873–890, method 10). Unknown unless both have an interval.
func Difference(a, b Estimate) Estimate {
	if !a.Known || !b.Known || !a.Interval || !b.Interval {
		return Estimate{}
	}
	d := Estimate{Value: a.Value - b.Value, N: a.N, Known: true, Interval: true}
	d.Low = d.Value - math.Hypot(a.Value-a.Low, b.High-b.Value)
	d.High = d.Value + math.Hypot(a.High-a.Value, b.Value-b.Low)
	return d
}

// Standing says how line l stands beside another in the share of those who are
// satisfied overall: a word other than the usual one only where the interval
// of the difference leaves no room for none. Empty when there is too little:
// the office's own pages compare nothing below the usual threshold either.
func (t Threshold) Standing(l, beside Line) Standing {
	if t == Internal {
		t = DefaultThreshold
	}
	own, other := l.Overall, beside.Overall
	if !t.Met(own.Valid()) || !t.Met(other.Valid()) {
		return ""
	}
	d := Difference(own.Satisfaction(l.Enrolment).Share, other.Satisfaction(beside.Enrolment).Share)
	switch {
	case d.Known && d.Low > 0:
		return Higher
	case d.Known && d.High < 0:
		return Lower
	}
	return Usual
}
