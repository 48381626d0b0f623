package survey

// Side is one round's part in a comparison: strata of one form, put together.
type Side struct {
	Enrolment int
	Heap      Heap
}

// Counterpart is one form of kin in two rounds, each side as one heap: the
// tallies of the predecessors against those of the successors.
type Counterpart struct {
	Kin    Kin
	Form   FormCode
	Before Side
	After  Side
}

// Counterparts gives, for all kin that may be compared, each form that was
// asked in both rounds by every one of them that has it, in the order in which
// the later round's strata name them.
func Counterparts(kin []Kin, before, after []Stratum) []Counterpart {
	type place struct {
		kin  int
		form FormCode
	}
	of := map[SchoolCode]int{}
	for i, k := range kin {
		for _, code := range append(append([]SchoolCode{}, k.Before...), k.After...) {
			of[code] = i
		}
	}
	sides := map[place]*Counterpart{}
	var order []place
	for _, s := range after {
		i, known := of[s.School.Code]
		if !known || !kin[i].Bond.Comparable() {
			continue
		}
		at := place{i, s.Form.Code}
		if sides[at] == nil {
			sides[at] = &Counterpart{Kin: kin[i], Form: s.Form.Code}
			order = append(order, at)
		}
		sides[at].After.add(s)
	}
	for _, s := range before {
		if i, known := of[s.School.Code]; known && sides[place{i, s.Form.Code}] != nil {
			sides[place{i, s.Form.Code}].Before.add(s)
		}
	}
	var out []Counterpart
	for _, at := range order {
		if sides[at].Before.Enrolment > 0 {
			out = append(out, *sides[at])
		}
	}
	return out
}

func (s *Side) add(st Stratum) {
	s.Enrolment += st.Enrolment
	s.Heap.Merge(st.Form.Heap(st.Tally))
}
