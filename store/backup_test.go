package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hailong/store"
	"hailong/survey"
)

// backUp makes a backup that has to succeed.
func backUp(t *testing.T, s *store.Store, file string) store.Kept {
	t.Helper()
	kept, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: file})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestABackupSaysWhatIsInIt(t *testing.T) {
	s, _ := openRound(t)
	for n := range 7 {
		accept(t, s, delivery(strata(t, s, "2026-10")[0], fmt.Sprintf("manifest-%010d", n), 5, 4))
	}
	dir := t.TempDir()
	kept := backUp(t, s, dir)
	if want := filepath.Join(dir, "hailong-2026-10-20-090000.db"); kept.File != want {
		t.Errorf("its name is %s, want %s", kept.File, want)
	}
	read, err := store.ReadManifest(kept.File)
	if err != nil || read.SHA256 != kept.SHA256 || read.Rows["response"] != 7 || read.Rows["school"] != 2 || read.Schema != store.SchemaVersion(t) || !read.Made.Equal(at("2026-10-20 09:00")) ||
		len(read.Rounds) != len(read.Results) || len(read.Results["2026-10"]) != 64 || len(read.AuditSeal) != 64 || read.Scheduled {
		t.Errorf("manifest: %+v %v", read, err)
	}
	for _, file := range []string{kept.File, kept.File + ".json"} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read %s: %v %v", file, info.Mode(), err)
		}
	}
	if left := names(t, dir); len(left) != 2 {
		t.Errorf("the folder holds %v", left)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM audit WHERE action = 'backup' AND actor = 'test' AND instr(detail, ?)`, kept.SHA256); n != 1 {
		t.Errorf("%d entries in the audit log", n)
	}
}

func TestABackupGoesOverNothing(t *testing.T) {
	dir := t.TempDir()
	s := reopen(t, dir, &clock{at("2026-10-20 09:00")})
	file := filepath.Join(t.TempDir(), "copy.db")
	backUp(t, s, file)
	before := content(t, file)
	_, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: file})
	wantKind(t, err, survey.Conflict)
	if !bytes.Equal(content(t, file), before) {
		t.Error("it was replaced")
	}
	if !strings.Contains(err.Error(), "--force") {
		t.Errorf("the refusal does not say how: %v", err)
	}
	load(t, s, twoSchools())
	if kept, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: file, Overwrite: true}); err != nil || kept.Rows["school"] != 2 {
		t.Errorf("told to replace it: %v %v", kept, err)
	}
	for _, own := range []string{filepath.Join(dir, store.FileName), link(t, filepath.Join(dir, store.FileName))} {
		_, err = s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: own, Overwrite: true})
		wantKind(t, err, survey.Invalid)
	}
	wantClean(t, s)
}

// link gives a second name of a file.
func link(t *testing.T, file string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "second-name.db")
	if err := os.Symlink(file, name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestABackupThatCannotBeMadeLeavesNothing(t *testing.T) {
	s, _ := openRound(t)
	_, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: filepath.Join(t.TempDir(), "no", "such", "folder.db")})
	wantKind(t, err, survey.Conflict)
	dir := t.TempDir()
	given, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Backup(given, store.BackupOrder{Actor: "test", File: filepath.Join(dir, "copy.db")}); err == nil {
		t.Error("it was made although nobody waits")
	}
	if left := names(t, dir); len(left) > 0 {
		t.Errorf("the folder holds %v", left)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM audit WHERE action = 'backup'`); n != 0 {
		t.Errorf("%d entries about backups that are not there", n)
	}
}

// What people wrote and then had deleted is not in a copy either.
func TestABackupHoldsNothingDeleted(t *testing.T) {
	s, _ := openRound(t)
	d := delivery(strata(t, s, "2026-10")[0], "deleted-0123456789", 5)
	d.Response.Comment = "XOAxoaXOAxoaXOA"
	accept(t, s, d)
	s.Exec(t, `DELETE FROM opinion`)
	kept := backUp(t, s, filepath.Join(t.TempDir(), "copy.db"))
	if bytes.Contains(content(t, kept.File), []byte(d.Response.Comment)) {
		t.Error("the deleted comment is in the copy")
	}
}
