package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strconv"

	"hailong/survey"
)

// The names of settings.
const (
	settingCalendar      = "calendar"      // windows, as survey.ParseCalendar reads them
	settingProvince      = "province"      // Đắk Lắk
	settingOffice        = "office"        // the office that asks
	settingHelpline      = "helpline"      // telephone for parents, may be empty
	settingSecret        = "secret"        // seals form IDs, hexadecimal
	settingQuestionnaire = "questionnaire" // the version that rounds open with; empty: the newest
	settingTargets       = "targets"       // of rounds that open, as survey.ParseTargets reads them
	settingFactorRule    = "factor-rule"   // "office": accounts of the office need a second factor; else empty
	settingTrial         = "trial"         // "1" in the store of a trial, else empty
	settingRevision      = "revision"      // counts changes to what Directory reads
	settingThreshold     = "threshold"     // answers from which a figure is released
)

// seed writes what a new database needs; what is there stays as it is.
func (s *Store) seed(ctx context.Context) error {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	first := map[string]string{
		settingCalendar:      survey.DefaultCalendar(s.zone).String(),
		settingProvince:      "Đắk Lắk",
		settingOffice:        "Sở Giáo dục và Đào tạo Đắk Lắk",
		settingHelpline:      "",
		settingSecret:        hex.EncodeToString(secret),
		settingQuestionnaire: "",
		settingTargets:       survey.Targets{}.String(),
		settingTrial:         "",
		settingFactorRule:    "",
		settingRevision:      "1",
		settingThreshold:     strconv.Itoa(int(survey.DefaultThreshold)),
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for name, value := range first {
			if _, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, name, value); err != nil {
				return err
			}
		}
		for _, a := range survey.BuiltInAreas().All() {
			if _, err := tx.ExecContext(ctx, `INSERT INTO area (code, type, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, a.Code, a.Type, a.Name); err != nil {
				return err
			}
		}
		q := survey.BuiltInQuestionnaire()
		_, err := tx.ExecContext(ctx, `INSERT INTO questionnaire (version, body, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			q.Version, string(survey.BuiltInQuestionnaireData()), s.now().UnixMilli())
		return err
	})
}

func (s *Store) loadSecret(ctx context.Context) ([]byte, error) {
	var secret []byte
	err := s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		text, err := setting(ctx, tx, settingSecret)
		if err != nil {
			return err
		}
		secret, err = hex.DecodeString(text)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read secret: %w", err)
	}
	return secret, nil
}

func setting(ctx context.Context, tx *sql.Tx, name string) (string, error) {
	var value string
	err := tx.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value)
	if err != nil {
		return "", fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, nil
}

func setSetting(ctx context.Context, tx *sql.Tx, name, value string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE setting SET value = ? WHERE name = ?`, value, name); err != nil {
		return fmt.Errorf("write setting %s: %w", name, err)
	}
	return nil
}

// touch counts a change to what Directory reads, so that running servers take
// it up.
func touch(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE setting SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE name = ?`, settingRevision)
	if err != nil {
		return fmt.Errorf("count revision: %w", err)
	}
	return nil
}

// Revision counts the changes to what Directory reads.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var revision int64
	err := s.read(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		revision, err = readRevision(ctx, tx)
		return err
	})
	return revision, err
}

func readRevision(ctx context.Context, tx *sql.Tx) (int64, error) {
	text, err := setting(ctx, tx, settingRevision)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

// readCalendar gives the calendar in use. A trial has none: no round of the
// year begins there.
func (s *Store) readCalendar(ctx context.Context, tx *sql.Tx) (survey.Calendar, error) {
	if s.trial {
		return survey.Calendar{Zone: s.zone}, nil
	}
	text, err := setting(ctx, tx, settingCalendar)
	if err != nil {
		return survey.Calendar{}, err
	}
	return survey.ParseCalendar(text, s.zone)
}
