package store_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

// sample is the folder of a closed database with schools, an open round,
// responses and an account.
func sample(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s := reopen(t, dir, &clock{at("2026-10-20 09:00")})
	load(t, s, twoSchools())
	advance(t, s)
	for n, st := range strata(t, s, "2026-10") {
		for k := range 20 {
			d := delivery(st, fmt.Sprintf("sample-%03d-%06d", n, k), survey.Mark(k%6), 5, 4)
			d.Response.Comment = "Góp ý"
			accept(t, s, d)
		}
	}
	if err := s.AddAccount(context.Background(), "test", survey.Account{Name: "vanphong", Role: survey.OfficeRole}, "bốn con mèo đen"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// P8: a damaged database is noticed before it is used: whatever SQLite's own
// check finds, opening refuses; nothing panics.
func TestPromiseADamagedDatabaseIsRefused(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(sample(t), store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for seed := range often(60, 1000) {
		dir := t.TempDir()
		file := filepath.Join(dir, store.FileName)
		if err := os.WriteFile(file, damage(bytes.Clone(content), uint64(seed)), 0o600); err != nil {
			t.Fatal(err)
		}
		verdict, broken := store.ReadFile(file, "PRAGMA quick_check(1)")
		s, err := store.Open(context.Background(), store.Options{Dir: dir, Zone: zone})
		if err != nil {
			refused++
			continue
		}
		if broken != nil || verdict != "ok" {
			t.Errorf("seed %d: opened although SQLite says %q, %v", seed, verdict, broken)
		}
		useDamaged(s, seed)
		s.Close()
	}
	if refused < often(20, 300) {
		t.Errorf("only %d were refused: the damage was too small to prove anything", refused)
	}
}

// useDamaged does to a database whose pages fit together, though not all in
// them is as it was, what a day brings: it may refuse, and may not panic.
func useDamaged(s *store.Store, seed int) {
	ctx := context.Background()
	s.Check(ctx)
	s.Directory(ctx)
	s.Results(ctx, "2026-10")
	form, _ := survey.BuiltInQuestionnaire().Form("TH")
	for stratum := range int64(5) {
		s.Accept(ctx, delivery(survey.Stratum{ID: stratum, Form: form}, fmt.Sprintf("damaged-%010d", seed), 5, 4))
	}
}

// damage flips up to 64 bytes, cuts the file short, empties it or puts text in
// its place.
func damage(content []byte, seed uint64) []byte {
	chance := rand.New(rand.NewPCG(8, seed))
	switch chance.IntN(10) {
	case 0:
		return content[:chance.IntN(len(content))]
	case 1:
		return nil
	case 2:
		return []byte("Danh sách trường\n")
	}
	for range 1 + chance.IntN(64) {
		content[chance.IntN(len(content))] ^= byte(1 + chance.IntN(255))
	}
	return content
}

// P9: a backup taken under load is complete and consistent: it holds every
// response that was confirmed before it began and none that came after it
// ended, each counted. Nobody waits for it.
func TestPromiseABackupUnderLoadIsConsistent(t *testing.T) {
	s, _ := openRound(t)
	all := strata(t, s, "2026-10")
	ctx, stop := context.WithCancel(context.Background())
	var writers sync.WaitGroup
	var begun, confirmed atomic.Int64
	waits := make([][]time.Duration, 8)
	for k := range waits {
		writers.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				begun.Add(1)
				start := time.Now()
				if _, err := s.Accept(context.Background(), delivery(all[n%len(all)], fmt.Sprintf("under-load-%02d-%08d", k, n), 5, 4)); err != nil {
					t.Error(err)
				}
				waits[k] = append(waits[k], time.Since(start))
				confirmed.Add(1)
			}
		})
	}
	dir := t.TempDir()
	for n := range often(10, 100) {
		least := confirmed.Load()
		kept := backUp(t, s, filepath.Join(dir, fmt.Sprintf("copy-%03d.db", n)))
		if rows, most := kept.Rows["response"], begun.Load(); rows < least || rows > most {
			t.Errorf("copy %d holds %d responses: %d were confirmed when it began, %d begun when it ended", n, rows, least, most)
		}
		wantWhole(t, kept)
	}
	stop()
	writers.Wait()
	each := slices.Sorted(slices.Values(slices.Concat(waits...)))
	worst := each[len(each)-1]
	t.Logf("%d responses beside %d backups: waited 50%% %s, 99%% %s, worst %s", len(each), often(10, 100), each[len(each)/2], each[len(each)*99/100], worst)
	if worst > time.Second {
		t.Errorf("someone waited %s for a backup", worst)
	}
}

// wantWhole looks into a backup with SQLite alone.
func wantWhole(t *testing.T, kept store.Kept) {
	t.Helper()
	rows := fmt.Sprint(kept.Rows["response"])
	for query, want := range map[string]string{
		"PRAGMA integrity_check": "ok", "SELECT COUNT(*) FROM response": rows, "SELECT SUM(responses) FROM tally": rows} {
		if got, err := store.ReadFile(kept.File, query); err != nil || got != want {
			t.Errorf("%s: %s gives %q, want %q (%v)", kept.File, query, got, want, err)
		}
	}
}

// P14: the clock may jump. A round opens and closes once; what was closed does
// not open because the clock went back; nothing panics.
func TestPromiseTheClockMayJump(t *testing.T) {
	for seed := range often(20, 500) {
		chance := rand.New(rand.NewPCG(14, uint64(seed)))
		s, c := openAt(t, "2026-09-30 20:00")
		load(t, s, twoSchools())
		was := map[survey.RoundID]survey.State{}
		for range 40 {
			jump := []time.Duration{time.Hour, 24 * time.Hour, 40 * 24 * time.Hour, 365 * 24 * time.Hour}[chance.IntN(4)]
			c.now = c.now.Add(jump * time.Duration(chance.IntN(3)-1))
			advance(t, s)
			schedule, err := s.Rounds(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range schedule.Rounds {
				if order[r.State] < order[was[r.ID]] {
					t.Fatalf("seed %d: round %s went from %s back to %s at %s", seed, r.ID, was[r.ID], r.State, c.now)
				}
				was[r.ID] = r.State
			}
			if _, err := s.Directory(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		s.Close()
	}
}

var order = map[survey.State]int{survey.Scheduled: 1, survey.Open: 2, survey.Shut: 3, survey.Released: 4}
