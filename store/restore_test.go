package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

// backedUp gives a backup of the sample, with one link replaced, and the clock.
func backedUp(t *testing.T) (string, *clock) {
	t.Helper()
	c := &clock{at("2026-10-20 09:00")}
	s := reopen(t, sample(t), c)
	if _, err := s.RotateLink(context.Background(), "test", "S1"); err != nil {
		t.Fatal(err)
	}
	kept := backUp(t, s, filepath.Join(t.TempDir(), "copy.db"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return kept.File, c
}

func restore(dir string, file string) (store.Restored, error) {
	return store.Restore(context.Background(), store.Options{Dir: dir, Zone: zone}, store.RestoreOrder{Actor: "test", File: file})
}

// P10: a backup comes back, and the restore proves it.
func TestPromiseARestoreProvesWhatItBroughtBack(t *testing.T) {
	file, c := backedUp(t)
	dir := filepath.Join(t.TempDir(), "new")
	c.now = c.now.Add(40 * 24 * time.Hour) // on another day
	r, err := restore(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Manifest || r.Responses != 80 || r.Opinions != 80 || r.Schools != 2 || r.Links != 2 || r.Revoked != 1 || r.Compared != len(r.Rounds) || r.Compared == 0 || r.Rows != r.Backup.Total() || len(r.Findings) > 0 {
		t.Errorf("proved: %+v", r)
	}
	s := reopen(t, dir, c)
	wantClean(t, s)
	again := delivery(strata(t, s, "2026-10")[0], "sample-000-000001", 1, 5, 4)
	again.Response.Comment = "Góp ý"
	if accept(t, s, again) {
		t.Error("a form that was sent before the backup was counted again")
	}
	if _, err := s.CheckPassword(context.Background(), "vanphong", "bốn con mèo đen"); err != nil {
		t.Error(err)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM audit WHERE action = 'restore' AND actor = 'test'`); n != 1 {
		t.Errorf("%d entries about the restore", n)
	}
	if left := names(t, dir); slices.ContainsFunc(left, func(name string) bool { return strings.HasPrefix(name, ".") }) {
		t.Errorf("the folder holds %v", left)
	}
}

// The weekly drill in small: responses go on, the newest backup comes back on
// an empty machine again and again.
func TestPromiseEveryBackupComesBack(t *testing.T) {
	s, _ := openRound(t)
	st := strata(t, s, "2026-10")
	for drill := range often(3, 50) {
		for n := range 1 + drill%17 {
			accept(t, s, delivery(st[n%len(st)], fmt.Sprintf("drill-%05d-%05d", drill, n), survey.Mark(n%6), 3))
		}
		kept := backUp(t, s, filepath.Join(t.TempDir(), "copy.db"))
		r, err := restore(t.TempDir(), kept.File)
		if err != nil || int64(r.Responses) != kept.Rows["response"] || r.Responses == 0 || r.Compared == 0 {
			t.Fatalf("drill %d: %+v %v", drill, r, err)
		}
	}
}

func TestARestoreGoesOverNothing(t *testing.T) {
	file, _ := backedUp(t)
	for _, there := range []string{store.FileName, "hailong.db-wal", "notes.txt"} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, there), "was here")
		_, err := restore(dir, file)
		wantKind(t, err, survey.Conflict)
		if left := names(t, dir); !slices.Equal(left, []string{there}) || string(content(t, filepath.Join(dir, there))) != "was here" {
			t.Errorf("the folder holds %v", left)
		}
	}
	dir := t.TempDir() // backups may stay where they are, in the folder that lost its database
	for _, end := range []string{"", ".json"} {
		put(t, filepath.Join(dir, "backups", "copy.db"+end), string(content(t, file+end)))
	}
	put(t, filepath.Join(dir, ".hailong-restoring-77", store.FileName), "of a restore that was killed")
	if _, err := restore(dir, filepath.Join(dir, "backups", "copy.db")); err != nil {
		t.Error(err)
	}
	if left := names(t, dir); !slices.Equal(left, []string{"backups", store.FileName, "last-backup.json"}) {
		t.Errorf("the folder holds %v", left)
	}
}

// altered changes a backup and makes its manifest fit the changed file again,
// as a person would who wants to deceive, so that the proofs behind have to
// find it.
func altered(t *testing.T, file, change string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy.db")
	put(t, to, string(content(t, file)))
	store.ExecFile(t, to, change)
	m, err := store.ReadManifest(file)
	if err != nil {
		t.Fatal(err)
	}
	b := content(t, to)
	sum := sha256.Sum256(b)
	m.Size, m.SHA256 = int64(len(b)), hex.EncodeToString(sum[:])
	writeManifest(t, to, m)
	return to
}

func writeManifest(t *testing.T, backup string, m store.Manifest) {
	t.Helper()
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	put(t, backup+".json", string(text))
}

func TestARestoreFindsWhatIsNotAsItWas(t *testing.T) {
	file, _ := backedUp(t)
	for name, change := range map[string]string{
		"a changed count":              `UPDATE tally SET responses = responses + 1 WHERE stratum_id = 1`,
		"a changed answer":             `UPDATE response SET marks = '1' || substr(marks, 2) WHERE key = (SELECT key FROM response WHERE substr(marks, 1, 1) <> '1' LIMIT 1)`,
		"a changed comment":            `UPDATE opinion SET text = 'khác' WHERE key = (SELECT min(key) FROM opinion)`,
		"another enrolment":            `UPDATE stratum SET enrolment = enrolment + 1 WHERE id = 1`,
		"a lost response":              `DELETE FROM response WHERE key = (SELECT min(key) FROM response)`,
		"a lost link":                  `DELETE FROM link WHERE revoked_at IS NOT NULL`,
		"a changed entry of the audit": `DROP TRIGGER audit_no_update; UPDATE audit SET detail = 'other' WHERE seq = 1`,
		"a row that points nowhere":    `PRAGMA foreign_keys = 0; UPDATE school SET area_code = 'nowhere' WHERE code = 'S2'`,
		"a newer version":              `PRAGMA user_version = 99`,
		"another program's":            `PRAGMA application_id = 7`,
	} {
		t.Run(name, func(t *testing.T) { wantNotRestored(t, altered(t, file, change)) })
	}
}

// wantNotRestored tries a backup on a missing and on an empty folder: both
// have to stay as they were.
func wantNotRestored(t *testing.T, file string) {
	t.Helper()
	empty, missing := t.TempDir(), filepath.Join(t.TempDir(), "missing")
	for _, dir := range []string{empty, missing} {
		r, err := restore(dir, file)
		if err == nil {
			t.Fatalf("it was restored: %+v", r)
		}
		if survey.KindOf(err) == 0 || strings.Contains(err.Error(), "%!") {
			t.Errorf("no sentence for a person: %v", err)
		}
	}
	if _, err := os.Stat(missing); err == nil || len(names(t, empty)) > 0 {
		t.Errorf("a folder was made, or something left in one: %v", names(t, empty))
	}
}

func TestARestoreHoldsTheFileAgainstItsManifest(t *testing.T) {
	file, _ := backedUp(t)
	whole, err := store.ReadManifest(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*store.Manifest){
		"another sum":         func(m *store.Manifest) { m.SHA256 = strings.Repeat("0", 64) },
		"another size":        func(m *store.Manifest) { m.Size++ },
		"other rows":          func(m *store.Manifest) { m.Rows["response"]++ },
		"another seal":        func(m *store.Manifest) { m.AuditSeal = "00" },
		"another version":     func(m *store.Manifest) { m.Schema++ },
		"other results":       func(m *store.Manifest) { m.Results["2026-10"] = strings.Repeat("0", 64) },
		"another table":       func(m *store.Manifest) { m.Rows["more"] = 0 },
		"other application":   func(m *store.Manifest) { m.Application = 7 },
		"nothing in it":       func(m *store.Manifest) { *m = store.Manifest{} },
		"one round forgotten": func(m *store.Manifest) { m.Rounds = nil },
	} {
		t.Run(name, func(t *testing.T) {
			m := whole
			m.Rows, m.Results = map[string]int64{}, map[survey.RoundID]string{}
			for table, n := range whole.Rows {
				m.Rows[table] = n
			}
			for id, sum := range whole.Results {
				m.Results[id] = sum
			}
			change(&m)
			to := filepath.Join(t.TempDir(), "copy.db")
			put(t, to, string(content(t, file)))
			writeManifest(t, to, m)
			wantNotRestored(t, to)
		})
	}
}

func TestABackupWithoutItsManifest(t *testing.T) {
	file, _ := backedUp(t)
	alone := filepath.Join(t.TempDir(), "copy.db")
	put(t, alone, string(content(t, file)))
	wantNotRestored(t, alone)
	put(t, alone+".json", "{ not a manifest")
	wantNotRestored(t, alone)
	if err := os.Remove(alone + ".json"); err != nil {
		t.Fatal(err)
	}
	o := store.Options{Dir: t.TempDir(), Zone: zone}
	order := store.RestoreOrder{Actor: "test", File: alone, NoManifest: true}
	if r, err := store.Restore(context.Background(), o, order); err != nil || r.Manifest || r.Responses != 80 || r.Compared == 0 {
		t.Errorf("%+v %v", r, err)
	}
	for name, damaged := range map[string][]byte{"text": []byte("Danh sách trường\n"), "empty": nil, "half": content(t, file)[:8192]} {
		put(t, alone, string(damaged))
		o.Dir = filepath.Join(t.TempDir(), "missing")
		_, err := store.Restore(context.Background(), o, order)
		if survey.KindOf(err) != survey.Invalid && survey.KindOf(err) != survey.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantNotRestored(t, filepath.Join(t.TempDir(), "no-such-file.db"))
}

// A backup of an older version is brought up to date on the way.
func TestABackupOfAnOlderVersionIsRestored(t *testing.T) {
	file, _ := backedUp(t)
	before := content(t, file)
	dir := t.TempDir()
	o := store.WithSteps(store.Options{Dir: dir, Zone: zone}, withStep(t, upgrade...))
	r, err := store.Restore(context.Background(), o, store.RestoreOrder{Actor: "test", File: file})
	if err != nil || r.From != store.SchemaVersion(t) || r.To != r.From+1 || r.Responses != 80 || r.Links != 2 || r.Revoked != 1 || r.Compared == 0 {
		t.Fatalf("%+v %v", r, err)
	}
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := s.Number(t, `SELECT COUNT(*) FROM school WHERE remark = name`); n != 2 {
		t.Errorf("%d schools were carried over", n)
	}
	if !bytes.Equal(content(t, file), before) {
		t.Error("the backup was changed")
	}
	for name, lossy := range map[string]string{
		"comments":  `UPDATE opinion SET text = 'mất'`,
		"responses": `DELETE FROM response WHERE key = (SELECT min(key) FROM response)`,
		"links":     `UPDATE link SET revoked_at = 1 WHERE school_code = 'S2'`,
		"schools":   `UPDATE link SET school_code = 'S2' WHERE school_code = 'S1' AND revoked_at IS NOT NULL; UPDATE school SET name = name || '?'`,
	} {
		o := store.WithSteps(store.Options{Dir: t.TempDir(), Zone: zone}, withStep(t, lossy))
		if r, err := store.Restore(context.Background(), o, store.RestoreOrder{Actor: "test", File: file}); err == nil {
			t.Errorf("a step that loses %s went through: %+v", name, r)
		}
	}
}
