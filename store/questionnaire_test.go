package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

// wording is the built-in questionnaire under another version, with one text
// replaced.
func wording(t *testing.T, version survey.Version, old, new string) *survey.Questionnaire {
	t.Helper()
	q, err := survey.ParseQuestionnaire([]byte(strings.ReplaceAll(string(survey.BuiltInQuestionnaireData()), old, new)))
	if err != nil {
		t.Fatal(err)
	}
	q.Version = version
	return q
}

func take(t *testing.T, s *store.Store, q *survey.Questionnaire) survey.QuestionnaireChanges {
	t.Helper()
	changes, err := s.ImportQuestionnaire(context.Background(), "test", survey.QuestionnaireUpload{Questionnaire: q}, false)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// next gives the version that the next round opens with.
func next(t *testing.T, s *store.Store) survey.Version {
	t.Helper()
	q, err := s.Questionnaire(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return q.Version
}

func use(t *testing.T, s *store.Store, version survey.Version) {
	t.Helper()
	if err := s.UseQuestionnaire(context.Background(), "test", version); err != nil {
		t.Fatal(err)
	}
}

func TestRoundsOpenWithTheNewestOrTheChosenVersion(t *testing.T) {
	s, c := openAt(t, "2026-09-01 08:00")
	builtIn := survey.BuiltInQuestionnaire().Version
	take(t, s, wording(t, "v9", "Mức học phí", "Mức thu học phí"))
	c.now = c.now.Add(-time.Hour) // a clock that goes back changes nothing
	take(t, s, wording(t, "v1", "Mức học phí", "Học phí"))
	if got := next(t, s); got != "v1" {
		t.Errorf("the next round opens with %s", got)
	}
	use(t, s, "v9")
	take(t, s, wording(t, "v3", "Mức học phí", "Tiền học"))
	if got := next(t, s); got != "v9" {
		t.Errorf("the chosen version gave way to %s", got)
	}
	if d, err := s.Directory(context.Background()); err != nil || d.Questionnaire.Version != "v9" {
		t.Errorf("before it opens: %v", err)
	}
	load(t, s, twoSchools())
	c.now = at("2026-10-05 08:00")
	advance(t, s)
	use(t, s, builtIn)
	d, err := s.Directory(context.Background())
	if err != nil || d.Round.State != survey.Open || d.Questionnaire.Version != "v9" {
		t.Errorf("%s with %s, %v", d.Round.State, d.Questionnaire.Version, err)
	}
	if got := next(t, s); got != builtIn {
		t.Errorf("the next round opens with %s", got)
	}
	use(t, s, "")
	if got := next(t, s); got != "v3" {
		t.Errorf("the newest is %s", got)
	}
	if err := s.UseQuestionnaire(context.Background(), "test", "v0"); survey.KindOf(err) != survey.NotFound {
		t.Error(err)
	}
}

// A new program brings a new version of its own; the office's stays in use.
func TestTheProgramsVersionGivesWayToTheOffices(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 08:00")
	take(t, s, wording(t, "v2", "Mức học phí", "Học phí"))
	s.Exec(t, `UPDATE questionnaire SET added_at = added_at + 1000000 WHERE version <> 'v2'`)
	if got := next(t, s); got != "v2" {
		t.Errorf("the next round opens with %s", got)
	}
}

// Another process may replace a version after this one has read it, but only
// until a round opens with it.
func TestAVersionIsFrozenByTheRoundThatUsesIt(t *testing.T) {
	s, c := openAt(t, "2026-09-01 08:00")
	take(t, s, wording(t, "v2", "Mức học phí", "Học phí"))
	if next(t, s) != "v2" {
		t.Fatal(next(t, s))
	}
	better := wording(t, "v2", "Mức học phí", "Tiền học phí")
	if changes := take(t, s, better); !changes.Replaces {
		t.Errorf("%+v", changes)
	}
	q, err := s.Questionnaire(context.Background(), "v2")
	if err != nil {
		t.Fatal(err)
	}
	if same, err := q.SameContent(better); !same || err != nil {
		t.Errorf("the old words are still there: %v", err)
	}
	load(t, s, twoSchools())
	c.now = at("2026-10-05 08:00")
	advance(t, s)
	_, err = s.ImportQuestionnaire(context.Background(), "test", survey.QuestionnaireUpload{Questionnaire: wording(t, "v2", "Mức học phí", "Khác")}, false)
	if survey.KindOf(err) != survey.Conflict || !strings.Contains(err.Error(), "Đợt 2026-10 đã dùng bộ câu hỏi v2") {
		t.Error(err)
	}
	if changes := take(t, s, better); !changes.Same {
		t.Errorf("%+v", changes)
	}
	editions, err := s.Questionnaires(context.Background())
	if err != nil || len(editions) != 2 || editions[0].Rounds[0] != "2026-10" || !editions[0].Next || editions[1].Next {
		t.Errorf("%+v, %v", editions, err)
	}
	if _, err := s.Results(context.Background(), "2026-10"); err != nil {
		t.Error(err)
	}
}

func TestATrialWritesNothing(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 08:00")
	changes, err := s.ImportQuestionnaire(context.Background(), "test", survey.QuestionnaireUpload{Questionnaire: wording(t, "v2", "Mức học phí", "Học phí")}, true)
	if err != nil || len(changes.Reworded) == 0 || changes.Same {
		t.Errorf("%+v, %v", changes, err)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM questionnaire`); n != 1 {
		t.Errorf("%d versions", n)
	}
	before := s.Number(t, `SELECT COUNT(*) FROM audit`)
	take(t, s, wording(t, "v2", "Mức học phí", "Học phí"))
	take(t, s, wording(t, "v2", "Mức học phí", "Học phí"))
	use(t, s, "v2")
	if n := s.Number(t, `SELECT COUNT(*) FROM audit WHERE action IN ('questionnaire import', 'questionnaire use') AND object = 'v2' AND actor = 'test'`); n != 2 || s.Number(t, `SELECT COUNT(*) FROM audit`) != before+2 {
		t.Errorf("%d entries in the audit log", n)
	}
}
