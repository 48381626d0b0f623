package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// accountColumns are those of a survey.Account; accountFields takes them.
const accountColumns = `account.name, account.role, coalesce(account.area_code, ''), account.factor IS NOT NULL,
	account.role = 'office' AND account.factor IS NULL AND (SELECT value FROM setting WHERE name = '` + settingFactorRule + `') = 'office'`

func accountFields(a *survey.Account) []any {
	return []any{&a.Name, &a.Role, &a.Area, &a.Factor, &a.Owes}
}

// AddAccount makes an account with a password. A name that is taken is a
// Conflict, also when its account has ended: the audit log knows people by it.
func (s *Store) AddAccount(ctx context.Context, actor string, account survey.Account, password string) error {
	hash, err := s.hashPassword(password)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.insertAccount(ctx, tx, actor, account, hash)
	})
}

func (s *Store) insertAccount(ctx context.Context, tx *sql.Tx, actor string, account survey.Account, hash string) error {
	if err := account.Check(); err != nil {
		return err
	}
	if err := knownArea(ctx, tx, account.Area); err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO account (name, role, area_code, password_hash, created_at) VALUES (?, ?, NULLIF(?, ''), ?, ?) ON CONFLICT DO NOTHING`,
		account.Name, account.Role, account.Area, hash, s.now().UnixMilli())
	if err != nil {
		return fmt.Errorf("write account: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, survey.Refuse(survey.Conflict, "Đã có tài khoản tên %s. Chọn tên khác", "Account %s exists already; choose another name", account.Name))
	}
	detail := string(account.Role)
	if account.Area != "" {
		detail += " " + string(account.Area)
	}
	return s.note(ctx, tx, entry{actor, "account add", account.Name, detail})
}

// knownArea refuses an area that there is not; none is no fault.
func knownArea(ctx context.Context, tx *sql.Tx, code survey.AreaCode) error {
	var there bool
	err := tx.QueryRowContext(ctx, `SELECT ? = '' OR EXISTS (SELECT 1 FROM area WHERE code = ?)`, code, code).Scan(&there)
	if err != nil {
		return fmt.Errorf("look for area: %w", err)
	}
	if !there {
		return survey.Refuse(survey.Invalid, "Không có xã, phường mang mã %s", "There is no area %s", code)
	}
	return nil
}

// Accounts counts the accounts that have not ended.
func (s *Store) Accounts(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM account WHERE ended_at IS NULL`).Scan(&n)
	})
	return n, err
}

// CheckPassword gives the account if the password is its own. A wrong name
// and a wrong password take the same time, give the same refusal and both leave
// an entry in the audit log; the name that was typed stands there only if there
// is such an account. At most four checks run at once; too many waiting is Busy.
func (s *Store) CheckPassword(ctx context.Context, name, password string) (a survey.Account, err error) {
	hash := ""
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT `+accountColumns+`, password_hash FROM account WHERE name = ? AND ended_at IS NULL`, name).Scan(append(accountFields(&a), &hash)...)
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
		return survey.Account{}, s.refuseSignIn(ctx, a.Name, "", survey.Refuse(survey.Forbidden, "Tên đăng nhập hoặc mật khẩu không đúng", "Wrong name or password"))
	}
	return a, nil
}

// stranger is who tries to sign in, in the audit log.
const stranger = "người chưa đăng nhập"

// refuseSignIn notes that somebody could not sign in and gives the refusal.
func (s *Store) refuseSignIn(ctx context.Context, name, detail string, refusal *survey.Error) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.note(ctx, tx, entry{stranger, "sign in failed", name, detail})
	})
	if err != nil {
		return err
	}
	return refusal
}
