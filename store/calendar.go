package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// SetCalendar changes the windows from which rounds are made. Rounds that have
// not opened follow it, with what the office has chosen for those of the same
// name; those that have, and those that the office added or moved, stay as they
// are, and stand in the place of any that would overlap them.
func (s *Store) SetCalendar(ctx context.Context, actor string, c survey.Calendar) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := setSetting(ctx, tx, settingCalendar, c.String()); err != nil {
			return err
		}
		plans, err := takePlans(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.note(ctx, tx, entry{actor, "calendar", "", c.String()}); err != nil {
			return err
		}
		if _, err := s.advance(ctx, tx); err != nil {
			return err
		}
		if err := putPlans(ctx, tx, plans); err != nil {
			return err
		}
		return touch(ctx, tx)
	})
}

// plan is what the office has chosen for a round that has not opened.
type plan struct {
	round                  survey.RoundID
	questionnaire, targets sql.NullString
}

// following are the rounds that follow the calendar.
const following = ` FROM round WHERE state = 'scheduled' AND added = 0 AND opened_at IS NULL`

// takePlans removes the rounds that follow the calendar and gives what was
// chosen for them.
func takePlans(ctx context.Context, tx *sql.Tx) ([]plan, error) {
	plans, err := collect(ctx, tx, func(rows *sql.Rows) (p plan, err error) { return p, rows.Scan(&p.round, &p.questionnaire, &p.targets) },
		`SELECT id, questionnaire, (SELECT targets FROM round_target WHERE round_id = round.id)`+following)
	if err != nil {
		return nil, fmt.Errorf("read scheduled rounds: %w", err)
	}
	for _, query := range []string{`DELETE FROM round_target WHERE round_id IN (SELECT id` + following + `)`, `DELETE` + following} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return nil, fmt.Errorf("drop scheduled rounds: %w", err)
		}
	}
	return plans, nil
}

// putPlans gives what was chosen back to the rounds that are there again and
// have not opened by now.
func putPlans(ctx context.Context, tx *sql.Tx, plans []plan) error {
	for _, p := range plans {
		if _, err := tx.ExecContext(ctx, `UPDATE round SET questionnaire = ? WHERE id = ? AND opened_at IS NULL`, p.questionnaire, p.round); err != nil {
			return fmt.Errorf("write questionnaire of round %s: %w", p.round, err)
		}
		if !p.targets.Valid {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO round_target (round_id, targets) SELECT id, ? FROM round WHERE id = ? AND opened_at IS NULL`, p.targets, p.round); err != nil {
			return fmt.Errorf("write targets of round %s: %w", p.round, err)
		}
	}
	return nil
}
