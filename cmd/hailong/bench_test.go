package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

const (
	benchRounds = 5               // of which the median counts
	benchSpan   = 8 * time.Second // of one round: several generations of responses are moved to their places in it
)

// BenchmarkEndToEnd sends form posts with a 120-character comment over
// keep-alive connections, in turn to the bare side and to the service on a
// database of 1,000,000 responses, and gives medians of five rounds:
//
//	go test -run '^$' -bench EndToEnd -benchtime 1x -timeout 30m ./cmd/hailong
func BenchmarkEndToEnd(b *testing.B) {
	dir := stocked(b, 1_000_000)
	for _, connections := range []int{1, 64, 256} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			for b.Loop() {
				compareSides(b, dir, connections)
			}
		})
	}
}

// BenchmarkSize holds the service at 5,000,000 stored responses against the
// service at 100,000.
func BenchmarkSize(b *testing.B) {
	small, large := stocked(b, 100_000), stocked(b, 5_000_000)
	for b.Loop() {
		var at [2][]sample
		for range benchRounds {
			for i, dir := range []string{small, large} {
				side := startSide(b, "hailong", dir)
				at[i] = append(at[i], side.measure(b, 256))
				side.end(b)
			}
		}
		b.ReportMetric(median(at[0], perSecond), "at100k/s")
		b.ReportMetric(median(at[1], perSecond), "at5M/s")
		b.ReportMetric(median(at[1], perSecond)/median(at[0], perSecond), "ratio")
	}
}

func compareSides(b *testing.B, dir string, connections int) {
	bare, ours := startSide(b, "bare", dir), startSide(b, "hailong", dir)
	defer bare.end(b)
	defer ours.end(b)
	var of [2][]sample
	for range benchRounds {
		of[0] = append(of[0], bare.measure(b, connections))
		of[1] = append(of[1], ours.measure(b, connections))
	}
	b.ReportMetric(median(of[0], perSecond), "bare/s")
	b.ReportMetric(median(of[1], perSecond), "ours/s")
	b.ReportMetric(median(of[1], perSecond)/median(of[0], perSecond), "ratio")
	b.ReportMetric(median(of[1], func(s sample) float64 { return s.p50 }), "p50-ms")
	b.ReportMetric(median(of[1], func(s sample) float64 { return s.p99 }), "p99-ms")
	b.ReportMetric(median(of[1], func(s sample) float64 { return s.cpu }), "ours-cpu-us")
	b.ReportMetric(median(of[0], func(s sample) float64 { return s.cpu }), "bare-cpu-us")
	b.ReportMetric(float64(ours.server.peakMemory())/1e6, "peak-MB")
}

// sample is one round on one side.
type sample struct{ perSecond, p50, p99, cpu float64 }

func perSecond(s sample) float64 { return s.perSecond }

func median(samples []sample, of func(sample) float64) float64 {
	var all []float64
	for _, s := range samples {
		all = append(all, of(s))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// side is a server under load.
type side struct {
	*server
	places []place
	secret []byte
}

// startSide starts the bare side, or the service on a copy of the folder.
func startSide(b *testing.B, kind, dir string) side {
	b.Helper()
	copied := b.TempDir()
	if err := copySynced(filepath.Join(dir, store.FileName), filepath.Join(copied, store.FileName)); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Dir: copied, Zone: benchZone})
	if err != nil {
		b.Fatal(err)
	}
	strata, err := s.Strata(context.Background(), benchRound(b, s))
	if err != nil {
		b.Fatal(err)
	}
	secret := s.Secret()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	words := []string{os.Args[0]}
	if kind == "hailong" {
		words = []string{Built, "serve", "--addr", "127.0.0.1:0", "--quiet", "--data", copied}
	}
	srv, err := startProcess(exec.Command(words[0], words[1:]...), discardFlag+"=1")
	if err != nil {
		b.Fatal(err)
	}
	return side{srv, newPlaces(strata, srv.at), secret}
}

// Built is the program as people run it; the tests build it.
var Built string

var benchZone = time.FixedZone("ICT", 7*3600)

func benchRound(b *testing.B, s *store.Store) survey.RoundID {
	b.Helper()
	r, _, err := openRound(context.Background(), s, time.Now().In(benchZone))
	if err != nil {
		b.Fatal(err)
	}
	return r.ID
}

func (s side) measure(b *testing.B, connections int) sample {
	b.Helper()
	before := s.cpu()
	var visits []*visit
	took, err := load{to: s.at, senders: connections, span: benchSpan}.run(context.Background(), func(sender int) turn {
		v := &visit{habits: habits{secret: s.secret, comments: 1}, places: s.places, chance: rand.New(rand.NewPCG(rand.Uint64(), uint64(sender))), phones: newPhones()}
		visits = append(visits, v)
		return v.once
	})
	if err != nil {
		b.Fatal(err)
	}
	var sum record
	for _, v := range visits {
		sum.add(&v.record)
	}
	if len(sum.wrong) > 0 || len(sum.waits) == 0 {
		b.Fatal(len(sum.waits), sum.wrong)
	}
	n, worked := float64(len(sum.waits)), s.cpu()-before
	s.rest(b)
	return sample{n / took.Seconds(), sum.waits.percentile(0.5).Seconds() * 1e3, sum.waits.percentile(0.99).Seconds() * 1e3, float64(worked.Microseconds()) / n}
}

// rest waits until the server has done what it put off, so that it takes no
// time from whoever is measured next.
func (s side) rest(b *testing.B) {
	b.Helper()
	still := s.cpu()
	for since := time.Now(); time.Since(since) < 30*time.Second; {
		time.Sleep(300 * time.Millisecond)
		now := s.cpu()
		if now-still < 20*time.Millisecond {
			return
		}
		still = now
	}
	b.Fatal("the server does not come to rest")
}

func (s side) end(b *testing.B) {
	s.kill()
}

// cpu is the time that the server's process has worked.
func (s side) cpu() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// stocked gives a folder with a province and so many responses spread over 16
// days; made once and kept among the system's temporary files.
func stocked(b *testing.B, responses int) string {
	b.Helper()
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("hailong-bench-%d-%s", responses, time.Now().In(benchZone).Format("2006-01-02")))
	if _, err := os.Stat(filepath.Join(dir, "ready")); !errors.Is(err, fs.ErrNotExist) {
		return dir
	}
	os.RemoveAll(dir)
	s, err := store.Open(context.Background(), store.Options{Dir: dir, Zone: benchZone})
	if err != nil {
		b.Fatal(err)
	}
	if err := loadDemoSchools(context.Background(), s); err != nil {
		b.Fatal(err)
	}
	stock(b, s, benchRound(b, s), responses)
	if err := errors.Join(s.Close(), os.WriteFile(filepath.Join(dir, "ready"), nil, 0o600)); err != nil {
		b.Fatal(err)
	}
	return dir
}

func stock(b *testing.B, s *store.Store, round survey.RoundID, responses int) {
	b.Helper()
	strata, err := s.Strata(context.Background(), round)
	if err != nil {
		b.Fatal(err)
	}
	jobs := make(chan survey.Delivery, senders)
	go func() {
		defer close(jobs)
		chance, today := rand.New(rand.NewPCG(1, 2)), time.Now()
		for n := range responses {
			st := strata[chance.IntN(len(strata))]
			when := today.AddDate(0, 0, -(n * 16 / responses))
			jobs <- survey.Delivery{ID: mintID(chance, s.Secret(), when), Stratum: st.ID, Day: survey.DayOf(when, benchZone), Response: respond(chance, st.Form, 0.3)}
		}
	}()
	if _, err := send(context.Background(), s, jobs); err != nil {
		b.Fatal(err)
	}
}
