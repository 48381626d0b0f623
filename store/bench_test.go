package store_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hailong/store"
	"hailong/survey"
)

// openProvince gives a store with 1,500 schools of one form and the round open.
func openProvince(b *testing.B) (*store.Store, []survey.Stratum) {
	b.Helper()
	c := &clock{at("2026-10-20 09:00")}
	return openProvinceWith(b, store.Options{Dir: b.TempDir(), Zone: zone, Now: c.read})
}

func openProvinceWith(b *testing.B, o store.Options) (*store.Store, []survey.Stratum) {
	b.Helper()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	var schools []survey.School
	for i := range 1500 {
		schools = append(schools, school(fmt.Sprintf("S%04d", i), "TH", survey.Enrolment{survey.LevelTH: 500}))
	}
	if _, err := s.LoadSchools(context.Background(), "test", schools, false); err != nil {
		b.Fatal(err)
	}
	if _, err := s.AdvanceRounds(context.Background()); err != nil {
		b.Fatal(err)
	}
	strata, err := s.Strata(context.Background(), "2026-10")
	if err != nil {
		b.Fatal(err)
	}
	return s, strata
}

// mint makes the n-th delivery: another ID, school and answers each time.
func mint(s *store.Store, strata []survey.Stratum, n int64) survey.Delivery {
	var random [16]byte
	binary.LittleEndian.PutUint64(random[:], uint64(n)*0x9E3779B97F4A7C15)
	binary.LittleEndian.PutUint64(random[8:], uint64(n))
	st := strata[int(n)%len(strata)]
	d := delivery(st, string(survey.MintFormID(s.Secret(), random[:], at("2026-10-20 09:00"))))
	for i := range d.Response.Marks {
		d.Response.Marks[i] = survey.Mark(3 + (n+int64(i)*n/7)%3)
	}
	d.Response.Expectation = int(n % 11 * 10)
	if n%5 == 0 {
		d.Response.Comment = "Mong nhà trường sửa lại khu vệ sinh, có thêm nước uống và cây bóng mát ngoài sân cho các cháu."
	}
	return d
}

// BenchmarkAccept stores responses durably with their tallies.
func BenchmarkAccept(b *testing.B) {
	for _, senders := range []int{1, 64, 256} {
		b.Run(fmt.Sprintf("senders=%d", senders), func(b *testing.B) {
			s, strata := openProvince(b)
			var next atomic.Int64
			var group sync.WaitGroup
			b.ResetTimer()
			for range senders {
				group.Go(func() {
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						if _, err := s.Accept(context.Background(), mint(s, strata, n)); err != nil {
							b.Error(err)
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "responses/s")
		})
	}
}

// BenchmarkReading reads and decodes the tallies of the whole province, and
// counts every response again, with few and with many responses stored.
func BenchmarkReading(b *testing.B) {
	for _, responses := range []int{10_000, 1_000_000} {
		s, strata := openProvince(b)
		var next atomic.Int64
		var group sync.WaitGroup
		for range 256 {
			group.Go(func() {
				for n := next.Add(1); n <= int64(responses); n = next.Add(1) {
					if _, err := s.Accept(context.Background(), mint(s, strata, n)); err != nil {
						b.Error(err)
					}
				}
			})
		}
		group.Wait()
		b.Run(fmt.Sprintf("tallies/responses=%d", responses), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Strata(context.Background(), "2026-10"); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("check/responses=%d", responses), func(b *testing.B) {
			for b.Loop() {
				if in, err := s.Check(context.Background()); err != nil || in.Responses != responses || len(in.Findings) > 0 {
					b.Fatal(in, err)
				}
			}
		})
	}
}

// BenchmarkReadingOnTheWay reads the tallies of the whole province while as many
// responses as ever are on their way.
func BenchmarkReadingOnTheWay(b *testing.B) {
	c := &clock{at("2026-10-20 09:00")}
	s, strata := openProvinceWith(b, store.WithFolding(store.Options{Dir: b.TempDir(), Zone: zone, Now: c.read}, 1<<30, store.Hold))
	for n := range int64(30_720 / 128) {
		var batch []survey.Delivery
		for k := range int64(128) {
			batch = append(batch, mint(s, strata, 128*n+k))
		}
		s.WriteTogether(b, batch...)
	}
	for b.Loop() {
		if _, err := s.Strata(context.Background(), "2026-10"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBareCommit is the least that a durable write costs on this disk: one
// small row in a transaction of its own.
func BenchmarkBareCommit(b *testing.B) {
	s, _ := openProvince(b)
	s.Exec(b, `CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)`)
	for b.Loop() {
		s.Exec(b, `INSERT INTO bare (text) VALUES ('một dòng')`)
	}
}
