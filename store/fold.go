package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"hailong/survey"
)

const (
	foldAt   = 20_480 // responses in arrivals from which on they are moved while others arrive
	foldBite = 128    // the least to move with a transaction that takes in others
	foldIdle = 512    // moved in one transaction while nothing arrives; a newcomer waits for one
)

// folding moves a generation of arrivals to their places: each response into
// a row, and what they count into the tallies. Its responses go in the order of
// their keys and its tallies in that of their strata, because neighbours share
// pages. A cut in the middle harms nothing: a row that is there already is left
// as it is, a tally says up to which arrival it counts, and the arrivals go
// with the last of both.
type folding struct {
	*generation
	from, upTo int64                // numbers of its arrivals
	rows       []*arrived           // its responses by key
	of         map[int64][]*arrived // and by stratum
	strata     []int64
	row        int // how many rows have been moved
	stratum    int // how many tallies have been saved
}

// foldOwed moves some responses beside those that came in with this
// transaction, twice as many as came, so that a generation is done before the
// next has gathered.
func (e entering) foldOwed(came int) error {
	if e.stuck || e.folding == nil && len(e.gathering.digests) < e.store.options.foldAt {
		return nil
	}
	e.owed += 2 * came
	if e.owed < foldBite {
		return nil
	}
	n := e.owed
	e.ledger.owed = 0
	return e.fold(n)
}

// fold moves up to n responses, with a like share of their tallies.
func (e entering) fold(n int) error {
	f, err := e.begin()
	if f == nil {
		return err
	}
	rows := f.rows[f.row:min(f.row+n, len(f.rows))]
	values := make([]any, 0, len(rows)*e.add.columns)
	for _, a := range rows {
		values = append(values, a.key[:], a.stratum, a.day, a.marks, expectationColumn(a.expectation), a.digest[:], a.helped)
	}
	if err := e.add.exec(e.ctx, e.tx, values); err != nil {
		return fmt.Errorf("write responses: %w", err)
	}
	f.row += len(rows)
	if err := e.saveTallies(f, f.row*len(f.strata)/len(f.rows)); err != nil {
		return err
	}
	if f.row == len(f.rows) {
		return e.finish(f)
	}
	return nil
}

// begin gives the generation that is being moved, or makes it of what has
// gathered; nil: there is nothing to move.
func (e entering) begin() (*folding, error) {
	l := e.ledger
	if l.folding != nil || len(l.gathering.arrivals) == 0 {
		return l.folding, nil
	}
	f, err := newFolding(l.gathering)
	if err != nil {
		return nil, fmt.Errorf("begin to move responses: %w", err)
	}
	l.folding, l.gathering = f, newGeneration()
	return f, nil
}

func newFolding(g *generation) (*folding, error) {
	all, err := g.unpack()
	if err != nil {
		return nil, err
	}
	f := &folding{generation: g, from: g.arrivals[0].seq, upTo: g.arrivals[len(g.arrivals)-1].seq, rows: sortedByKey(all), of: map[int64][]*arrived{}}
	for _, a := range f.rows {
		f.of[a.stratum] = append(f.of[a.stratum], a)
	}
	f.strata = slices.Sorted(maps.Keys(f.of))
	return f, nil
}

// sortedByKey compares the beginnings of keys as numbers, which differ nearly
// always: everyone who sends waits for this.
func sortedByKey(all []arrived) []*arrived {
	type entry struct {
		begins uint64
		*arrived
	}
	entries := make([]entry, len(all))
	for i := range all {
		entries[i] = entry{binary.BigEndian.Uint64(all[i].key[:]), &all[i]}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.begins != b.begins {
			return cmp.Compare(a.begins, b.begins)
		}
		return byKey(a.arrived, b.arrived)
	})
	rows := make([]*arrived, len(all))
	for i, e := range entries {
		rows[i] = e.arrived
	}
	return rows
}

// saveTallies counts a generation into its tallies up to the n-th.
func (e entering) saveTallies(f *folding, n int) error {
	for ; f.stratum < n; f.stratum++ {
		stratum := f.strata[f.stratum]
		t, counted, err := e.countOnto(stratum, f.of[stratum])
		if err != nil {
			return fmt.Errorf("read tally of stratum %d: %w", stratum, err)
		}
		if err := e.do(e.saveTally, int64(t.Responses), t.Encode(), max(counted, f.upTo), stratum); err != nil {
			return fmt.Errorf("write tally of stratum %d: %w", stratum, err)
		}
	}
	return nil
}

// countOnto gives a stratum's stored tally with those responses that it does
// not count yet, and up to which arrival it counted before: another process may
// have been further.
func (e entering) countOnto(stratum int64, responses []*arrived) (t survey.Tally, counted int64, err error) {
	form, err := e.formOf(stratum)
	if err != nil {
		return t, 0, err
	}
	var packed []byte
	if err := e.tx.StmtContext(e.ctx, e.tally).QueryRowContext(e.ctx, stratum).Scan(&packed, &counted); err != nil {
		return t, 0, err
	}
	if t, err = form.DecodeTally(packed); err != nil {
		return t, 0, err
	}
	for _, a := range responses {
		if err := a.countInto(form, &t, counted); err != nil {
			return t, 0, err
		}
	}
	return t, counted, nil
}

// finish takes a generation's arrivals away. The last of them stays, empty,
// for its number. When no newer ones are there the whole table is cleared,
// which leaves nothing behind in any page: deleting row by row may move rows
// and leave copies in the gaps of pages that stay.
func (e entering) finish(f *folding) error {
	var err error
	if f.upTo == e.seq {
		err = errors.Join(e.do(e.clear), e.do(e.restart, f.upTo))
	} else {
		err = errors.Join(e.do(e.drop, f.upTo), e.do(e.empty, f.upTo))
	}
	if err != nil {
		return fmt.Errorf("drop arrivals: %w", err)
	}
	e.ledger.folding = nil
	return nil
}

// foldSome moves some of what arrived and says whether more is waiting.
func (l *ledger) foldSome() (more bool, err error) {
	err = l.transact(func(e entering) error { return e.fold(foldIdle) })
	l.stuck = l.stuck && err != nil
	return l.folding != nil || len(l.gathering.arrivals) > 0, err
}

// settle moves all that arrived.
func (l *ledger) settle() error {
	for more := true; more; {
		var err error
		if more, err = l.foldSome(); err != nil {
			return err
		}
	}
	return nil
}

func expectationColumn(percent int) any {
	if percent == survey.NoPercent {
		return nil
	}
	return int64(percent)
}
