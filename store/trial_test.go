package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hailong/store"
	"hailong/survey"
)

var trialAct = store.Act{Actor: "lan", Action: "trial start", Reason: "tập huấn"}

// tryOut gives a store with the autumn round open, and a trial beside it.
func tryOut(t *testing.T) (s, trial *store.Store, c *clock) {
	t.Helper()
	s, c = openRound(t)
	if err := s.StartTrial(context.Background(), trialAct, survey.TrialPlan{Until: survey.NewDay(2026, 10, 26)}); err != nil {
		t.Fatal(err)
	}
	trial, err := s.OpenTrial(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { trial.Close() })
	return s, trial, c
}

func trialResults(t *testing.T, s *store.Store) survey.Results {
	t.Helper()
	results, err := s.TrialResults(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// bytesOf is everything that the files of a database say.
func bytesOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	for _, name := range []string{store.FileName, store.FileName + "-wal"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

// What is answered in a trial is in no figure, list, check, count by day and
// file of the real rounds, and the other way round.
func TestATrialMixesWithNothing(t *testing.T) {
	s, trial, c := tryOut(t)
	ctx := context.Background()
	results := trialResults(t, trial)
	real := strata(t, s, "2026-10")
	if len(results.Strata) != len(real) {
		t.Fatalf("the trial asks %d strata, the round %d", len(results.Strata), len(real))
	}
	tried := delivery(results.Strata[0], "form-id-of-the-trial", 5)
	tried.Response.Comment = "chỉ để thử"
	accept(t, trial, tried)
	asked := delivery(real[1], "form-id-of-the-round", 4)
	asked.Response.Comment = "ý kiến thật"
	accept(t, s, asked)

	if n := survey.ParticipationOf(strata(t, s, "2026-10")).Responses; n != 1 {
		t.Errorf("the round counts %d responses, want its own one", n)
	}
	if n := survey.ParticipationOf(trialResults(t, trial).Strata).Responses; n != 1 {
		t.Errorf("the trial counts %d responses, want its own one", n)
	}
	whole, err := s.Results(ctx, "2026-10")
	if err != nil || len(whole.Opinions) != 1 || whole.Opinions[0].Text != "ý kiến thật" {
		t.Errorf("opinions of the round %v %v", whole.Opinions, err)
	}
	if counts, err := s.DayCounts(ctx, "2026-10"); err != nil || len(counts) != 1 || counts[0].Stratum != real[1].ID {
		t.Errorf("days of the round %v %v", counts, err)
	}
	if known, err := s.Known(ctx, tried); err != nil || known {
		t.Errorf("the round knows the trial's form: %v %v", known, err)
	}
	c.now = at("2026-10-27 09:00")
	advance(t, trial)
	for name, files := range map[string]string{"the round's": bytesOf(t, filepath.Dir(s.TrialFolder())), "the trial's": bytesOf(t, s.TrialFolder())} {
		own, foreign := "ý kiến thật", "chỉ để thử"
		if name == "the trial's" {
			own, foreign = foreign, own
		}
		if strings.Contains(files, foreign) || !strings.Contains(files, own) {
			t.Errorf("%s database holds «%s», or not «%s»", name, foreign, own)
		}
	}
}

// Rounds, ordinals and links of a trial are its own.
func TestATrialIsNoRound(t *testing.T) {
	s, trial, c := tryOut(t)
	ctx := context.Background()
	schedule, err := s.Rounds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range schedule.Rounds {
		if strings.Contains(schedule.Title(r), "THỬ") || r.Opens == survey.NewDay(2026, 10, 20) {
			t.Errorf("the trial is among the rounds: %s", schedule.Title(r))
		}
	}
	if got := schedule.Title(schedule.Rounds[1]); got != "Đợt tháng 3–4/2027 (đợt 2 năm học 2026–2027 · đợt 1 năm 2027)" {
		t.Errorf("the round after it is %s", got)
	}
	if got := trialResults(t, trial).Title; got != "ĐỢT THỬ 20/10/2026–26/10/2026, không tính vào kết quả" {
		t.Errorf("the trial is named %s", got)
	}
	real, tried := directory(t, s), directory(t, trial)
	if !strings.HasPrefix(tried.Office, survey.TrialMark) || strings.Contains(real.Office, survey.TrialMark) {
		t.Errorf("named %q and %q", tried.Office, real.Office)
	}
	if len(tried.Links) != 2 || tried.Round.State != survey.Open {
		t.Errorf("the trial has %d links and is %s", len(tried.Links), tried.Round.State)
	}
	for code := range tried.Links {
		if _, same := real.Links[code]; same {
			t.Errorf("link %s opens both", code)
		}
	}
	c.now = at("2026-10-27 00:00")
	advance(t, trial)
	if r := trialResults(t, trial).Round; r.State != survey.Shut {
		t.Errorf("after its last day the trial is %s", r.State)
	}
	c.now = at("2027-10-05 09:00")
	advance(t, trial)
	if rounds, err := trial.Rounds(ctx); err != nil || len(rounds.Rounds) != 1 {
		t.Errorf("a year later the trial has rounds of its own: %v %v", rounds.Rounds, err)
	}
}

func TestThereIsOneTrialAtATime(t *testing.T) {
	s, trial, _ := tryOut(t)
	ctx := context.Background()
	plan := survey.TrialPlan{Until: survey.NewDay(2026, 10, 26)}
	if err := s.StartTrial(ctx, trialAct, plan); survey.KindOf(err) != survey.Conflict {
		t.Errorf("a second trial: %v", err)
	}
	if err := trial.StartTrial(ctx, trialAct, plan); survey.KindOf(err) != survey.Conflict {
		t.Errorf("a trial of a trial: %v", err)
	}
	if _, err := s.TrialResults(ctx); survey.KindOf(err) != survey.NotFound {
		t.Errorf("the real store as a trial: %v", err)
	}
	if err := trial.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.DropTrial(ctx, store.Act{Actor: "lan", Action: "trial drop"}); err != nil {
		t.Fatal(err)
	}
	if there, err := s.HasTrial(); err != nil || there {
		t.Errorf("after dropping it: %v %v", there, err)
	}
	if _, err := os.Stat(s.TrialFolder()); !os.IsNotExist(err) {
		t.Errorf("its folder: %v", err)
	}
	if last := lastAudit(t, s); last.Action != "trial drop" {
		t.Errorf("the audit log ends with %s", last.Action)
	}
	if err := s.DropTrial(ctx, trialAct); survey.KindOf(err) != survey.NotFound {
		t.Errorf("dropped twice: %v", err)
	}
	if _, err := s.OpenTrial(ctx); survey.KindOf(err) != survey.NotFound {
		t.Errorf("opened when there is none: %v", err)
	}
	if err := s.StartTrial(ctx, trialAct, plan); err != nil {
		t.Errorf("another one: %v", err)
	}
}

// A trial that cannot be made leaves nothing.
func TestATrialIsThereWholeOrNotAtAll(t *testing.T) {
	s, _ := openAt(t, "2026-09-20 09:00")
	ctx := context.Background()
	for name, c := range map[string]struct {
		plan survey.TrialPlan
		want survey.Kind
	}{
		"no school":         {survey.TrialPlan{Until: survey.NewDay(2026, 9, 25)}, survey.Conflict},
		"over already":      {survey.TrialPlan{Until: survey.NewDay(2026, 9, 19)}, survey.Invalid},
		"for a year":        {survey.TrialPlan{Until: survey.NewDay(2027, 9, 19)}, survey.Invalid},
		"no such questions": {survey.TrialPlan{Until: survey.NewDay(2026, 9, 25), Version: "khac"}, survey.NotFound},
	} {
		if err := s.StartTrial(ctx, trialAct, c.plan); survey.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if there, err := s.HasTrial(); err != nil || there {
			t.Errorf("%s: it is there: %v %v", name, there, err)
		}
		if left, _ := filepath.Glob(s.TrialFolder() + "*"); left != nil {
			t.Errorf("%s leaves %v", name, left)
		}
	}
}
