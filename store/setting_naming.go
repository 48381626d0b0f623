package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// Naming gives the names in use.
func (s *Store) Naming(ctx context.Context) (n survey.Naming, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err = readNaming(ctx, tx)
		return err
	})
	return n, err
}

func readNaming(ctx context.Context, tx *sql.Tx) (n survey.Naming, err error) {
	for name, to := range map[string]*string{settingProvince: &n.Province, settingOffice: &n.Office, settingHelpline: &n.Helpline} {
		if *to, err = setting(ctx, tx, name); err != nil {
			return n, err
		}
	}
	return n, nil
}

// SetNaming changes the names that differ. Only the helpline may be empty.
func (s *Store) SetNaming(ctx context.Context, actor string, n survey.Naming) error {
	n = n.Clean()
	if err := n.Check(); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := readNaming(ctx, tx)
		if err != nil || before == n {
			return err
		}
		for _, change := range [][3]string{{settingProvince, before.Province, n.Province}, {settingOffice, before.Office, n.Office}, {settingHelpline, before.Helpline, n.Helpline}} {
			if change[1] == change[2] {
				continue
			}
			if err := setSetting(ctx, tx, change[0], change[2]); err != nil {
				return err
			}
			if err := s.note(ctx, tx, entry{actor, "setting", change[0], fmt.Sprintf("«%s» → «%s»", change[1], change[2])}); err != nil {
				return err
			}
		}
		return touch(ctx, tx)
	})
}

// FactorRule says whether accounts of the office need a second factor.
func (s *Store) FactorRule(ctx context.Context) (required bool, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		value, err := setting(ctx, tx, settingFactorRule)
		required = value == string(survey.OfficeRole)
		return err
	})
	return required, err
}

// SetFactorRule asks a second factor of every account of the office, or no
// more. Who has none yet can do nothing but set one up.
func (s *Store) SetFactorRule(ctx context.Context, actor string, required bool) error {
	value, words := "", "không bắt buộc"
	if required {
		value, words = string(survey.OfficeRole), "bắt buộc với tài khoản văn phòng"
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := setting(ctx, tx, settingFactorRule)
		if err != nil || before == value {
			return err
		}
		if err := setSetting(ctx, tx, settingFactorRule, value); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "factor rule", "", words})
	})
}
