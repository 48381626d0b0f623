package store

import (
	"encoding/binary"
	"fmt"
)

const (
	filterBits = 1 << 24 // 2 MB: at a million keys, 2 in 1,000 are looked for in vain
	filterFrom = 8       // deliveries in one transaction from which on a filter is worth its making
)

// keyFilter says of most keys for certain that no response has them (a Bloom
// filter). It spares looking for each new form among all that are stored. It
// speaks for forms shown on its first day or later; keys are hashes already,
// so parts of them serve as places.
type keyFilter struct {
	from uint16 // first day, as keys begin
	bits []uint64
}

// covers says whether the filter speaks for a key. It does not for those of
// IDs that others made: they bear no day.
func (f *keyFilter) covers(key *responseKey) bool {
	day := binary.BigEndian.Uint16(key[:])
	return f != nil && day >= f.from && day != foreignDay
}

// foreignDay stands in the place of the day in the keys of foreign IDs.
const foreignDay = 0xFFFF

func (f *keyFilter) add(key *responseKey) {
	for at := 2; f != nil && at < keySize; at += 4 {
		place := binary.BigEndian.Uint32(key[at:]) % filterBits
		f.bits[place/64] |= 1 << (place % 64)
	}
}

// lacks says that no response has the key. When it does not, one may.
func (f *keyFilter) lacks(key *responseKey) bool {
	if !f.covers(key) {
		return false
	}
	for at := 2; at < keySize; at += 4 {
		place := binary.BigEndian.Uint32(key[at:]) % filterBits
		if f.bits[place/64]&(1<<(place%64)) == 0 {
			return true
		}
	}
	return false
}

// makeFilter fills a filter with the keys of all responses to forms shown since
// yesterday, those that are on their way too.
func (e entering) makeFilter() error {
	day := uint16(e.store.now().Unix()/86400) - 1
	f := &keyFilter{from: day, bits: make([]uint64, filterBits/64)}
	rows, err := e.tx.QueryContext(e.ctx, `SELECT key FROM response WHERE key >= ? AND key < x'FFFF'`, binary.BigEndian.AppendUint16(nil, day))
	if err != nil {
		return fmt.Errorf("read keys: %w", err)
	}
	defer rows.Close()
	var key responseKey
	for rows.Next() {
		if err := rows.Scan((*keyColumn)(&key)); err != nil {
			return fmt.Errorf("read keys: %w", err)
		}
		f.add(&key)
	}
	for key := range e.gathering.digests {
		f.add(&key)
	}
	if e.folding != nil {
		for key := range e.folding.digests {
			f.add(&key)
		}
	}
	e.ledger.filter = f
	return rows.Err()
}

// keyColumn reads a key without keeping it.
type keyColumn responseKey

// Scan implements sql.Scanner.
func (k *keyColumn) Scan(column any) error {
	b, ok := column.([]byte)
	if !ok || copy(k[:], b) != keySize {
		return fmt.Errorf("a key of %d bytes", len(b))
	}
	return nil
}
