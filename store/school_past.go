package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"hailong/survey"
)

// schoolsOf gives every school by the name and in the commune that it had when
// the round ended; for a round that has not, as of now. What was published of
// a round does not change its names by what happened later.
func (s *Store) schoolsOf(ctx context.Context, tx *sql.Tx, r survey.Round) ([]survey.School, error) {
	schools, err := readSchools(ctx, tx)
	if err != nil || r.ClosedAt.IsZero() {
		return schools, err
	}
	calendar, err := s.readCalendar(ctx, tx)
	if err != nil {
		return nil, err
	}
	return asOf(ctx, tx, schools, calendar.LastDay(r))
}

// asOf gives the schools as they were told on a day, in the order of their
// communes of then.
func asOf(ctx context.Context, tx *sql.Tx, schools []survey.School, day survey.Day) ([]survey.School, error) {
	names, err := collect(ctx, tx, func(rows *sql.Rows) (f survey.FormerName, err error) {
		return f, rows.Scan(&f.School, &f.Name, &f.Until)
	}, `SELECT school_code, name, until_day FROM school_was_named WHERE until_day > ? ORDER BY until_day DESC`, day)
	if err != nil {
		return nil, fmt.Errorf("read former names: %w", err)
	}
	areas, err := collect(ctx, tx, func(rows *sql.Rows) (f survey.FormerArea, err error) {
		return f, rows.Scan(&f.School, &f.Area.Code, &f.Area.Type, &f.Area.Name, &f.Until)
	}, `SELECT school_code, area.code, area.type, area.name, school_was_in.until_day FROM school_was_in
		JOIN area ON area.code = school_was_in.area_code WHERE school_was_in.until_day > ? ORDER BY school_was_in.until_day DESC`, day)
	if err != nil {
		return nil, fmt.Errorf("read former communes: %w", err)
	}
	if len(names)+len(areas) == 0 {
		return schools, nil
	}
	place := make(map[survey.SchoolCode]int, len(schools))
	for i, school := range schools {
		place[school.Code] = i
	}
	for _, f := range names { // the first change after the day comes last and holds
		schools[place[f.School]].Name = f.Name
	}
	for _, f := range areas {
		schools[place[f.School]].Area = f.Area
	}
	slices.SortStableFunc(schools, func(a, b survey.School) int {
		return cmp.Or(cmp.Compare(a.Area.Code, b.Area.Code), cmp.Compare(a.Code, b.Code))
	})
	return schools, nil
}

// readFormerNames gives the names that schools had before, the latest last.
func readFormerNames(ctx context.Context, tx *sql.Tx) (map[survey.SchoolCode][]string, error) {
	names, err := collect(ctx, tx, func(rows *sql.Rows) (f survey.FormerName, err error) {
		return f, rows.Scan(&f.School, &f.Name)
	}, `SELECT school_code, name FROM school_was_named ORDER BY school_code, until_day`)
	if err != nil {
		return nil, fmt.Errorf("read former names: %w", err)
	}
	formerly := map[survey.SchoolCode][]string{}
	for _, f := range names {
		formerly[f.School] = append(formerly[f.School], f.Name)
	}
	return formerly, nil
}

// remember adds a line to the history of a school's entry.
func (s *Store) remember(ctx context.Context, tx *sql.Tx, actor string, school survey.SchoolCode, detail string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO school_history (school_code, at, actor, detail) VALUES (?, ?, ?, ?)`, school, s.now().UnixMilli(), actor, detail)
	if err != nil {
		return fmt.Errorf("write history of %s: %w", school, err)
	}
	return nil
}
