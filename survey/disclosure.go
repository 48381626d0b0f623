package survey

// Place says which line of the released tables holds the answers of a stratum.
type Place uint8

// The places.
const (
	// OwnLine: enough answers for a line of its own.
	OwnLine Place = iota + 1
	// AreaBucket: too few, counted with the other schools of its commune that
	// have too few (the same form).
	AreaBucket
	// ProvinceBucket: its commune's have too few even together; counted with
	// those of other communes, in the lines above the communes only.
	ProvinceBucket
	// NoLine: in no line at all.
	NoLine
)

// leastSchools is how many schools a bucket needs: one school's answers under
// another name would still be that school's.
const leastSchools = 2

// bucket is strata with too few answers, gathered.
type bucket struct {
	at        []int // indexes of the strata
	responses int
}

func (b *bucket) add(i int, s Stratum) {
	b.at = append(b.at, i)
	b.responses += s.Tally.Responses
}

func (b *bucket) holds(t Threshold) bool { return len(b.at) >= leastSchools && t.Met(b.responses) }

// Places decides where the answers of each stratum are shown, in the order of
// the strata: the roll-up bucket of RELIABILITY.md v.2, form by form. A stratum
// without an answer is nobody's company in a bucket and has no line.
//
// The decision is taken once for all tables of a round. What the strata of one
// place hold together never comes from fewer answers than the threshold, and
// every released line is a sum of such wholes: see Portion.
func (t Threshold) Places(strata []Stratum) []Place {
	places := make([]Place, len(strata))
	areas := map[portionKey]*bucket{}
	for i, s := range strata {
		switch {
		case t.Met(s.Tally.Responses):
			places[i] = OwnLine
		case s.Tally.Responses == 0:
			places[i] = NoLine
		default:
			gather(areas, portionKey{Form: s.Form.Code, Area: s.School.Area.Code}, i, s)
		}
	}
	above := map[portionKey]*bucket{}
	for key, b := range areas {
		if b.holds(t) {
			place(places, b, AreaBucket)
			continue
		}
		for _, i := range b.at {
			gather(above, portionKey{Form: key.Form}, i, strata[i])
		}
	}
	for _, b := range above {
		if b.holds(t) {
			place(places, b, ProvinceBucket)
			continue
		}
		place(places, b, NoLine)
	}
	return places
}

func gather(into map[portionKey]*bucket, key portionKey, i int, s Stratum) {
	if into[key] == nil {
		into[key] = &bucket{}
	}
	into[key].add(i, s)
}

func place(places []Place, b *bucket, p Place) {
	for _, i := range b.at {
		places[i] = p
	}
}
