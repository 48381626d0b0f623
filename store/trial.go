package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hailong/survey"
)

// trialFolder is where in the data folder a trial is kept: a database of its
// own, with links, a secret and responses of its own. Nothing of it is in the
// database of the real rounds, so nothing can be mixed up; it is in no backup.
const (
	trialFolder  = "thu"
	trialMaking  = "thu.dang-lap"
	trialLeaving = "thu.dang-xoa"
)

// TrialFolder gives the folder of the trial beside this store.
func (s *Store) TrialFolder() string { return filepath.Join(s.options.Dir, trialFolder) }

// HasTrial says whether there is a trial beside this store.
func (s *Store) HasTrial() (bool, error) {
	_, err := os.Stat(filepath.Join(s.TrialFolder(), FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for a trial: %w", err)
	}
	return true, nil
}

// IsTrial says whether this is the store of a trial.
func (s *Store) IsTrial() bool { return s.trial }

func (s *Store) readTrial(ctx context.Context) (trial bool, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		value, err := setting(ctx, tx, settingTrial)
		trial = value != ""
		return err
	})
	return trial, err
}

// OpenTrial opens the trial beside this store, or says that there is none. Who
// opens it closes it.
func (s *Store) OpenTrial(ctx context.Context) (*Store, error) {
	there, err := s.HasTrial()
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, survey.NoTrial()
	}
	t, err := Open(ctx, s.besides(s.TrialFolder()))
	if err != nil {
		return nil, fmt.Errorf("open the trial: %w", err)
	}
	if !t.trial {
		return nil, errors.Join(t.Close(), survey.Refuse(survey.Conflict, "Thư mục %s không phải của đợt thử. Chuyển nó đi chỗ khác rồi mở lại", "The folder %s is not a trial's; move it elsewhere, then start again", s.TrialFolder()))
	}
	return t, nil
}

// besides are the options of a store in another folder that has clock and
// chance with this one in common, and nothing else.
func (s *Store) besides(dir string) Options {
	o := s.options
	o.Dir, o.Backups = dir, ""
	return o
}

// DropTrial removes the trial beside this store with all that it holds. Whoever
// has it open closes it first.
func (s *Store) DropTrial(ctx context.Context, act Act) error {
	there, err := s.HasTrial()
	if err != nil {
		return err
	}
	if !there {
		return survey.NoTrial()
	}
	leaving := filepath.Join(s.options.Dir, trialLeaving)
	if err := os.RemoveAll(leaving); err != nil {
		return fmt.Errorf("clear the trial's folder: %w", err)
	}
	if err := os.Rename(s.TrialFolder(), leaving); err != nil {
		return survey.Refuse(survey.Busy, "Chưa xóa được đợt thử vì còn đang dùng. Xóa ở trang Đợt, hoặc dừng dịch vụ rồi làm lại", "The trial is in use; drop it on its page, or stop the service and try again")
	}
	if err := s.noteTrial(ctx, act, ""); err != nil {
		return err
	}
	if err := os.RemoveAll(leaving); err != nil {
		return fmt.Errorf("remove the trial: %w", err)
	}
	return nil
}

func (s *Store) noteTrial(ctx context.Context, act Act, what string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.note(ctx, tx, entry{act.Actor, act.Action, trialFolder, withReason(what, act.Reason)})
	})
}

// TrialResults gives what came of a trial's round. Only the store of a trial
// has one.
func (s *Store) TrialResults(ctx context.Context) (survey.Results, error) {
	if !s.trial {
		return survey.Results{}, survey.NoTrial()
	}
	sc, err := s.Rounds(ctx)
	if err != nil {
		return survey.Results{}, err
	}
	if len(sc.Rounds) == 0 {
		return survey.Results{}, survey.NoTrial()
	}
	return s.Results(ctx, sc.Rounds[len(sc.Rounds)-1].ID)
}
