package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"testing"
	"time"

	"hailong/survey"
)

// Settle moves the responses that arrived to their places.
func (s *Store) Settle(t testing.TB) {
	t.Helper()
	if err := s.settle(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// WithFolding gives options whose store moves what arrived at other times;
// hold: only when it is told to.
func WithFolding(o Options, at int, idle time.Duration) Options {
	o.foldAt, o.idleAfter = at, idle
	return o
}

// WithWriteBack gives options whose store writes its log back after so many
// transactions.
func WithWriteBack(o Options, commits int) Options {
	o.writeBack = commits
	return o
}

// Hold is a time in which no test ends.
const Hold = time.Hour

// WriteTogether stores deliveries in one transaction, while nothing else is
// sent, and says which were fresh.
func (s *Store) WriteTogether(t testing.TB, deliveries ...survey.Delivery) (fresh []bool) {
	t.Helper()
	var batch []*parcel
	for _, d := range deliveries {
		p, err := s.pack(d)
		if err != nil {
			t.Fatal(err)
		}
		batch = append(batch, p)
	}
	outcomes, err := s.inbox.ledger.write(batch)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.err != nil {
			t.Fatal(o.err)
		}
		fresh = append(fresh, o.fresh)
	}
	return fresh
}

// FoldSome moves up to n of the responses that arrived, in one transaction.
func (s *Store) FoldSome(t testing.TB, n int) {
	t.Helper()
	if err := s.inbox.ledger.transact(func(e entering) error { return e.fold(n) }); err != nil {
		t.Fatal(err)
	}
}

// Raw reads one number from the database as it lies there.
func (s *Store) Raw(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	if err := s.reader.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Damage changes the store's own database behind its back, as it lies there.
func (s *Store) Damage(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.writer.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

// Repack gives what becomes of the responses of a delivery in an arrival.
func Repack(packed []byte) ([]byte, error) {
	all, err := unpackArrival(1, string(packed))
	if err != nil {
		return nil, err
	}
	return packArrival(nil, all), nil
}

// Sealed gives a packed arrival its checksum.
func Sealed(body []byte) []byte {
	return binary.BigEndian.AppendUint32(bytes.Clone(body), crc32.Checksum(body, castagnoli))
}

// PackDeliveries gives the arrival of some deliveries, and reads it back.
func PackDeliveries(deliveries []survey.Delivery) (packed []byte, back map[[18]byte]survey.Delivery, err error) {
	var each []arrived
	for _, d := range deliveries {
		p := parcel{Delivery: d, key: responseKey(d.ID.Key()), digest: responseDigest(d.ID.Digest(d.Stratum, d.Response)), marks: survey.EncodeMarks(d.Response.Marks)}
		each = append(each, p.arrived(1))
	}
	slices.SortFunc(each, func(a, b arrived) int { return byKey(&a, &b) })
	packed = packArrival(nil, each)
	all, err := unpackArrival(1, string(packed))
	back = map[[18]byte]survey.Delivery{}
	for i := range all {
		if back[all[i].key], err = all[i].delivery(nil); err != nil {
			return nil, nil, err
		}
	}
	return packed, back, err
}
