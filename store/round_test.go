package store_test

import (
	"context"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

func stateOf(t *testing.T, s *store.Store, id survey.RoundID) survey.State {
	t.Helper()
	schedule, err := s.Rounds(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r, err := schedule.Round(id)
	if err != nil {
		t.Fatal(err)
	}
	return r.State
}

func TestRoundsAreThereByThemselves(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 09:00")
	advance(t, s)
	schedule, err := s.Rounds(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var ids []survey.RoundID
	for _, r := range schedule.Rounds {
		ids = append(ids, r.ID)
	}
	want := []survey.RoundID{"2026-10", "2027-03", "2027-10", "2028-03"}
	if len(ids) != len(want) {
		t.Fatalf("rounds %v, want %v", ids, want)
	}
	for i := range want {
		if ids[i] != want[i] {
			t.Fatalf("rounds %v, want %v", ids, want)
		}
	}
}

func TestARoundOpensAndClosesByTheClockAndNeverGoesBack(t *testing.T) {
	s, c := openAt(t, "2026-09-30 23:59")
	load(t, s, twoSchools())
	for _, step := range []struct {
		now  string
		want survey.State
	}{
		{"2026-09-30 23:59", survey.Scheduled},
		{"2026-10-01 00:00", survey.Open},
		{"2026-09-30 12:00", survey.Open}, // the clock went back
		{"2026-11-30 23:59", survey.Open},
		{"2026-12-01 00:00", survey.Shut},
		{"2026-11-15 12:00", survey.Shut}, // the clock went back
	} {
		c.now = at(step.now)
		advance(t, s)
		if got := stateOf(t, s, "2026-10"); got != step.want {
			t.Fatalf("at %s: %s, want %s", step.now, got, step.want)
		}
	}
}

func TestARoundWaitsForTheSchoolList(t *testing.T) {
	s, _ := openAt(t, "2026-11-23 09:00")
	advance(t, s)
	if got := stateOf(t, s, "2026-10"); got != survey.Scheduled {
		t.Fatalf("without schools: %s", got)
	}
	load(t, s, twoSchools())
	advance(t, s)
	if got := stateOf(t, s, "2026-10"); got != survey.Open {
		t.Fatalf("with schools: %s", got)
	}
	if n := len(strata(t, s, "2026-10")); n != 4 {
		t.Fatalf("%d strata", n)
	}
}

func TestOpeningFreezesEnrolmentUntilItIsFrozenAgain(t *testing.T) {
	s, _ := openRound(t)
	ctx := context.Background()
	changed := twoSchools()
	changed[0].Enrolment = survey.Enrolment{survey.LevelTH: 410}
	load(t, s, changed)
	if got := strata(t, s, "2026-10")[0].Enrolment; got != 400 {
		t.Fatalf("frozen enrolment became %d", got)
	}
	n, err := s.RefreezeEnrolment(ctx, "2026-10", store.Act{Actor: "test", Action: "round freeze"})
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if got := strata(t, s, "2026-10")[0].Enrolment; got != 410 {
		t.Fatalf("frozen again: %d", got)
	}
	_, err = s.RefreezeEnrolment(ctx, "2027-03", store.Act{})
	wantKind(t, err, survey.Conflict)
}

func TestTheOfficeMovesRounds(t *testing.T) {
	s, c := openRound(t)
	ctx := context.Background()
	until, _ := survey.ParseDay("10/12/2026")
	act := store.Act{Actor: "test", Action: "round extend", Reason: "mưa lũ"}
	extend := func(calendar survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return calendar.Extend(r, until, now)
	}
	r, err := s.ChangeRound(ctx, "2026-10", act, extend)
	if err != nil || r.Closes != until || r.State != survey.Open {
		t.Fatal(r, err)
	}
	r, err = s.ChangeRound(ctx, "2026-10", act, survey.Calendar.Close)
	if err != nil || r.State != survey.Shut {
		t.Fatal(r, err)
	}
	_, err = s.ChangeRound(ctx, "2026-10", act, survey.Calendar.Close)
	wantKind(t, err, survey.Conflict)
	c.now = at("2026-12-20 09:00")
	later, _ := survey.ParseDay("24/12/2026")
	r, err = s.ChangeRound(ctx, "2026-10", act, func(calendar survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return calendar.Reopen(r, later, now)
	})
	if err != nil || r.State != survey.Open {
		t.Fatal(r, err)
	}
	_, err = s.ChangeRound(ctx, "2031-10", act, survey.Calendar.Close)
	wantKind(t, err, survey.NotFound)
}

func TestAddRound(t *testing.T) {
	s, _ := openRound(t)
	ctx := context.Background()
	act := store.Act{Actor: "test", Action: "round add"}
	from, _ := survey.ParseDay("05/01/2027")
	to, _ := survey.ParseDay("20/01/2027")
	r, err := s.AddRound(ctx, act, from, to)
	if err != nil || r.ID != "2027-01" || !r.Added {
		t.Fatal(r, err)
	}
	_, err = s.AddRound(ctx, act, from, to)
	wantKind(t, err, survey.Conflict)
}

func TestSetCalendarMovesOnlyRoundsThatHaveNotOpened(t *testing.T) {
	s, _ := openRound(t)
	calendar, err := survey.ParseCalendar("15/10-15/11, 1/4-30/4", zone)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetCalendar(context.Background(), "test", calendar); err != nil {
		t.Fatal(err)
	}
	if stateOf(t, s, "2026-10") != survey.Open || stateOf(t, s, "2027-04") != survey.Scheduled {
		t.Fatal("the open round or the new one is missing")
	}
	schedule, _ := s.Rounds(context.Background())
	if _, err := schedule.Round("2027-03"); err == nil {
		t.Fatal("the old spring round stayed")
	}
}
