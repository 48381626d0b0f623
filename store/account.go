package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// AddAccount makes an account. A name that is taken is a Conflict.
func (s *Store) AddAccount(ctx context.Context, actor string, account survey.Account, password string) error {
	if err := account.Check(); err != nil {
		return err
	}
	hash, err := s.hashPassword(password)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO account (name, role, area_code, password_hash, created_at) VALUES (?, ?, NULLIF(?, ''), ?, ?) ON CONFLICT DO NOTHING`,
			account.Name, account.Role, account.Area, hash, s.now().UnixMilli())
		if err != nil {
			return fmt.Errorf("write account: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, survey.Refuse(survey.Conflict, "Đã có tài khoản tên %s. Chọn tên khác", "Account %s exists already; choose another name", account.Name))
		}
		return s.note(ctx, tx, entry{actor, "account add", account.Name, string(account.Role)})
	})
}

// Accounts counts the accounts.
func (s *Store) Accounts(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM account`).Scan(&n)
	})
	return n, err
}

// CheckPassword gives the account if the password is its own. A wrong name
// and a wrong password take the same time and give the same refusal. At most
// four checks run at once; too many waiting is Busy.
func (s *Store) CheckPassword(ctx context.Context, name, password string) (a survey.Account, err error) {
	hash := ""
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT name, role, coalesce(area_code, ''), password_hash FROM account WHERE name = ? AND ended_at IS NULL`, name).Scan(&a.Name, &a.Role, &a.Area, &hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return survey.Account{}, fmt.Errorf("read account: %w", err)
	}
	ok, err := s.passwordFits(ctx, hash, password)
	if err != nil {
		return survey.Account{}, err
	}
	if !ok {
		return survey.Account{}, survey.Refuse(survey.Forbidden, "Tên đăng nhập hoặc mật khẩu không đúng", "Wrong name or password")
	}
	return a, nil
}
