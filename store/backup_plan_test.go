package store_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hailong/store"
)

var nightly = store.BackupPlan{At: 2 * time.Hour, Zone: zone, Keep: 3}

func TestABackupIsOwedOnceADay(t *testing.T) {
	for _, c := range []struct {
		name, last, now string
		owed            bool
	}{
		{"there is none", "", "2026-10-20 01:00", true},
		{"made last night", "2026-10-20 02:00", "2026-10-20 09:00", false},
		{"a minute before the hour", "2026-10-19 02:00", "2026-10-20 01:59", false},
		{"at the hour", "2026-10-19 02:00", "2026-10-20 02:00", true},
		{"the hour was missed", "2026-10-19 02:00", "2026-10-20 15:00", true},
		{"made late, before the hour", "2026-10-19 15:00", "2026-10-20 01:00", false},
		{"weeks ago", "2026-09-01 02:00", "2026-10-20 01:00", true},
		{"from the future, by a wrong clock", "2030-01-01 02:00", "2026-10-20 09:00", true},
	} {
		var backups []store.Kept
		if c.last != "" {
			backups = append(backups, store.Kept{Manifest: store.Manifest{Made: at(c.last)}})
		}
		if got := nightly.Due(backups, at(c.now)); got != c.owed {
			t.Errorf("%s: owed %t", c.name, got)
		}
	}
	if (store.BackupPlan{Zone: zone}).Due(nil, at("2026-10-20 09:00")) {
		t.Error("none is kept, but one is owed")
	}
}

// keep puts a file with a manifest into a folder, as if it were a backup.
func keep(t *testing.T, dir string, m store.Manifest) {
	t.Helper()
	m.Size, m.Application = 4, 0x6861696c
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, m.File), "copy")
	put(t, filepath.Join(dir, m.File+".json"), string(text))
}

func dated(day string) string { return at(day).Format("hailong-2006-01-02-150405.db") }

func TestOnlyScheduledBackupsRetire(t *testing.T) {
	dir := t.TempDir()
	var all []string
	for _, day := range []string{"2026-10-15 02:00", "2026-10-16 02:00", "2026-10-17 02:00", "2026-10-18 02:00", "2026-10-19 02:00", "2031-01-01 02:00"} {
		keep(t, dir, store.Manifest{File: dated(day), Made: at(day), Scheduled: true})
		all = append(all, dated(day), dated(day)+".json")
	}
	by := at("2026-09-01 15:00")
	keep(t, dir, store.Manifest{File: dated("2026-09-01 15:00"), Made: by})                                // made by hand
	keep(t, dir, store.Manifest{File: "truoc-khi-dong-dot.db", Made: by, Scheduled: true})                 // renamed by a person
	put(t, filepath.Join(dir, "hailong-2026-09-02-020000.db"), "no manifest")                              // not known to be ours
	put(t, filepath.Join(dir, "hailong-2026-09-03-020000.db.1.tmp"), "of a copy under way")                // fresh
	put(t, filepath.Join(dir, "hailong-2026-09-04-020000.db.2.tmp"), "of one that was cut short long ago") // to be swept
	if err := os.Chtimes(filepath.Join(dir, "hailong-2026-09-04-020000.db.2.tmp"), by, by); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, "hailong-2026-09-03-020000.db.1.tmp"), at("2026-10-19 10:00"), at("2026-10-19 10:00")); err != nil {
		t.Fatal(err)
	}
	before := names(t, dir)
	removed, err := nightly.Retire(dir, at("2026-10-19 12:00"))
	if err != nil || len(removed) != 2 {
		t.Errorf("removed %v %v", removed, err)
	}
	want := slices.DeleteFunc(before, func(name string) bool {
		return slices.Contains(all[:4], name) || name == "hailong-2026-09-04-020000.db.2.tmp"
	})
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("left: %v\nwant: %v", got, want)
	}
}
