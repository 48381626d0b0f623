package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// bulkSizes are the numbers of rows that a bulk statement takes at once.
var bulkSizes = [...]int{64, 16, 4, 1}

// bulk is a statement over rows of values, many at once: one statement of 64
// rows costs far less than 64 of one.
type bulk struct {
	columns int
	sized   [len(bulkSizes)]*sql.Stmt
}

// prepareBulk prepares a statement whose one %s stands for its rows, each of
// them written as row says.
func prepareBulk(ctx context.Context, db *sql.DB, query, row string) (b bulk, err error) {
	b.columns = strings.Count(row, "?")
	for i, size := range bulkSizes {
		text := fmt.Sprintf(query, strings.Repeat(row+", ", size-1)+row)
		if b.sized[i], err = db.PrepareContext(ctx, text); err != nil {
			return b, fmt.Errorf("prepare %s: %w", query, err)
		}
	}
	return b, nil
}

// each hands all values to do, a statement and its share after the other.
func (b bulk) each(values []any, do func(*sql.Stmt, []any) error) error {
	for i, size := range bulkSizes {
		for width := size * b.columns; len(values) >= width; values = values[width:] {
			if err := do(b.sized[i], values[:width]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b bulk) exec(ctx context.Context, tx *sql.Tx, values []any) error {
	return b.each(values, func(stmt *sql.Stmt, some []any) error {
		_, err := tx.StmtContext(ctx, stmt).ExecContext(ctx, some...)
		return err
	})
}
