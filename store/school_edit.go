package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

func readSchool(ctx context.Context, tx *sql.Tx, code survey.SchoolCode) (survey.School, error) {
	schools, err := readSchools(ctx, tx)
	if err != nil {
		return survey.School{}, err
	}
	for _, school := range schools {
		if school.Code == code {
			return school, nil
		}
	}
	return survey.School{}, noSchool(code)
}

// AddSchool adds one school and gives it a link. A code that is taken is a
// Conflict. A round that is open asks it when it stood on the day of the
// opening.
func (s *Store) AddSchool(ctx context.Context, actor, reason string, school survey.School) (added survey.School, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := readSchool(ctx, tx, school.Code); survey.KindOf(err) != survey.NotFound {
			return errors.Join(err, codeTaken(school.Code))
		}
		if err := saveSchool(ctx, tx, school); err != nil {
			return err
		}
		if school.Link, err = s.addLink(ctx, tx, school.Code); err != nil {
			return err
		}
		added = school
		return s.edited(ctx, tx, entry{actor, "school add", string(school.Code), school.Name + " · " + reason})
	})
	return added, err
}

func codeTaken(code survey.SchoolCode) error {
	e := survey.Refuse(survey.Conflict, "Mã %s đã có trường khác. Xem lại mã, hoặc mở trang của trường đó để sửa", "Code %s belongs to another school; check it, or edit that school", code)
	e.Fields = []survey.FieldError{{Field: survey.CodeField, Message: e.Message, English: e.English}}
	return e
}

// EditSchool changes the entry of one school. Somebody else's change in between
// is a Conflict. Enrolment that an open round has frozen stays frozen until it
// is frozen again; a level that is new is asked at once.
func (s *Store) EditSchool(ctx context.Context, actor string, edit survey.SchoolEdit) (change survey.SchoolChange, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if change.Before, err = readSchool(ctx, tx, edit.School.Code); err != nil {
			return err
		}
		if edit.Seen != change.Before.Mark() {
			return survey.Refuse(survey.Conflict, "Người khác vừa sửa trường này. Xem thông tin mới rồi sửa lại", "Somebody else has just changed this school; look at it again, then edit")
		}
		change.After = edit.School
		change.After.Link, change.After.Until = change.Before.Link, change.Before.Until
		if len(change.Fields()) == 0 {
			return nil
		}
		if err := s.fitsLineage(ctx, tx, change.After); err != nil {
			return err
		}
		if err := saveSchool(ctx, tx, change.After); err != nil {
			return err
		}
		return s.edited(ctx, tx, entry{actor, "school edit", string(edit.School.Code), change.String() + " · " + edit.Reason})
	})
	return change, err
}

// fitsLineage refuses a first day that contradicts what became of the school.
func (s *Store) fitsLineage(ctx context.Context, tx *sql.Tx, changed survey.School) error {
	lineage, err := readLineage(ctx, tx)
	if err != nil {
		return err
	}
	schools, err := readSchools(ctx, tx)
	if err != nil {
		return err
	}
	for i := range schools {
		if schools[i].Code == changed.Code {
			schools[i] = changed
		}
	}
	if faults := lineage.Of(changed.Code).Faults(schools); len(faults) > 0 {
		return faults[0]
	}
	return nil
}

// edited does what every change of one school's entry ends with.
func (s *Store) edited(ctx context.Context, tx *sql.Tx, e entry) error {
	if err := s.askNewStrata(ctx, tx); err != nil {
		return err
	}
	if err := s.remember(ctx, tx, e.actor, survey.SchoolCode(e.object), e.detail); err != nil {
		return err
	}
	if err := s.note(ctx, tx, e); err != nil {
		return err
	}
	return touch(ctx, tx)
}

// SchoolRecord gives everything that is remembered of a school, or NotFound.
func (s *Store) SchoolRecord(ctx context.Context, code survey.SchoolCode) (r survey.SchoolRecord, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if r.School, err = readSchool(ctx, tx, code); err != nil {
			return err
		}
		for _, step := range []func(context.Context, *sql.Tx, *survey.SchoolRecord) error{readPast, readHistory, s.readRoundsOf} {
			if err := step(ctx, tx, &r); err != nil {
				return fmt.Errorf("read the record of %s: %w", code, err)
			}
		}
		return nil
	})
	return r, err
}
