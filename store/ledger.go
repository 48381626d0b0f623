package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// ledger is the writer of responses: a connection of its own with its
// statements ready, and in memory the responses that arrived and have no row
// of their own yet.
type ledger struct {
	store *Store
	db    *sql.DB

	version, arrive, tally, saveTally, drop, empty, clear, restart *sql.Stmt
	add, opinions, known                                           bulk

	seen      int64 // SQLite's data_version for which all of this holds
	seq       int64 // of the last arrival
	gathering *generation
	folding   *folding   // of the generation before; nil: none is being moved
	filter    *keyFilter // of all keys in rows and arrivals; nil: none was made
	owed      int        // how many responses should be moved by now
	stuck     bool       // they could not be, for no fault of the disk
	commits   int        // since the log was written back in a quiet moment

	forms     map[int64]*survey.Form // of strata that were met before
	responses []arrived              // these two reused from one transaction to the next
	packed    []byte
}

// unknown stands for a version of the data that never is.
const unknown = -1

func newLedger(ctx context.Context, s *Store, db *sql.DB) (*ledger, error) {
	l := &ledger{store: s, db: db, seen: unknown, gathering: newGeneration(), forms: map[int64]*survey.Form{}}
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
	} else {
		l.commits++
	}
	return l.store.judged(err)
}

// write stores deliveries in one transaction and gives the outcome of each.
// When only the moving of earlier ones fails, for no fault of the disk, it goes
// on without: what is damaged is for a check to find, and keeps nobody out.
func (l *ledger) write(batch []*parcel) (outcomes []outcome, err error) {
	outcomes, err = l.tryWrite(batch)
	if errors.Is(err, errFold) && survey.KindOf(err) != survey.Busy {
		l.stuck = true
		return l.tryWrite(batch)
	}
	return outcomes, err
}

func (l *ledger) tryWrite(batch []*parcel) (outcomes []outcome, err error) {
	outcomes = make([]outcome, len(batch))
	err = l.transact(func(e entering) error {
		fresh, err := e.judge(batch, outcomes)
		if err != nil {
			return err
		}
		if err := e.enter(fresh); err != nil {
			return err
		}
		if err := e.foldOwed(len(fresh)); err != nil {
			return fmt.Errorf("%w: %w", errFold, err)
		}
		return nil
	})
	return outcomes, err
}

// errFold is internal: responses could not be moved to their places.
var errFold = errors.New("move responses")

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

// formOf gives the form of a stratum, which never changes.
func (e entering) formOf(stratum int64) (*survey.Form, error) {
	if form, ok := e.forms[stratum]; ok {
		return form, nil
	}
	form, err := e.store.formOf(e.ctx, e.tx, stratum)
	if err == nil {
		e.forms[stratum] = form
	}
	return form, err
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

// reload takes up the arrivals. What was moved of the same arrivals before
// stays moved: a commit of others does not throw the moving back to its
// beginning.
func (e entering) reload() error {
	arrivals, err := readArrivals(e.ctx, e.tx)
	if err != nil {
		return err
	}
	l := e.ledger
	before := l.seq
	l.seen, l.seq, l.gathering = unknown, 0, newGeneration()
	if l.folding != nil && l.folding.from != firstFull(arrivals) {
		l.folding = nil
	}
	for _, a := range arrivals {
		l.seq = a.seq
		if len(a.responses) > 0 && (l.folding == nil || a.seq > l.folding.upTo) {
			l.gathering.takeIn(a)
		}
	}
	if l.seq != before {
		l.filter = nil // others took in responses
	}
	return nil
}

// waiting gives the digest of a response that has no row of its own yet.
func (l *ledger) waiting(key responseKey) (d responseDigest, ok bool) {
	if d, ok = l.gathering.digests[key]; !ok && l.folding != nil {
		d, ok = l.folding.digests[key]
	}
	return d, ok
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
