package store

import (
	"context"
	"runtime"
	"time"

	"hailong/survey"
)

const (
	idleAfter  = 20 * time.Millisecond // without a delivery, the writer moves what arrived
	retryAfter = time.Second           // after a fault in moving
	turns      = 2                     // in which others run before a transaction begins
	writeBack  = 2000                  // transactions from which on the log is written back in a quiet moment
	orphanTime = 100                   // times idleAfter in which nobody commits: what arrived was left behind
)

// run is the writer.
func (b *inbox) run() {
	defer close(b.done)
	defer b.quiet.Stop()
	watch := watch{ledger: b.ledger}
	for {
		select {
		case first, ok := <-b.queue:
			if !ok {
				b.leave(watch.own)
				return
			}
			watch.own = true
			b.write(b.gather(first))
			b.quiet.Reset(b.ledger.store.options.idleAfter)
		case answer := <-b.orders:
			answer <- b.ledger.settle()
		case <-b.quiet.C:
			if again := watch.tidy(); again > 0 {
				b.quiet.Reset(again)
			}
		}
	}
}

// gather takes what is waiting behind a parcel. Before, whoever is ready to
// run has its turn: those who were just answered and those whose request is
// half read come along in this transaction. When nobody is, that takes no time.
func (b *inbox) gather(first *parcel) []*parcel {
	for range turns {
		runtime.Gosched()
	}
	batch := append(b.batch[:0], first)
	for len(batch) < batchSize {
		select {
		case p, ok := <-b.queue:
			if !ok {
				return batch
			}
			batch = append(batch, p)
		default:
			return batch
		}
	}
	return batch
}

// leave moves what this process took in before it ends. What cannot be moved
// stays where it is, durable and counted; the next start moves it.
func (b *inbox) leave(own bool) {
	if own {
		_ = b.ledger.settle()
	}
}

// watch moves what arrived in quiet moments.
type watch struct {
	ledger *ledger
	own    bool  // this process took in responses
	seen   int64 // the data's version when it was looked at last; 0: never
}

// tidy moves some of what arrived and says after what time there may be more
// to do; 0: when the next delivery comes. Arrivals of a process that serves
// beside this one are left to it.
func (w *watch) tidy() time.Duration {
	if w.ledger.store.isBroken() {
		return 0
	}
	if !w.own {
		version, any, err := w.ledger.look()
		if err != nil || !any {
			return 0
		}
		if before := w.seen; before != version {
			w.seen = version
			return orphanTime * w.ledger.store.options.idleAfter
		}
		w.own = true
	}
	more, err := w.ledger.foldSome()
	switch {
	case err != nil:
		return retryAfter
	case more:
		return time.Nanosecond
	}
	w.ledger.writeBack()
	return 0
}

// writeBack copies the log into the database when much was written and nobody
// sends; it begins anew with the next transaction. No reader is waited for.
func (l *ledger) writeBack() {
	if l.commits < l.store.options.writeBack {
		return
	}
	if _, err := l.db.Exec(`PRAGMA wal_checkpoint(PASSIVE)`); l.store.judged(err) == nil {
		l.commits = 0
	}
}

// look gives the data's version and says whether there are arrivals with
// responses.
func (l *ledger) look() (version int64, any bool, err error) {
	err = l.db.QueryRow(`SELECT EXISTS (SELECT 1 FROM arrival WHERE length(packed) > 0)`).Scan(&any)
	if err == nil && any {
		err = l.db.QueryRow(`PRAGMA data_version`).Scan(&version)
	}
	return version, any, err
}

// settle moves all that arrived to its places, and waits for it.
func (s *Store) settle(ctx context.Context) error {
	answer := make(chan error, 1)
	select {
	case s.inbox.orders <- answer:
	case <-s.inbox.done:
		return errBusy()
	case <-ctx.Done():
		return ctx.Err()
	}
	return <-answer
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
