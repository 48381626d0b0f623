package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"time"

	"hailong/survey"
)

// habits say how parents behave; the shares go from 0 to 1.
type habits struct {
	secret   []byte  // mints the ids of those who do not look at the page
	looks    float64 // open the page first and take the id from it
	comments float64
	json     float64
	repeats  float64 // send the same form again; half of them because they hung up before the answer
	slow     float64 // send over seconds, a piece at a time
}

const (
	tries     = 6 // of one form that is refused for now
	slowParts = 4
	slowPause = 600 * time.Millisecond
	slowMost  = 1000 // phones that are slow at once
)

// visit is parents who come one after another; record is what became of them.
type visit struct {
	habits
	places []place
	chance *rand.Rand
	phones *phones
	record

	request []byte
	unzip   gzip.Reader
	page    bytes.Buffer
}

// record is what parents saw. The ledger says of every form that was sent
// whether it was acknowledged.
type record struct {
	waits    waits // from sending to «Đã gửi xong», of those whose phones are not slow
	looked   int
	refused  int // answers «busy, try again»
	repeated int // forms sent again and answered as the first time
	broken   int // connections that broke
	wrong    []string
	ledger   []sentForm
}

type sentForm struct {
	survey.Delivery
	acknowledged bool
}

// mostWrong bounds what is kept of answers that should not have come.
const mostWrong = 20

func (r *record) add(other *record) {
	r.waits = append(r.waits, other.waits...)
	r.looked += other.looked
	r.refused += other.refused
	r.repeated += other.repeated
	r.broken += other.broken
	r.wrong = append(r.wrong, other.wrong[:min(len(other.wrong), max(0, mostWrong-len(r.wrong)))]...)
	r.ledger = append(r.ledger, other.ledger...)
}

func (r *record) fault(format string, args ...any) {
	if len(r.wrong) < mostWrong {
		r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
	}
}

// phones are the slow ones under way beside the others.
type phones struct {
	wait sync.WaitGroup
	room chan struct{}
	mu   sync.Mutex
	sum  record
}

func newPhones() *phones { return &phones{room: make(chan struct{}, slowMost)} }

// once is one parent from looking at the page to the last answer.
func (v *visit) once(ctx context.Context, w *wire) error {
	p := v.places[v.chance.IntN(len(v.places))]
	id, ok := v.open(w, p)
	if !ok {
		return nil
	}
	d := survey.Delivery{ID: id, Stratum: p.stratum, Day: survey.DayOf(time.Now(), time.UTC), Response: respond(v.chance, p.paper.form, v.comments)}
	m := mail{delivery: d, way: byPage}
	if v.chance.Float64() < v.json {
		m.way = byJSON
	}
	v.request = p.paper.fill[m.way][min(1, len(d.Response.Comment))].write(v.request, p.link, d)
	if v.chance.Float64() < v.slow && v.phones.take(ctx, w, m, bytes.Clone(v.request)) {
		return nil
	}
	m.request = v.request
	v.send(ctx, w, m)
	return nil
}

// send delivers a form, now and then twice.
func (v *visit) send(ctx context.Context, w *wire, m mail) {
	fate := v.chance.Float64()
	hungUp, again := fate < v.repeats/2, fate < v.repeats
	if hungUp {
		m.maybeThere = true
		if w.send(m.request) == nil {
			w.hangUp()
		}
	}
	start := time.Now()
	done := m.deliver(ctx, w, &v.record)
	v.ledger = append(v.ledger, sentForm{m.delivery, done})
	if !done {
		return
	}
	v.waits = append(v.waits, time.Since(start))
	switch {
	case hungUp:
		v.repeated++
	case again:
		m.maybeThere, m.again = true, true
		if m.deliver(ctx, w, &v.record) {
			v.repeated++
		}
	}
}

// open gives the id of a form: from the page, or minted as the page would.
func (v *visit) open(w *wire, p place) (survey.FormID, bool) {
	if v.chance.Float64() >= v.looks {
		return mintID(v.chance, v.secret, time.Now()), true
	}
	v.request = p.paper.look.write(v.request, p.link, survey.Delivery{})
	a, err := w.exchange(v.request)
	if err != nil {
		v.broken++
		return "", false
	}
	if a.status != 200 {
		v.fault("GET /k/%s: %d", p.link, a.status)
		return "", false
	}
	id, err := v.readID(a.body)
	if err != nil {
		v.fault("GET /k/%s: %v", p.link, err)
		return "", false
	}
	v.looked++
	return id, true
}

func mintID(chance *rand.Rand, secret []byte, now time.Time) survey.FormID {
	var random [16]byte
	binary.LittleEndian.PutUint64(random[:], chance.Uint64())
	binary.LittleEndian.PutUint64(random[8:], chance.Uint64())
	return survey.MintFormID(secret, random[:], now)
}

// readID unpacks the page as a phone does and takes the id out of its form.
func (v *visit) readID(packed []byte) (survey.FormID, error) {
	if err := v.unzip.Reset(bytes.NewReader(packed)); err != nil {
		return "", fmt.Errorf("unpack the page: %w", err)
	}
	v.page.Reset()
	if _, err := io.Copy(&v.page, &v.unzip); err != nil {
		return "", fmt.Errorf("unpack the page: %w", err)
	}
	_, rest, found := bytes.Cut(v.page.Bytes(), []byte(`name=id value="`))
	id, _, ended := bytes.Cut(rest, []byte(`"`))
	if !found || !ended || len(id) != len(idRoom) {
		return "", fmt.Errorf("the page has no id")
	}
	return survey.FormID(id), nil
}
