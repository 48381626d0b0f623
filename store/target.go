package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// Targets gives what a round's schools should reach: what was frozen when it
// opened or set since; before it opens its own or, as long as it has none, the
// office's usual ones.
func (s *Store) Targets(ctx context.Context, id survey.RoundID) (t survey.Targets, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		t, err = s.readTargets(ctx, tx, id)
		return err
	})
	return t, err
}

func (s *Store) readTargets(ctx context.Context, tx *sql.Tx, id survey.RoundID) (survey.Targets, error) {
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return nil, err
	}
	r, err := sc.Round(id)
	if err != nil {
		return nil, err
	}
	var text string
	err = tx.QueryRowContext(ctx, `SELECT targets FROM round_target WHERE round_id = ?`, id).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		if !r.OpenedAt.IsZero() {
			return survey.Targets{}, nil
		}
		text, err = setting(ctx, tx, settingTargets)
	}
	if err != nil {
		return nil, fmt.Errorf("read targets of round %s: %w", id, err)
	}
	return survey.ParseTargets(text)
}

// UsualTargets gives the targets with which rounds open when none were set for them.
func (s *Store) UsualTargets(ctx context.Context) (t survey.Targets, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		text, err := setting(ctx, tx, settingTargets)
		if err != nil {
			return err
		}
		t, err = survey.ParseTargets(text)
		return err
	})
	return t, err
}

// SetTargets sets the targets of a round; once it has opened only with a reason.
func (s *Store) SetTargets(ctx context.Context, id survey.RoundID, act Act, t survey.Targets) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		sc, err := s.schedule(ctx, tx)
		if err != nil {
			return err
		}
		r, err := sc.Round(id)
		if err != nil {
			return err
		}
		if err := r.Retarget(act.Reason); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO round_target (round_id, targets) VALUES (?, ?) ON CONFLICT (round_id) DO UPDATE SET targets = excluded.targets`, id, t.String())
		if err != nil {
			return fmt.Errorf("write targets of round %s: %w", id, err)
		}
		return s.note(ctx, tx, entry{act.Actor, act.Action, string(id), withReason(t.String(), act.Reason)})
	})
}

// SetUsualTargets sets the targets with which rounds open. Those that have
// opened keep theirs.
func (s *Store) SetUsualTargets(ctx context.Context, act Act, t survey.Targets) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := setSetting(ctx, tx, settingTargets, t.String()); err != nil {
			return err
		}
		return s.note(ctx, tx, entry{act.Actor, act.Action, "", withReason(t.String(), act.Reason)})
	})
}

// freezeTargets gives a round that opens the usual targets, unless it has its own.
func freezeTargets(ctx context.Context, tx *sql.Tx, id survey.RoundID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO round_target (round_id, targets) SELECT ?, value FROM setting WHERE name = ? ON CONFLICT DO NOTHING`, id, settingTargets)
	if err != nil {
		return fmt.Errorf("freeze targets of round %s: %w", id, err)
	}
	return nil
}

// withReason is what the audit log says: what became of it, and why.
func withReason(what, reason string) string {
	if reason == "" {
		return what
	}
	return what + " · " + reason
}
