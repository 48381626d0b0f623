package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// arrival is a row of the table: what one transaction took in. The last one
// stays when its responses have been moved, empty, for its number.
type arrival struct {
	seq       int64
	packed    string
	responses []arrived
}

// readArrivals gives the arrivals in the order of their numbers. Responses that
// are being moved may have rows of their own already.
func readArrivals(ctx context.Context, tx *sql.Tx) ([]arrival, error) {
	all, err := collect(ctx, tx, func(rows *sql.Rows) (a arrival, err error) {
		if err := rows.Scan(&a.seq, &a.packed); err != nil || a.packed == "" {
			return a, err
		}
		a.responses, err = unpackArrival(a.seq, a.packed)
		return a, err
	}, `SELECT seq, packed FROM arrival ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("read arrivals: %w", err)
	}
	return all, nil
}

// byStratum gives what arrived of each stratum.
func byStratum(arrivals []arrival) map[int64][]*arrived {
	of := map[int64][]*arrived{}
	for _, a := range arrivals {
		for i := range a.responses {
			r := &a.responses[i]
			of[r.stratum] = append(of[r.stratum], r)
		}
	}
	return of
}

// addArrivals counts what arrived into the tallies of strata, each of which
// holds the arrivals up to counted.
func addArrivals(ctx context.Context, tx *sql.Tx, strata []countedStratum) error {
	arrivals, err := readArrivals(ctx, tx)
	if err != nil {
		return err
	}
	of := make(map[int64]*countedStratum, len(strata))
	for i := range strata {
		of[strata[i].ID] = &strata[i]
	}
	for _, all := range arrivals {
		for i := range all.responses {
			a := &all.responses[i]
			st := of[a.stratum]
			if st == nil { // of another round
				continue
			}
			if err := a.countInto(st.Form, &st.Tally, st.counted); err != nil {
				return fmt.Errorf("count arrivals of stratum %d: %w", st.ID, err)
			}
		}
	}
	return nil
}

// countedStratum is a stratum with the number of the last arrival that its
// stored tally holds.
type countedStratum struct {
	survey.Stratum
	counted int64
}

// readUnplaced gives the responses that arrived and have no row of their own
// yet.
func readUnplaced(ctx context.Context, tx *sql.Tx) (unplaced []*arrived, err error) {
	arrivals, err := readArrivals(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, a := range arrivals {
		for i := range a.responses {
			var placed bool
			if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM response WHERE key = ?)`, a.responses[i].key[:]).Scan(&placed); err != nil {
				return nil, fmt.Errorf("look for a response: %w", err)
			}
			if !placed {
				unplaced = append(unplaced, &a.responses[i])
			}
		}
	}
	return unplaced, nil
}

// findArrived gives the response with that key, if it is in an arrival.
func findArrived(ctx context.Context, tx *sql.Tx, key []byte) (found arrived, ok bool, err error) {
	packed, err := collect(ctx, tx, func(rows *sql.Rows) (b string, err error) { return b, rows.Scan(&b) },
		`SELECT packed FROM arrival WHERE instr(packed, ?) > 0`, key)
	if err != nil {
		return found, false, fmt.Errorf("look through arrivals: %w", err)
	}
	for _, b := range packed {
		responses, err := unpackArrival(0, b)
		if err != nil {
			return found, false, fmt.Errorf("look through arrivals: %w", err)
		}
		for i := range responses {
			if responses[i].key == responseKey(key) {
				return responses[i], true, nil
			}
		}
	}
	return found, false, nil
}
