package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

// answered gives a store whose autumn round is over, the first stratum with so
// many responses.
func answered(t *testing.T, n int) (*store.Store, *clock) {
	t.Helper()
	s, c := openRound(t)
	more(t, s, 0, n)
	c.now = at("2026-12-03 09:00")
	advance(t, s)
	return s, c
}

// more adds responses to the first stratum of the round.
func more(t *testing.T, s *store.Store, from, n int) {
	t.Helper()
	st := strata(t, s, "2026-10")[0]
	for i := range n {
		accept(t, s, delivery(st, fmt.Sprintf("phieu%d", from+i), 4, 5))
	}
}

func step(t *testing.T, s *store.Store, to survey.Stage) survey.ReleaseState {
	t.Helper()
	state, err := s.ReleaseTo(context.Background(), "2026-10", to, store.Act{Actor: "lan", Reason: "thử"})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func TestReleaseInSteps(t *testing.T) {
	s, c := answered(t, 12)
	ctx := context.Background()
	if _, err := s.Release(ctx, "2026-10"); survey.KindOf(err) != survey.NotFound {
		t.Errorf("before any release: %v", err)
	}
	if _, err := s.ReleaseTo(ctx, "2026-10", survey.PublicStage, store.Act{Actor: "lan"}); survey.KindOf(err) != survey.Conflict {
		t.Errorf("public at once: %v", err)
	}
	first := step(t, s, survey.SchoolsStage)
	if first.Number != 1 || first.Stage() != survey.SchoolsStage || len(first.Hash) != 64 || stateOf(t, s, "2026-10") != survey.Released {
		t.Fatalf("%+v", first)
	}
	tables, err := s.Release(ctx, "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	if l := tables.OfSchool("S1", "TH"); l.Responses != 12 || l.Items[0][4] != 12 || tables.Threshold != 10 {
		t.Errorf("%+v", l)
	}
	c.now = c.now.Add(time.Hour)
	if public := step(t, s, survey.PublicStage); public.Hash != first.Hash || len(public.Steps) != 2 {
		t.Errorf("the public does not get the same snapshot: %+v", public)
	}
	if _, err := s.ChangeRound(ctx, "2026-10", store.Act{Actor: "lan", Action: "round reopen", Reason: "thử"}, func(c survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return c.Reopen(r, survey.NewDay(2026, 12, 31), now)
	}); survey.KindOf(err) != survey.Conflict {
		t.Errorf("a released round is opened again: %v", err)
	}
	back := step(t, s, survey.OfficeStage)
	if back.Stage() != survey.OfficeStage || len(back.Steps) != 3 || back.Steps[1].Actor != "lan" || stateOf(t, s, "2026-10") != survey.Shut {
		t.Errorf("%+v", back)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM audit WHERE action LIKE 'release %' AND (action <> 'release made' OR detail LIKE '%`+first.Hash+`%')`); n != 4 {
		t.Errorf("%d entries in the audit log, want 4", n)
	}
	wantClean(t, s)
}

func TestReleasesNeverChange(t *testing.T) {
	s, _ := answered(t, 12)
	step(t, s, survey.SchoolsStage)
	for _, query := range []string{`UPDATE release SET threshold = 5`, `DELETE FROM release`, `UPDATE release_step SET stage = 'office'`, `DELETE FROM release_step`} {
		if err := s.TryExec(query); err == nil {
			t.Errorf("%s is done", query)
		}
	}
	s.Exec(t, `DROP TRIGGER release_no_update`)
	s.Exec(t, `UPDATE release SET hash = zeroblob(32)`)
	if in, err := s.Check(context.Background()); err != nil || len(in.Findings) != 1 || !strings.Contains(in.Findings[0].English, "Release 1 of round 2026-10") {
		t.Errorf("%+v, %v", in, err)
	}
}

// A correction needs ten answers; what was shown before stays stored.
func TestCorrectRelease(t *testing.T) {
	s, c := answered(t, 12)
	ctx := context.Background()
	act := store.Act{Actor: "lan", Reason: "phiếu giấy đến muộn"}
	if _, err := s.CorrectRelease(ctx, "2026-10", act); survey.KindOf(err) != survey.NotFound {
		t.Errorf("nothing to correct: %v", err)
	}
	first := step(t, s, survey.SchoolsStage)
	step(t, s, survey.OfficeStage)
	reopened := func(from, n int) {
		_, err := s.ChangeRound(ctx, "2026-10", store.Act{Actor: "lan", Action: "round reopen", Reason: "thử"}, func(c survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
			return c.Reopen(r, c.Today(now), now)
		})
		if err != nil {
			t.Fatal(err)
		}
		more(t, s, from, n)
		c.now = c.now.AddDate(0, 0, 3)
		advance(t, s)
	}
	reopened(100, 9)
	if _, err := s.CorrectRelease(ctx, "2026-10", act); survey.KindOf(err) != survey.Conflict {
		t.Errorf("nine answers: %v", err)
	}
	if again := step(t, s, survey.SchoolsStage); again.Number != 1 || again.Hash != first.Hash {
		t.Errorf("released again: %+v", again)
	}
	step(t, s, survey.OfficeStage)
	reopened(200, 1)
	changed, err := s.CorrectRelease(ctx, "2026-10", act)
	if err != nil || changed != 10 {
		t.Fatalf("ten answers: %d, %v", changed, err)
	}
	tables, err := s.Release(ctx, "2026-10")
	if err != nil || tables.Number != 2 || tables.Province().Responses != 22 {
		t.Errorf("%+v, %v", tables.Release, err)
	}
}

func TestThresholdOfTheNextRelease(t *testing.T) {
	s, _ := answered(t, 12)
	ctx := context.Background()
	if err := s.SetThreshold(ctx, "lan", 15); err != nil {
		t.Fatal(err)
	}
	step(t, s, survey.SchoolsStage)
	if err := s.SetThreshold(ctx, "lan", 5); err != nil {
		t.Fatal(err)
	}
	if tables, err := s.Release(ctx, "2026-10"); err != nil || tables.Threshold != 15 || !tables.Province().Empty() {
		t.Errorf("%+v, %v", tables.Release, err)
	}
}

func TestPledges(t *testing.T) {
	s, _ := answered(t, 12)
	ctx := context.Background()
	lines, _ := survey.ParsePledges([]string{"Sửa nhà vệ sinh trước Tết", "Gọi cho tôi 0912345678"})
	wantKind(t, s.SetPledges(ctx, "2026-10", "S1", lines), survey.NotFound)
	step(t, s, survey.SchoolsStage)
	shown := func() []string {
		t.Helper()
		d, err := s.Directory(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range d.Links {
			if l.School.Code == "S1" {
				return l.Pledges
			}
		}
		return nil
	}
	for range 2 {
		if err := s.SetPledges(ctx, "2026-10", "S1", lines); err != nil {
			t.Fatal(err)
		}
	}
	if got := shown(); got != nil {
		t.Errorf("before the public release parents read %q", got)
	}
	if err := s.HidePledge(ctx, "lan", "2026-10", "S1", 2, true); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.HidePledge(ctx, "lan", "2026-10", "S2", 1, true), survey.NotFound)
	step(t, s, survey.PublicStage)
	if got := shown(); len(got) != 1 || got[0] != "Sửa nhà vệ sinh trước Tết" {
		t.Errorf("parents read %q", got)
	}
	if err := s.SetPledges(ctx, "2026-10", "S1", lines); err != nil {
		t.Fatal(err)
	}
	if got := shown(); len(got) != 1 {
		t.Errorf("a hidden line comes back when it is sent again: %q", got)
	}
	if all, err := s.RoundPledges(ctx, "2026-10"); err != nil || len(all) != 1 || len(all[0].Pledges) != 2 || !all[0].Pledges[1].Hidden {
		t.Errorf("%+v, %v", all, err)
	}
}
