package survey

import "slices"

// portionKey names a portion: no school means a bucket, no area the bucket of
// the province.
type portionKey struct {
	Form   FormCode
	Area   AreaCode
	School SchoolCode
}

// Portion is the smallest part of a release that has figures: one stratum with
// enough answers, or a bucket of several schools. Portions are disjoint, and
// every released line is the sum of whole portions, for each question anew.
//
// That is the whole protection. What can be computed from sums of disjoint
// portions by adding and subtracting is again made of whole portions; each
// rests on at least the threshold of answers, so nothing that rests on fewer
// can be found, whatever tables are laid beside each other. What is in no
// portion is in no line.
type Portion struct {
	Form      FormCode   `json:"form"`
	Area      AreaCode   `json:"area,omitempty"`
	School    SchoolCode `json:"school,omitempty"`
	Schools   int        `json:"schools"`   // whose answers it holds
	Enrolment int        `json:"enrolment"` // of these, frozen for the round
	Responses int        `json:"responses"`
	// Items are the answers to each item of the form, the overall one last. A
	// question with fewer valid answers than the threshold is empty here, and
	// with that in every line above.
	Items       []Counts  `json:"items"`
	Expectation Histogram `json:"expectation,omitempty"` // keys are percents; empty when too few said one
}

func (p *Portion) key() portionKey { return portionKey{p.Form, p.Area, p.School} }

func (p *Portion) add(s Stratum) {
	p.Schools++
	p.Enrolment += s.Enrolment
	p.Responses += s.Tally.Responses
	if p.Items == nil {
		p.Items = make([]Counts, len(s.Tally.Items))
	}
	for i := range s.Tally.Items {
		p.Items[i].add(s.Tally.Items[i])
	}
	p.Expectation.merge(s.Tally.Expectation)
}

// hide empties what rests on too few answers.
func (p *Portion) hide(t Threshold) {
	for i := range p.Items {
		if !t.Met(p.Items[i].Valid()) {
			p.Items[i] = Counts{}
		}
	}
	if !t.Met(p.Expectation.Total()) {
		p.Expectation = nil
	}
}

// portionOf names the portion that a stratum belongs to; false for one in no
// line.
func portionOf(s Stratum, p Place) (portionKey, bool) {
	key := portionKey{Form: s.Form.Code}
	switch p {
	case OwnLine:
		key.Area, key.School = s.School.Area.Code, s.School.Code
	case AreaBucket:
		key.Area = s.School.Area.Code
	case ProvinceBucket:
	default:
		return key, false
	}
	return key, true
}

// portions gathers the strata into portions, in the order of the strata.
func (t Threshold) portions(strata []Stratum, places []Place) []Portion {
	var all []Portion
	at := map[portionKey]int{}
	for i, s := range strata {
		key, shown := portionOf(s, places[i])
		if !shown {
			continue
		}
		n, known := at[key]
		if !known {
			n = len(all)
			at[key] = n
			all = append(all, Portion{Form: key.Form, Area: key.Area, School: key.School})
		}
		all[n].add(s)
	}
	for i := range all {
		all[i].hide(t)
	}
	return all
}

// change is how far two histograms of the same question are apart.
type change struct{ more, less int }

func (c *change) add(before, after int) {
	if after > before {
		c.more += after - before
	} else {
		c.less += before - after
	}
}

// tells says whether the difference would show some answers that are fewer
// than the threshold.
func (c change) tells(t Threshold) bool {
	return c.more > 0 && !t.Met(c.more) || c.less > 0 && !t.Met(c.less)
}

// changes gives, question by question, how far the valid answers of two states
// of a portion are apart. A question that one of them hides tells nothing.
func (p *Portion) changes(later *Portion) []change {
	var all []change
	for i := range p.Items {
		if p.Items[i].Valid() == 0 || later.Items[i].Valid() == 0 {
			continue
		}
		var c change
		for level := 1; level <= ScaleLevels; level++ {
			c.add(p.Items[i][level], later.Items[i][level])
		}
		all = append(all, c)
	}
	if len(p.Expectation) > 0 && len(later.Expectation) > 0 {
		all = append(all, p.Expectation.changeTo(later.Expectation))
	}
	return all
}

func (h Histogram) changeTo(later Histogram) (c change) {
	for _, cell := range h {
		c.add(cell.Count, later.count(cell.Key))
	}
	for _, cell := range later {
		if h.count(cell.Key) == 0 {
			c.add(0, cell.Count)
		}
	}
	return c
}

func (h Histogram) count(key int) int {
	i, found := slices.BinarySearchFunc(h, key, func(c Cell, k int) int { return c.Key - k })
	if !found {
		return 0
	}
	return h[i].Count
}

// tells says whether laying a later state of a portion beside this one would
// show answers that are fewer than the threshold.
func (p *Portion) tells(later *Portion, t Threshold) bool {
	return slices.ContainsFunc(p.changes(later), func(c change) bool { return c.tells(t) })
}

// changed is how many answers to one question at least came or went between
// two states of a portion.
func (p *Portion) changed(later *Portion) int {
	most := 0
	for _, c := range p.changes(later) {
		most = max(most, c.more+c.less)
	}
	return most
}
