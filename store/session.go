package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"hailong/survey"
)

// How long a session lasts without use, and at most.
const (
	officeIdle = 30 * time.Minute
	officeLife = 12 * time.Hour
	schoolIdle = 7 * 24 * time.Hour
	schoolLife = 60 * 24 * time.Hour

	// setBack is how far a clock may be corrected under a session. One that
	// was used later than that from now would outlive its hours.
	setBack = 5 * time.Minute
)

// EnterSchool exchanges the secret of a school's page for a session. An
// unknown secret is NotFound.
func (s *Store) EnterSchool(ctx context.Context, token string) (string, error) {
	var code string
	err := s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT school_code FROM school_access WHERE token_hash = ?`, tokenHash(token)).Scan(&code)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", survey.Refuse(survey.NotFound, "Địa chỉ trang của trường không còn dùng. Xin địa chỉ mới ở Sở Giáo dục và Đào tạo",
			"This school page address is no longer in use; ask the office for a new one")
	}
	if err != nil {
		return "", fmt.Errorf("read school access: %w", err)
	}
	var secret string
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if secret, err = s.beginSession(ctx, tx, newSession{school: code}); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{"trường " + code, "school enter", code, ""})
	})
	return secret, err
}

// newSession is what a session begins with; one of account and school is empty.
type newSession struct {
	account, school string
	browser         string
	waiting         bool  // for the code of the second factor
	begun           int64 // 0: now
}

// beginSession writes a session and gives its secret.
func (s *Store) beginSession(ctx context.Context, tx *sql.Tx, n newSession) (string, error) {
	random, err := s.randomBytes(32)
	if err != nil {
		return "", err
	}
	token := base64.RawURLEncoding.EncodeToString(random)
	now := s.now()
	if err := dropOldSessions(ctx, tx, now); err != nil {
		return "", err
	}
	if n.begun == 0 {
		n.begun = now.UnixMilli()
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO session (token_hash, account, school_code, created_at, seen_at, proven_at, waiting, browser) VALUES (?, NULLIF(?, ''), NULLIF(?, ''), ?, ?, ?, ?, ?)`,
		tokenHash(token), n.account, n.school, n.begun, now.UnixMilli(), now.UnixMilli(), n.waiting, n.browser)
	if err != nil {
		return "", fmt.Errorf("write session: %w", err)
	}
	return token, nil
}

func dropOldSessions(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE created_at < CASE WHEN account IS NULL THEN ? ELSE ? END`,
		now.Add(-schoolLife).UnixMilli(), now.Add(-officeLife).UnixMilli())
	if err != nil {
		return fmt.Errorf("drop old sessions: %w", err)
	}
	return nil
}

// SchoolEntered gives the school of a session that is alive, or Forbidden.
func (s *Store) SchoolEntered(ctx context.Context, token string) (code survey.SchoolCode, err error) {
	var name string
	err = s.useSession(ctx, token, schoolIdle, schoolLife, `SELECT school.code, school.name, session.created_at, session.seen_at
		FROM session JOIN school ON school.code = session.school_code WHERE token_hash = ?`, &code, &name)
	return code, err
}

// useSession reads a session and, once a minute at most, notes its use.
func (s *Store) useSession(ctx context.Context, token string, idle, life time.Duration, query string, to ...any) error {
	var created, seen int64
	err := s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, query, tokenHash(token)).Scan(append(to, &created, &seen)...)
	})
	now := s.now()
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return errNoSession()
	case err != nil:
		return fmt.Errorf("read session: %w", err)
	case now.Sub(time.UnixMilli(seen)) > idle, now.Sub(time.UnixMilli(created)) > life, time.UnixMilli(seen).Sub(now) > setBack:
		return errNoSession()
	case now.Sub(time.UnixMilli(seen)) < time.Minute:
		return nil
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET seen_at = ? WHERE token_hash = ?`, now.UnixMilli(), tokenHash(token))
		return err
	})
}

func errNoSession() *survey.Error {
	return survey.Refuse(survey.Forbidden, "Phiên làm việc đã hết. Đăng nhập lại", "The session has ended; sign in again")
}

// NoteDownload notes in the audit log that a round's file was taken away.
func (s *Store) NoteDownload(ctx context.Context, actor string, id survey.RoundID, detail string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.note(ctx, tx, entry{actor, "export", string(id), detail})
	})
}
