package store

import (
	"context"
	"errors"
	"sync"

	"hailong/survey"
)

const (
	queueSize = 512 // deliveries that may wait
	batchSize = 256 // deliveries written in one transaction
)

// inbox takes responses to the one writer. What has gathered when the last
// transaction ends goes into the next one, without waiting for more, and all
// are answered after its commit.
type inbox struct {
	ledger *ledger
	queue  chan *parcel
	done   chan struct{}

	mu     sync.RWMutex
	closed bool
}

// parcel is a delivery on its way, ready to be written, with the place for the
// answer.
type parcel struct {
	survey.Delivery
	key, digest []byte
	opinionKey  []byte // nothing but chance; nil without a comment
	marks       string
	answer      chan outcome
}

// pack does for a delivery what need not wait for the writer.
func (s *Store) pack(in survey.Delivery) (*parcel, error) {
	p := &parcel{Delivery: in, key: in.ID.Key(), digest: in.ID.Digest(in.Stratum, in.Response),
		marks: survey.EncodeMarks(in.Response.Marks), answer: make(chan outcome, 1)}
	if in.Response.Comment == "" {
		return p, nil
	}
	var err error
	p.opinionKey, err = s.randomBytes(len(p.key))
	return p, err
}

type outcome struct {
	fresh bool
	err   error
}

func newInbox(l *ledger) *inbox {
	b := &inbox{ledger: l, queue: make(chan *parcel, queueSize), done: make(chan struct{})}
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

// close lets the writer finish what is queued.
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

func (b *inbox) run() {
	defer close(b.done)
	for first := range b.queue {
		batch := append(make([]*parcel, 0, batchSize), first)
		for len(batch) < batchSize {
			next, ok := b.waiting()
			if !ok {
				break
			}
			batch = append(batch, next)
		}
		b.write(batch)
	}
}

// waiting takes a parcel if there is one.
func (b *inbox) waiting() (*parcel, bool) {
	select {
	case p, ok := <-b.queue:
		return p, ok
	default:
		return nil, false
	}
}

// write stores a batch. If that goes wrong, nothing of it is stored. When the
// disk is to blame all are refused; else each parcel is tried alone, so that
// one that cannot be stored harms no other.
func (b *inbox) write(batch []*parcel) {
	if b.ledger.store.isBroken() {
		refuseAll(batch, errBusy())
		return
	}
	outcomes, err := b.ledger.write(batch)
	if err == nil {
		for i, p := range batch {
			p.answer <- outcomes[i]
		}
		return
	}
	if len(batch) > 1 && survey.KindOf(err) != survey.Busy {
		for _, p := range batch {
			b.write([]*parcel{p})
		}
		return
	}
	refuseAll(batch, err)
}

func refuseAll(batch []*parcel, err error) {
	for _, p := range batch {
		p.answer <- outcome{err: err}
	}
}

// errAgain is what a second delivery with other answers gets.
func errAgain() *survey.Error {
	return survey.Refuse(survey.Conflict, "Phiếu này đã được gửi trước đó và đã được tính. Câu trả lời gửi sau không thay phiếu đã gửi",
		"This form was sent before and has been counted; the later answers do not replace it")
}

// errNoStratum is internal: a delivery to a stratum that does not exist.
var errNoStratum = errors.New("no such stratum")
