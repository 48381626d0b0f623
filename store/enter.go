package store

import (
	"bytes"
	"database/sql"
	"fmt"
	"slices"

	"hailong/survey"
)

// judge gives the outcome of each delivery, and the new ones.
// The first under an ID is the response; a later one with the same answers
// changes nothing.
func (e entering) judge(batch []*parcel, outcomes []outcome) (fresh []*parcel, err error) {
	stored, err := e.stored(batch)
	if err != nil {
		return nil, err
	}
	fresh = make([]*parcel, 0, len(batch))
	for i, p := range batch {
		if _, err := e.formOf(p.Stratum); err != nil {
			return nil, err
		}
		before, again := e.waiting(p.key)
		if !again {
			before, again = stored[p.key]
		}
		switch {
		case !again:
			outcomes[i].fresh = true
			e.gathering.digests[p.key] = p.digest
			e.filter.add(&p.key)
			fresh = append(fresh, p)
		case before != p.digest:
			outcomes[i].err = errAgain()
		}
	}
	return fresh, nil
}

// stored looks for rows of the deliveries, those aside that are in an arrival.
func (e entering) stored(batch []*parcel) (map[responseKey]responseDigest, error) {
	if e.filter == nil && len(batch) >= filterFrom {
		if err := e.makeFilter(); err != nil {
			return nil, err
		}
	}
	var keys []any
	for _, p := range batch {
		if _, ok := e.waiting(p.key); !ok && !e.filter.lacks(&p.key) {
			keys = append(keys, p.key[:])
		}
	}
	var found map[responseKey]responseDigest
	err := e.known.each(keys, func(stmt *sql.Stmt, some []any) error {
		rows, err := e.tx.StmtContext(e.ctx, stmt).QueryContext(e.ctx, some...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var key, digest sql.RawBytes
			if err := rows.Scan(&key, &digest); err != nil {
				return err
			}
			if found == nil {
				found = map[responseKey]responseDigest{}
			}
			var of responseDigest // all zeros when the digest was forgotten: equal to none
			copy(of[:], digest)
			found[responseKey(key)] = of
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("look for responses: %w", err)
	}
	return found, nil
}

// enter writes new responses into an arrival and their comments to their
// places.
func (e entering) enter(fresh []*parcel) error {
	if len(fresh) == 0 {
		return nil
	}
	slices.SortFunc(fresh, func(a, b *parcel) int { return bytes.Compare(a.key[:], b.key[:]) })
	l := e.ledger
	l.seq++
	l.responses = l.responses[:0]
	for _, p := range fresh {
		l.responses = append(l.responses, p.arrived(l.seq))
	}
	l.packed = packArrival(l.packed, l.responses)
	if err := e.do(e.arrive, l.seq, l.packed); err != nil {
		return fmt.Errorf("write arrival: %w", err)
	}
	l.gathering.arrivals = append(l.gathering.arrivals, packedArrival{l.seq, string(l.packed)})
	if err := e.opinions.exec(e.ctx, e.tx, shelve(fresh)); err != nil {
		return fmt.Errorf("write opinions: %w", err)
	}
	return nil
}

// shelve gives the rows of the comments in their places: behind the day of
// their responses, among the others of this transaction in no order, the
// transactions in no order either. Lying together they cost few pages; keys of
// one transaction say nothing of which answers came with it.
func shelve(fresh []*parcel) []any {
	var rows []any
	var shelf []byte // what the keys of this transaction's comments share
	for _, p := range fresh {
		if p.Response.Comment == "" {
			continue
		}
		if shelf == nil {
			shelf = bytes.Clone(p.opinionKey[2:shelfEnd])
		}
		copy(p.opinionKey[:], p.key[:2])
		copy(p.opinionKey[2:], shelf)
		rows = append(rows, p.opinionKey[:], p.Stratum, p.Response.Comment)
	}
	return rows
}

// shelfEnd is where the random part that a transaction's comments share ends
// in their keys; 80 random bits follow.
const shelfEnd = 8

// errAgain is what a second delivery with other answers gets.
func errAgain() *survey.Error {
	return survey.Refuse(survey.Conflict, "Phiếu này đã được gửi trước đó và đã được tính. Câu trả lời gửi sau không thay phiếu đã gửi",
		"This form was sent before and has been counted; the later answers do not replace it")
}
