package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// Lineage gives every succession of the schools that counts.
func (s *Store) Lineage(ctx context.Context) (l survey.Lineage, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l, err = readLineage(ctx, tx)
		return err
	})
	return l, err
}

func readLineage(ctx context.Context, tx *sql.Tx) (survey.Lineage, error) {
	all, err := collect(ctx, tx, func(rows *sql.Rows) (s survey.Succession, err error) {
		return s, rows.Scan(&s.ID, &s.Kind, &s.Day, &s.Reason)
	}, `SELECT id, kind, day, reason FROM succession WHERE withdrawn_at IS NULL`)
	if err != nil {
		return nil, fmt.Errorf("read successions: %w", err)
	}
	place := make(map[int64]int, len(all))
	for i, s := range all {
		place[s.ID] = i
	}
	type part struct {
		id     int64
		after  bool
		school survey.SchoolCode
	}
	parts, err := collect(ctx, tx, func(rows *sql.Rows) (p part, err error) {
		return p, rows.Scan(&p.id, &p.after, &p.school)
	}, `SELECT succession_id, side = 'after', school_code FROM succession_school`)
	if err != nil {
		return nil, fmt.Errorf("read schools of successions: %w", err)
	}
	for _, p := range parts {
		i, counts := place[p.id]
		switch {
		case !counts:
		case p.after:
			all[i].After = append(all[i].After, p.school)
		default:
			all[i].Before = append(all[i].Before, p.school)
		}
	}
	return survey.NewLineage(all), nil
}

// Succeed writes down that schools are merged, split or closed from a day.
// What would contradict what is known is refused and nothing is written. The
// strata of a round that is open stay as they are.
func (s *Store) Succeed(ctx context.Context, actor string, change survey.Succession) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		lineage, err := readLineage(ctx, tx)
		if err != nil {
			return err
		}
		schools, err := readSchools(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := lineage.With(change, schools, survey.DayOf(s.now(), s.zone)); err != nil {
			return err
		}
		if err := addSuccession(ctx, tx, change); err != nil {
			return err
		}
		return s.noteSuccession(ctx, tx, entry{actor, "school " + string(change.Kind), survey.Codes(change.Before), describeSuccession(change)})
	})
}

func describeSuccession(c survey.Succession) string {
	text := "từ " + c.Day.String()
	if len(c.After) > 0 {
		text += " → " + survey.Codes(c.After)
	}
	return text + " · " + c.Reason
}

func (s *Store) noteSuccession(ctx context.Context, tx *sql.Tx, e entry) error {
	if err := s.note(ctx, tx, e); err != nil {
		return err
	}
	return touch(ctx, tx)
}

func addSuccession(ctx context.Context, tx *sql.Tx, c survey.Succession) error {
	result, err := tx.ExecContext(ctx, `INSERT INTO succession (kind, day, reason) VALUES (?, ?, ?)`, c.Kind, c.Day, c.Reason)
	if err != nil {
		return fmt.Errorf("write succession: %w", err)
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for side, codes := range map[string][]survey.SchoolCode{"before": c.Before, "after": c.After} {
		for _, code := range codes {
			_, err := tx.ExecContext(ctx, `INSERT INTO succession_school (succession_id, side, school_code) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, id, side, code)
			if err != nil {
				return fmt.Errorf("write school %s of a succession: %w", code, err)
			}
		}
	}
	return nil
}

// WithdrawSuccession takes a succession back that was written down wrongly:
// from then on it counts for nothing. One that is not there is NotFound.
func (s *Store) WithdrawSuccession(ctx context.Context, actor, reason string, id int64) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		lineage, err := readLineage(ctx, tx)
		if err != nil {
			return err
		}
		change, ok := lineage.ByID(id)
		if !ok {
			return survey.Refuse(survey.NotFound, "Không có thay đổi số %d, hoặc đã hủy rồi. Xem lại trang của trường", "There is no change %d, or it was withdrawn already", id)
		}
		result, err := tx.ExecContext(ctx, `UPDATE succession SET withdrawn_at = ? WHERE id = ?`, s.now().UnixMilli(), id)
		if err != nil {
			return fmt.Errorf("withdraw succession: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, fmt.Errorf("withdraw succession %d: %d rows", id, n))
		}
		// Schools that stand again are asked by a round that has gone on without them.
		if err := s.askNewStrata(ctx, tx); err != nil {
			return err
		}
		return s.noteSuccession(ctx, tx, entry{actor, "school withdraw", survey.Codes(change.Before), change.Kind.Name() + " " + describeSuccession(change) + " · hủy vì: " + reason})
	})
}

// RenameSchool gives a school another name from a day on, today at the latest.
// Rounds that had ended before go on being told with the name of then.
func (s *Store) RenameSchool(ctx context.Context, actor string, to survey.FormerName) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		now, err := readSchool(ctx, tx, to.School)
		if err != nil {
			return err
		}
		var last survey.Day
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(until_day), 0) FROM school_was_named WHERE school_code = ?`, to.School).Scan(&last); err != nil {
			return fmt.Errorf("read former names: %w", err)
		}
		if err := now.Rename(to, last, survey.DayOf(s.now(), s.zone)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO school_was_named (school_code, until_day, name, reason) VALUES (?, ?, ?, ?)`, to.School, to.Until, now.Name, to.Reason); err != nil {
			return fmt.Errorf("write former name: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE school SET name = ? WHERE code = ?`, to.Name, to.School); err != nil {
			return fmt.Errorf("write name: %w", err)
		}
		return s.noteSuccession(ctx, tx, entry{actor, "school rename", string(to.School), fmt.Sprintf("từ %s: «%s» → «%s» · %s", to.Until, now.Name, to.Name, to.Reason)})
	})
}
