package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"hailong/survey"
)

// AuditLog gives up to limit entries of the audit log, the newest first: those
// before the number given, or the last ones when it is 0.
func (s *Store) AuditLog(ctx context.Context, before int64, limit int) (log []survey.AuditEntry, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		log, err = collect(ctx, tx, scanAudit, `SELECT seq, at, actor, action, object, detail FROM audit WHERE ? = 0 OR seq < ? ORDER BY seq DESC LIMIT ?`, before, before, limit)
		if err != nil {
			return fmt.Errorf("read audit log: %w", err)
		}
		return nil
	})
	return log, err
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
