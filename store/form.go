package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// formOf gives the form of a stratum. A stratum never changes its form, so it
// is remembered.
func (s *Store) formOf(ctx context.Context, tx *sql.Tx, stratum int64) (*survey.Form, error) {
	if form, ok := s.forms.Load(stratum); ok {
		return form.(*survey.Form), nil
	}
	var code string
	var version survey.Version
	err := tx.QueryRowContext(ctx, `SELECT stratum.form, round.questionnaire FROM stratum JOIN round ON round.id = stratum.round_id WHERE stratum.id = ?`, stratum).
		Scan(&code, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %d", errNoStratum, stratum)
	}
	if err != nil {
		return nil, fmt.Errorf("read stratum %d: %w", stratum, err)
	}
	q, err := s.readQuestionnaire(ctx, tx, version)
	if err != nil {
		return nil, err
	}
	form, ok := q.Form(code)
	if !ok {
		return nil, fmt.Errorf("%w: %s", errNoForm, code)
	}
	s.forms.Store(stratum, form)
	return form, nil
}
