package sheet_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"hailong/export/sheet"
	"hailong/survey"
)

// provinceKinds repeats in the shares of a real province: per 1,379 schools
// about 1,930 strata.
var provinceKinds = []survey.SchoolKind{"MN", "TH", "MN", "TH&THCS", "THCS", "TH", "MN", "THCS", "THPT", "TH&THCS", "MN", "THCS", "TH", "TH&THCS", "MN", "THCS&THPT", "THCS&THPT", "TH", "MN", "GDTX"}

// generatedProvince makes the results of a round with that many schools and
// responses, a comment with every fourth of them. The same arguments give the
// same results.
func generatedProvince(schools, responses int) survey.Results {
	r := provinceRound()
	areas := survey.BuiltInAreas().All()
	for i := range schools {
		kind := provinceKinds[i%len(provinceKinds)]
		school := survey.School{Code: survey.SchoolCode(fmt.Sprintf("66%s%03d", areas[i*len(areas)/schools].Code, i%1000)), Kind: kind,
			Name: fmt.Sprintf("Trường %s Nguyễn Thị Minh Khai số %d", kind, i+1), Area: areas[i*len(areas)/schools], Enrolment: survey.Enrolment{}}
		for _, level := range kind.UsualLevels() {
			school.Enrolment[level] = 60 + i*37%900
		}
		for _, f := range r.Questionnaire.FormsOf(school) {
			r.Strata = append(r.Strata, survey.Stratum{ID: int64(len(r.Strata) + 1), School: school, Form: f, Enrolment: school.Enrolment[f.Level], Tally: f.NewTally()})
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range responses {
		s := &r.Strata[random.IntN(len(r.Strata))]
		s.Form.Add(&s.Tally, randomResponse(random, s.Form))
		if i%4 == 0 {
			r.Opinions = append(r.Opinions, survey.Opinion{Stratum: s.ID, Text: fmt.Sprintf("Mong nhà trường sửa lại sân chơi và khu vệ sinh, bổ sung sách cho thư viện. Ý kiến số %d.", i)})
		}
	}
	return r
}

// provinceRound is a round without schools.
func provinceRound() survey.Results {
	zone := time.FixedZone("+07", 7*3600)
	round := survey.DefaultCalendar(zone).RoundsOf(2026)[1]
	round.State = survey.Shut
	return survey.Results{Round: round, Title: survey.DefaultCalendar(zone).Title(round, nil), Questionnaire: survey.BuiltInQuestionnaire(),
		Made: time.Date(2026, time.December, 2, 14, 5, 0, 0, zone)}
}

// randomResponse answers like contented people: mostly 4 and 5, some blanks.
func randomResponse(random *rand.Rand, f *survey.Form) survey.Response {
	marks := []survey.Mark{5, 5, 5, 4, 4, 4, 4, 3, 3, 2, 1, survey.Unknown, survey.Blank}
	r := survey.Response{Marks: make([]survey.Mark, len(f.Items)+1), Expectation: 50 + 5*random.IntN(15)}
	for i := range r.Marks {
		r.Marks[i] = marks[random.IntN(len(marks))]
	}
	return r
}

// BenchmarkWriteProvince shows that the time does not follow the number of
// responses but for the opinions among them, and how much memory is in use at
// most.
func BenchmarkWriteProvince(b *testing.B) {
	for _, responses := range []int{5_000, 50_000, 500_000} {
		for _, opinions := range []bool{false, true} {
			b.Run(fmt.Sprintf("responses=%d/opinions=%v", responses, opinions), func(b *testing.B) {
				results := generatedProvince(1379, responses)
				if !opinions {
					results.Opinions = nil
				}
				peak := watchHeap(b)
				b.ReportAllocs()
				for b.Loop() {
					if err := sheet.WriteProvince(io.Discard, results); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(peak(), "peak-MB")
			})
		}
	}
}

// watchHeap looks at the memory in use now and then, the results themselves
// included, and gives the most that it saw.
func watchHeap(b *testing.B) (peak func() float64) {
	runtime.GC()
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		seen := uint64(0)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			seen = max(seen, m.HeapInuse+m.StackInuse)
			select {
			case <-done:
				most <- seen
				return
			case <-tick.C:
			}
		}
	}()
	return func() float64 { close(done); return float64(<-most) / 1e6 }
}
