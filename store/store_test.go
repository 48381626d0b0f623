package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

var zone = time.FixedZone("ICT", 7*3600)

// clock is a clock that tests set.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

func at(day string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day, zone)
	if err != nil {
		panic(err)
	}
	return t
}

// openAt opens a new store whose clock stands at a moment.
func openAt(t *testing.T, moment string) (*store.Store, *clock) {
	t.Helper()
	c := &clock{at(moment)}
	return reopen(t, t.TempDir(), c), c
}

func reopen(t *testing.T, dir string, c *clock) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Dir: dir, Zone: zone, Now: c.read})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func school(code string, kind survey.SchoolKind, enrolment survey.Enrolment) survey.School {
	return survey.School{Code: survey.SchoolCode(code), Name: "Trường " + code, Kind: kind, Area: survey.BuiltInAreas().All()[0], Enrolment: enrolment}
}

// twoSchools is a primary school and a school with two levels above it.
func twoSchools() []survey.School {
	return []survey.School{
		school("S1", "TH", survey.Enrolment{survey.LevelTH: 400}),
		school("S2", "THCS&THPT", survey.Enrolment{survey.LevelTHCS: 300, survey.LevelTHPT: 200}),
	}
}

func load(t *testing.T, s *store.Store, schools []survey.School) survey.SchoolChanges {
	t.Helper()
	changes, err := s.LoadSchools(context.Background(), "test", schools, false)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func advance(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := s.AdvanceRounds(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// openRound gives a store with two schools and the autumn round open.
func openRound(t *testing.T) (*store.Store, *clock) {
	t.Helper()
	s, c := openAt(t, "2026-10-20 09:00")
	load(t, s, twoSchools())
	advance(t, s)
	return s, c
}

func strata(t *testing.T, s *store.Store, id survey.RoundID) []survey.Stratum {
	t.Helper()
	all, err := s.Strata(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantKind(t *testing.T, err error, kind survey.Kind) {
	t.Helper()
	if survey.KindOf(err) != kind {
		t.Fatalf("error %v has kind %d, want %d", err, survey.KindOf(err), kind)
	}
}

func TestOpenRefusesAnotherProgramsFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.FileName), []byte("this is no database, only text that somebody put here\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(context.Background(), store.Options{Dir: dir}); err == nil {
		t.Fatal("a text file was opened as a database")
	}
}

func TestOpenRefusesANewerDatabase(t *testing.T) {
	dir := t.TempDir()
	c := &clock{at("2026-10-20 09:00")}
	reopen(t, dir, c).Close()
	store.ExecFile(t, filepath.Join(dir, store.FileName), "PRAGMA user_version = 999")
	_, err := store.Open(context.Background(), store.Options{Dir: dir})
	wantKind(t, err, survey.Conflict)
}

func TestWhatIsStoredIsThereAfterReopening(t *testing.T) {
	dir := t.TempDir()
	c := &clock{at("2026-10-20 09:00")}
	s := reopen(t, dir, c)
	load(t, s, twoSchools())
	before, err := s.Schools(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	secret := string(s.Secret())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, dir, c)
	after, err := s.Schools(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(after) != 2 || after[0].Link != before[0].Link || string(s.Secret()) != secret {
		t.Fatalf("after reopening: %v, before: %v", after, before)
	}
}
