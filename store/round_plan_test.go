package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hailong/store"
	"hailong/survey"
)

func targetsOf(t *testing.T, s *store.Store, id survey.RoundID) string {
	t.Helper()
	targets, err := s.Targets(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return targets.String()
}

func setTargets(t *testing.T, s *store.Store, id survey.RoundID, reason, text string) error {
	t.Helper()
	targets, err := survey.ParseTargets(text)
	if err != nil {
		t.Fatal(err)
	}
	act := store.Act{Actor: "lan", Action: "round target", Reason: reason}
	if id == "" {
		return s.SetUsualTargets(context.Background(), act, targets)
	}
	return s.SetTargets(context.Background(), id, act, targets)
}

func TestTargetsAreFrozenAtTheOpening(t *testing.T) {
	s, c := openAt(t, "2026-09-20 09:00")
	load(t, s, twoSchools())
	advance(t, s)
	if err := setTargets(t, s, "", "", "TH 50/30"); err != nil {
		t.Fatal(err)
	}
	if err := setTargets(t, s, "2027-03", "", "TH 70"); err != nil {
		t.Fatal(err)
	}
	if got := targetsOf(t, s, "2026-10"); got != "TH 50/30" {
		t.Errorf("before it opens a round has %s", got)
	}
	c.now = at("2026-10-01 08:00")
	advance(t, s)
	if err := setTargets(t, s, "", "", "TH 90"); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[survey.RoundID]string{"2026-10": "TH 50/30", "2027-03": "TH 70/0", "2027-10": "TH 90/0"} {
		if got := targetsOf(t, s, id); got != want {
			t.Errorf("round %s has %s, want %s", id, got, want)
		}
	}
	if err := setTargets(t, s, "2026-10", "", "0"); survey.KindOf(err) != survey.Invalid {
		t.Errorf("changed without a reason: %v", err)
	}
	if err := setTargets(t, s, "2026-10", "mưa lũ", "TH 40"); err != nil {
		t.Fatal(err)
	}
	if got := targetsOf(t, s, "2026-10"); got != "TH 40/0" {
		t.Errorf("after the change it has %s", got)
	}
	if last := lastAudit(t, s); last.Action != "round target" || last.Object != "2026-10" || last.Detail != "TH 40/0 · mưa lũ" {
		t.Errorf("the audit log says %+v", last)
	}
	if err := setTargets(t, s, "2040-10", "", "0"); survey.KindOf(err) != survey.NotFound {
		t.Errorf("of no round: %v", err)
	}
}

func lastAudit(t *testing.T, s *store.Store) survey.AuditEntry {
	t.Helper()
	log, err := s.AuditLog(context.Background(), survey.AuditQuery{Limit: 1})
	if err != nil || len(log) == 0 {
		t.Fatal(log, err)
	}
	return log[0]
}

func TestAQuestionnaireIsChosenForOneRound(t *testing.T) {
	s, c := openAt(t, "2026-09-20 09:00")
	load(t, s, twoSchools())
	advance(t, s)
	ctx, act := context.Background(), store.Act{Actor: "lan", Action: "round questionnaire"}
	own := *survey.BuiltInQuestionnaire()
	own.Version = "so-2026"
	if _, err := s.ImportQuestionnaire(ctx, "lan", survey.QuestionnaireUpload{Questionnaire: &own}, false); err != nil {
		t.Fatal(err)
	}
	builtIn := survey.BuiltInQuestionnaire().Version
	if r, err := s.ChooseQuestionnaire(ctx, "2026-10", act, builtIn); err != nil || r.Questionnaire != builtIn {
		t.Fatal(r, err)
	}
	if _, err := s.ChooseQuestionnaire(ctx, "2026-10", act, "khac"); survey.KindOf(err) != survey.NotFound {
		t.Errorf("a version that is not there: %v", err)
	}
	c.now = at("2026-10-01 08:00")
	advance(t, s)
	schedule, err := s.Rounds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := schedule.Round("2026-10"); r.Questionnaire != builtIn {
		t.Errorf("it opened with %s, chosen was %s", r.Questionnaire, builtIn)
	}
	if _, err := s.ChooseQuestionnaire(ctx, "2026-10", act, "so-2026"); survey.KindOf(err) != survey.Conflict {
		t.Errorf("of an open round: %v", err)
	}
}

// What was chosen for a round survives a change of the calendar; a round whose
// days were moved stays where it was put.
func TestTheCalendarKeepsWhatWasChosen(t *testing.T) {
	s, _ := openAt(t, "2026-09-20 09:00")
	load(t, s, twoSchools())
	advance(t, s)
	ctx := context.Background()
	version := survey.BuiltInQuestionnaire().Version
	if _, err := s.ChooseQuestionnaire(ctx, "2026-10", store.Act{Actor: "lan", Action: "round questionnaire"}, version); err != nil {
		t.Fatal(err)
	}
	if err := setTargets(t, s, "2026-10", "", "TH 60"); err != nil {
		t.Fatal(err)
	}
	move := func(calendar survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return calendar.Move(r, survey.NewDay(2027, 4, 1), survey.NewDay(2027, 5, 20), now)
	}
	if _, err := s.ChangeRound(ctx, "2027-03", store.Act{Actor: "lan", Action: "round move", Reason: "lễ"}, move); err != nil {
		t.Fatal(err)
	}
	setCalendar := func(text string) error {
		calendar, err := survey.ParseCalendar(text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return s.SetCalendar(ctx, "lan", calendar)
	}
	if err := setCalendar("5/10-20/11, 1/3-30/4"); err != nil {
		t.Fatal(err)
	}
	schedule, err := s.Rounds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range schedule.Rounds[:2] {
		got = append(got, string(r.ID)+" "+r.Opens.String()+" "+r.Closes.String()+" "+string(r.Questionnaire)+" "+targetsOf(t, s, r.ID))
	}
	want := []string{"2026-10 05/10/2026 20/11/2026 " + string(version) + " TH 60/0", "2027-03 01/04/2027 20/05/2027  0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := setCalendar("5/10-20/11, 1/5-30/5"); err != nil {
		t.Fatal(err)
	}
	if schedule, err = s.Rounds(ctx); err != nil {
		t.Fatal(err)
	}
	for _, r := range schedule.Rounds {
		if r.ID == "2027-05" {
			t.Error("the calendar made a round over the moved one")
		}
	}
}

func TestResponsesAreCountedByDay(t *testing.T) {
	s, c := openRound(t)
	ctx := context.Background()
	sts := strata(t, s, "2026-10")
	for i, id := range []string{"form-id-aaaaaaaaaaaa", "form-id-bbbbbbbbbbbb", "form-id-cccccccccccc"} {
		d := delivery(sts[min(i, 1)], id, 5)
		d.Day += survey.Day(i / 2)
		accept(t, s, d)
	}
	count := func() survey.DayCounts {
		t.Helper()
		counts, err := s.DayCounts(ctx, "2026-10")
		if err != nil {
			t.Fatal(err)
		}
		return counts
	}
	if diff := cmp.Diff([]int{2, 1}, count().PerDay(20746, 20747)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[int64]int{sts[0].ID: 1, sts[1].ID: 2}, count().Since(20746)); diff != "" {
		t.Error(diff)
	}
	accept(t, s, delivery(sts[0], "form-id-dddddddddddd", 5))
	if got := count().PerDay(20746, 20746)[0]; got != 3 {
		t.Errorf("counted again at once: %d", got)
	}
	c.now = at("2026-10-20 09:02")
	if got := count().PerDay(20746, 20746)[0]; got != 4 {
		t.Errorf("two minutes later: %d, want 4", got)
	}
	if other, err := s.DayCounts(ctx, "2027-03"); err != nil || other != nil {
		t.Errorf("of a round to come: %v %v", other, err)
	}
}
