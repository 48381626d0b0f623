package store

import (
	"context"
	"database/sql"
	"fmt"

	"hailong/survey"
)

// Finding is something that Check found wrong.
type Finding struct {
	Message string
	English string
}

// Inspection is what Check looked at and found.
type Inspection struct {
	Schools   int
	Strata    int
	Responses int
	Opinions  int
	Findings  []Finding // none: all is well
}

func (in *Inspection) find(vi, en string, args ...any) {
	e := survey.Refuse(survey.Invalid, vi, en, args...)
	in.Findings = append(in.Findings, Finding{e.Message, e.English})
}

// Check proves the database: SQLite's own integrity and foreign key checks, a
// recount of every response against the stored tallies, what became of schools
// and communes, the audit log's seals.
func (s *Store) Check(ctx context.Context) (in Inspection, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, step := range []func(context.Context, *sql.Tx, *Inspection) error{
			checkIntegrity, checkForeignKeys, s.recount, countRest, checkLineage, checkReleases, checkAudit} {
			if err := step(ctx, tx, &in); err != nil {
				return err
			}
		}
		return nil
	})
	return in, err
}

func checkIntegrity(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	lines, err := collect(ctx, tx, func(rows *sql.Rows) (line string, err error) { return line, rows.Scan(&line) }, `PRAGMA integrity_check(20)`)
	if err != nil {
		return fmt.Errorf("check integrity: %w", err)
	}
	for _, line := range lines {
		if line != "ok" {
			in.find("Tệp dữ liệu hỏng: %s. Dừng dịch vụ và khôi phục từ bản sao lưu", "The database file is damaged: %s; stop the service and restore a backup", line)
		}
	}
	return nil
}

func checkForeignKeys(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	tables, err := collect(ctx, tx, func(rows *sql.Rows) (table string, err error) {
		var row, parent, key any
		return table, rows.Scan(&table, &row, &parent, &key)
	}, `PRAGMA foreign_key_check`)
	if err != nil {
		return fmt.Errorf("check foreign keys: %w", err)
	}
	if len(tables) > 0 {
		in.find("Có %d dòng trỏ đến dòng không còn (bảng %s)", "%d rows point to rows that are gone (table %s)", len(tables), tables[0])
	}
	return nil
}

// recount counts every stored response again and compares with the tallies.
func (s *Store) recount(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	counted, err := s.countResponses(ctx, tx, in)
	if err != nil {
		return err
	}
	type row struct {
		stratum   int64
		responses int
		packed    []byte
		school    string
		form      string
	}
	rows, err := collect(ctx, tx, func(rows *sql.Rows) (r row, err error) {
		return r, rows.Scan(&r.stratum, &r.responses, &r.packed, &r.school, &r.form)
	}, `SELECT tally.stratum_id, tally.responses, tally.packed, stratum.school_code, stratum.form FROM tally JOIN stratum ON stratum.id = tally.stratum_id`)
	if err != nil {
		return fmt.Errorf("read tallies: %w", err)
	}
	in.Strata = len(rows)
	for _, r := range rows {
		stored, err := survey.DecodeTally(r.packed)
		again, any := counted[r.stratum]
		if err != nil || stored.Responses != r.responses || any && !stored.Equal(again) || !any && stored.Responses != 0 {
			in.find("Số đếm của trường %s, phiếu %s không khớp: lưu %d phiếu, đếm lại %d", "The tally of school %s, form %s does not agree: %d responses stored, %d counted again",
				r.school, r.form, r.responses, again.Responses)
		}
	}
	return nil
}

func (s *Store) countResponses(ctx context.Context, tx *sql.Tx, in *Inspection) (map[int64]survey.Tally, error) {
	forms, err := s.allForms(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT stratum_id, marks, expectation, helped FROM response`)
	if err != nil {
		return nil, fmt.Errorf("read responses: %w", err)
	}
	defer rows.Close()
	counted := map[int64]*survey.Tally{}
	for rows.Next() {
		d, err := scanResponse(rows)
		form := forms[d.Stratum]
		if err != nil || form == nil || len(d.Response.Marks) != len(form.Items)+1 {
			in.find("Một phiếu trả lời lưu sai dạng (mã nhóm %d)", "A stored response is malformed (stratum %d)", d.Stratum)
			continue
		}
		if counted[d.Stratum] == nil {
			t := form.NewTally()
			counted[d.Stratum] = &t
		}
		form.Count(counted[d.Stratum], d)
		in.Responses++
	}
	all := make(map[int64]survey.Tally, len(counted))
	for stratum, t := range counted {
		all[stratum] = *t
	}
	return all, rows.Err()
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

func countRest(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	for query, to := range map[string]*int{`SELECT COUNT(*) FROM school`: &in.Schools, `SELECT COUNT(*) FROM opinion`: &in.Opinions} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return fmt.Errorf("count rows: %w", err)
		}
	}
	return nil
}

func checkAudit(ctx context.Context, tx *sql.Tx, in *Inspection) error {
	wrong, err := verifyAudit(ctx, tx)
	if err != nil {
		return err
	}
	if wrong > 0 {
		in.find("Nhật ký bị sửa từ dòng %d", "The audit log was changed from entry %d on", wrong)
	}
	return nil
}
