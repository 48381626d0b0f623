package main

import (
	"bytes"
	"context"
	"time"

	"hailong/survey"
)

// mail is a form on its way, with its request.
type mail struct {
	delivery   survey.Delivery
	way        int
	request    []byte
	maybeThere bool // an earlier sending may have arrived
	again      bool // an earlier sending was acknowledged
}

// verdict is what an answer means to the phone.
type verdict int

const (
	thanked verdict = iota
	busy
	wrongAnswer
)

// deliver sends the form until it is acknowledged, as the page does by itself:
// a busy service is tried again after a while, a broken connection at once.
func (m *mail) deliver(ctx context.Context, w *wire, r *record) bool {
	for try := range tries {
		if try > 0 && !pause(ctx, time.Duration(try)*100*time.Millisecond) {
			return false
		}
		a, err := w.exchange(m.request)
		if err != nil {
			r.broken++
			m.maybeThere = true
			continue
		}
		switch m.judge(a, r) {
		case thanked:
			return true
		case busy:
			r.refused++
			m.maybeThere = true // a busy service may have kept it all the same
		case wrongAnswer:
			return false
		}
	}
	return false
}

// judge checks an answer: 303 to the page of thanks; as JSON 201, or 200 when
// the form was there, and each time the receipt of this very form.
func (m *mail) judge(a answer, r *record) verdict {
	switch {
	case a.status == 503:
		return busy
	case m.way == byPage && a.status == 303 && bytes.Contains(a.head, []byte("/cam-on\r\n")):
		return thanked
	case m.way == byJSON && (a.status == 201 && !m.again || a.status == 200 && m.maybeThere) && bytes.Contains(a.body, []byte(m.delivery.ID.Receipt())):
		return thanked
	}
	r.fault("POST: %d %.200q", a.status, a.body)
	return wrongAnswer
}

// pause waits, and says whether there is time left.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// take gives a form to a slow phone with a connection of its own, if one is
// free. The phone goes on when the others' time is over: what it has begun to
// send it sends to the end.
func (p *phones) take(ctx context.Context, near *wire, m mail, request []byte) bool {
	select {
	case p.room <- struct{}{}:
	default:
		return false
	}
	m.request = request
	p.wait.Go(func() {
		defer func() { <-p.room }()
		w := newWire(near.to, near.until)
		defer w.hangUp()
		var r record
		done := m.crawl(context.WithoutCancel(ctx), w, &r)
		r.ledger = append(r.ledger, sentForm{m.delivery, done})
		p.mu.Lock()
		p.sum.add(&r)
		p.mu.Unlock()
	})
	return true
}

// crawl sends the form in parts with pauses between; a form that was not taken
// then goes the way of the others.
func (m *mail) crawl(ctx context.Context, w *wire, r *record) bool {
	size := len(m.request)/slowParts + 1
	for rest := m.request; len(rest) > 0; rest = rest[min(size, len(rest)):] {
		if err := w.send(rest[:min(size, len(rest))]); err != nil {
			r.broken++
			m.maybeThere = true
			return m.deliver(ctx, w, r)
		}
		pause(ctx, slowPause)
	}
	a, err := w.receive()
	if err == nil {
		switch m.judge(a, r) {
		case thanked:
			return true
		case wrongAnswer:
			return false
		case busy:
			r.refused++
		}
	} else {
		r.broken++
	}
	m.maybeThere = true
	return m.deliver(ctx, w, r)
}

// rest waits for the slow phones and gives what they saw.
func (p *phones) rest() *record {
	p.wait.Wait()
	return &p.sum
}
