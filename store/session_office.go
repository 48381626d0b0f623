package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"hailong/survey"
)

// codeWait is how long a session waits for the code of the second factor.
const codeWait = 5 * time.Minute

// SignIn begins a session of an account whose password was right and gives its
// secret, of which only a hash is kept. Where the account has a second factor,
// the session opens nothing until PassFactor. browser is its kind only.
func (s *Store) SignIn(ctx context.Context, account survey.Account, browser string) (secret string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		secret, err = s.beginSession(ctx, tx, newSession{account: account.Name, browser: browser, waiting: account.Factor})
		if err != nil || account.Factor {
			return err
		}
		return s.note(ctx, tx, entry{account.Name, "sign in", "", ""})
	})
	return secret, err
}

// officeSession reads a session with its account, of those that wait for a
// code or of those that do not.
const officeSession = `SELECT ` + accountColumns + `, session.created_at, session.seen_at
	FROM session JOIN account ON account.name = session.account WHERE token_hash = ? AND account.ended_at IS NULL AND session.waiting = `

// SignedIn gives the account of a session that is alive, or Forbidden.
func (s *Store) SignedIn(ctx context.Context, token string) (a survey.Account, err error) {
	err = s.useSession(ctx, token, officeIdle, officeLife, officeSession+`0`, accountFields(&a)...)
	return a, err
}

// Waiting gives the account of a session that waits for its code, or Forbidden.
func (s *Store) Waiting(ctx context.Context, token string) (a survey.Account, err error) {
	err = s.useSession(ctx, token, codeWait, codeWait, officeSession+`1`, accountFields(&a)...)
	return a, err
}

// PassFactor ends the waiting of a session: a right code gives the secret of
// the session that takes its place. A wrong one is Forbidden and leaves an
// entry in the audit log.
func (s *Store) PassFactor(ctx context.Context, token, code string) (secret string, err error) {
	account, err := s.Waiting(ctx, token)
	if err != nil {
		return "", err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		how, err := s.takeFactor(ctx, tx, account.Name, code)
		if err != nil {
			return err
		}
		if secret, err = s.replaceSession(ctx, tx, token); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{account.Name, "sign in", "", how})
	})
	var refusal *survey.Error
	if errors.As(err, &refusal) && refusal.Kind == survey.Forbidden {
		return "", s.refuseSignIn(ctx, account.Name, "mã bước hai", refusal)
	}
	return secret, err
}

// replaceSession gives a session another secret; the old one opens nothing
// more. Its hours go on, its password counts as given now.
func (s *Store) replaceSession(ctx context.Context, tx *sql.Tx, token string) (string, error) {
	var n newSession
	err := tx.QueryRowContext(ctx, `DELETE FROM session WHERE token_hash = ? RETURNING account, created_at, browser`, tokenHash(token)).Scan(&n.account, &n.begun, &n.browser)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errNoSession()
	}
	if err != nil {
		return "", fmt.Errorf("replace session: %w", err)
	}
	return s.beginSession(ctx, tx, n)
}

// Proven gives when the password was last given in a session.
func (s *Store) Proven(ctx context.Context, token string) (at time.Time, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var ms sql.NullInt64
		err := tx.QueryRowContext(ctx, `SELECT proven_at FROM session WHERE token_hash = ?`, tokenHash(token)).Scan(&ms)
		at = moment(ms)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return at, errNoSession()
	}
	if err != nil {
		return at, fmt.Errorf("read session: %w", err)
	}
	return at, nil
}

// Prove gives a session whose password was given once more a new secret. A
// wrong password is Forbidden.
func (s *Store) Prove(ctx context.Context, token, password string) (secret string, err error) {
	account, err := s.SignedIn(ctx, token)
	if err != nil {
		return "", err
	}
	if _, err := s.CheckPassword(ctx, account.Name, password); err != nil {
		return "", err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if secret, err = s.replaceSession(ctx, tx, token); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{account.Name, "account prove", account.Name, ""})
	})
	return secret, err
}

// ChangePassword gives the account of a session a new password, ends all its
// sessions and gives the secret of a new one. A wrong old password is Forbidden.
func (s *Store) ChangePassword(ctx context.Context, token, old, password string) (secret string, err error) {
	account, err := s.SignedIn(ctx, token)
	if err != nil {
		return "", err
	}
	if _, err := s.CheckPassword(ctx, account.Name, old); err != nil {
		return "", err
	}
	hash, err := s.hashPassword(password)
	if err != nil {
		return "", err
	}
	err = s.changeAccount(ctx, account.Name, func(ctx context.Context, tx *sql.Tx) error {
		if secret, err = s.replaceSession(ctx, tx, token); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE account SET password_hash = ? WHERE name = ?`, hash, account.Name); err != nil {
			return fmt.Errorf("write password: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE account = ? AND token_hash <> ?`, account.Name, tokenHash(secret)); err != nil {
			return fmt.Errorf("end sessions: %w", err)
		}
		return s.note(ctx, tx, entry{account.Name, "account password", account.Name, ""})
	})
	return secret, err
}

// sessionID names a session to its account: a part of a hash of its secret,
// which opens nothing.
func sessionID(hash []byte) string { return hex.EncodeToString(hash[:8]) }

// Sessions gives where the account of a session is signed in, the one that
// asks first.
func (s *Store) Sessions(ctx context.Context, token string) (all []survey.Session, err error) {
	mine := sessionID(tokenHash(token))
	now := s.now()
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		all, err = collect(ctx, tx, scanSession, `SELECT token_hash, created_at, seen_at, browser FROM session
			WHERE account = (SELECT account FROM session WHERE token_hash = ?) AND NOT waiting AND created_at > ? AND seen_at > ?
			ORDER BY token_hash <> ?, seen_at DESC`, tokenHash(token), now.Add(-officeLife).UnixMilli(), now.Add(-officeIdle).UnixMilli(), tokenHash(token))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read sessions: %w", err)
	}
	for i := range all {
		all[i].Present = all[i].ID == mine
	}
	return all, nil
}

func scanSession(rows *sql.Rows) (x survey.Session, err error) {
	var hash []byte
	var begun, seen int64
	err = rows.Scan(&hash, &begun, &seen, &x.Browser)
	x.ID, x.Begun, x.Seen = sessionID(hash), time.UnixMilli(begun), time.UnixMilli(seen)
	return x, err
}

// EndSession ends a session of the account that asks; another's is NotFound.
// An empty id ends all but the one that asks.
func (s *Store) EndSession(ctx context.Context, token, id string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var account string
		if err := tx.QueryRowContext(ctx, `SELECT account FROM session WHERE token_hash = ?`, tokenHash(token)).Scan(&account); err != nil {
			return errors.Join(errNoSession(), err)
		}
		result, err := tx.ExecContext(ctx, `DELETE FROM session WHERE account = ? AND CASE WHEN ? = '' THEN token_hash <> ? ELSE lower(hex(substr(token_hash, 1, 8))) = ? END`,
			account, id, tokenHash(token), id)
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		n, err := result.RowsAffected()
		if err != nil || n == 0 && id == "" {
			return err
		}
		if n == 0 {
			return survey.Refuse(survey.NotFound, "Phiên làm việc này đã kết thúc rồi", "The session has ended already")
		}
		return s.note(ctx, tx, entry{account, "session end", account, fmt.Sprintf("%d phiên", n)})
	})
}

// SignOut ends a session; one that has ended already is no error.
func (s *Store) SignOut(ctx context.Context, token string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var account sql.NullString
		err := tx.QueryRowContext(ctx, `DELETE FROM session WHERE token_hash = ? RETURNING account`, tokenHash(token)).Scan(&account)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		if !account.Valid {
			return nil
		}
		return s.note(ctx, tx, entry{account.String, "sign out", "", ""})
	})
}
