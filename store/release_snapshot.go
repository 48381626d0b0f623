package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"hailong/survey"
)

// releaseKey names one snapshot. It never changes, so it is remembered.
type releaseKey struct {
	round  survey.RoundID
	number int
}

// Release gives the latest snapshot of a round with the questionnaire that was
// asked; NotFound when there is none. Who may see it is for the caller: see
// ReleaseState.
func (s *Store) Release(ctx context.Context, id survey.RoundID) (t survey.Tables, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		key := releaseKey{round: id}
		err := tx.QueryRowContext(ctx, `SELECT MAX(number) FROM release WHERE round_id = ? HAVING COUNT(*) > 0`, id).Scan(&key.number)
		if errors.Is(err, sql.ErrNoRows) {
			return errNoRelease(id)
		}
		if err != nil {
			return fmt.Errorf("find release of %s: %w", id, err)
		}
		if known, ok := s.releases.Load(key); ok {
			t = known.(survey.Tables)
			return nil
		}
		if t, err = s.readTables(ctx, tx, key); err == nil {
			s.releases.Store(key, t)
		}
		return err
	})
	return t, err
}

func (s *Store) readTables(ctx context.Context, tx *sql.Tx, key releaseKey) (t survey.Tables, err error) {
	row := tx.QueryRowContext(ctx, `SELECT hash, packed FROM release WHERE round_id = ? AND number = ?`, key.round, key.number)
	var hash, packed []byte
	if err := row.Scan(&hash, &packed); err != nil {
		return t, fmt.Errorf("read release of %s: %w", key.round, err)
	}
	r, err := unpackRelease(hash, packed)
	if err != nil {
		return t, err
	}
	q, err := s.readQuestionnaire(ctx, tx, r.Questionnaire)
	return survey.Tables{Release: &r, Questionnaire: q}, err
}

// readReleases gives all snapshots of a round, the oldest first.
func readReleases(ctx context.Context, tx *sql.Tx, id survey.RoundID) ([]survey.Release, error) {
	releases, err := collect(ctx, tx, func(rows *sql.Rows) (r survey.Release, err error) {
		var hash, packed []byte
		if err := rows.Scan(&hash, &packed); err != nil {
			return r, err
		}
		return unpackRelease(hash, packed)
	}, `SELECT hash, packed FROM release WHERE round_id = ? ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("read releases of %s: %w", id, err)
	}
	return releases, nil
}

// saveRelease stores a snapshot and seals its hash into the audit log.
func (s *Store) saveRelease(ctx context.Context, tx *sql.Tx, r survey.Release, e entry) error {
	text, err := r.Encode()
	if err != nil {
		return fmt.Errorf("write release of %s: %w", r.Round, err)
	}
	hash := sha256.Sum256(text)
	packed, err := pack(text)
	if err != nil {
		return fmt.Errorf("pack release of %s: %w", r.Round, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO release (round_id, number, made_at, formula, threshold, hash, packed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		r.Round, r.Number, r.Made.UnixMilli(), r.Formula, r.Threshold, hash[:], packed)
	if err != nil {
		return fmt.Errorf("store release of %s: %w", r.Round, err)
	}
	e.detail += fmt.Sprintf("bản %d, công thức %s, ngưỡng %d phiếu, SHA-256 %s", r.Number, r.Formula, r.Threshold, hex.EncodeToString(hash[:]))
	if err := s.note(ctx, tx, e); err != nil {
		return err
	}
	return touch(ctx, tx)
}

func pack(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// errReleaseDamaged is internal: a snapshot that is not what was sealed.
var errReleaseDamaged = errors.New("a stored release does not match its hash")

// maxRelease bounds a snapshot that is unpacked, in bytes.
const maxRelease = 64 << 20

func unpackRelease(hash, packed []byte) (r survey.Release, err error) {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return r, fmt.Errorf("%w: %w", errReleaseDamaged, err)
	}
	text, err := io.ReadAll(io.LimitReader(zip, maxRelease))
	if err != nil {
		return r, fmt.Errorf("%w: %w", errReleaseDamaged, err)
	}
	if sum := sha256.Sum256(text); !bytes.Equal(sum[:], hash) {
		return r, errReleaseDamaged
	}
	return survey.DecodeRelease(text)
}

// checkReleases opens every snapshot and compares it with its hash.
func checkReleases(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	type stored struct {
		round        survey.RoundID
		number       int
		hash, packed []byte
	}
	all, err := collect(ctx, tx, func(rows *sql.Rows) (r stored, err error) {
		return r, rows.Scan(&r.round, &r.number, &r.hash, &r.packed)
	}, `SELECT round_id, number, hash, packed FROM release ORDER BY round_id, number`)
	if err != nil {
		return fmt.Errorf("read releases: %w", err)
	}
	for _, r := range all {
		if _, err := unpackRelease(r.hash, r.packed); err != nil {
			in.find("Bản công bố %d của đợt %s đã bị sửa. Khôi phục từ bản sao lưu", "Release %d of round %s was changed; restore a backup", r.number, r.round)
		}
	}
	return nil
}
