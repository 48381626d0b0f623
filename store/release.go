package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"hailong/survey"
)

// Threshold gives the number of answers from which a figure is released.
func (s *Store) Threshold(ctx context.Context) (t survey.Threshold, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		t, err = readThreshold(ctx, tx)
		return err
	})
	return t, err
}

func readThreshold(ctx context.Context, tx *sql.Tx) (survey.Threshold, error) {
	text, err := setting(ctx, tx, settingThreshold)
	if err != nil {
		return 0, err
	}
	return survey.ParseThreshold(text)
}

// SetThreshold changes the threshold of the releases that are made from now
// on. What is released already keeps its own.
func (s *Store) SetThreshold(ctx context.Context, actor string, t survey.Threshold) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := setSetting(ctx, tx, settingThreshold, fmt.Sprint(int(t))); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{actor, "setting", settingThreshold, fmt.Sprintf("%d phiếu", t)})
	})
}

// ReleaseStates says of every round that has opened how far its results are
// released, the newest round first.
func (s *Store) ReleaseStates(ctx context.Context) (states []survey.ReleaseState, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		sc, err := s.schedule(ctx, tx)
		if err != nil {
			return err
		}
		for i := len(sc.Rounds) - 1; i >= 0; i-- {
			if sc.Rounds[i].OpenedAt.IsZero() {
				continue
			}
			state, err := readReleaseState(ctx, tx, sc, sc.Rounds[i])
			if err != nil {
				return err
			}
			states = append(states, state)
		}
		return nil
	})
	return states, err
}

// ReleaseState says how far the results of a round are released; NotFound when
// there is no such round.
func (s *Store) ReleaseState(ctx context.Context, id survey.RoundID) (state survey.ReleaseState, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		sc, err := s.schedule(ctx, tx)
		if err != nil {
			return err
		}
		r, err := sc.Round(id)
		if err != nil {
			return err
		}
		state, err = readReleaseState(ctx, tx, sc, r)
		return err
	})
	return state, err
}

func readReleaseState(ctx context.Context, tx *sql.Tx, sc survey.Schedule, r survey.Round) (state survey.ReleaseState, err error) {
	state = survey.ReleaseState{Round: r, Title: sc.Title(r)}
	if state.Steps, err = readSteps(ctx, tx, r.ID); err != nil {
		return state, err
	}
	var made sql.NullInt64
	var hash []byte
	err = tx.QueryRowContext(ctx, `SELECT number, made_at, hash FROM release WHERE round_id = ? ORDER BY number DESC LIMIT 1`, r.ID).Scan(&state.Number, &made, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return state, fmt.Errorf("read release of %s: %w", r.ID, err)
	}
	state.Made, state.Hash = moment(made), hex.EncodeToString(hash)
	return state, nil
}

func readSteps(ctx context.Context, tx *sql.Tx, id survey.RoundID) ([]survey.Step, error) {
	steps, err := collect(ctx, tx, func(rows *sql.Rows) (step survey.Step, err error) {
		var at sql.NullInt64
		err = rows.Scan(&step.Stage, &at, &step.Actor, &step.Reason)
		step.At = moment(at)
		return step, err
	}, `SELECT stage, at, actor, reason FROM release_step WHERE round_id = ? ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("read steps of %s: %w", id, err)
	}
	return steps, nil
}

// ReleaseTo moves a round's results to a stage. The first step out of the
// office makes the snapshot; later steps show the same one. Back is a step too.
func (s *Store) ReleaseTo(ctx context.Context, id survey.RoundID, to survey.Stage, act Act) (state survey.ReleaseState, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := s.advance(ctx, tx); err != nil {
			return err
		}
		sc, err := s.schedule(ctx, tx)
		if err != nil {
			return err
		}
		r, err := sc.Round(id)
		if err != nil {
			return err
		}
		if state, err = readReleaseState(ctx, tx, sc, r); err != nil {
			return err
		}
		if r, err = sc.Calendar.Release(r, state.Stage(), to, s.now()); err != nil {
			return err
		}
		if err := s.firstRelease(ctx, tx, state.Number, r, act); err != nil {
			return err
		}
		if err := s.takeStep(ctx, tx, r, to, len(state.Steps)+1, act); err != nil {
			return err
		}
		state, err = readReleaseState(ctx, tx, sc, r)
		return err
	})
	return state, err
}

func (s *Store) firstRelease(ctx context.Context, tx *sql.Tx, number int, r survey.Round, act Act) error {
	if number > 0 {
		return nil
	}
	t, err := readThreshold(ctx, tx)
	if err != nil {
		return err
	}
	results, err := s.readResults(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	calendar, err := s.readCalendar(ctx, tx)
	if err != nil {
		return err
	}
	release := survey.NewRelease(results, calendar.LastDay(r), t)
	return s.saveRelease(ctx, tx, release, entry{act.Actor, "release made", string(r.ID), ""})
}

func (s *Store) takeStep(ctx context.Context, tx *sql.Tx, r survey.Round, to survey.Stage, number int, act Act) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO release_step (round_id, number, stage, at, actor, reason) VALUES (?, ?, ?, ?, ?, ?)`,
		r.ID, number, to, s.now().UnixMilli(), act.Actor, act.Reason)
	if err != nil {
		return fmt.Errorf("write step of %s: %w", r.ID, err)
	}
	if err := saveRound(ctx, tx, r); err != nil {
		return err
	}
	if err := s.note(ctx, tx, entry{act.Actor, "release " + string(to), string(r.ID), act.Reason}); err != nil {
		return err
	}
	return touch(ctx, tx)
}

// CorrectRelease makes a new snapshot of a round from the answers as they are
// now, where enough of them have changed; a Conflict else.
func (s *Store) CorrectRelease(ctx context.Context, id survey.RoundID, act Act) (changed int, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		earlier, err := readReleases(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(earlier) == 0 {
			return errNoRelease(id)
		}
		results, err := s.readResults(ctx, tx, id)
		if err != nil {
			return err
		}
		var release survey.Release
		if release, changed, err = survey.Corrected(earlier, results); err != nil {
			return err
		}
		return s.saveRelease(ctx, tx, release, entry{act.Actor, "release correct", string(id), fmt.Sprintf("%d câu trả lời thay đổi · %s · ", changed, act.Reason)})
	})
	return changed, err
}

func errNoRelease(id survey.RoundID) error {
	return survey.Refuse(survey.NotFound, "Kết quả đợt %s chưa công bố", "The results of round %s are not released", id)
}
