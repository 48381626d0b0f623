package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"hailong/survey"
)

// AuditLog gives the entries of the audit log that are asked for, the newest
// first.
func (s *Store) AuditLog(ctx context.Context, q survey.AuditQuery) (log []survey.AuditEntry, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT seq, at, actor, action, object, detail FROM audit
			WHERE (? = 0 OR seq < ?) AND (? = '' OR actor = ?) AND (? = '' OR action = ?) ORDER BY seq DESC`, q.Before, q.Before, q.Actor, q.Actor, q.Action, q.Action)
		if err != nil {
			return fmt.Errorf("read audit log: %w", err)
		}
		defer rows.Close()
		for len(log) < q.Limit && rows.Next() {
			e, err := scanAudit(rows)
			if err != nil {
				return fmt.Errorf("read audit log: %w", err)
			}
			if q.Keeps(e) {
				log = append(log, e)
			}
		}
		return rows.Err()
	})
	return log, err
}

// AuditActors gives everybody who has an entry in the audit log.
func (s *Store) AuditActors(ctx context.Context) (actors []string, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		actors, err = collect(ctx, tx, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) },
			`SELECT DISTINCT actor FROM audit ORDER BY actor`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read audit log: %w", err)
	}
	return actors, nil
}

func scanAudit(rows *sql.Rows) (e survey.AuditEntry, err error) {
	var at int64
	err = rows.Scan(&e.Seq, &at, &e.Actor, &e.Action, &e.Object, &e.Detail)
	e.At = time.UnixMilli(at).UTC()
	return e, err
}

// VerifyAudit walks the whole audit log and gives the number of entries. An
// entry that was changed, or one that is missing, is a Conflict that names it.
// Entries cut off the end leave no trace in the log itself; keep the number
// and the seal of the last entry elsewhere to notice that.
func (s *Store) VerifyAudit(ctx context.Context) (entries int64, seal string, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		wrong, err := verifyAudit(ctx, tx)
		if err != nil {
			return err
		}
		if wrong != 0 {
			return survey.Refuse(survey.Conflict, "Nhật ký sai từ dòng %[1]d: dòng này đã bị sửa hoặc bị xóa. Giữ nguyên dữ liệu, so với bản sao lưu gần nhất",
				"The audit log is wrong from entry %[1]d on: it was changed or removed; keep the data as it is and compare it with the last backup", wrong)
		}
		err = tx.QueryRowContext(ctx, `SELECT count(*), coalesce((SELECT lower(hex(seal)) FROM audit ORDER BY seq DESC LIMIT 1), '') FROM audit`).Scan(&entries, &seal)
		if err != nil {
			return fmt.Errorf("read audit log: %w", err)
		}
		return nil
	})
	return entries, seal, err
}
