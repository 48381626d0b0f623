package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// writeBatch stores responses and their tallies in one durable transaction.
// It runs to its end whatever became of those who wait for it.
func (s *Store) writeBatch(batch []*parcel) (outcomes []outcome, err error) {
	err = s.write(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		w := batchWriter{store: s, ctx: ctx, tx: tx, tallies: map[int64]*openTally{}}
		outcomes = make([]outcome, len(batch))
		for i, p := range batch {
			if outcomes[i], err = w.take(p.Delivery); err != nil {
				return err
			}
		}
		return w.saveTallies()
	})
	return outcomes, err
}

type batchWriter struct {
	store   *Store
	ctx     context.Context
	tx      *sql.Tx
	tallies map[int64]*openTally
}

// openTally is a stratum's tally while a batch is being counted into it.
type openTally struct {
	form    *survey.Form
	tally   survey.Tally
	changed bool
}

func (w *batchWriter) take(in survey.Delivery) (outcome, error) {
	t, err := w.tally(in.Stratum)
	if err != nil {
		return outcome{}, err
	}
	key, digest := in.ID.Key(), in.ID.Digest(in.Stratum, in.Response)
	added, err := w.insert(key, digest, in)
	if err != nil {
		return outcome{}, err
	}
	if !added {
		return w.again(key, digest)
	}
	if err := w.insertOpinion(key, in); err != nil {
		return outcome{}, err
	}
	t.form.Add(&t.tally, in.Response)
	t.changed = true
	return outcome{fresh: true}, nil
}

func (w *batchWriter) insert(key, digest []byte, in survey.Delivery) (bool, error) {
	result, err := w.tx.ExecContext(w.ctx, `INSERT INTO response (key, stratum_id, day, marks, expectation, digest) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
		key, in.Stratum, in.Day, survey.EncodeMarks(in.Response.Marks), expectationColumn(in.Response), digest)
	if err != nil {
		return false, fmt.Errorf("write response: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("write response: %w", err)
	}
	return n == 1, nil
}

func expectationColumn(r survey.Response) sql.NullInt64 {
	return sql.NullInt64{Int64: int64(r.Expectation), Valid: r.Expectation != survey.NoPercent}
}

// again answers a second delivery: the same answers are the same response.
func (w *batchWriter) again(key, digest []byte) (outcome, error) {
	var stored []byte
	if err := w.tx.QueryRowContext(w.ctx, `SELECT digest FROM response WHERE key = ?`, key).Scan(&stored); err != nil {
		return outcome{}, fmt.Errorf("read response: %w", err)
	}
	if !bytes.Equal(stored, digest) {
		return outcome{err: errAgain()}, nil
	}
	return outcome{}, nil
}

// insertOpinion stores the comment under a key of its own: the response's day
// in front, then nothing but chance.
func (w *batchWriter) insertOpinion(key []byte, in survey.Delivery) error {
	if in.Response.Comment == "" {
		return nil
	}
	random, err := w.store.randomBytes(len(key) - 2)
	if err != nil {
		return err
	}
	own := append(bytes.Clone(key[:2]), random...)
	if _, err := w.tx.ExecContext(w.ctx, `INSERT INTO opinion (key, stratum_id, text) VALUES (?, ?, ?)`, own, in.Stratum, in.Response.Comment); err != nil {
		return fmt.Errorf("write opinion: %w", err)
	}
	return nil
}

func (w *batchWriter) tally(stratum int64) (*openTally, error) {
	if t, ok := w.tallies[stratum]; ok {
		return t, nil
	}
	form, err := w.store.formOf(w.ctx, w.tx, stratum)
	if err != nil {
		return nil, err
	}
	var packed []byte
	if err := w.tx.QueryRowContext(w.ctx, `SELECT packed FROM tally WHERE stratum_id = ?`, stratum).Scan(&packed); err != nil {
		return nil, fmt.Errorf("read tally of stratum %d: %w", stratum, err)
	}
	t := &openTally{form: form}
	if t.tally, err = survey.DecodeTally(packed); err != nil {
		return nil, fmt.Errorf("read tally of stratum %d: %w", stratum, err)
	}
	w.tallies[stratum] = t
	return t, nil
}

func (w *batchWriter) saveTallies() error {
	for stratum, t := range w.tallies {
		if !t.changed {
			continue
		}
		_, err := w.tx.ExecContext(w.ctx, `UPDATE tally SET responses = ?, packed = ? WHERE stratum_id = ?`, t.tally.Responses, t.tally.Encode(), stratum)
		if err != nil {
			return fmt.Errorf("write tally of stratum %d: %w", stratum, err)
		}
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
