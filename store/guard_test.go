package store_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

func put(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// names gives what is in a folder.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// wantRefused opens a folder that has to be refused with a sentence in both
// languages, and gives the refusal.
func wantRefused(t *testing.T, o store.Options) *survey.Error {
	t.Helper()
	o.Zone = zone
	s, err := store.Open(context.Background(), o)
	if err == nil {
		s.Close()
		t.Fatal("it opened")
	}
	var refusal *survey.Error
	if !errors.As(err, &refusal) || refusal.English == "" || strings.Contains(refusal.Message+refusal.English, "%!") {
		t.Fatalf("no sentence for a person: %v", err)
	}
	return refusal
}

func TestAFileThatIsNoDatabaseIsRefusedAndLeftAlone(t *testing.T) {
	whole := content(t, filepath.Join(sample(t), store.FileName))
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	store.ExecFile(t, foreign, `CREATE TABLE other (n INTEGER); INSERT INTO other VALUES (1)`)
	blank := filepath.Join(t.TempDir(), "blank.db")
	store.ExecFile(t, blank, `CREATE TABLE x (n); DROP TABLE x`)
	for name, was := range map[string][]byte{
		"empty":                      {},
		"text":                       []byte("Danh sách trường\n"),
		"another program's":          content(t, foreign),
		"a database without a table": content(t, blank),
		"cut to half":                whole[:len(whole)/2],
		"cut to a page":              whole[:4096],
		"cut to its header":          whole[:100],
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, store.FileName)
			put(t, file, string(was))
			wantRefused(t, store.Options{Dir: dir})
			if !bytes.Equal(content(t, file), was) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestAFolderInTheDatabasesPlaceIsRefused(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, store.FileName, "x"), "")
	wantRefused(t, store.Options{Dir: dir})
}

// Where there was a database, none is made anew.
func TestNoNewDatabaseWhereOneWas(t *testing.T) {
	s, _ := openRound(t)
	backups := t.TempDir()
	if _, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: backups}); err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"hailong.db-wal", "hailong.db-journal", "last-backup.json", "hailong-before-v2.db", ".hailong-restoring-1/hailong.db", "backups/hailong-2026-11-23-020000.db.json"} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, trace), "{}")
		wantRefused(t, store.Options{Dir: dir})
		if _, err := os.Stat(filepath.Join(dir, store.FileName)); err == nil {
			t.Errorf("with %s in the folder a new database was made", trace)
		}
	}
	dir := t.TempDir() // as where a disk was not mounted
	if e := wantRefused(t, store.Options{Dir: dir, Backups: backups}); !strings.Contains(e.Message, backups) {
		t.Errorf("the backups are not named: %s", e.Message)
	}
	if left := names(t, dir); len(left) > 0 {
		t.Errorf("the folder holds %v", left)
	}
}

func TestARefusalNamesTheLastGoodBackup(t *testing.T) {
	dir := t.TempDir()
	c := &clock{at("2026-10-20 09:00")}
	s := reopen(t, dir, c)
	apart := filepath.Join(t.TempDir(), "apart.db")
	backups := t.TempDir()
	for _, file := range []string{backups, apart} { // the later one is the one outside any known folder
		c.now = c.now.Add(time.Hour)
		if _, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: file}); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	put(t, filepath.Join(dir, store.FileName), "")
	if e := wantRefused(t, store.Options{Dir: dir, Backups: backups}); !strings.Contains(e.Message, "hailong restore "+apart) || !strings.Contains(e.Message, "11:00 20/10/2026") {
		t.Errorf("the last backup is not named: %s", e.Message)
	}
	put(t, apart, "cut") // no longer what it was: the one before it is the last good one
	if e := wantRefused(t, store.Options{Dir: dir, Backups: backups}); !strings.Contains(e.English, "hailong restore "+filepath.Join(backups, "hailong-2026-10-20-100000.db")) {
		t.Errorf("the last good backup is not named: %s", e.English)
	}
}

func TestADiskWithoutRoomIsRefused(t *testing.T) {
	room := func(free, total uint64) func(string) (store.Space, error) {
		return func(string) (store.Space, error) { return store.Space{Free: free, Total: total}, nil }
	}
	dir := t.TempDir()
	e := wantRefused(t, store.Options{Dir: dir, Space: room(20<<20-1, 1<<30)})
	if e.Kind != survey.Busy || len(names(t, dir)) > 0 {
		t.Errorf("%v, the folder holds %v", e, names(t, dir))
	}
	for _, fits := range [][2]uint64{{20 << 20, 1 << 30}, {0, 0}} { // 0 of 0: the system cannot be asked
		s, err := store.Open(context.Background(), store.Options{Dir: t.TempDir(), Space: room(fits[0], fits[1])})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
	if space, err := store.FreeSpace(dir); err != nil || space.Free == 0 || space.Total < space.Free {
		t.Errorf("the system says %+v %v", space, err)
	}
}

// Programs that start at once on a new folder use one database.
func TestManyFirstStartsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	var group sync.WaitGroup
	var secrets sync.Map
	for range 8 {
		group.Go(func() {
			s, err := store.Open(context.Background(), store.Options{Dir: dir, Zone: zone})
			if err != nil {
				t.Error(err)
				return
			}
			secrets.Store(string(s.Secret()), true)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	count := 0
	secrets.Range(func(any, any) bool { count++; return true })
	if count != 1 {
		t.Errorf("%d databases were in use", count)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
	if info, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the database: %v %v", info.Mode(), err)
	}
}

// SQLite leaves CHECK constraints out of its checks on a connection that could
// not write: a row that breaks one has to be noticed all the same.
func TestARowThatBreaksAConstraintIsNoticed(t *testing.T) {
	dir := sample(t)
	s := reopen(t, dir, &clock{at("2026-10-20 09:00")})
	s.Exec(t, `PRAGMA ignore_check_constraints = 1`)
	s.Exec(t, `UPDATE round SET state = 'scheduleD' WHERE id = '2027-03'`)
	_, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: filepath.Join(t.TempDir(), "copy.db")})
	if survey.KindOf(err) != survey.Conflict || !strings.Contains(err.Error(), "CHECK constraint failed") {
		t.Errorf("a backup of it was made: %v", err)
	}
	s.Close()
	if e := wantRefused(t, store.Options{Dir: dir}); !strings.Contains(e.Error(), "CHECK constraint failed") {
		t.Errorf("refused for another reason: %v", e)
	}
	if e := examine(t, store.Options{Dir: dir}); !found(e, "CHECK constraint failed") {
		t.Errorf("examined: %+v", e.Findings)
	}
}
