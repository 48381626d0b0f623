package survey

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Counts is the histogram of one scored item: [0] «không rõ / không áp dụng»,
// [1]–[5] the levels, [6] left blank.
type Counts [ScaleLevels + 2]int

// Valid is the number of answers from 1 to 5.
func (c Counts) Valid() int { return c[1] + c[2] + c[3] + c[4] + c[5] }

// Satisfied is the number of answers 4 and 5.
func (c Counts) Satisfied() int { return c[4] + c[5] }

// Sum is the sum of the valid answers.
func (c Counts) Sum() int { return c[1] + 2*c[2] + 3*c[3] + 4*c[4] + 5*c[5] }

func (c *Counts) add(other Counts) {
	for i, n := range other {
		c[i] += n
	}
}

// Cell is one cell of a histogram: how often a key was seen.
type Cell struct{ Key, Count int }

// Histogram counts integer keys, in rising order of the keys.
type Histogram []Cell

// Total is the number of observations.
func (h Histogram) Total() int {
	n := 0
	for _, c := range h {
		n += c.Count
	}
	return n
}

func (h *Histogram) add(key, count int) {
	i, found := slices.BinarySearchFunc(*h, key, func(c Cell, k int) int { return c.Key - k })
	if found {
		(*h)[i].Count += count
		return
	}
	*h = slices.Insert(*h, i, Cell{key, count})
}

func (h *Histogram) merge(other Histogram) {
	for _, c := range other {
		h.add(c.Key, c.Count)
	}
}

// sumBase separates k from the sum in the key of a histogram of sums.
const sumBase = 512

// sumKey packs how many items of a group a respondent answered (k) and the
// sum of the answers.
func sumKey(k, sum int) int { return k*sumBase + sum }

func splitKey(key int) (k, sum int) { return key / sumBase, key % sumBase }

// Tally holds the histograms of one stratum: every figure of it follows from
// these integers, and a recount of its responses gives the same ones.
type Tally struct {
	Responses   int
	Helped      int         // of them filled in with somebody's help
	Items       []Counts    // as the items of the form, the overall item last
	Groups      []Histogram // keys (k answered, sum), as the groups of the form
	All         Histogram   // keys (k answered, sum) over all items but the overall one
	Expectation Histogram   // keys are percents
}

// NewTally gives the empty tally of a form.
func (f *Form) NewTally() Tally {
	return Tally{Items: make([]Counts, len(f.Items)+1), Groups: make([]Histogram, len(f.Groups))}
}

// Add counts a response into the form's tally.
func (f *Form) Add(t *Tally, r Response) {
	t.Responses++
	var k, sum [MaxItems]int16 // by group
	allK, allSum := 0, 0
	for i, m := range r.Marks {
		t.Items[i][m]++
		if i == len(f.Items) || m == Unknown || m == Blank {
			continue
		}
		g := f.groupOf[i]
		k[g]++
		sum[g] += int16(m)
		allK++
		allSum += int(m)
	}
	for g := range t.Groups {
		t.Groups[g].add(sumKey(int(k[g]), int(sum[g])), 1)
	}
	t.All.add(sumKey(allK, allSum), 1)
	if r.Expectation != NoPercent {
		t.Expectation.add(r.Expectation, 1)
	}
}

// Equal says whether both hold the same counts.
func (t Tally) Equal(other Tally) bool {
	return t.Responses == other.Responses && t.Helped == other.Helped && slices.Equal(t.Items, other.Items) &&
		slices.EqualFunc(t.Groups, other.Groups, func(a, b Histogram) bool { return slices.Equal(a, b) }) &&
		slices.Equal(t.All, other.All) && slices.Equal(t.Expectation, other.Expectation)
}

// The first byte of an encoded tally. A tally has one text only: helpedFormat
// is that of tallies with helped responses, their number behind that of all.
const (
	tallyFormat  = 1
	helpedFormat = 2
)

// Encode writes the tally compactly: unsigned varints, keys as differences.
func (t Tally) Encode() []byte {
	b := make([]byte, 0, 64+16*len(t.Items)+3*len(t.All))
	if t.Helped == 0 {
		b = append(b, tallyFormat)
		b = binary.AppendUvarint(b, uint64(t.Responses))
	} else {
		b = append(b, helpedFormat)
		b = binary.AppendUvarint(b, uint64(t.Responses))
		b = binary.AppendUvarint(b, uint64(t.Helped))
	}
	b = binary.AppendUvarint(b, uint64(len(t.Items)))
	for _, counts := range t.Items {
		for _, n := range counts {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(t.Groups)))
	for _, h := range t.Groups {
		b = h.append(b)
	}
	return t.Expectation.append(t.All.append(b))
}

func (h Histogram) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(h)))
	last := 0
	for _, c := range h {
		b = binary.AppendUvarint(b, uint64(c.Key-last))
		b = binary.AppendUvarint(b, uint64(c.Count))
		last = c.Key
	}
	return b
}

// errTally is internal: a tally that this program did not write.
var errTally = errors.New("survey: malformed tally")

// DecodeTally reads a tally of the form; one of another shape is an error.
func (f *Form) DecodeTally(b []byte) (Tally, error) {
	t, err := DecodeTally(b)
	if err == nil && (len(t.Items) != len(f.Items)+1 || len(t.Groups) != len(f.Groups)) {
		return Tally{}, errTally
	}
	return t, err
}

// DecodeTally reads what Encode wrote; anything else is an error.
func DecodeTally(b []byte) (Tally, error) {
	r := tallyReader{rest: b}
	format := r.number(helpedFormat)
	t := Tally{Responses: r.number(maxCount)}
	switch format {
	case tallyFormat:
	case helpedFormat:
		t.Helped = r.number(uint64(t.Responses))
		r.bad = r.bad || t.Helped == 0
	default:
		return Tally{}, errTally
	}
	t.Items = make([]Counts, r.number(MaxItems+1))
	for i := range t.Items {
		for v := range t.Items[i] {
			t.Items[i][v] = r.number(maxCount)
		}
	}
	t.Groups = make([]Histogram, r.number(MaxItems))
	for g := range t.Groups {
		t.Groups[g] = r.histogram()
	}
	t.All, t.Expectation = r.histogram(), r.histogram()
	if r.bad || len(r.rest) > 0 {
		return Tally{}, errTally
	}
	return t, nil
}

const (
	maxCount = 1 << 31
	maxCells = 1 << 15
	maxKey   = 1 << 20
)

type tallyReader struct {
	rest []byte
	bad  bool
}

// number reads a varint of at most limit, or 0 and a note that all is bad.
func (r *tallyReader) number(limit uint64) int {
	n, size := binary.Uvarint(r.rest)
	padded := size > 1 && r.rest[size-1] == 0 // the same number in more bytes than Encode uses
	if size <= 0 || n > limit || padded {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *tallyReader) histogram() Histogram {
	size := r.number(maxCells)
	if size > len(r.rest) { // each cell takes two bytes at least
		r.bad = true
		return nil
	}
	var h Histogram
	if size > 0 {
		h = make(Histogram, 0, size)
	}
	key := 0
	for i := range size {
		step := r.number(maxKey)
		r.bad = r.bad || i > 0 && step == 0 || key+step > maxKey
		key += step
		h = append(h, Cell{key, r.number(maxCount)})
	}
	return h
}
