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
