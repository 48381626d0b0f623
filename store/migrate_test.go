package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

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
	}
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

// migrateIn names the folder in which this very test program, started anew,
// upgrades until it is killed.
const migrateIn = "HAILONG_TEST_MIGRATE_IN"

func TestPromiseAnUpgradeSurvivesAKill(t *testing.T) {
	long := append(append([]string{}, upgrade...), `CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 40000000) SELECT i FROM n`)
	if dir := os.Getenv(migrateIn); dir != "" {
		store.Open(context.Background(), store.WithSteps(store.Options{Dir: dir, Zone: zone}, withStep(t, long...)))
		return
	}
	dir := sample(t)
	child := exec.Command(os.Args[0], "-test.run=^TestPromiseAnUpgradeSurvivesAKill$")
	child.Env = append(os.Environ(), migrateIn+"="+dir)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for begun := false; !begun; time.Sleep(10 * time.Millisecond) {
		copies, _ := filepath.Glob(filepath.Join(dir, "hailong-before-v*.db"))
		begun = len(copies) > 0
	}
	time.Sleep(200 * time.Millisecond)
	child.Process.Kill()
	child.Wait()
	s := reopen(t, dir, &clock{at("2026-10-21 09:00")})
	if in := wantClean(t, s); in.Responses != 80 {
		t.Errorf("after the kill: %+v", in)
	}
}
