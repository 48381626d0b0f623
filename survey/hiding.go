package survey

// Hiding says what a release does not show by itself, and where it went: for
// the office, before it releases anything.
type Hiding struct {
	Own       int // strata with a line of their own
	InArea    int // counted with others of their commune
	InWhole   int // counted in the lines above the communes only
	Left      int // with answers that are in no line
	Silent    int // without any answer
	Questions int // questions hidden in lines of schools: too few answered them
	Few       []FewAnswers
}

// FewAnswers is a stratum with too few answers for a line of its own.
type FewAnswers struct {
	School    School
	Form      *Form
	Responses int
	Place     Place
}

// Hiding compares a release with the strata that it was made from.
func (r *Release) Hiding(strata []Stratum) Hiding {
	var h Hiding
	places := r.placeOf()
	for _, s := range strata {
		place := places[stratumName{s.School.Code, s.Form.Code}]
		h.count(s, place)
		if place != OwnLine && s.Tally.Responses > 0 {
			h.Few = append(h.Few, FewAnswers{s.School, s.Form, s.Tally.Responses, place})
		}
	}
	for _, p := range r.Portions {
		for _, counts := range p.Items {
			if p.School != "" && counts.Valid() == 0 {
				h.Questions++
			}
		}
	}
	return h
}

func (h *Hiding) count(s Stratum, place Place) {
	switch {
	case place == OwnLine:
		h.Own++
	case place == AreaBucket:
		h.InArea++
	case place == ProvinceBucket:
		h.InWhole++
	case s.Tally.Responses > 0:
		h.Left++
	default:
		h.Silent++
	}
}
