package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"hailong/survey"
)

// noAnswers is for requests that carry none.
var noAnswers survey.Delivery

// pocketFlag names the program built from testdata/pocketbase.
const pocketFlag = "HAILONG_BENCH_POCKETBASE"

// BenchmarkPocketBase sends in turn records with 24 marks, a percentage and a
// 120-character comment to PocketBase as it comes (an empty database,
// synchronous=NORMAL) and forms to the service (1,000,000 stored, FULL):
//
//	go -C cmd/hailong/testdata/pocketbase build -o "$PWD/pocketbase" .
//	HAILONG_BENCH_POCKETBASE=$PWD/pocketbase go test -run '^$' -bench PocketBase -benchtime 1x -timeout 30m ./cmd/hailong
func BenchmarkPocketBase(b *testing.B) {
	program := os.Getenv(pocketFlag)
	if program == "" {
		b.Skip("build testdata/pocketbase and name the program in " + pocketFlag)
	}
	dir := stocked(b, 1_000_000)
	for _, connections := range []int{64, 256} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			for b.Loop() {
				comparePocket(b, program, dir, connections)
			}
		})
	}
}

func comparePocket(b *testing.B, program, dir string, connections int) {
	ours, pocket := startSide(b, "hailong", dir), startPocket(b, program)
	defer ours.end(b)
	defer pocket.kill()
	var at [2][]sample
	for range benchRounds {
		at[0] = append(at[0], gauge(b, pocket, connections, records(pocket.at)))
		at[1] = append(at[1], ours.measure(b, connections))
	}
	b.ReportMetric(median(at[0], perSecond), "pocketbase/s")
	b.ReportMetric(median(at[1], perSecond), "ours/s")
	b.ReportMetric(median(at[1], perSecond)/median(at[0], perSecond), "ratio")
	b.ReportMetric(median(at[0], p50), "pocketbase-p50-ms")
	b.ReportMetric(median(at[0], p99), "pocketbase-p99-ms")
	b.ReportMetric(median(at[1], p99), "ours-p99-ms")
	b.ReportMetric(median(at[0], cpu), "pocketbase-cpu-us")
	b.ReportMetric(float64(pocket.peakMemory())/1e6, "pocketbase-peak-MB")
}

// startPocket starts PocketBase on a free port with an account, without which
// it would open a browser.
func startPocket(b *testing.B, program string) *server {
	b.Helper()
	dir := b.TempDir()
	if out, err := exec.Command(program, "superuser", "upsert", "bench@example.com", "0123456789", "--dir", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	at, err := newLoopback(addr)
	if err != nil {
		b.Fatal(err)
	}
	s := &server{cmd: exec.Command(program, "serve", "--http", addr, "--dir", dir), at: at, ended: make(chan error, 1)}
	s.cmd.Stderr = &s.log
	if err := s.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	answers(b, s)
	return s
}

// answers waits until the server does.
func answers(b *testing.B, s *server) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 20*time.Second)
	defer cancel()
	w := newWire(s.at, time.Now().Add(20*time.Second))
	defer w.hangUp()
	for {
		if a, err := w.exchange([]byte("GET /api/health HTTP/1.1\r\nHost: " + s.at.at.String() + "\r\n\r\n")); err == nil && a.status == 200 {
			return
		}
		if !pause(ctx, 20*time.Millisecond) {
			s.kill()
			b.Fatal("PocketBase does not answer:", s.log.String())
		}
	}
}

// records adds records, each with an id of its own.
func records(to loopback) exchanges {
	const signs = "abcdefghijklmnopqrstuvwxyz0123456789"
	id := bytes.Repeat([]byte("#"), 15)
	form := map[string]any{"id": string(id), "school": "24472-0001", "expectation": 80, "comment": spoken}
	for i := range 24 {
		form[fmt.Sprintf("i%d", i+1)] = 5
	}
	return func(chance *rand.Rand) func(*wire) error {
		body, _ := json.Marshal(form)
		request := fmt.Appendf(nil, "POST /api/collections/responses/records HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", to.at, len(body), body)
		place := bytes.Index(request, id)
		return func(w *wire) error {
			for i := range id {
				request[place+i] = signs[chance.IntN(len(signs))]
			}
			a, err := w.exchange(request)
			if err == nil && (a.status != 200 || !bytes.Contains(a.body, request[place:place+len(id)])) {
				err = fmt.Errorf("PocketBase answered %d: %.300s", a.status, a.body)
			}
			return err
		}
	}
}
