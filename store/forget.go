package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// Known says whether a form was stored before: the same answers under the same
// ID. Other answers under it are a Conflict.
func (s *Store) Known(ctx context.Context, in survey.Delivery) (known bool, err error) {
	var stratum int64
	var digest []byte
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stratum, digest, known, err = storedDigest(ctx, tx, in.ID.Key())
		return err
	})
	switch {
	case err != nil:
		return false, fmt.Errorf("look for a response: %w", err)
	case !known:
		return false, nil
	case !bytes.Equal(digest, in.ID.Digest(stratum, in.Response)):
		return false, errAgain()
	}
	return true, nil
}

// storedDigest gives what seals the response with that key, whether it has a
// row of its own yet or not.
func storedDigest(ctx context.Context, tx *sql.Tx, key []byte) (stratum int64, digest []byte, ok bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT stratum_id, digest FROM response WHERE key = ?`, key).Scan(&stratum, &digest)
	if !errors.Is(err, sql.ErrNoRows) {
		return stratum, digest, err == nil, err
	}
	a, ok, err := findArrived(ctx, tx, key)
	return a.stratum, a.digest[:], ok, err
}

// forgetChunk is how many responses one transaction makes unknown.
const forgetChunk = 2000

// ForgetForms replaces, in every round that closed long enough ago, what was
// made from the forms' IDs by fresh random keys, so that no phone can be
// matched to a row any more. It goes on where it was cut off, and gives the
// rounds that it finished.
func (s *Store) ForgetForms(ctx context.Context) (finished []survey.RoundID, err error) {
	due, err := s.roundsToForget(ctx)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	if err := s.settle(ctx); err != nil {
		return nil, err
	}
	for _, id := range due {
		if err := s.forgetRound(ctx, id); err != nil {
			return finished, err
		}
		finished = append(finished, id)
	}
	if _, err := s.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return finished, fmt.Errorf("empty the write-ahead log: %w", err)
	}
	return finished, nil
}

func (s *Store) roundsToForget(ctx context.Context) (due []survey.RoundID, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		due, err = collect(ctx, tx, func(rows *sql.Rows) (id survey.RoundID, err error) { return id, rows.Scan(&id) },
			`SELECT id FROM round WHERE state IN ('closed', 'released') AND opened_at IS NOT NULL AND forgotten_at IS NULL AND closed_at <= ?`,
			s.now().Add(-survey.Remembered).UnixMilli())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for rounds to forget: %w", err)
	}
	return due, nil
}

func (s *Store) forgetRound(ctx context.Context, id survey.RoundID) error {
	for after := []byte{}; after != nil; {
		err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			after, err = s.forgetSome(ctx, tx, id, after)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE round SET forgotten_at = ? WHERE id = ?`, s.now().UnixMilli(), id); err != nil {
			return fmt.Errorf("note forgetting: %w", err)
		}
		return s.note(ctx, tx, entry{"lịch", "round forget", string(id), ""})
	})
}

// forgetSome makes the next responses behind a key unknown and gives the last
// key it looked at; nil when there is none left.
func (s *Store) forgetSome(ctx context.Context, tx *sql.Tx, id survey.RoundID, after []byte) ([]byte, error) {
	keys, err := collect(ctx, tx, func(rows *sql.Rows) (key []byte, err error) { return key, rows.Scan(&key) },
		`SELECT response.key FROM response JOIN stratum ON stratum.id = response.stratum_id
			WHERE response.key > ? AND length(response.digest) > 0 AND stratum.round_id = ? ORDER BY response.key LIMIT ?`, after, id, forgetChunk)
	if err != nil {
		return nil, fmt.Errorf("read responses: %w", err)
	}
	if len(keys) == 0 {
		return nil, nil
	}
	for _, key := range keys {
		random, err := s.randomBytes(len(key) - 2)
		if err != nil {
			return nil, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE response SET key = ?, digest = ? WHERE key = ?`, append(bytes.Clone(key[:2]), random...), []byte{}, key); err != nil {
			return nil, fmt.Errorf("replace a key: %w", err)
		}
	}
	return keys[len(keys)-1], nil
}
