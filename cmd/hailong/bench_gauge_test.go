package main

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// exchanges makes one sender's turn: a request that is sent and an answer that
// is checked.
type exchanges func(chance *rand.Rand) func(w *wire) error

// gauge lets the connections exchange with a server for one round and times
// every exchange.
func gauge(b *testing.B, s *server, connections int, make exchanges) sample {
	b.Helper()
	before := side{server: s}.cpu()
	var all []*waits
	took, err := load{to: s.at, senders: connections, span: benchSpan}.run(context.Background(), func(sender int) turn {
		mine, once := new(waits), make(rand.New(rand.NewPCG(rand.Uint64(), uint64(sender))))
		all = append(all, mine)
		return func(_ context.Context, w *wire) error {
			start := time.Now()
			if err := once(w); err != nil {
				return err
			}
			*mine = append(*mine, time.Since(start))
			return nil
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	var sum waits
	for _, mine := range all {
		sum = append(sum, *mine...)
	}
	n := float64(len(sum))
	return sample{n / took.Seconds(), inMs(sum.percentile(0.5)), inMs(sum.percentile(0.99)), float64((side{server: s}.cpu() - before).Microseconds()) / n}
}

func inMs(d time.Duration) float64 { return d.Seconds() * 1e3 }

func p50(s sample) float64 { return s.p50 }
func p99(s sample) float64 { return s.p99 }
func cpu(s sample) float64 { return s.cpu }

// copySynced copies a file and waits until the disk has it: what is still on
// its way to the disk would slow down the commits that are measured.
func copySynced(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// BenchmarkCommit holds one sender's wait at the service against one bare
// durable commit on the same disk: a small row, a transaction of its own, WAL
// and synchronous=FULL:
//
//	go test -run '^$' -bench Commit -benchtime 1x -timeout 30m ./cmd/hailong
func BenchmarkCommit(b *testing.B) {
	ours := startSide(b, "hailong", stocked(b, 1_000_000))
	defer ours.end(b)
	commit := bareCommit(b)
	for b.Loop() {
		var service, bare []sample
		for range benchRounds {
			bare = append(bare, commit())
			service = append(service, ours.measure(b, 1))
		}
		b.ReportMetric(median(bare, p50)*1e3, "bare-p50-us")
		b.ReportMetric(median(service, p50)*1e3, "ours-p50-us")
		b.ReportMetric(median(service, p50)/median(bare, p50), "ratio")
	}
}

// bareCommit gives one round of commits to a database of its own.
func bareCommit(b *testing.B) func() sample {
	b.Helper()
	name := filepath.Join(b.TempDir(), "bare.db")
	db, err := sql.Open("sqlite", "file:"+name+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)`); err != nil {
		b.Fatal(err)
	}
	var level int
	if err := db.QueryRow(`PRAGMA synchronous`).Scan(&level); err != nil || level != 2 {
		b.Fatalf("synchronous is %d: %v", level, err)
	}
	insert, err := db.Prepare(`INSERT INTO t (v) VALUES (?)`)
	if err != nil {
		b.Fatal(err)
	}
	row := make([]byte, 100)
	return func() sample {
		var took waits
		for start := time.Now(); time.Since(start) < benchSpan; {
			one := time.Now()
			if _, err := insert.Exec(row); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(one))
		}
		return sample{float64(len(took)) / benchSpan.Seconds(), inMs(took.percentile(0.5)), inMs(took.percentile(0.99)), 0}
	}
}

// pageFlag names the file that the bare side answers every GET with.
const pageFlag = "HAILONG_BENCH_PAGE"

// constantPage is the bound of handing out pages: the same compressed bytes to
// everyone.
func constantPage(app *fiber.App) {
	page, err := os.ReadFile(os.Getenv(pageFlag))
	if err != nil {
		return
	}
	app.Get("/k/:code/:form", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(page)
	})
}
