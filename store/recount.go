package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// recounting is a recount under way.
type recounting struct {
	*Inspection
	forms   map[int64]*survey.Form
	counted map[int64]*survey.Tally
	behind  map[int64][]*arrived // what arrived, by stratum
	last    int64                // number of the last arrival
}

// recount counts every response again, those that have no row of their own yet
// too, and compares with the tallies.
func (s *Store) recount(ctx context.Context, tx *sql.Tx, in *Inspection) (err error) {
	c := recounting{Inspection: in, counted: map[int64]*survey.Tally{}}
	if c.forms, err = s.allForms(ctx, tx); err != nil {
		return err
	}
	if err := c.rows(ctx, tx); err != nil {
		return err
	}
	if err := c.arrivals(ctx, tx); err != nil {
		return err
	}
	return c.compare(ctx, tx)
}

// rows counts the responses that have a row of their own.
func (c *recounting) rows(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT stratum_id, marks, expectation, helped FROM response`)
	if err != nil {
		return fmt.Errorf("read responses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scanResponse(rows)
		c.count(d, err)
	}
	return rows.Err()
}

func scanResponse(rows *sql.Rows) (d survey.Delivery, err error) {
	var marks string
	var expectation sql.NullInt64
	if err := rows.Scan(&d.Stratum, &marks, &expectation, &d.Helped); err != nil {
		return d, err
	}
	d.Response.Expectation = survey.NoPercent
	if expectation.Valid {
		d.Response.Expectation = int(expectation.Int64)
	}
	d.Response.Marks, err = survey.DecodeMarks(marks)
	return d, err
}

func (c *recounting) count(d survey.Delivery, err error) {
	form := c.forms[d.Stratum]
	if err != nil || form == nil || len(d.Response.Marks) != len(form.Items)+1 {
		c.find("Một phiếu trả lời lưu sai dạng (mã nhóm %d)", "A stored response is malformed (stratum %d)", d.Stratum)
		return
	}
	if c.counted[d.Stratum] == nil {
		t := form.NewTally()
		c.counted[d.Stratum] = &t
	}
	form.Count(c.counted[d.Stratum], d)
	c.Responses++
}

// arrivals counts the responses that have no row of their own yet, and looks
// whether all arrivals are there.
func (c *recounting) arrivals(ctx context.Context, tx *sql.Tx) error {
	all, err := readArrivals(ctx, tx)
	if errors.Is(err, errArrival) {
		c.find("Những phiếu vừa gửi lưu sai dạng. Dừng dịch vụ và khôi phục từ bản sao lưu", "The responses that came last are malformed; stop the service and restore a backup")
		return nil
	}
	if err != nil {
		return err
	}
	c.behind = byStratum(all)
	for i, a := range all {
		if i > 0 && (a.seq != c.last+1 || len(a.responses) == 0) || i == 0 && len(a.responses) > 0 && a.seq != 1 {
			c.find("Thiếu những phiếu vừa gửi trước lượt ghi %d", "Responses are missing that came before transaction %d", a.seq)
		}
		c.last = a.seq
		for k := range a.responses {
			if err := c.arrived(ctx, tx, &a.responses[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// arrived counts a response of an arrival, unless it has a row already; then
// both have to be the same.
func (c *recounting) arrived(ctx context.Context, tx *sql.Tx, a *arrived) error {
	row := arrived{expectation: survey.NoPercent, key: a.key, seq: a.seq}
	var expectation sql.NullInt64
	var digest []byte
	err := tx.QueryRowContext(ctx, `SELECT stratum_id, day, marks, expectation, digest, helped FROM response WHERE key = ?`, a.key[:]).
		Scan(&row.stratum, &row.day, &row.marks, &expectation, &digest, &row.helped)
	if errors.Is(err, sql.ErrNoRows) {
		c.count(a.delivery(nil))
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a response: %w", err)
	}
	if expectation.Valid {
		row.expectation = int(expectation.Int64)
	}
	copy(row.digest[:], digest)
	if row != *a {
		c.find("Một phiếu vừa gửi khác dòng đã ghi của nó (mã nhóm %d)", "A response that came last differs from its row (stratum %d)", a.stratum)
	}
	return nil
}

// storedTally is a row of the tallies.
type storedTally struct {
	stratum, counted int64
	responses        int
	packed           []byte
	school, form     string
}

func scanStoredTally(rows *sql.Rows) (r storedTally, err error) {
	return r, rows.Scan(&r.stratum, &r.responses, &r.packed, &r.counted, &r.school, &r.form)
}

// compare holds the tallies, with what arrived since each was saved, against
// what was counted again.
func (c *recounting) compare(ctx context.Context, tx *sql.Tx) error {
	rows, err := collect(ctx, tx, scanStoredTally, `SELECT tally.stratum_id, tally.responses, tally.packed, tally.counted, stratum.school_code, stratum.form
		FROM tally JOIN stratum ON stratum.id = tally.stratum_id`)
	if err != nil {
		return fmt.Errorf("read tallies: %w", err)
	}
	c.Strata = len(rows)
	for _, r := range rows {
		stored, agrees := c.whole(r)
		again := c.counted[r.stratum]
		if again == nil {
			again = &survey.Tally{}
			agrees = agrees && stored.Responses == 0
		} else {
			agrees = agrees && stored.Equal(*again)
		}
		if !agrees {
			c.find("Số đếm của trường %s, phiếu %s không khớp: lưu %d phiếu, đếm lại %d", "The tally of school %s, form %s does not agree: %d responses stored, %d counted again",
				r.school, r.form, stored.Responses, again.Responses)
		}
	}
	return nil
}

// whole gives a stored tally with what arrived since it was saved, and says
// whether it can be one.
func (c *recounting) whole(r storedTally) (t survey.Tally, sound bool) {
	t, err := survey.DecodeTally(r.packed)
	form := c.forms[r.stratum]
	if err != nil || form == nil || len(t.Items) != len(form.Items)+1 || t.Responses != r.responses || r.counted > c.last {
		t.Responses = r.responses
		return t, false
	}
	for _, a := range c.behind[r.stratum] {
		if a.countInto(form, &t, r.counted) != nil {
			return t, false
		}
	}
	return t, true
}

// allForms gives the form of every stratum.
func (s *Store) allForms(ctx context.Context, tx *sql.Tx) (map[int64]*survey.Form, error) {
	ids, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) }, `SELECT id FROM stratum`)
	if err != nil {
		return nil, fmt.Errorf("read strata: %w", err)
	}
	forms := make(map[int64]*survey.Form, len(ids))
	for _, id := range ids {
		if forms[id], err = s.formOf(ctx, tx, id); err != nil {
			return nil, err
		}
	}
	return forms, nil
}
