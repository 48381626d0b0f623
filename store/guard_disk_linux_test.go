package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hailong/store"
	"hailong/survey"
)

// disk mounts a small file system of its own and gives its folder and a way to
// make it read-only.
func disk(t *testing.T) (dir string, readOnly func()) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=96m"); err != nil {
		if os.Getenv("HAILONG_TEST_TOOLS") == "required" {
			t.Fatal(err)
		}
		t.Skipf("cần quyền root để gắn một ổ đĩa nhỏ: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir, func() {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
	}
}

// P7: no start on a disk that cannot be written to, whether the database was
// closed in order or its log still lies beside it, with which SQLite opens and
// reads as if all were well.
func TestPromiseNoStartOnAReadOnlyDisk(t *testing.T) {
	for _, files := range [][]string{{""}, {"", "-wal"}, {"", "-wal", "-shm"}} {
		t.Run(strings.Join(files, "+"), func(t *testing.T) {
			running := t.TempDir()
			s := reopen(t, running, &clock{at("2026-10-20 09:00")})
			load(t, s, twoSchools())
			if len(files) == 1 {
				s.Close()
			}
			dir, readOnly := disk(t)
			for _, end := range files {
				put(t, filepath.Join(dir, store.FileName+end), string(content(t, filepath.Join(running, store.FileName+end))))
			}
			readOnly()
			if e := wantRefused(t, store.Options{Dir: dir}); !strings.Contains(e.Message, "Không ghi được") {
				t.Errorf("said: %v", e)
			}
			e := examine(t, store.Options{Dir: dir})
			if !found(e, "Không ghi được") {
				t.Errorf("check does not say so: %+v", e)
			}
			if len(files) != 2 && e.Schools != 2 {
				t.Errorf("check did not go on to count: %+v", e)
			}
		})
	}
	dir, readOnly := disk(t)
	readOnly()
	wantRefused(t, store.Options{Dir: filepath.Join(dir, "new")})
	wantRefused(t, store.Options{Dir: dir})
}

// A restore onto a disk that is full, or read-only, leaves nothing behind.
func TestARestoreOntoAFullDiskLeavesNothing(t *testing.T) {
	file, _ := backedUp(t)
	dir, readOnly := disk(t)
	put(t, filepath.Join(dir, "lost+found"), strings.Repeat("x", 96<<20-64<<10))
	_, err := restore(dir, file)
	wantKind(t, err, survey.Busy)
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
	s, _ := openRound(t)
	if _, err := s.Backup(context.Background(), store.BackupOrder{Actor: "test", File: filepath.Join(dir, "copy.db")}); err == nil {
		t.Error("a backup went onto a full disk")
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
	readOnly()
	if _, err := restore(dir, file); err == nil {
		t.Error("it went onto a read-only disk")
	}
}
