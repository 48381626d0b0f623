package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"hailong/survey"
)

// entry is what is noted in the audit log.
type entry struct {
	actor, action, object, detail string
}

// note adds an entry to the audit log, sealed with the one before it. An
// action that has no words for people is a fault of the program.
func (s *Store) note(ctx context.Context, tx *sql.Tx, e entry) error {
	if !(survey.AuditEntry{Action: e.action}).Known() {
		return fmt.Errorf("write audit log: survey has no words for %q", e.action)
	}
	var seq int64
	var seal []byte
	err := tx.QueryRowContext(ctx, `SELECT seq, seal FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&seq, &seal)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read audit log: %w", err)
	}
	at := s.now().UnixMilli()
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (seq, at, actor, action, object, detail, seal) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		seq+1, at, e.actor, e.action, e.object, e.detail, auditSeal(seal, seq+1, at, e))
	if err != nil {
		return fmt.Errorf("write audit log: %w", err)
	}
	return nil
}

// auditSeal is SHA-256 over the seal before and the entry, each part with its
// length in front.
func auditSeal(before []byte, seq, at int64, e entry) []byte {
	h := sha256.New()
	h.Write(before)
	var number [8]byte
	for _, n := range []int64{seq, at} {
		binary.BigEndian.PutUint64(number[:], uint64(n))
		h.Write(number[:])
	}
	for _, part := range []string{e.actor, e.action, e.object, e.detail} {
		binary.BigEndian.PutUint64(number[:], uint64(len(part)))
		h.Write(number[:])
		h.Write([]byte(part))
	}
	return h.Sum(nil)
}

// verifyAudit walks the audit log and gives the number of the first entry
// whose seal is wrong or which is missing, or 0.
func verifyAudit(ctx context.Context, tx *sql.Tx) (int64, error) {
	rows, err := tx.QueryContext(ctx, `SELECT seq, at, actor, action, object, detail, seal FROM audit ORDER BY seq`)
	if err != nil {
		return 0, fmt.Errorf("read audit log: %w", err)
	}
	defer rows.Close()
	var before []byte
	for expected := int64(1); rows.Next(); expected++ {
		var seq, at int64
		var e entry
		var seal []byte
		if err := rows.Scan(&seq, &at, &e.actor, &e.action, &e.object, &e.detail, &seal); err != nil {
			return 0, fmt.Errorf("read audit log: %w", err)
		}
		if seq != expected || string(seal) != string(auditSeal(before, seq, at, e)) {
			return expected, nil
		}
		before = seal
	}
	return 0, rows.Err()
}
