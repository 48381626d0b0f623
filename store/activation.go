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

// How long an address for a first password works.
const (
	invitedFor    = 72 * time.Hour
	firstOpenFor  = 24 * time.Hour
	activationKey = 16 // bytes of chance
)

// InviteAccount makes an account without a password and gives the secret of the
// address at which its owner sets one, once and within 72 hours.
func (s *Store) InviteAccount(ctx context.Context, actor string, account survey.Account) (token string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.insertAccount(ctx, tx, actor, account, ""); err != nil {
			return err
		}
		token, err = s.openActivation(ctx, tx, account.Name, invitedFor)
		return err
	})
	return token, err
}

// RenewInvitation makes the present password of an account and its sessions
// useless and gives the secret of an address at which a new one is set.
func (s *Store) RenewInvitation(ctx context.Context, actor, name string) (token string, err error) {
	err = s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		if err := replacePassword(ctx, tx, name, ""); err != nil {
			return err
		}
		if token, err = s.openActivation(ctx, tx, name, invitedFor); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "account invite", name, ""})
	})
	return token, err
}

// OpenFirst gives the secret of the address at which the first account is
// made, once and within 24 hours; addresses made before stop working. Where
// there is an account already it is a Conflict.
func (s *Store) OpenFirst(ctx context.Context) (token string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := noAccountYet(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM activation WHERE account IS NULL`); err != nil {
			return fmt.Errorf("write activation: %w", err)
		}
		token, err = s.openActivation(ctx, tx, "", firstOpenFor)
		return err
	})
	return token, err
}

func noAccountYet(ctx context.Context, tx *sql.Tx) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM account WHERE ended_at IS NULL`).Scan(&n); err != nil {
		return fmt.Errorf("count accounts: %w", err)
	}
	if n > 0 {
		return survey.Refuse(survey.Conflict, "Đã có tài khoản rồi. Đăng nhập, hoặc nhờ người có tài khoản văn phòng thêm cho", "There are accounts already; sign in")
	}
	return nil
}

func (s *Store) openActivation(ctx context.Context, tx *sql.Tx, name string, life time.Duration) (string, error) {
	random, err := s.randomBytes(activationKey)
	if err != nil {
		return "", err
	}
	token := base64.RawURLEncoding.EncodeToString(random)
	_, err = tx.ExecContext(ctx, `INSERT INTO activation (token_hash, account, expires_at) VALUES (?, NULLIF(?, ''), ?)`,
		tokenHash(token), name, s.now().Add(life).UnixMilli())
	if err != nil {
		return "", fmt.Errorf("write activation: %w", err)
	}
	return token, nil
}

// Invited gives the name of the account whose first password the address
// sets; "" for the first account of all. Another address is NotFound.
func (s *Store) Invited(ctx context.Context, token string) (name string, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		name, err = s.invited(ctx, tx, token)
		return err
	})
	return name, err
}

func (s *Store) invited(ctx context.Context, tx *sql.Tx, token string) (string, error) {
	var name sql.NullString
	err := tx.QueryRowContext(ctx, `SELECT account FROM activation WHERE token_hash = ? AND expires_at > ?`, tokenHash(token), s.now().UnixMilli()).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", survey.Refuse(survey.NotFound, "Địa chỉ này đã dùng rồi hoặc đã hết hạn. Xin địa chỉ mới ở người quản lý tài khoản của Sở",
			"This address was used or is too old; ask for a new one")
	}
	if err != nil {
		return "", fmt.Errorf("read activation: %w", err)
	}
	return name.String, nil
}

// Activate sets the password of the account that was invited or, at the
// first address of all, makes the first account of the office with that name.
// The address works no more. It gives the account.
func (s *Store) Activate(ctx context.Context, token, first, password string) (a survey.Account, err error) {
	hash, err := s.hashPassword(password)
	if err != nil {
		return a, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		name, err := s.invited(ctx, tx, token)
		if err != nil {
			return err
		}
		if name == "" {
			name, err = first, s.insertFirst(ctx, tx, first, hash)
		} else {
			err = replacePassword(ctx, tx, name, hash)
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM activation WHERE token_hash = ?`, tokenHash(token)); err != nil {
			return fmt.Errorf("end activation: %w", err)
		}
		if err := tx.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM account WHERE name = ?`, name).Scan(accountFields(&a)...); err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		return s.note(ctx, tx, entry{name, "account activate", name, ""})
	})
	return a, err
}

func (s *Store) insertFirst(ctx context.Context, tx *sql.Tx, name, hash string) error {
	if err := noAccountYet(ctx, tx); err != nil {
		return err
	}
	return s.insertAccount(ctx, tx, name, survey.Account{Name: name, Role: survey.OfficeRole}, hash)
}
