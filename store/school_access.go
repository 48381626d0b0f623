package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"

	"hailong/survey"
)

// NewSecret makes the secret for the address of a school's own page, 128 bits.
// It opens nothing until it is granted.
func (s *Store) NewSecret() (string, error) {
	random, err := s.randomBytes(16)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(random), nil
}

// GrantAccess makes a new secret for a school's own page; the one before it
// and those who came in with it are shut out. Only a hash is kept.
func (s *Store) GrantAccess(ctx context.Context, actor string, school survey.SchoolCode) (secret string, err error) {
	if secret, err = s.NewSecret(); err != nil {
		return "", err
	}
	return secret, s.GrantSecrets(ctx, actor, map[survey.SchoolCode]string{school: secret})
}

// GrantSecrets gives schools' own pages these secrets of NewSecret, all or
// none; those before them and whoever came in with them are shut out. Only
// hashes are kept. A school that is not there is NotFound.
func (s *Store) GrantSecrets(ctx context.Context, actor string, secrets map[survey.SchoolCode]string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, school := range slices.Sorted(maps.Keys(secrets)) {
			if err := s.grant(ctx, tx, entry{actor, "school access", string(school), ""}, tokenHash(secrets[school])); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) grant(ctx context.Context, tx *sql.Tx, e entry, hash []byte) error {
	if err := endAccess(ctx, tx, survey.SchoolCode(e.object)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO school_access (school_code, token_hash) VALUES (?, ?)`, e.object, hash); err != nil {
		return fmt.Errorf("write access: %w", err)
	}
	return s.note(ctx, tx, e)
}

// RevokeAccess shuts everybody out of a school's own page, until a new secret
// is granted.
func (s *Store) RevokeAccess(ctx context.Context, actor string, school survey.SchoolCode) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := endAccess(ctx, tx, school); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "school access end", string(school), ""})
	})
}

// endAccess takes a school's secret and its sessions away.
func endAccess(ctx context.Context, tx *sql.Tx, school survey.SchoolCode) error {
	var found int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM school WHERE code = ?`, school).Scan(&found); err != nil {
		return fmt.Errorf("find school: %w", err)
	}
	if found == 0 {
		return noSchool(school)
	}
	for _, query := range []string{`DELETE FROM session WHERE school_code = ?`, `DELETE FROM school_access WHERE school_code = ?`} {
		if _, err := tx.ExecContext(ctx, query, school); err != nil {
			return fmt.Errorf("end access: %w", err)
		}
	}
	return nil
}
