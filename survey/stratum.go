package survey

import "time"

// Stratum is one school × one form in one round, with the enrolment frozen for
// the round and the histograms of its responses.
type Stratum struct {
	ID        int64
	School    School
	Form      *Form
	Enrolment int // N: how many were asked
	Tally     Tally
}

// Part is the stratum as a part of a roll-up.
func (s Stratum) Part() Part {
	return Part{Level: s.Form.Level, Enrolment: s.Enrolment, Heap: s.Form.Heap(s.Tally)}
}

// Opinion is one comment with the stratum it came from: no date and no other
// answer, because nothing may join them.
type Opinion struct {
	Stratum int64
	Text    string
}

// Results is what a round's files are made from. Strata are ordered by
// commune, school and form; opinions have no order that means anything.
type Results struct {
	Round         Round
	Title         string // with both ordinals
	Questionnaire *Questionnaire
	Strata        []Stratum
	Opinions      []Opinion
	Made          time.Time // in the province's zone
}

// LastDay is the day on which the round ended or will end, in the zone in which
// the results were made.
func (r Results) LastDay() Day { return Calendar{Zone: r.Made.Location()}.LastDay(r.Round) }
