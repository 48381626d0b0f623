package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// Areas gives the communes; those that are no more are found by nobody, but
// what is written of them says where they went.
func (s *Store) Areas(ctx context.Context) (areas survey.Areas, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		list, err := readAreas(ctx, tx)
		areas = survey.NewAreas(list)
		return err
	})
	return areas, err
}

func readAreas(ctx context.Context, tx *sql.Tx) ([]survey.Area, error) {
	list, err := collect(ctx, tx, func(rows *sql.Rows) (a survey.Area, err error) {
		return a, rows.Scan(&a.Code, &a.Type, &a.Name, &a.Until, &a.Into)
	}, `SELECT code, type, name, COALESCE(until_day, 0), COALESCE(successor, '') FROM area ORDER BY code`)
	if err != nil {
		return nil, fmt.Errorf("read communes: %w", err)
	}
	return list, nil
}

// AreaRecords gives every commune, also those that are no more, with the
// number of schools that stand in it.
func (s *Store) AreaRecords(ctx context.Context) (records []survey.AreaRecord, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		list, err := readAreas(ctx, tx)
		if err != nil {
			return err
		}
		schools, err := readSchools(ctx, tx)
		if err != nil {
			return err
		}
		today, count := survey.DayOf(s.now(), s.zone), map[survey.AreaCode]int{}
		for _, school := range schools {
			if school.StandsOn(today) {
				count[school.Area.Code]++
			}
		}
		for _, a := range list {
			records = append(records, survey.AreaRecord{Area: a, Schools: count[a.Code]})
		}
		return nil
	})
	return records, err
}

// AddArea adds a commune. A code that is taken is a Conflict.
func (s *Store) AddArea(ctx context.Context, actor, reason string, area survey.Area) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO area (code, type, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, area.Code, area.Type, area.Name)
		if err != nil {
			return fmt.Errorf("write commune: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, survey.Refuse(survey.Conflict, "Mã %s đã có xã, phường khác. Xem lại mã", "Code %s belongs to another commune; check it", area.Code))
		}
		return s.noteSuccession(ctx, tx, entry{actor, "area add", string(area.Code), area.Title() + " · " + reason})
	})
}

// EditArea corrects the name of a commune, in all rounds.
func (s *Store) EditArea(ctx context.Context, actor, reason string, area survey.Area) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := readArea(ctx, tx, area.Code)
		if err != nil {
			return err
		}
		if before.Title() == area.Title() {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `UPDATE area SET type = ?, name = ? WHERE code = ?`, area.Type, area.Name, area.Code); err != nil {
			return fmt.Errorf("write commune: %w", err)
		}
		return s.noteSuccession(ctx, tx, entry{actor, "area edit", string(area.Code), fmt.Sprintf("«%s» → «%s» · %s", before.Title(), area.Title(), reason)})
	})
}

func readArea(ctx context.Context, tx *sql.Tx, code survey.AreaCode) (survey.Area, error) {
	list, err := readAreas(ctx, tx)
	if err != nil {
		return survey.Area{}, err
	}
	for _, a := range list {
		if a.Code == code {
			return a, nil
		}
	}
	return survey.Area{}, survey.Refuse(survey.NotFound, "Không có xã, phường mang mã %s. Xem mã ở trang Xã, phường", "There is no commune %s", code)
}

// MergeArea puts a commune into another from a day on, today at the latest:
// its schools move with it. Rounds that had ended before go on being told with
// the commune of then.
func (s *Store) MergeArea(ctx context.Context, actor string, merger survey.AreaMerger) (moved int64, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		from, err := readArea(ctx, tx, merger.From)
		if err != nil {
			return err
		}
		into, err := readArea(ctx, tx, merger.Into)
		if err != nil {
			return err
		}
		if err := merger.Check(from, into, survey.DayOf(s.now(), s.zone)); err != nil {
			return err
		}
		if err := movedLater(ctx, tx, merger); err != nil {
			return err
		}
		if moved, err = moveSchools(ctx, tx, merger); err != nil {
			return err
		}
		return s.noteSuccession(ctx, tx, entry{actor, "area merge", string(merger.From),
			fmt.Sprintf("%s → %s từ %s, %d trường · %s", from.Title(), into.Title(), merger.Day, moved, merger.Reason)})
	})
	return moved, err
}

// movedLater refuses a day before which schools of the commune came into it:
// what was written down of them would contradict itself.
func movedLater(ctx context.Context, tx *sql.Tx, m survey.AreaMerger) error {
	var last survey.Day
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(until_day), 0) FROM school_was_in JOIN school ON school.code = school_was_in.school_code
		WHERE school.area_code = ?`, m.From).Scan(&last)
	if err != nil {
		return fmt.Errorf("read former communes: %w", err)
	}
	if m.Day <= last {
		return survey.Refuse(survey.Conflict, "Có trường chuyển về xã, phường này ngày %s. Ghi ngày sáp nhập sau ngày đó", "A school came into this commune on %s; give a later day", last)
	}
	return nil
}

func moveSchools(ctx context.Context, tx *sql.Tx, m survey.AreaMerger) (moved int64, err error) {
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`INSERT INTO school_was_in (school_code, until_day, area_code) SELECT code, ?, area_code FROM school WHERE area_code = ?
			ON CONFLICT DO NOTHING`, []any{m.Day, m.From}},
		{`UPDATE area SET successor = ? WHERE successor = ?`, []any{m.Into, m.From}},
		{`UPDATE area SET until_day = ?, successor = ? WHERE code = ?`, []any{m.Day, m.Into, m.From}},
		{`UPDATE account SET area_code = ? WHERE area_code = ?`, []any{m.Into, m.From}},
		{`UPDATE school SET area_code = ? WHERE area_code = ?`, []any{m.Into, m.From}},
	} {
		result, err := tx.ExecContext(ctx, step.query, step.args...)
		if err != nil {
			return 0, fmt.Errorf("merge communes: %w", err)
		}
		if moved, err = result.RowsAffected(); err != nil {
			return 0, err
		}
	}
	return moved, nil
}
