package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// AccountList gives every account, those that have ended too, by name.
func (s *Store) AccountList(ctx context.Context) (all []survey.AccountRecord, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		all, err = s.accountList(ctx, tx)
		return err
	})
	return all, err
}

func (s *Store) accountList(ctx context.Context, tx *sql.Tx) ([]survey.AccountRecord, error) {
	all, err := collect(ctx, tx, scanAccount, `SELECT `+accountColumns+`, coalesce(area.type || ' ' || area.name, ''), account.created_at, account.ended_at, activation.expires_at, password_hash <> ''
		FROM account LEFT JOIN area ON area.code = account.area_code LEFT JOIN activation ON activation.account = account.name AND activation.expires_at > ?
		ORDER BY account.name`, s.now().UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	return all, nil
}

func scanAccount(rows *sql.Rows) (a survey.AccountRecord, err error) {
	var made, ended, invited sql.NullInt64
	err = rows.Scan(append(accountFields(&a.Account), &a.AreaTitle, &made, &ended, &invited, &a.Active)...)
	a.Made, a.Ended, a.Invited = moment(made), moment(ended), moment(invited)
	return a, err
}

// EndAccount ends an account: its sessions, its second factor and its address
// for a first password are gone at once. Its name stays taken.
func (s *Store) EndAccount(ctx context.Context, actor, name string) error {
	return s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		all, err := s.accountList(ctx, tx)
		if err != nil {
			return err
		}
		if err := survey.MayEnd(all, name); err != nil {
			return err
		}
		if err := execAll(ctx, tx, name, `UPDATE account SET ended_at = `+fmt.Sprint(s.now().UnixMilli())+`, password_hash = '' WHERE name = ?`); err != nil {
			return err
		}
		if err := execAll(ctx, tx, name, withoutFactor...); err != nil {
			return err
		}
		if err := execAll(ctx, tx, name, `DELETE FROM session WHERE account = ?`, `DELETE FROM activation WHERE account = ?`); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "account end", name, ""})
	})
}

// SetPassword gives an account a new password and ends all its sessions.
func (s *Store) SetPassword(ctx context.Context, actor, name, password string) error {
	hash, err := s.hashPassword(password)
	if err != nil {
		return err
	}
	return s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		if err := replacePassword(ctx, tx, name, hash); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "account password", name, ""})
	})
}

// replacePassword writes a hash and ends what the old one opened.
func replacePassword(ctx context.Context, tx *sql.Tx, name, hash string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE account SET password_hash = ? WHERE name = ?`, hash, name); err != nil {
		return fmt.Errorf("write password: %w", err)
	}
	return execAll(ctx, tx, name, `DELETE FROM session WHERE account = ?`, `DELETE FROM activation WHERE account = ?`)
}

// changeAccount changes an account that has not ended; another name is NotFound.
func (s *Store) changeAccount(ctx context.Context, name string, change func(context.Context, *sql.Tx) error) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var one int
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM account WHERE name = ? AND ended_at IS NULL`, name).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return survey.Refuse(survey.NotFound, "Không có tài khoản tên %s, hoặc tài khoản đã ngừng", "There is no account %s, or it has ended", name)
		}
		if err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		return change(ctx, tx)
	})
}

// execAll runs statements that each take the same one argument.
func execAll(ctx context.Context, tx *sql.Tx, argument any, statements ...string) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, argument); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}
