package survey

// FormulaVersion names the set of formulas behind the figures; it is printed
// with every published number.
const FormulaVersion = "hailong-1"

// Estimate is a figure with its 95 % interval.
type Estimate struct {
	Value     float64
	Low, High float64
	N         int  // observations it rests on
	Known     bool // false: there is nothing to estimate it from
	Interval  bool // false: there is no interval
}

func (e *Estimate) setInterval(half float64) {
	e.Low, e.High, e.Interval = e.Value-half, e.Value+half, true
}

// Satisfaction is the three figures of one measure.
type Satisfaction struct {
	Mean  Estimate // điểm trung bình, 1–5
	Index Estimate // chỉ số hài lòng: mean / 5 × 100, percent
	Share Estimate // tỷ lệ hài lòng: answers 4 and 5 of the valid ones, percent
}

// Figures is every figure of one heap of responses.
type Figures struct {
	Enrolment   int // N; 0 when unknown
	Responses   int // n
	All         Satisfaction
	Groups      []Satisfaction // as the groups of the questionnaire
	Overall     Satisfaction   // hài lòng chung, from its own item
	Expectation Estimate       // mức đáp ứng mong đợi: mean percentage, over 100 kept
	Exceeded    Estimate       // share of those who said 100 or more, percent
}

// Rate is the response rate n / N in percent; over 100 is shown, not capped.
func (f Figures) Rate() (float64, bool) {
	if f.Enrolment <= 0 {
		return 0, false
	}
	return 100 * float64(f.Responses) / float64(f.Enrolment), true
}

// indexOf turns a mean into the index, from the unrounded value.
func indexOf(m Estimate) Estimate {
	const scale = 100.0 / ScaleLevels
	m.Value, m.Low, m.High = m.Value*scale, m.Low*scale, m.High*scale
	return m
}

// Figures gives the figures of the responses as one heap, out of a population
// of enrolment (0: unknown).
//
// The interval of a share over several items counts each respondent as one
// observation, because one person's answers hang together: it is rather too
// wide than too narrow.
func (h Heap) Figures(enrolment int) Figures {
	f := Figures{Enrolment: enrolment, Responses: h.Responses, All: h.All.satisfaction(enrolment), Overall: h.Overall.Satisfaction(enrolment)}
	for _, g := range h.Groups {
		f.Groups = append(f.Groups, g.satisfaction(enrolment))
	}
	f.Expectation = meanEstimate(valueSample(h.Expectation), enrolment)
	reached, said := h.exceeded()
	f.Exceeded = shareEstimate(reached, said, said, enrolment)
	return f
}

func (h Heap) exceeded() (reached, said int) {
	for _, c := range h.Expectation {
		said += c.Count
		if c.Key >= 100 {
			reached += c.Count
		}
	}
	return reached, said
}

// Satisfaction gives the figures of one item, out of a population of enrolment
// (0: unknown).
func (c Counts) Satisfaction(enrolment int) Satisfaction {
	mean := meanEstimate(levelSample(c), enrolment)
	return Satisfaction{Mean: mean, Index: indexOf(mean), Share: shareEstimate(c.Satisfied(), c.Valid(), c.Valid(), enrolment)}
}

func (s Sums) satisfaction(enrolment int) Satisfaction {
	people := peopleSample(s.People)
	mean := meanEstimate(people, enrolment)
	return Satisfaction{Mean: mean, Index: indexOf(mean), Share: shareEstimate(s.Satisfied, s.Valid, people.n, enrolment)}
}
