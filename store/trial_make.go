package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"hailong/survey"
)

// StartTrial makes a trial beside this store: the schools that stand today
// under links of their own, one questionnaire, one round that opens now. There
// is one trial at a time. It is there whole or not at all.
func (s *Store) StartTrial(ctx context.Context, act Act, plan survey.TrialPlan) error {
	if s.trial {
		return survey.Refuse(survey.Conflict, "Đây là dữ liệu của đợt thử. Mở đợt thử từ dữ liệu thật", "This is a trial's data; start a trial from the real data")
	}
	there, err := s.HasTrial()
	if err != nil {
		return err
	}
	if there {
		return survey.Refuse(survey.Conflict, "Đang có một đợt thử. Xóa đợt thử đó rồi mở đợt thử khác", "There is a trial already; drop it before starting another one")
	}
	if err := plan.Check(survey.DayOf(s.now(), s.zone)); err != nil {
		return err
	}
	making := filepath.Join(s.options.Dir, trialMaking)
	if err := errors.Join(os.RemoveAll(making), os.RemoveAll(filepath.Join(s.options.Dir, trialLeaving))); err != nil {
		return fmt.Errorf("clear the trial's folder: %w", err)
	}
	if err := s.makeTrial(ctx, making, act, plan); err != nil {
		return errors.Join(err, os.RemoveAll(making))
	}
	if err := os.Rename(making, s.TrialFolder()); err != nil {
		return errors.Join(fmt.Errorf("put the trial in place: %w", err), os.RemoveAll(making))
	}
	return s.noteTrial(ctx, act, "đến hết "+plan.Until.String())
}

func (s *Store) makeTrial(ctx context.Context, dir string, act Act, plan survey.TrialPlan) (err error) {
	schools, err := s.Schools(ctx)
	if err != nil {
		return err
	}
	q, err := s.Questionnaire(ctx, plan.Version)
	if err != nil {
		return err
	}
	naming, err := s.Naming(ctx)
	if err != nil {
		return err
	}
	t, err := Open(ctx, s.besides(dir))
	if err != nil {
		return fmt.Errorf("make the trial's database: %w", err)
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := t.beTrial(ctx, naming, survey.TrialSchools(schools, survey.DayOf(s.now(), s.zone))); err != nil {
		return err
	}
	if _, err := t.ImportQuestionnaire(ctx, act.Actor, survey.QuestionnaireUpload{Questionnaire: q}, false); err != nil {
		return fmt.Errorf("take the questionnaire over: %w", err)
	}
	if err := t.UseQuestionnaire(ctx, act.Actor, q.Version); err != nil {
		return err
	}
	if err := t.loadTrialSchools(ctx, s, act.Actor, survey.TrialSchools(schools, survey.DayOf(s.now(), s.zone))); err != nil {
		return err
	}
	_, err = t.AddRound(ctx, Act{Actor: act.Actor, Action: "round add", Reason: act.Reason}, survey.DayOf(s.now(), s.zone), plan.Until)
	return err
}

// beTrial marks a new database as a trial's, in its settings and in the name
// that every form shows, and takes the communes over.
func (s *Store) beTrial(ctx context.Context, n survey.Naming, schools []survey.School) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for name, value := range map[string]string{settingTrial: "1", settingOffice: survey.TrialMark + " – " + n.Office, settingProvince: n.Province, settingHelpline: n.Helpline} {
			if err := setSetting(ctx, tx, name, value); err != nil {
				return err
			}
		}
		for _, school := range schools {
			a := school.Area
			if _, err := tx.ExecContext(ctx, `INSERT INTO area (code, type, name) VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE SET type = excluded.type, name = excluded.name`, a.Code, a.Type, a.Name); err != nil {
				return fmt.Errorf("write commune: %w", err)
			}
		}
		return nil
	})
	s.trial = err == nil
	return err
}

// loadTrialSchools loads the schools; a link that chance has drawn twice, here
// and in the real store, is drawn again.
func (s *Store) loadTrialSchools(ctx context.Context, from *Store, actor string, schools []survey.School) error {
	if len(schools) == 0 {
		return survey.Refuse(survey.Conflict, "Chưa có trường nào nên chưa mở được đợt thử. Nạp danh sách trường trước", "There is no school yet; load the school list first")
	}
	if _, err := s.LoadSchools(ctx, actor, schools, false); err != nil {
		return err
	}
	taken, err := from.linkCodes(ctx)
	if err != nil {
		return err
	}
	loaded, err := s.Schools(ctx)
	if err != nil {
		return err
	}
	for _, school := range loaded {
		for {
			if _, twice := slices.BinarySearch(taken, school.Link); !twice {
				break
			}
			if school.Link, err = s.RotateLink(ctx, actor, school.Code); err != nil {
				return err
			}
		}
	}
	return nil
}

// linkCodes gives every link code that was ever given out, in order.
func (s *Store) linkCodes(ctx context.Context) (codes []survey.LinkCode, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		codes, err = collect(ctx, tx, func(rows *sql.Rows) (code survey.LinkCode, err error) { return code, rows.Scan(&code) }, `SELECT code FROM link ORDER BY code`)
		return err
	})
	return codes, err
}
