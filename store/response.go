package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// ledger is the writer of responses: a connection of its own with its
// statements ready, and the tallies as it last committed them.
type ledger struct {
	store *Store
	db    *sql.DB

	version, add, digest, opinion, tally, saveTally *sql.Stmt

	tallies map[int64]*openTally
	seen    int64 // SQLite's data_version for which tallies hold
}

// openTally is a stratum's tally in memory.
type openTally struct {
	form    *survey.Form
	tally   survey.Tally
	changed bool
}

func newLedger(ctx context.Context, s *Store, db *sql.DB) (*ledger, error) {
	l := &ledger{store: s, db: db, tallies: map[int64]*openTally{}}
	for query, to := range map[string]**sql.Stmt{
		`PRAGMA data_version`: &l.version,
		`INSERT INTO response (key, stratum_id, day, marks, expectation, digest, helped) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`: &l.add,
		`SELECT digest FROM response WHERE key = ?`:                       &l.digest,
		`INSERT INTO opinion (key, stratum_id, text) VALUES (?, ?, ?)`:    &l.opinion,
		`SELECT packed FROM tally WHERE stratum_id = ?`:                   &l.tally,
		`UPDATE tally SET responses = ?, packed = ? WHERE stratum_id = ?`: &l.saveTally,
	} {
		var err error
		if *to, err = db.PrepareContext(ctx, query); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", query, err)
		}
	}
	return l, nil
}

// write stores deliveries and their tallies in one durable transaction and
// gives the outcome of each. It runs to its end whatever became of those who
// wait for it; a lock that another process holds is waited for as long as the
// connection's busy timeout.
func (l *ledger) write(batch []*parcel) (outcomes []outcome, err error) {
	l.store.turn.Lock()
	defer l.store.turn.Unlock()
	outcomes = make([]outcome, len(batch))
	err = transact(context.Background(), l.db, nil, func(ctx context.Context, tx *sql.Tx) error {
		e := entering{ledger: l, ctx: ctx, tx: tx, add: tx.StmtContext(ctx, l.add), opinion: tx.StmtContext(ctx, l.opinion)}
		if err := e.refresh(); err != nil {
			return err
		}
		for i, p := range batch {
			if outcomes[i], err = e.take(p); err != nil {
				return err
			}
		}
		return e.saveTallies()
	})
	if err != nil {
		clear(l.tallies) // they may hold what was not committed
	}
	return outcomes, l.store.judged(err)
}

// entering is one transaction of the ledger.
type entering struct {
	*ledger
	ctx          context.Context
	tx           *sql.Tx
	add, opinion *sql.Stmt
	touched      []int64
	shelf        []byte // what the keys of this transaction's opinions share
}

// refresh drops the tallies in memory when another connection has committed.
func (e *entering) refresh() error {
	var version int64
	if err := e.tx.StmtContext(e.ctx, e.version).QueryRowContext(e.ctx).Scan(&version); err != nil {
		return fmt.Errorf("look for other writers: %w", err)
	}
	if version != e.seen {
		clear(e.tallies)
		e.seen = version
	}
	return nil
}

func (e *entering) take(p *parcel) (outcome, error) {
	t, err := e.open(p.Stratum)
	if err != nil {
		return outcome{}, err
	}
	added, err := e.insert(p)
	if err != nil {
		return outcome{}, err
	}
	if !added {
		return e.again(p)
	}
	if p.opinionKey != nil {
		e.shelve(p)
		if _, err := e.opinion.ExecContext(e.ctx, p.opinionKey, p.Stratum, p.Response.Comment); err != nil {
			return outcome{}, fmt.Errorf("write opinion: %w", err)
		}
	}
	t.form.Count(&t.tally, p.Delivery)
	if !t.changed {
		t.changed = true
		e.touched = append(e.touched, p.Stratum)
	}
	return outcome{fresh: true}, nil
}

// shelve gives an opinion its place: behind the day of its response, among the
// others of this transaction in no order, the transactions in no order either.
// Lying together they cost few pages; keys of one transaction say nothing of
// which answers came with it.
func (e *entering) shelve(p *parcel) {
	if e.shelf == nil {
		e.shelf = p.opinionKey[2:shelfEnd]
	}
	copy(p.opinionKey, p.key[:2])
	copy(p.opinionKey[2:], e.shelf)
}

// shelfEnd is where the random part that a transaction's opinions share ends
// in their keys; 80 random bits follow.
const shelfEnd = 8

func (e *entering) insert(p *parcel) (bool, error) {
	result, err := e.add.ExecContext(e.ctx, p.key, p.Stratum, int64(p.Day), p.marks, expectationColumn(p.Response), p.digest, p.Helped)
	if err != nil {
		return false, fmt.Errorf("write response: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("write response: %w", err)
	}
	return n == 1, nil
}

func expectationColumn(r survey.Response) any {
	if r.Expectation == survey.NoPercent {
		return nil
	}
	return int64(r.Expectation)
}

// again answers a second delivery: the same answers are the same response.
func (e *entering) again(p *parcel) (outcome, error) {
	var stored []byte
	if err := e.tx.StmtContext(e.ctx, e.digest).QueryRowContext(e.ctx, p.key).Scan(&stored); err != nil {
		return outcome{}, fmt.Errorf("read response: %w", err)
	}
	if !bytes.Equal(stored, p.digest) {
		return outcome{err: errAgain()}, nil
	}
	return outcome{}, nil
}

// open gives a stratum's tally, from memory or from the database.
func (e *entering) open(stratum int64) (*openTally, error) {
	if t, ok := e.tallies[stratum]; ok {
		return t, nil
	}
	form, err := e.store.formOf(e.ctx, e.tx, stratum)
	if err != nil {
		return nil, err
	}
	var packed []byte
	if err := e.tx.StmtContext(e.ctx, e.tally).QueryRowContext(e.ctx, stratum).Scan(&packed); err != nil {
		return nil, fmt.Errorf("read tally of stratum %d: %w", stratum, err)
	}
	t := &openTally{form: form}
	if t.tally, err = form.DecodeTally(packed); err != nil {
		return nil, fmt.Errorf("read tally of stratum %d: %w", stratum, err)
	}
	e.tallies[stratum] = t
	return t, nil
}

func (e *entering) saveTallies() error {
	save := e.tx.StmtContext(e.ctx, e.saveTally)
	for _, stratum := range e.touched {
		t := e.tallies[stratum]
		if _, err := save.ExecContext(e.ctx, int64(t.tally.Responses), t.tally.Encode(), stratum); err != nil {
			return fmt.Errorf("write tally of stratum %d: %w", stratum, err)
		}
		t.changed = false
	}
	return nil
}

// formOf gives the form of a stratum. A stratum never changes its form, so it
// is remembered.
func (s *Store) formOf(ctx context.Context, tx *sql.Tx, stratum int64) (*survey.Form, error) {
	if form, ok := s.forms.Load(stratum); ok {
		return form.(*survey.Form), nil
	}
	var code string
	var version survey.Version
	err := tx.QueryRowContext(ctx, `SELECT stratum.form, round.questionnaire FROM stratum JOIN round ON round.id = stratum.round_id WHERE stratum.id = ?`, stratum).
		Scan(&code, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %d", errNoStratum, stratum)
	}
	if err != nil {
		return nil, fmt.Errorf("read stratum %d: %w", stratum, err)
	}
	q, err := s.readQuestionnaire(ctx, tx, version)
	if err != nil {
		return nil, err
	}
	form, ok := q.Form(code)
	if !ok {
		return nil, fmt.Errorf("%w: %s", errNoForm, code)
	}
	s.forms.Store(stratum, form)
	return form, nil
}
