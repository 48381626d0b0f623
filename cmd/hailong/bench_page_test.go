package main

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hailong/store"
)

// BenchmarkPage asks for forms, each with an id of its own, and in turn for one
// constant page that was compressed beforehand and has the same size:
//
//	go test -run '^$' -bench Page -benchtime 1x -timeout 30m ./cmd/hailong
func BenchmarkPage(b *testing.B) {
	ours := startSide(b, "hailong", stocked(b, 100_000))
	defer ours.end(b)
	page, first := firstPage(b, ours)
	file := filepath.Join(b.TempDir(), "page")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		b.Fatal(err)
	}
	bare, err := startProcess(exec.Command(os.Args[0]), discardFlag+"=1", pageFlag+"="+file)
	if err != nil {
		b.Fatal(err)
	}
	defer bare.kill()
	for b.Loop() {
		var at [2][]sample
		for range benchRounds {
			at[0] = append(at[0], gauge(b, bare, 256, looks(ours.places[:1])))
			at[1] = append(at[1], gauge(b, ours.server, 256, looks(ours.places)))
		}
		b.ReportMetric(median(at[0], perSecond), "constant/s")
		b.ReportMetric(median(at[1], perSecond), "ours/s")
		b.ReportMetric(median(at[1], perSecond)/median(at[0], perSecond), "ratio")
		b.ReportMetric(float64(len(page)), "page-bytes")
		b.ReportMetric(inMs(first), "first-ms/form")
	}
}

// looks asks for pages.
func looks(places []place) exchanges {
	return func(chance *rand.Rand) func(*wire) error {
		var request []byte
		return func(w *wire) error {
			p := places[chance.IntN(len(places))]
			request = p.paper.look.write(request, p.link, noAnswers)
			a, err := w.exchange(request)
			if err == nil && (a.status != 200 || len(a.body) < 1000) {
				err = errors.New("no page")
			}
			return err
		}
	}
}

// firstPage gives one page as it is sent, and has every form prepared that
// will be asked for; it says how long one takes that nobody has asked for yet.
func firstPage(b *testing.B, s side) (page []byte, first time.Duration) {
	b.Helper()
	w := newWire(s.at, time.Now().Add(time.Minute))
	defer w.hangUp()
	start := time.Now()
	for _, p := range s.places {
		a, err := w.exchange(p.paper.look.write(nil, p.link, noAnswers))
		if err != nil || a.status != 200 {
			b.Fatal(a.status, err)
		}
		page = append(page[:0], a.body...)
	}
	return page, time.Since(start) / time.Duration(len(s.places))
}

// BenchmarkTallies reads and decodes the tallies of the whole province, at two
// numbers of responses, and counts all responses anew:
//
//	go test -run '^$' -bench Tallies -benchtime 1x -timeout 30m ./cmd/hailong
func BenchmarkTallies(b *testing.B) {
	small, large := openStocked(b, 100_000), openStocked(b, 1_000_000)
	round := benchRound(b, large)
	var read [2][]sample
	var checked []sample
	for b.Loop() {
		for range 4 * benchRounds {
			for i, s := range []*store.Store{small, large} {
				read[i] = append(read[i], timed(b, func() error { _, err := s.Strata(b.Context(), round); return err }))
			}
		}
		for range benchRounds {
			checked = append(checked, timed(b, func() error { _, err := large.Check(b.Context()); return err }))
		}
	}
	b.ReportMetric(median(read[0], p50), "at100k-ms")
	b.ReportMetric(median(read[1], p50), "at1M-ms")
	b.ReportMetric(median(checked, p50)/1e3, "check-at1M-s")
}

func timed(b *testing.B, work func() error) sample {
	b.Helper()
	start := time.Now()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	return sample{p50: inMs(time.Since(start))}
}

// openStocked opens a copy of a stocked folder.
func openStocked(b *testing.B, responses int) *store.Store {
	b.Helper()
	dir := b.TempDir()
	if err := copySynced(filepath.Join(stocked(b, responses), store.FileName), filepath.Join(dir, store.FileName)); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(b.Context(), store.Options{Dir: dir, Zone: benchZone})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}
