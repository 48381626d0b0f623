package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"hailong/survey"
)

const (
	queueSize = 512 // deliveries that may wait
	batchSize = 256 // deliveries written in one transaction
)

// inbox takes responses to the one writer. What has gathered when the last
// transaction ends goes into the next one, without waiting for more, and all
// are answered after its commit. When nothing comes for a moment, the writer
// moves what arrived to its places.
type inbox struct {
	ledger *ledger
	queue  chan *parcel
	orders chan chan error // to move everything, and say so
	done   chan struct{}
	batch  []*parcel
	quiet  *time.Timer // runs while there may be something to move

	mu     sync.RWMutex
	closed bool
}

// parcel is a delivery on its way, ready to be written, with the place for the
// answer.
type parcel struct {
	survey.Delivery
	key        responseKey
	digest     responseDigest
	marks      string
	opinionKey responseKey // nothing but chance
	answer     chan outcome
}

// parcels that were answered serve again.
var parcels = sync.Pool{New: func() any { return &parcel{answer: make(chan outcome, 1)} }}

// pack does for a delivery what need not wait for the writer.
func (s *Store) pack(in survey.Delivery) (*parcel, error) {
	p := parcels.Get().(*parcel)
	p.Delivery, p.key, p.digest = in, responseKey(in.ID.Key()), responseDigest(in.ID.Digest(in.Stratum, in.Response))
	p.marks = survey.EncodeMarks(in.Response.Marks)
	if in.Response.Comment == "" {
		return p, nil
	}
	if _, err := io.ReadFull(s.random, p.opinionKey[:]); err != nil {
		return nil, fmt.Errorf("read randomness: %w", err)
	}
	return p, nil
}

// arrived is the response as it is stored in an arrival.
func (p *parcel) arrived(seq int64) arrived {
	return arrived{key: p.key, digest: p.digest, stratum: p.Stratum, day: int64(p.Day), expectation: p.Response.Expectation,
		helped: p.Helped, marks: p.marks, seq: seq}
}

type outcome struct {
	fresh bool
	err   error
}

func newInbox(l *ledger) *inbox {
	b := &inbox{ledger: l, queue: make(chan *parcel, queueSize), orders: make(chan chan error), done: make(chan struct{}),
		batch: make([]*parcel, 0, batchSize), quiet: time.NewTimer(0)}
	go b.run()
	return b
}

// Accept stores a response and counts it, and returns after the durable
// commit. A second delivery under the same ID changes nothing: fresh is false,
// and if its answers differ the error is a Conflict. When ctx ends first, the
// response may or may not have been stored; sending it again settles that.
func (s *Store) Accept(ctx context.Context, in survey.Delivery) (fresh bool, err error) {
	p, err := s.pack(in)
	if err != nil {
		return false, err
	}
	if err := s.inbox.put(p); err != nil {
		return false, err
	}
	select {
	case o := <-p.answer:
		p.Delivery = survey.Delivery{}
		parcels.Put(p)
		return o.fresh, o.err
	case <-ctx.Done():
		return false, errBusy()
	}
}

func errBusy() *survey.Error {
	return survey.Refuse(survey.Busy, "Đang có nhiều người gửi. Xin đợi ít phút rồi bấm Gửi lại", "Too many people are sending; try again in a moment")
}

func (b *inbox) put(p *parcel) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		return errBusy()
	}
	select {
	case b.queue <- p:
		return nil
	default:
		return errBusy()
	}
}

// close lets the writer finish what is queued and move what arrived.
func (b *inbox) close() {
	b.mu.Lock()
	if !b.closed {
		b.closed = true
		close(b.queue)
	}
	b.mu.Unlock()
	<-b.done
	b.ledger.db.Close()
}

// errNoStratum is internal: a delivery to a stratum that does not exist.
var errNoStratum = errors.New("no such stratum")
