package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hailong/store"
)

// daily gives the scheduled copies of a new store, at a clock that the test sets.
func daily(t *testing.T, keep int) (d *dailyCopies, now *time.Time, log *bytes.Buffer) {
	t.Helper()
	zone := time.FixedZone("ICT", 7*3600)
	moment := time.Date(2026, 10, 20, 1, 0, 0, 0, zone)
	clock := func() time.Time { return moment }
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Zone: zone, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	log = &bytes.Buffer{}
	return &dailyCopies{store: s, plan: store.BackupPlan{At: 2 * time.Hour, Zone: zone, Keep: keep}, folder: filepath.Join(t.TempDir(), "new", "copies"),
		log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})), now: clock}, &moment, log
}

func (d *dailyCopies) kept(t *testing.T) int {
	t.Helper()
	all, err := store.Backups(d.folder)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestCopiesAreMadeOnceADayAndRetire(t *testing.T) {
	d, now, log := daily(t, 3)
	for minute := range 5*24*60 + 1 { // five days and nights, a look a minute
		d.step(t.Context())
		*now = now.Add(time.Minute)
		if minute == 58 && d.kept(t) != 1 {
			t.Errorf("%d copies at the start", d.kept(t))
		}
		if minute == 60 && d.kept(t) != 2 {
			t.Errorf("%d copies after two o'clock", d.kept(t))
		}
	}
	all, err := store.Backups(d.folder)
	if err != nil || len(all) != 3 || !all[0].Scheduled || log.Len() > 0 {
		t.Fatalf("%d copies after five days, want 3: %v %s", len(all), err, log)
	}
	for i, k := range all {
		if want := "hailong-2026-10-" + []string{"24", "23", "22"}[i] + "-020000.db"; filepath.Base(k.File) != want {
			t.Errorf("copy %s, want %s", k.File, want)
		}
	}
}

func TestACopyThatCannotBeMadeIsReportedAndTriedAgain(t *testing.T) {
	d, now, log := daily(t, 3)
	blocked := filepath.Dir(d.folder)
	if err := os.WriteFile(blocked, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	for range 20 {
		d.step(t.Context())
		*now = now.Add(time.Minute)
	}
	if n := strings.Count(log.String(), `"level":"ERROR"`); n != 2 {
		t.Errorf("%d reports in 20 minutes, want 2:\n%s", n, log)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	*now = now.Add(copyAgain)
	d.step(t.Context())
	if d.kept(t) != 1 {
		t.Error("it was not tried again")
	}
}

func TestCopiesEndBeforeTheStoreCloses(t *testing.T) {
	d, _, log := daily(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	stop := d.start(ctx)
	cancel()
	stop()
	left, err := filepath.Glob(filepath.Join(d.folder, "*.tmp"))
	if err != nil || len(left) > 0 || log.Len() > 0 {
		t.Errorf("left %v %v %s", left, err, log)
	}
}
