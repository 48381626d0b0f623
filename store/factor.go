package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// withoutFactor are the statements that take an account's second factor away.
var withoutFactor = []string{`UPDATE account SET factor = NULL, factor_next = NULL, factor_step = 0 WHERE name = ?`, `DELETE FROM recovery_code WHERE account = ?`}

// OfferFactor makes a new secret for an account; it counts for nothing until
// ConfirmFactor.
func (s *Store) OfferFactor(ctx context.Context, name string) error {
	secret, err := s.randomBytes(survey.FactorBytes)
	if err != nil {
		return err
	}
	sealed, err := s.seal(name, secret)
	if err != nil {
		return err
	}
	return s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE account SET factor_next = ? WHERE name = ?`, sealed, name); err != nil {
			return fmt.Errorf("write second factor: %w", err)
		}
		return nil
	})
}

// OfferedFactor gives the secret that waits to be confirmed, or nothing.
func (s *Store) OfferedFactor(ctx context.Context, name string) (secret survey.FactorSecret, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var sealed []byte
		if err := tx.QueryRowContext(ctx, `SELECT factor_next FROM account WHERE name = ?`, name).Scan(&sealed); err != nil {
			return fmt.Errorf("read second factor: %w", err)
		}
		if sealed != nil {
			secret, err = s.unseal(name, sealed)
		}
		return err
	})
	return secret, err
}

// ConfirmFactor takes the offered secret into use when the code is one of its
// codes, and gives new recovery codes. A wrong code is Invalid.
func (s *Store) ConfirmFactor(ctx context.Context, name, code string) (codes []string, err error) {
	err = s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		var sealed []byte
		if err := tx.QueryRowContext(ctx, `SELECT factor_next FROM account WHERE name = ?`, name).Scan(&sealed); err != nil {
			return fmt.Errorf("read second factor: %w", err)
		}
		if sealed == nil {
			return survey.Refuse(survey.Conflict, "Chưa có mã QR nào để xác nhận. Bấm «Bắt đầu cài đặt» lại", "No second factor was offered; begin again")
		}
		secret, err := s.unseal(name, sealed)
		if err != nil {
			return err
		}
		step, ok := secret.Step(code, s.now(), 0)
		if !ok {
			return errWrongCode(survey.Invalid)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE account SET factor = factor_next, factor_next = NULL, factor_step = ? WHERE name = ?`, step, name); err != nil {
			return fmt.Errorf("write second factor: %w", err)
		}
		if codes, err = s.newRecoveryCodes(ctx, tx, name); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{name, "factor on", name, ""})
	})
	return codes, err
}

func errWrongCode(kind survey.Kind) *survey.Error {
	return survey.Refuse(kind, "Mã không đúng hoặc đã dùng rồi. Đợi mã mới hiện trên điện thoại rồi gõ lại", "The code is wrong or was used already; wait for the next one")
}

// RenewRecoveryCodes gives an account new recovery codes; the old ones work
// no more. An account without a second factor is a Conflict.
func (s *Store) RenewRecoveryCodes(ctx context.Context, name string) (codes []string, err error) {
	err = s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		var on bool
		if err := tx.QueryRowContext(ctx, `SELECT factor IS NOT NULL FROM account WHERE name = ?`, name).Scan(&on); err != nil {
			return fmt.Errorf("read second factor: %w", err)
		}
		if !on {
			return survey.Refuse(survey.Conflict, "Tài khoản chưa bật mã bước hai", "The account has no second factor")
		}
		if codes, err = s.newRecoveryCodes(ctx, tx, name); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{name, "factor recovery", name, ""})
	})
	return codes, err
}

func (s *Store) newRecoveryCodes(ctx context.Context, tx *sql.Tx, name string) (codes []string, err error) {
	if err := execAll(ctx, tx, name, `DELETE FROM recovery_code WHERE account = ?`); err != nil {
		return nil, err
	}
	for len(codes) < survey.RecoveryCodes {
		random, err := s.randomBytes(32)
		if err != nil {
			return nil, err
		}
		code, ok := survey.MintRecoveryCode(random)
		if !ok {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery_code (account, code_hash) VALUES (?, ?)`, name, recoveryHash(code)); err != nil {
			return nil, fmt.Errorf("write recovery codes: %w", err)
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// recoveryHash is SHA-256 of a code as it is compared. The codes have 79 bits
// of chance, so a quick hash will do.
func recoveryHash(code string) []byte {
	plain, _ := survey.PlainRecoveryCode(code)
	sum := sha256.Sum256([]byte(plain))
	return sum[:]
}

// RecoveryCodesLeft counts an account's codes that were not used.
func (s *Store) RecoveryCodesLeft(ctx context.Context, name string) (n int, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM recovery_code WHERE account = ?`, name).Scan(&n)
	})
	return n, err
}

// DropFactor takes an account's second factor away: its own, or that of
// somebody whose telephone is gone.
func (s *Store) DropFactor(ctx context.Context, actor, name string) error {
	return s.changeAccount(ctx, name, func(ctx context.Context, tx *sql.Tx) error {
		if err := execAll(ctx, tx, name, withoutFactor...); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "factor off", name, ""})
	})
}

// takeFactor takes a code of the second factor, or a recovery code, and says
// which; a code that does not fit is Forbidden.
func (s *Store) takeFactor(ctx context.Context, tx *sql.Tx, name, typed string) (how string, err error) {
	if plain, ok := survey.PlainRecoveryCode(typed); ok {
		result, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE account = ? AND code_hash = ?`, name, recoveryHash(plain))
		if err != nil {
			return "", fmt.Errorf("take recovery code: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return "", errors.Join(err, errWrongCode(survey.Forbidden))
		}
		return "bằng mã dự phòng", nil
	}
	var sealed []byte
	var last int64
	if err := tx.QueryRowContext(ctx, `SELECT factor, factor_step FROM account WHERE name = ?`, name).Scan(&sealed, &last); err != nil {
		return "", fmt.Errorf("read second factor: %w", err)
	}
	secret, err := s.unseal(name, sealed)
	if err != nil {
		return "", err
	}
	step, ok := secret.Step(typed, s.now(), last)
	if !ok {
		return "", errWrongCode(survey.Forbidden)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE account SET factor_step = ? WHERE name = ?`, step, name); err != nil {
		return "", fmt.Errorf("take code: %w", err)
	}
	return "bằng mã bước hai", nil
}
