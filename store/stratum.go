package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// addStrata asks every school that stood when the round opened its forms, with
// the enrolment as it is now; strata that are there already stay as they are.
func (s *Store) addStrata(ctx context.Context, tx *sql.Tx, r survey.Round) error {
	// Not remembered: the opening that freezes it may still be undone.
	q, err := parseQuestionnaire(ctx, tx, r.Questionnaire)
	if err != nil {
		return err
	}
	schools, err := readSchools(ctx, tx)
	if err != nil {
		return err
	}
	opened := survey.DayOf(r.OpenedAt, s.zone)
	for _, school := range schools {
		if !school.StandsOn(opened) {
			continue
		}
		for _, form := range q.FormsOf(school) {
			if err := addStratum(ctx, tx, r.ID, school, form); err != nil {
				return err
			}
		}
	}
	return nil
}

func addStratum(ctx context.Context, tx *sql.Tx, round survey.RoundID, school survey.School, form *survey.Form) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO stratum (round_id, school_code, form, enrolment) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		round, school.Code, form.Code, school.Enrolment[form.Level])
	if err != nil {
		return fmt.Errorf("write stratum %s/%s: %w", school.Code, form.Code, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO tally (stratum_id, responses, packed)
		SELECT id, 0, ? FROM stratum WHERE round_id = ? AND school_code = ? AND form = ? ON CONFLICT DO NOTHING`,
		form.NewTally().Encode(), round, school.Code, form.Code)
	if err != nil {
		return fmt.Errorf("write tally %s/%s: %w", school.Code, form.Code, err)
	}
	return nil
}

// askNewStrata adds what a changed school list brings to the round that is open.
func (s *Store) askNewStrata(ctx context.Context, tx *sql.Tx) error {
	open, err := collect(ctx, tx, scanRound, `SELECT `+roundColumns+` FROM round WHERE state = 'open'`)
	if err != nil {
		return fmt.Errorf("read open round: %w", err)
	}
	for _, r := range open {
		if err := s.addStrata(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// RefreezeEnrolment takes the enrolment of the school list over into an open
// round again and says how many strata changed. A stratum whose level the
// school no longer has keeps its old number.
func (s *Store) RefreezeEnrolment(ctx context.Context, id survey.RoundID, act Act) (changed int64, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, q, err := s.roundWithQuestionnaire(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State != survey.Open {
			return survey.Refuse(survey.Conflict, "Đợt %[1]s %[2]s; chỉ chốt lại sĩ số khi đợt đang mở", "Round %[1]s is %[3]s; enrolment can be frozen again only while it is open", id, r.State.Name(), r.State)
		}
		for _, form := range q.Forms {
			result, err := tx.ExecContext(ctx, `UPDATE stratum SET enrolment = enrolment.learners FROM enrolment
				WHERE stratum.round_id = ? AND stratum.form = ? AND enrolment.school_code = stratum.school_code AND enrolment.level = ?
					AND enrolment.learners <> stratum.enrolment`, id, form.Code, form.Level)
			if err != nil {
				return fmt.Errorf("freeze enrolment: %w", err)
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			changed += n
		}
		return s.note(ctx, tx, entry{act.Actor, act.Action, string(id), fmt.Sprintf("%d phiếu của trường đổi sĩ số · %s", changed, act.Reason)})
	})
	return changed, err
}

func (s *Store) roundWithQuestionnaire(ctx context.Context, tx *sql.Tx, id survey.RoundID) (survey.Round, *survey.Questionnaire, error) {
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return survey.Round{}, nil, err
	}
	r, err := sc.Round(id)
	if err != nil {
		return r, nil, err
	}
	version := r.Questionnaire
	if version == "" {
		if version, err = nextVersion(ctx, tx); err != nil {
			return r, nil, err
		}
	}
	q, err := s.readQuestionnaire(ctx, tx, version)
	return r, q, err
}

// Strata gives the strata of a round with their tallies, ordered by commune,
// school and form; none while the round has not opened.
func (s *Store) Strata(ctx context.Context, id survey.RoundID) (strata []survey.Stratum, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, q, err := s.roundWithQuestionnaire(ctx, tx, id)
		if err != nil {
			return err
		}
		strata, err = s.readStrata(ctx, tx, r, q)
		return err
	})
	return strata, err
}

func (s *Store) readStrata(ctx context.Context, tx *sql.Tx, r survey.Round, q *survey.Questionnaire) ([]survey.Stratum, error) {
	schools, err := s.schoolsOf(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	bySchool := make(map[survey.SchoolCode]map[survey.FormCode]survey.Stratum, len(schools))
	rows, err := collect(ctx, tx, scanStratum(q), `SELECT stratum.id, stratum.school_code, stratum.form, stratum.enrolment, tally.packed, tally.counted
		FROM stratum JOIN tally ON tally.stratum_id = stratum.id WHERE stratum.round_id = ?`, r.ID)
	if err != nil {
		return nil, fmt.Errorf("read strata: %w", err)
	}
	if err := addArrivals(ctx, tx, rows); err != nil {
		return nil, err
	}
	for _, row := range rows {
		st := row.Stratum
		if bySchool[st.School.Code] == nil {
			bySchool[st.School.Code] = map[survey.FormCode]survey.Stratum{}
		}
		bySchool[st.School.Code][st.Form.Code] = st
	}
	strata := make([]survey.Stratum, 0, len(rows))
	for _, school := range schools {
		for _, form := range q.Forms {
			if st, ok := bySchool[school.Code][form.Code]; ok {
				st.School = school
				strata = append(strata, st)
			}
		}
	}
	return strata, nil
}

func scanStratum(q *survey.Questionnaire) func(*sql.Rows) (countedStratum, error) {
	return func(rows *sql.Rows) (st countedStratum, err error) {
		var code string
		var packed []byte
		if err := rows.Scan(&st.ID, &st.School.Code, &code, &st.Enrolment, &packed, &st.counted); err != nil {
			return st, err
		}
		form, ok := q.Form(code)
		if !ok {
			return st, fmt.Errorf("%w: %s", errNoForm, code)
		}
		st.Form = form
		st.Tally, err = form.DecodeTally(packed)
		return st, err
	}
}

// Results gives everything that a round's files are made from. Comments are
// as they may be read by others than the office: as a person masked them, or
// else as a program proposes to.
func (s *Store) Results(ctx context.Context, id survey.RoundID) (results survey.Results, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if results, err = s.readResults(ctx, tx, id); err != nil {
			return err
		}
		remarks, err := s.readRemarks(ctx, tx, id)
		for _, r := range remarks {
			results.Opinions = append(results.Opinions, survey.Opinion{Stratum: r.Stratum, Text: r.Proposed()})
		}
		return err
	})
	return results, err
}

// readResults gives everything but the opinions.
func (s *Store) readResults(ctx context.Context, tx *sql.Tx, id survey.RoundID) (results survey.Results, err error) {
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return results, err
	}
	if results.Round, results.Questionnaire, err = s.roundWithQuestionnaire(ctx, tx, id); err != nil {
		return results, err
	}
	results.Title, results.Made = sc.Title(results.Round), s.now().In(s.zone)
	results.Strata, err = s.readStrata(ctx, tx, results.Round, results.Questionnaire)
	return results, err
}

// writtenOpinion is a comment with its key, which stays inside the store: there
// is a day in it.
type writtenOpinion struct {
	key     []byte
	stratum int64
	text    string
}

// readOpinions gives the comments of a round in the order of their random
// keys; the day in front of a key is left out of it.
func readOpinions(ctx context.Context, tx *sql.Tx, id survey.RoundID) ([]writtenOpinion, error) {
	opinions, err := collect(ctx, tx, func(rows *sql.Rows) (o writtenOpinion, err error) {
		return o, rows.Scan(&o.key, &o.stratum, &o.text)
	}, `SELECT opinion.key, opinion.stratum_id, opinion.text FROM opinion JOIN stratum ON stratum.id = opinion.stratum_id
		WHERE stratum.round_id = ? ORDER BY substr(opinion.key, 3)`, id)
	if err != nil {
		return nil, fmt.Errorf("read opinions: %w", err)
	}
	return opinions, nil
}
