package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

const schoolColumns = `school.code, school.name, school.kind, school.address, area.code, area.type, area.name, COALESCE(link.code, ''), COALESCE(school.from_day, 0)`

const schoolFrom = ` FROM school
	JOIN area ON area.code = school.area_code
	LEFT JOIN link ON link.school_code = school.code AND link.revoked_at IS NULL`

func scanSchool(rows *sql.Rows) (survey.School, error) {
	s := survey.School{Enrolment: survey.Enrolment{}}
	err := rows.Scan(&s.Code, &s.Name, &s.Kind, &s.Address, &s.Area.Code, &s.Area.Type, &s.Area.Name, &s.Link, &s.From)
	return s, err
}

// Schools gives every school, ordered by commune and code.
func (s *Store) Schools(ctx context.Context) (schools []survey.School, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		schools, err = readSchools(ctx, tx)
		return err
	})
	return schools, err
}

func readSchools(ctx context.Context, tx *sql.Tx) ([]survey.School, error) {
	schools, err := collect(ctx, tx, scanSchool, `SELECT `+schoolColumns+schoolFrom+` ORDER BY area.code, school.code`)
	if err != nil {
		return nil, fmt.Errorf("read schools: %w", err)
	}
	place := make(map[survey.SchoolCode]int, len(schools))
	for i, school := range schools {
		place[school.Code] = i
	}
	type row struct {
		school   survey.SchoolCode
		level    survey.Level
		learners int
	}
	rows, err := collect(ctx, tx, func(rows *sql.Rows) (r row, err error) {
		return r, rows.Scan(&r.school, &r.level, &r.learners)
	}, `SELECT school_code, level, learners FROM enrolment`)
	if err != nil {
		return nil, fmt.Errorf("read enrolment: %w", err)
	}
	for _, r := range rows {
		schools[place[r.school]].Enrolment[r.level] = r.learners
	}
	lineage, err := readLineage(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, s := range lineage {
		for _, code := range s.Before {
			if s.Ends(code) {
				schools[place[code]].Until = s.Day
			}
		}
	}
	return schools, nil
}

// LoadSchools compares a list with the stored schools, by code, and — unless
// it is a trial — takes it over whole or not at all: new schools get a link,
// changed ones are changed, schools that the list lacks stay, and those that
// have ended stay ended. A round that is open asks new schools too; enrolment
// that it has frozen stays frozen.
func (s *Store) LoadSchools(ctx context.Context, actor string, listed []survey.School, trial bool) (changes survey.SchoolChanges, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stored, err := readSchools(ctx, tx)
		if err != nil {
			return err
		}
		changes = survey.CompareSchools(stored, listed)
		if trial || !changes.Any() {
			return nil
		}
		return s.takeOver(ctx, tx, actor, &changes)
	})
	return changes, err
}

// TakeSchools takes a list over as somebody saw it compared; when the schools
// have changed since, so that it would do something else, it is a Conflict and
// nothing is written.
func (s *Store) TakeSchools(ctx context.Context, actor string, listed []survey.School, seen survey.SchoolChanges) (changes survey.SchoolChanges, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stored, err := readSchools(ctx, tx)
		if err != nil {
			return err
		}
		if changes = survey.CompareSchools(stored, listed); !changes.SameAs(seen) {
			return survey.Refuse(survey.Conflict, "Danh sách trường đã đổi từ lúc xem trước nên chưa nạp gì. Xem lại bảng so sánh mới rồi nạp",
				"The schools have changed since the preview, so nothing was written; look at the new comparison, then load")
		}
		if !changes.Any() {
			return nil
		}
		return s.takeOver(ctx, tx, actor, &changes)
	})
	return changes, err
}

func (s *Store) takeOver(ctx context.Context, tx *sql.Tx, actor string, changes *survey.SchoolChanges) error {
	for i := range changes.Added {
		if err := saveSchool(ctx, tx, changes.Added[i]); err != nil {
			return err
		}
		link, err := s.addLink(ctx, tx, changes.Added[i].Code)
		if err != nil {
			return err
		}
		changes.Added[i].Link = link
		if err := s.remember(ctx, tx, actor, changes.Added[i].Code, "thêm từ danh sách"); err != nil {
			return err
		}
	}
	for _, c := range changes.Changed {
		if err := saveSchool(ctx, tx, c.After); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, actor, c.After.Code, "theo danh sách: "+c.String()); err != nil {
			return err
		}
	}
	if err := s.askNewStrata(ctx, tx); err != nil {
		return err
	}
	detail := fmt.Sprintf("thêm %d, sửa %d, giữ nguyên %d, không còn trong danh sách %d", len(changes.Added), len(changes.Changed), changes.Same, len(changes.Unlisted))
	if err := s.note(ctx, tx, entry{actor, "schools import", "", detail}); err != nil {
		return err
	}
	return touch(ctx, tx)
}

func saveSchool(ctx context.Context, tx *sql.Tx, school survey.School) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO school (code, name, kind, area_code, address, from_day) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, area_code = excluded.area_code, address = excluded.address, from_day = excluded.from_day`,
		school.Code, school.Name, school.Kind, school.Area.Code, school.Address, sql.NullInt64{Int64: int64(school.From), Valid: school.From != 0})
	if err != nil {
		return fmt.Errorf("write school %s: %w", school.Code, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM enrolment WHERE school_code = ?`, school.Code); err != nil {
		return fmt.Errorf("write enrolment of %s: %w", school.Code, err)
	}
	for _, level := range school.Levels() {
		if _, err := tx.ExecContext(ctx, `INSERT INTO enrolment (school_code, level, learners) VALUES (?, ?, ?)`, school.Code, level, school.Enrolment[level]); err != nil {
			return fmt.Errorf("write enrolment of %s: %w", school.Code, err)
		}
	}
	return nil
}

// addLink gives a school a link of its own that no school ever had.
func (s *Store) addLink(ctx context.Context, tx *sql.Tx, school survey.SchoolCode) (survey.LinkCode, error) {
	for range 20 {
		random, err := s.randomBytes(16)
		if err != nil {
			return "", err
		}
		code, ok := survey.NewLinkCode(random)
		if !ok {
			continue
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO link (code, school_code) VALUES (?, ?) ON CONFLICT (code) DO NOTHING`, code, school)
		if err != nil {
			return "", fmt.Errorf("write link of %s: %w", school, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 1 {
			return code, err
		}
	}
	return "", errors.New("find a free link code: none in 20 tries")
}

// RotateLink gives a school a new link; the one before it is revoked for good.
func (s *Store) RotateLink(ctx context.Context, actor string, school survey.SchoolCode) (link survey.LinkCode, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE link SET revoked_at = ? WHERE school_code = ? AND revoked_at IS NULL`, s.now().UnixMilli(), school)
		if err != nil {
			return fmt.Errorf("revoke link: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, noSchool(school))
		}
		if link, err = s.addLink(ctx, tx, school); err != nil {
			return err
		}
		if err := s.note(ctx, tx, entry{actor, "link rotate", string(school), ""}); err != nil {
			return err
		}
		return touch(ctx, tx)
	})
	return link, err
}

// tokenHash is what is kept of a secret of 128 bits or more.
func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
