package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// Pledges gives what a school says it will do after a round, hidden lines
// included.
func (s *Store) Pledges(ctx context.Context, id survey.RoundID, school survey.SchoolCode) (pledges []survey.Pledge, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		pledges, err = readPledges(ctx, tx, id, school)
		return err
	})
	return pledges, err
}

func readPledges(ctx context.Context, tx *sql.Tx, id survey.RoundID, school survey.SchoolCode) ([]survey.Pledge, error) {
	pledges, err := collect(ctx, tx, func(rows *sql.Rows) (p survey.Pledge, err error) {
		return p, rows.Scan(&p.Position, &p.Text, &p.Hidden)
	}, `SELECT position, text, hidden FROM pledge WHERE round_id = ? AND school_code = ? ORDER BY position`, id, school)
	if err != nil {
		return nil, fmt.Errorf("read pledges of %s: %w", school, err)
	}
	return pledges, nil
}

// RoundPledges gives what every school says it will do after a round, in the
// order of the schools' codes.
func (s *Store) RoundPledges(ctx context.Context, id survey.RoundID) (all []survey.SchoolPledges, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT school_code, position, text, hidden FROM pledge WHERE round_id = ? ORDER BY school_code, position`, id)
		if err != nil {
			return fmt.Errorf("read pledges of %s: %w", id, err)
		}
		defer rows.Close()
		for rows.Next() {
			var code survey.SchoolCode
			var p survey.Pledge
			if err := rows.Scan(&code, &p.Position, &p.Text, &p.Hidden); err != nil {
				return fmt.Errorf("read pledges of %s: %w", id, err)
			}
			if len(all) == 0 || all[len(all)-1].School != code {
				all = append(all, survey.SchoolPledges{School: code})
			}
			all[len(all)-1].Pledges = append(all[len(all)-1].Pledges, p)
		}
		return rows.Err()
	})
	return all, err
}

// SetPledges stores a school's lines for a round whose results it may see, in
// place of those before. A line that the office has hidden and that stays as it
// is stays hidden; NotFound while there is nothing to answer to.
func (s *Store) SetPledges(ctx context.Context, id survey.RoundID, school survey.SchoolCode, pledges []survey.Pledge) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		steps, err := readSteps(ctx, tx, id)
		if err != nil {
			return err
		}
		if !survey.StageOf(steps).Reaches(survey.SchoolsStage) {
			return errNoRelease(id)
		}
		before, err := readPledges(ctx, tx, id, school)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM pledge WHERE round_id = ? AND school_code = ?`, id, school); err != nil {
			return fmt.Errorf("write pledges of %s: %w", school, err)
		}
		for _, p := range survey.KeepHidden(before, pledges) {
			if _, err := tx.ExecContext(ctx, `INSERT INTO pledge (round_id, school_code, position, text, hidden) VALUES (?, ?, ?, ?, ?)`, id, school, p.Position, p.Text, p.Hidden); err != nil {
				return fmt.Errorf("write pledges of %s: %w", school, err)
			}
		}
		if err := s.note(ctx, tx, entry{"trường " + string(school), "pledge", string(id), fmt.Sprintf("%d dòng", len(pledges))}); err != nil {
			return err
		}
		return touch(ctx, tx)
	})
}

// HidePledge takes a school's line from sight, or shows it again.
func (s *Store) HidePledge(ctx context.Context, actor string, id survey.RoundID, school survey.SchoolCode, position int, hidden bool) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE pledge SET hidden = ? WHERE round_id = ? AND school_code = ? AND position = ?`, hidden, id, school, position)
		if err != nil {
			return fmt.Errorf("hide pledge of %s: %w", school, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return survey.Refuse(survey.NotFound, "Không còn dòng này. Tải lại trang", "There is no such line any more; reload the page")
		}
		action := map[bool]string{true: "pledge hide", false: "pledge show"}[hidden]
		if err := s.note(ctx, tx, entry{actor, action, string(id), fmt.Sprintf("%s dòng %d", school, position)}); err != nil {
			return err
		}
		return touch(ctx, tx)
	})
}

// readShownPledges gives the lines that parents read, by school: none before
// the round's results are public.
func readShownPledges(ctx context.Context, tx *sql.Tx, d *survey.Directory) (map[survey.SchoolCode][]string, error) {
	shown := map[survey.SchoolCode][]string{}
	if !d.Stage.Reaches(survey.PublicStage) {
		return shown, nil
	}
	type line struct {
		school survey.SchoolCode
		text   string
	}
	lines, err := collect(ctx, tx, func(rows *sql.Rows) (l line, err error) { return l, rows.Scan(&l.school, &l.text) },
		`SELECT school_code, text FROM pledge WHERE round_id = ? AND hidden = 0 ORDER BY school_code, position`, d.Round.ID)
	if err != nil {
		return nil, fmt.Errorf("read pledges: %w", err)
	}
	for _, l := range lines {
		shown[l.school] = append(shown[l.school], l.text)
	}
	return shown, nil
}
