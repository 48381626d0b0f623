package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"hailong/survey"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks a database file as this program's ("hail").
const applicationID = 0x6861696c

// migrate brings the schema to the newest version: every missing step in one
// transaction together with the version, so that a cut leaves the old version
// or the new one and nothing between. Programs that start at once wait for
// each other.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		version, err := schemaVersion(ctx, tx)
		if err != nil {
			return err
		}
		if version > len(steps) {
			return survey.Refuse(survey.Conflict,
				"Cơ sở dữ liệu do bản hailong mới hơn tạo ra (phiên bản %d, bản này hiểu đến %d). Dùng bản hailong mới hơn",
				"The database was made by a newer hailong (version %d, this one knows up to %d); use the newer program", version, len(steps))
		}
		for n, step := range steps[version:] {
			if err := applyStep(ctx, tx, step, version+n+1); err != nil {
				return err
			}
		}
		return nil
	})
}

func applyStep(ctx context.Context, tx *sql.Tx, step string, version int) error {
	text, err := migrationFiles.ReadFile(step)
	if err != nil {
		return fmt.Errorf("read %s: %w", step, err)
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("apply %s: %w", step, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)); err != nil {
		return fmt.Errorf("write schema version: %w", err)
	}
	return nil
}

// schemaVersion reads the version, and refuses a file of another program.
func schemaVersion(ctx context.Context, tx *sql.Tx) (int, error) {
	var version, application, tables int
	for query, to := range map[string]*int{
		"PRAGMA user_version": &version, "PRAGMA application_id": &application, "SELECT COUNT(*) FROM sqlite_schema": &tables} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return 0, fmt.Errorf("read schema version: %w", err)
		}
	}
	if application != applicationID && (tables > 0 || version > 0) {
		return 0, survey.Refuse(survey.Conflict, "Tệp %s trong thư mục dữ liệu không phải của hailong. Chọn thư mục khác bằng --data",
			"File %s in the data folder is not a database of hailong; choose another folder with --data", FileName)
	}
	return version, nil
}
