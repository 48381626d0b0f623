package store_test

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"modernc.org/sqlite"

	"hailong/store"
	"hailong/survey"
)

// Databases of every version that was given away open in this program with
// all they hold.
func TestDatabasesOfEveryVersionOpen(t *testing.T) {
	if *update {
		name := fmt.Sprintf("v%d.db", store.SchemaVersion(t))
		copyTo(t, filepath.Join(sample(t), store.FileName), filepath.Join("testdata", name))
	}
	files, err := filepath.Glob("testdata/v*.db")
	if err != nil || len(files) < store.SchemaVersion(t) {
		t.Fatalf("testdata has %d databases, one for each of %d versions is wanted (go test -run EveryVersion -update) %v", len(files), store.SchemaVersion(t), err)
	}
	for _, file := range files {
		dir := t.TempDir()
		copyTo(t, file, filepath.Join(dir, store.FileName))
		s := reopen(t, dir, &clock{at("2026-10-21 09:00")})
		if in := wantClean(t, s); in.Schools != 2 || in.Responses != 80 || in.Opinions != 80 || in.Strata != 4 {
			t.Errorf("%s: %+v", file, in)
		}
		if _, err := s.CheckPassword(context.Background(), "vanphong", "bốn con mèo đen"); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		s.Close()
		if got, want := schema(t, filepath.Join(dir, store.FileName)), schema(t, filepath.Join(sample(t), store.FileName)); got != want {
			t.Errorf("%s, brought up to date, has another schema than a new database:\n%s\nwant:\n%s", file, got, want)
		}
	}
}

// schema gives the definitions in a database, in order of their names.
func schema(t *testing.T, file string) string {
	t.Helper()
	text, err := store.ReadFile(file, `SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY type, name)`)
	if err != nil || text == "" {
		t.Fatal(err)
	}
	return text
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o700)
	}
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// upgrade is a next step of the schema with several statements.
var upgrade = []string{
	`CREATE TABLE remark (code TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT`,
	`INSERT INTO remark SELECT code, name FROM school`,
	`ALTER TABLE school ADD COLUMN remark TEXT`,
	`UPDATE school SET remark = (SELECT text FROM remark WHERE remark.code = school.code)`,
	`DROP TABLE remark`,
}

// withStep gives this program's migrations and one more.
func withStep(t *testing.T, statements ...string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(store.OwnSteps(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := fs.ReadFile(store.OwnSteps(), name)
		files[name] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files["migrations/9999_next.sql"] = &fstest.MapFile{Data: []byte(strings.Join(statements, ";\n") + ";")}
	return files
}

// P11: upgrades are all or nothing. Cut after any statement, the database is
// as it was; after the whole step everything is there, and a copy from before.
func TestPromiseAnUpgradeIsAllOrNothing(t *testing.T) {
	for cut := range len(upgrade) + 1 {
		dir := sample(t)
		steps := append(append([]string{}, upgrade[:cut]...), "SELECT no_such_function()")
		o := store.Options{Dir: dir, Zone: zone}
		if s, err := store.Open(context.Background(), store.WithSteps(o, withStep(t, steps...))); err == nil {
			s.Close()
			t.Fatalf("cut after %d statements: it opened", cut)
		}
		s := reopen(t, dir, &clock{at("2026-10-21 09:00")})
		if in := wantClean(t, s); in.Responses != 80 || in.Schools != 2 {
			t.Errorf("cut after %d statements: %+v", cut, in)
		}
		s.Close()
	}
	dir := sample(t)
	s, err := store.Open(context.Background(), store.WithSteps(store.Options{Dir: dir, Zone: zone}, withStep(t, upgrade...)))
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM school WHERE remark = name`); n != 2 {
		t.Errorf("%d schools were carried over", n)
	}
	s.Close()
	if copies, _ := filepath.Glob(filepath.Join(dir, "hailong-before-v*.db")); len(copies) != 1 {
		t.Errorf("copies from before: %v", copies)
	}
	_, err = store.Open(context.Background(), store.Options{Dir: dir, Zone: zone})
	wantKind(t, err, survey.Conflict) // the older program refuses the newer database
}

// dieIn names the folder in which this very test program, started anew,
// upgrades until it kills itself; dieAfter says after how many statements.
const (
	dieIn    = "HAILONG_TEST_DIE_IN"
	dieAfter = "HAILONG_TEST_DIE_AFTER"
)

// P11 with a real kill -9 after each statement: the database is as it was, a
// copy from before lies beside it, and the next start takes the whole step.
func TestPromiseAnUpgradeSurvivesAKill(t *testing.T) {
	if dir := os.Getenv(dieIn); dir != "" {
		die(t, dir)
	}
	for cut := range len(upgrade) + 1 {
		dir := sample(t)
		killed(t, dir, cut)
		before, err := filepath.Glob(filepath.Join(dir, "hailong-before-v*.db"))
		if err != nil || len(before) != 1 {
			t.Fatalf("copies from before: %v %v", before, err)
		}
		r, err := restore(t.TempDir(), before[0])
		if err != nil || r.Responses != 80 {
			t.Errorf("killed after %d statements, the copy from before: %+v %v", cut, r, err)
		}
		s := reopen(t, dir, &clock{at("2026-10-21 09:00")})
		if in := wantClean(t, s); in.Responses != 80 || in.Opinions != 80 {
			t.Errorf("killed after %d statements: %+v", cut, in)
		}
		s.Close()
		s, err = store.Open(context.Background(), store.WithSteps(store.Options{Dir: dir, Zone: zone}, withStep(t, upgrade...)))
		if err != nil {
			t.Fatal(err)
		}
		if n := s.Number(t, `SELECT COUNT(*) FROM school WHERE remark = name`); n != 2 {
			t.Errorf("killed after %d statements, taken again: %d schools were carried over", cut, n)
		}
		s.Close()
	}
}

// A first start that is killed leaves no database, so the next one makes it.
func TestPromiseAFirstStartSurvivesAKill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	killed(t, dir, len(upgrade))
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err == nil {
		t.Error("a database is there already")
	}
	wantClean(t, reopen(t, dir, &clock{at("2026-10-21 09:00")}))
}

// killed runs an upgrade in another process, which dies on the way.
func killed(t *testing.T, dir string, after int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestPromiseAnUpgradeSurvivesAKill$")
	child.Env = append(os.Environ(), dieIn+"="+dir, dieAfter+"="+strconv.Itoa(after))
	if out, err := child.CombinedOutput(); err == nil || len(out) > 0 {
		t.Fatalf("it was not killed: %v\n%s", err, out)
	}
}

// die upgrades with a step that kills this process after some statements.
func die(t *testing.T, dir string) {
	after, err := strconv.Atoi(os.Getenv(dieAfter))
	if err != nil {
		t.Fatal(err)
	}
	sqlite.MustRegisterScalarFunction("die_now", 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			return nil, err
		}
		self.Kill()
		select {} // until the kill has come
	})
	steps := append(append([]string{}, upgrade[:after]...), "SELECT die_now()")
	_, err = store.Open(context.Background(), store.WithSteps(store.Options{Dir: dir, Zone: zone}, withStep(t, steps...)))
	t.Fatalf("still alive: %v", err)
}
