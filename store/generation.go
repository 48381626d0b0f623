package store

// generation is the responses of successive arrivals that have no rows of
// their own yet, in memory as they are stored: there is one pointer an arrival
// and none a response, so that they cost the garbage collector little.
type generation struct {
	arrivals []packedArrival
	digests  map[responseKey]responseDigest
}

// packedArrival is an arrival as it is stored.
type packedArrival struct {
	seq    int64
	packed string
}

func newGeneration() *generation {
	return &generation{digests: map[responseKey]responseDigest{}}
}

// takeIn adds an arrival that was read from its table.
func (g *generation) takeIn(a arrival) {
	g.arrivals = append(g.arrivals, packedArrival{a.seq, a.packed})
	for i := range a.responses {
		g.digests[a.responses[i].key] = a.responses[i].digest
	}
}

// unpack gives all its responses, arrival by arrival.
func (g *generation) unpack() ([]arrived, error) {
	all := make([]arrived, 0, len(g.digests))
	for _, a := range g.arrivals {
		responses, err := unpackArrival(a.seq, a.packed)
		if err != nil {
			return nil, err
		}
		all = append(all, responses...)
	}
	return all, nil
}
