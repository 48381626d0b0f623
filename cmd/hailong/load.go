package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hailong/survey"
)

// The bounds of any load.
const (
	mostSenders = 4000
	mostParents = 5_000_000
	longestLoad = 10 * time.Minute
)

// load is senders at work at once, each doing its turns one after another on
// a connection of its own, until all turns are done or the time is over.
type load struct {
	to      loopback
	senders int
	turns   int           // of all senders together; 0: as many as the time allows
	span    time.Duration // begins no turn after it
}

// turn is what a sender does once. An error ends the whole load.
type turn func(ctx context.Context, w *wire) error

// run plays the load and gives how long it took. hire makes the turn of
// each sender.
func (l load) run(ctx context.Context, hire func(sender int) turn) (time.Duration, error) {
	span := min(l.span, longestLoad)
	ctx, cancel := context.WithTimeoutCause(ctx, span, errSpan)
	defer cancel()
	var done atomic.Int64
	var all sync.WaitGroup
	var wrong atomic.Pointer[error]
	start := time.Now()
	for n := range min(l.senders, mostSenders) {
		do, w := hire(n), newWire(l.to, start.Add(span+patience))
		all.Go(func() {
			defer w.hangUp()
			for ctx.Err() == nil && (l.turns == 0 || done.Add(1) <= int64(min(l.turns, mostParents))) {
				if err := do(ctx, w); err != nil {
					wrong.CompareAndSwap(nil, &err)
					cancel()
				}
			}
		})
	}
	all.Wait()
	took := time.Since(start)
	if err := wrong.Load(); err != nil {
		return took, *err
	}
	return took, nil
}

// patience is how long an answer may take after the span.
const patience = 20 * time.Second

// errSpan is why a load ends that had time, not turns.
var errSpan = context.DeadlineExceeded

// waits is how long answers took.
type waits []time.Duration

// percentile gives the wait below which that share of them lies, 0 when there
// are none.
func (w waits) percentile(share float64) time.Duration {
	if len(w) == 0 {
		return 0
	}
	slices.Sort(w)
	return w[min(len(w)-1, int(share*float64(len(w))))]
}

// place is where a form can be sent to.
type place struct {
	paper   *paper
	link    survey.LinkCode
	stratum int64
}

// newPlaces gives the places of a round's strata on the service at that
// address.
func newPlaces(strata []survey.Stratum, to loopback) []place {
	papers := map[survey.FormCode]*paper{}
	var places []place
	for _, st := range strata {
		if papers[st.Form.Code] == nil {
			p := newPaper(st.Form, to.at.String())
			papers[st.Form.Code] = &p
		}
		places = append(places, place{papers[st.Form.Code], st.School.Link, st.ID})
	}
	return places
}

// respond makes up a parent's answers: most are content, every question is
// answered, the percentage has two digits.
func respond(chance *rand.Rand, form *survey.Form, comments float64) survey.Response {
	marks := make([]survey.Mark, len(form.Items)+1)
	draws := chance.Uint64()
	for i := range marks {
		if i%16 == 0 {
			draws = chance.Uint64()
		}
		marks[i] = usual[draws&15]
		draws >>= 4
	}
	r := survey.Response{Marks: marks, Expectation: 10 + chance.IntN(90)}
	if chance.Float64() < comments {
		r.Comment = spoken
	}
	return r
}

// usual is how often each level is chosen, in sixteenths.
var usual = [16]survey.Mark{5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 2, 0}
