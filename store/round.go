package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

const roundColumns = `id, opens, closes, added, state, opened_at, closed_at, COALESCE(questionnaire, '')`

func scanRound(rows *sql.Rows) (r survey.Round, err error) {
	var opened, closed sql.NullInt64
	err = rows.Scan(&r.ID, &r.Opens, &r.Closes, &r.Added, &r.State, &opened, &closed, &r.Questionnaire)
	r.OpenedAt, r.ClosedAt = moment(opened), moment(closed)
	return r, err
}

// Rounds gives the rounds as they are stored.
func (s *Store) Rounds(ctx context.Context) (sc survey.Schedule, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		sc, err = s.schedule(ctx, tx)
		return err
	})
	return sc, err
}

func (s *Store) schedule(ctx context.Context, tx *sql.Tx) (sc survey.Schedule, err error) {
	if sc.Calendar, err = s.readCalendar(ctx, tx); err != nil {
		return sc, err
	}
	sc.Trial = s.trial
	sc.Rounds, err = collect(ctx, tx, scanRound, `SELECT `+roundColumns+` FROM round ORDER BY opens, id`)
	if err != nil {
		return sc, fmt.Errorf("read rounds: %w", err)
	}
	return sc, nil
}

// AdvanceRounds adds the rounds that the calendar has due and opens and closes
// those whose time has come. It says whether anything changed.
func (s *Store) AdvanceRounds(ctx context.Context) (changed bool, err error) {
	due, err := s.somethingDue(ctx)
	if err != nil || !due {
		return false, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		changed, err = s.advance(ctx, tx)
		return err
	})
	return changed, err
}

// somethingDue looks without writing, so that looking often costs nothing.
func (s *Store) somethingDue(ctx context.Context) (due bool, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		moves, err := s.dueMoves(ctx, tx)
		due = len(moves) > 0
		return err
	})
	return due, err
}

// move is a round before (nil: not stored yet) and after the clock moved it.
type move struct {
	before *survey.Round
	after  survey.Round
}

func (s *Store) dueMoves(ctx context.Context, tx *sql.Tx) ([]move, error) {
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return nil, err
	}
	var schools int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM school`).Scan(&schools); err != nil {
		return nil, fmt.Errorf("count schools: %w", err)
	}
	now := s.now()
	var moves []move
	for _, r := range sc.Wanting(now) {
		moves = append(moves, move{nil, sc.Calendar.Advance(r, now, schools > 0)})
	}
	for i, r := range sc.Rounds {
		if after := sc.Calendar.Advance(r, now, schools > 0); after.State != r.State {
			moves = append(moves, move{&sc.Rounds[i], after})
		}
	}
	return moves, nil
}

func (s *Store) advance(ctx context.Context, tx *sql.Tx) (bool, error) {
	moves, err := s.dueMoves(ctx, tx)
	if err != nil || len(moves) == 0 {
		return false, err
	}
	for _, m := range moves {
		before := survey.State("")
		if m.before != nil {
			before = m.before.State
		}
		if err := s.saveMove(ctx, tx, before, m.after); err != nil {
			return false, err
		}
		if err := s.note(ctx, tx, entry{"lịch", "round " + string(m.after.State), string(m.after.ID), window(m.after)}); err != nil {
			return false, err
		}
	}
	return true, touch(ctx, tx)
}

func window(r survey.Round) string { return r.Opens.String() + "–" + r.Closes.String() }

// saveMove stores a round. One that opens freezes its questionnaire, its
// targets and the enrolment, unless it had done so before.
func (s *Store) saveMove(ctx context.Context, tx *sql.Tx, before survey.State, r survey.Round) error {
	opens := r.State == survey.Open && before != survey.Open
	if opens && r.Questionnaire == "" {
		version, err := nextVersion(ctx, tx)
		if err != nil {
			return err
		}
		r.Questionnaire = version
	}
	if err := saveRound(ctx, tx, r); err != nil {
		return err
	}
	if !opens {
		return nil
	}
	if err := freezeTargets(ctx, tx, r.ID); err != nil {
		return err
	}
	return s.addStrata(ctx, tx, r)
}

func saveRound(ctx context.Context, tx *sql.Tx, r survey.Round) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO round (id, opens, closes, added, state, opened_at, closed_at, questionnaire) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET opens = excluded.opens, closes = excluded.closes, added = excluded.added, state = excluded.state,
			opened_at = excluded.opened_at, closed_at = excluded.closed_at, questionnaire = excluded.questionnaire`,
		r.ID, r.Opens, r.Closes, r.Added, r.State, millis(r.OpenedAt), millis(r.ClosedAt), sql.NullString{String: string(r.Questionnaire), Valid: r.Questionnaire != ""})
	if err != nil {
		return fmt.Errorf("write round %s: %w", r.ID, err)
	}
	return nil
}

// Decision and Act are survey's.
type (
	Decision = survey.Decision
	Act      = survey.Act
)

// ChangeRound applies a decision of the office to a round, with the clock
// looked at before and after it.
func (s *Store) ChangeRound(ctx context.Context, id survey.RoundID, act Act, decide Decision) (r survey.Round, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := s.advance(ctx, tx); err != nil {
			return err
		}
		sc, err := s.schedule(ctx, tx)
		if err != nil {
			return err
		}
		var before survey.Round
		if before, r, err = sc.Try(id, decide, s.now()); err != nil {
			return err
		}
		return s.record(ctx, tx, act, before.State, &r)
	})
	return r, err
}

// AddRound makes a further round beside those of the calendar.
func (s *Store) AddRound(ctx context.Context, act Act, opens, closes survey.Day) (r survey.Round, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := s.advance(ctx, tx); err != nil {
			return err
		}
		sc, err := s.schedule(ctx, tx)
		if err != nil {
			return err
		}
		if r, err = sc.Calendar.Add(opens, closes, sc.Rounds, s.now()); err != nil {
			return err
		}
		return s.record(ctx, tx, act, "", &r)
	})
	return r, err
}

func (s *Store) record(ctx context.Context, tx *sql.Tx, act Act, before survey.State, r *survey.Round) error {
	if err := s.saveMove(ctx, tx, before, *r); err != nil {
		return err
	}
	if err := s.note(ctx, tx, entry{act.Actor, act.Action, string(r.ID), window(*r) + " · " + act.Reason}); err != nil {
		return err
	}
	if _, err := s.advance(ctx, tx); err != nil {
		return err
	}
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return err
	}
	if *r, err = sc.Round(r.ID); err != nil {
		return err
	}
	return touch(ctx, tx)
}

// errNoForm is internal: a stratum whose form its questionnaire lacks.
var errNoForm = errors.New("stratum of an unknown form")
