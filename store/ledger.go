package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// ledger is the writer of responses: a connection of its own with its
// statements ready, and in memory what it last committed: the tallies, and the
// responses that arrived and have no row of their own yet.
type ledger struct {
	store *Store
	db    *sql.DB

	version, arrive, tally, saveTally, drop, empty, clear, restart *sql.Stmt
	add, opinions, known                                           bulk

	seen    int64 // SQLite's data_version for which all of this holds
	seq     int64 // of the last arrival
	tallies map[int64]*openTally
	pending map[responseKey]*arrived // those in an arrival
	behind  map[int64][]*arrived     // of them, those that tallies not yet open may lack, by stratum
	filter  *keyFilter               // of all keys in rows and arrivals; nil: none was made
	folding *folding
	owed    int // how many responses should be moved by now

	packed []byte // reused from one transaction to the next
}

// unknown stands for a version of the data that never is.
const unknown = -1

// openTally is a stratum's tally in memory; it counts every arrival.
type openTally struct {
	form  *survey.Form
	tally survey.Tally
}

func newLedger(ctx context.Context, s *Store, db *sql.DB) (*ledger, error) {
	l := &ledger{store: s, db: db, seen: unknown}
	for query, to := range map[string]**sql.Stmt{
		`PRAGMA data_version`:                                                          &l.version,
		`INSERT INTO arrival (seq, packed) VALUES (?, ?)`:                              &l.arrive,
		`SELECT packed, counted FROM tally WHERE stratum_id = ?`:                       &l.tally,
		`UPDATE tally SET responses = ?, packed = ?, counted = ? WHERE stratum_id = ?`: &l.saveTally,
		`UPDATE arrival SET packed = x'' WHERE seq = ?`:                                &l.empty,
		`DELETE FROM arrival WHERE seq < ?`:                                            &l.drop,
		`DELETE FROM arrival`:                                                          &l.clear,
		`INSERT INTO arrival (seq, packed) VALUES (?, x'')`:                            &l.restart,
	} {
		var err error
		if *to, err = db.PrepareContext(ctx, query); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", query, err)
		}
	}
	var err error
	if l.add, err = prepareBulk(ctx, db, `INSERT INTO response (key, stratum_id, day, marks, expectation, digest, helped) VALUES %s ON CONFLICT (key) DO NOTHING`, `(?, ?, ?, ?, ?, ?, ?)`); err != nil {
		return nil, err
	}
	if l.opinions, err = prepareBulk(ctx, db, `INSERT INTO opinion (key, stratum_id, text) VALUES %s`, `(?, ?, ?)`); err != nil {
		return nil, err
	}
	l.known, err = prepareBulk(ctx, db, `SELECT key, digest FROM response WHERE key IN (%s)`, `?`)
	return l, err
}

// transact runs fn in one durable transaction. It runs to its end whatever
// became of those who wait for it; a lock that another process holds is waited
// for as long as the connection's busy timeout.
func (l *ledger) transact(fn func(entering) error) error {
	l.store.turn.Lock()
	defer l.store.turn.Unlock()
	err := transact(context.Background(), l.db, nil, func(ctx context.Context, tx *sql.Tx) error {
		e := entering{ledger: l, ctx: ctx, tx: tx}
		if err := e.refresh(); err != nil {
			return err
		}
		return fn(e)
	})
	if err != nil {
		l.seen, l.folding = unknown, nil // memory may hold what was not committed
	}
	return l.store.judged(err)
}

// write stores deliveries in one transaction and gives the outcome of each.
func (l *ledger) write(batch []*parcel) (outcomes []outcome, err error) {
	outcomes = make([]outcome, len(batch))
	err = l.transact(func(e entering) error {
		fresh, err := e.judge(batch, outcomes)
		if err != nil {
			return err
		}
		if err := e.enter(fresh); err != nil {
			return err
		}
		return e.foldOwed(len(fresh))
	})
	return outcomes, err
}

// entering is one transaction of the ledger.
type entering struct {
	*ledger
	ctx context.Context
	tx  *sql.Tx
}

func (e entering) do(stmt *sql.Stmt, values ...any) error {
	_, err := e.tx.StmtContext(e.ctx, stmt).ExecContext(e.ctx, values...)
	return err
}

// refresh reads everything anew when another connection has committed.
func (e entering) refresh() error {
	var version int64
	if err := e.tx.StmtContext(e.ctx, e.version).QueryRowContext(e.ctx).Scan(&version); err != nil {
		return fmt.Errorf("look for other writers: %w", err)
	}
	if version == e.seen {
		return nil
	}
	if err := e.reload(); err != nil {
		return err
	}
	e.ledger.seen = version
	return nil
}

// reload takes up the arrivals; tallies follow when they are needed. What was
// moved of the same arrivals before stays moved: a commit of others does not
// throw the moving back to its beginning.
func (e entering) reload() error {
	arrivals, err := readArrivals(e.ctx, e.tx)
	if err != nil {
		return err
	}
	l := e.ledger
	before := l.seq
	l.seen, l.seq = unknown, 0
	l.tallies, l.pending, l.behind = map[int64]*openTally{}, map[responseKey]*arrived{}, byStratum(arrivals)
	for _, a := range arrivals {
		l.seq = a.seq
		for i := range a.responses {
			l.pending[a.responses[i].key] = &a.responses[i]
		}
	}
	if l.seq != before {
		l.filter = nil // others took in responses
	}
	if l.folding != nil && l.folding.from != firstFull(arrivals) {
		l.folding = nil
	}
	return nil
}

// firstFull gives the number of the first arrival with responses; 0: none.
func firstFull(arrivals []arrival) int64 {
	for _, a := range arrivals {
		if len(a.responses) > 0 {
			return a.seq
		}
	}
	return 0
}

// open gives a stratum's tally, from memory or from the database with what
// arrived since it was saved.
func (e entering) open(stratum int64) (*openTally, error) {
	if t, ok := e.tallies[stratum]; ok {
		return t, nil
	}
	form, err := e.store.formOf(e.ctx, e.tx, stratum)
	if err != nil {
		return nil, err
	}
	var packed []byte
	var counted int64
	if err := e.tx.StmtContext(e.ctx, e.tally).QueryRowContext(e.ctx, stratum).Scan(&packed, &counted); err != nil {
		return nil, fmt.Errorf("read tally of stratum %d: %w", stratum, err)
	}
	t := &openTally{form: form}
	if t.tally, err = form.DecodeTally(packed); err != nil {
		return nil, fmt.Errorf("read tally of stratum %d: %w", stratum, err)
	}
	for _, a := range e.behind[stratum] {
		if err := a.countInto(form, &t.tally, counted); err != nil {
			return nil, err
		}
	}
	delete(e.behind, stratum)
	e.tallies[stratum] = t
	return t, nil
}
