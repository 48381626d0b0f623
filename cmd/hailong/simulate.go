package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"hailong/store"
	"hailong/survey"
)

// senders is how many simulated parents send at once.
const senders = 128

// opinions are what simulated parents write now and then.
var opinions = []string{
	"Nhà trường rất quan tâm đến các cháu, xin cảm ơn thầy cô.",
	"Mong nhà trường sửa lại khu vệ sinh và có thêm nước uống.",
	"Đường vào trường mùa mưa lầy lội, đề nghị có biện pháp.",
	"Nên có thêm sân chơi, cây bóng mát cho học sinh.",
	"Thầy cô nhiệt tình, nhà trường thông tin kịp thời.",
	"Đề nghị công khai các khoản đóng góp ngay từ đầu năm.",
	"- Thư viện cần thêm sách mới",
	"Con tôi thích đi học.",
	"Cô Hoa lớp 3A dạy hay nhưng giao nhiều bài tập về nhà.",
	"Cần trao đổi thêm xin gọi mẹ cháu Minh, số 0900 000 000.",
	"Cháu hay bị bạn lớn trêu chọc ở cổng trường, mong thầy chủ nhiệm để ý.",
}

// simulate sends about as many responses as wanted, in a part of the strata.
// Most are content, as in the surveys that provinces publish; schools differ.
func simulate(ctx context.Context, s *store.Store, round survey.Round, strata []survey.Stratum, wanted int) (int, error) {
	chance := rand.New(rand.NewPCG(2026, 11))
	asked := 0
	for _, st := range strata {
		asked += st.Enrolment
	}
	jobs := make(chan survey.Delivery, senders)
	go func() {
		defer close(jobs)
		for _, st := range strata {
			if chance.Float64() < 0.15 {
				continue // a school that has not begun
			}
			crowd := newCrowd(chance, st)
			share := float64(wanted) / float64(max(asked, 1)) * (0.4 + 1.5*chance.Float64())
			for range min(st.Enrolment, int(math.Round(share*float64(st.Enrolment)))) {
				if ctx.Err() != nil {
					return
				}
				jobs <- crowd.delivery(s.Secret(), round)
			}
		}
	}()
	return send(ctx, s, jobs)
}

// send hands deliveries in, many at once, and counts those that were stored.
func send(ctx context.Context, s *store.Store, jobs <-chan survey.Delivery) (int, error) {
	var stored atomic.Int64
	var wrong atomic.Pointer[error]
	var all sync.WaitGroup
	for range senders {
		all.Go(func() {
			for d := range jobs {
				if fresh, err := s.Accept(ctx, d); err != nil {
					wrong.CompareAndSwap(nil, &err)
				} else if fresh {
					stored.Add(1)
				}
			}
		})
	}
	all.Wait()
	if err := wrong.Load(); err != nil {
		return 0, fmt.Errorf("store a simulated response: %w", *err)
	}
	return int(stored.Load()), ctx.Err()
}

// crowd is the people of one stratum.
type crowd struct {
	chance  *rand.Rand
	stratum survey.Stratum
	school  float64   // how content people are here
	items   []float64 // how the items differ
}

func newCrowd(chance *rand.Rand, st survey.Stratum) *crowd {
	c := &crowd{chance: chance, stratum: st, school: 4.35 + 0.3*chance.NormFloat64()}
	for range len(st.Form.Items) + 1 {
		c.items = append(c.items, 0.25*chance.NormFloat64())
	}
	return c
}

func (c *crowd) delivery(secret []byte, round survey.Round) survey.Delivery {
	var random [16]byte
	binary.LittleEndian.PutUint64(random[:], c.chance.Uint64())
	binary.LittleEndian.PutUint64(random[8:], c.chance.Uint64())
	day := round.Opens + survey.Day(c.chance.IntN(int(min(round.Closes, survey.DayOf(round.OpenedAt, time.UTC))-round.Opens)+1))
	id := survey.MintFormID(secret, random[:], day.Start(time.UTC))
	return survey.Delivery{ID: id, Stratum: c.stratum.ID, Day: day, Response: c.response()}
}

func (c *crowd) response() survey.Response {
	person := c.school + 0.5*c.chance.NormFloat64()
	r := survey.Response{Expectation: survey.NoPercent}
	for _, item := range c.items {
		r.Marks = append(r.Marks, c.mark(person+item))
	}
	if c.chance.Float64() < 0.93 {
		r.Expectation = min(120, max(0, 10*int(math.Round(2*person+0.8*c.chance.NormFloat64()))))
	}
	if c.chance.Float64() < 0.12 {
		r.Comment = opinions[c.chance.IntN(len(opinions))]
	}
	return r
}

func (c *crowd) mark(level float64) survey.Mark {
	switch p := c.chance.Float64(); {
	case p < 0.03:
		return survey.Unknown
	case p < 0.05:
		return survey.Blank
	}
	return survey.Mark(min(5, max(1, int(math.Round(level+0.6*c.chance.NormFloat64())))))
}
