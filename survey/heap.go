package survey

// Sums is a measure made of several items: who answered how many of them with
// which sum, and how the single answers fell.
type Sums struct {
	People    Histogram // keys (k answered, sum)
	Valid     int       // answers 1–5 to the items
	Satisfied int       // of these, 4 and 5
}

// Heap is a heap of responses, from one stratum or from many: the pooled
// histograms from which its figures follow. Items differ between forms, groups
// and what lies over them do not.
type Heap struct {
	Responses   int
	All         Sums
	Groups      []Sums // as the groups of the questionnaire
	Overall     Counts
	Expectation Histogram
}

// Heap makes a heap of one stratum's tally.
func (f *Form) Heap(t Tally) Heap {
	h := Heap{Responses: t.Responses, Groups: make([]Sums, len(f.Groups))}
	h.All.People.merge(t.All)
	for g := range f.Groups {
		h.Groups[g].People.merge(t.Groups[g])
	}
	for i := range f.Items {
		valid, satisfied := t.Items[i].Valid(), t.Items[i].Satisfied()
		g := f.groupOf[i]
		h.Groups[g].Valid += valid
		h.Groups[g].Satisfied += satisfied
		h.All.Valid += valid
		h.All.Satisfied += satisfied
	}
	h.Overall = t.Items[len(f.Items)]
	h.Expectation.merge(t.Expectation)
	return h
}

// Merge adds another heap of the same questionnaire to this one.
func (h *Heap) Merge(other Heap) {
	h.Responses += other.Responses
	h.All.merge(other.All)
	for len(h.Groups) < len(other.Groups) {
		h.Groups = append(h.Groups, Sums{})
	}
	for g := range other.Groups {
		h.Groups[g].merge(other.Groups[g])
	}
	h.Overall.add(other.Overall)
	h.Expectation.merge(other.Expectation)
}

func (s *Sums) merge(other Sums) {
	s.People.merge(other.People)
	s.Valid += other.Valid
	s.Satisfied += other.Satisfied
}
