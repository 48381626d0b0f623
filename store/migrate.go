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

// migrations are the steps of the schema: step n leads from version n-1 to n
// and is never changed once a program with it has been given away.
type migrations struct {
	files fs.FS
	names []string
}

// openMigrations lists the steps, migrations/0001_….sql first.
func openMigrations(files fs.FS) (migrations, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return migrations{}, fmt.Errorf("list migrations: %w", err)
	}
	return migrations{files, names}, nil
}

// newest is the version to which the steps lead.
func (m migrations) newest() int { return len(m.names) }

// migrate brings the schema to the newest version, each step in a transaction
// of its own together with its version, so that a cut leaves the version
// before the step or the one after it and nothing between. A database that
// holds anything is copied first. Programs that start at once wait for each
// other.
func (s *Store) migrate(ctx context.Context) error {
	from, err := s.version(ctx)
	if err != nil {
		return err
	}
	if from > 0 && from < s.steps.newest() {
		if err := s.copyBefore(ctx); err != nil {
			return err
		}
	}
	for {
		version, err := s.applyNext(ctx, from)
		if err != nil || version == s.steps.newest() {
			return err
		}
	}
}

// version reads the schema's version; one that this program does not know is
// refused.
func (s *Store) version(ctx context.Context) (version int, err error) {
	err = transact(ctx, s.reader, &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx *sql.Tx) error {
		version, err = s.steps.version(ctx, tx)
		return err
	})
	return version, err
}

func (m migrations) version(ctx context.Context, tx *sql.Tx) (version int, err error) {
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	if version > m.newest() {
		return version, survey.Refuse(survey.Conflict,
			"Cơ sở dữ liệu do bản hailong mới hơn tạo ra (phiên bản %d, bản này hiểu đến %d). Dùng bản hailong mới hơn",
			"The database was made by a newer hailong (version %d, this one knows up to %d); use the newer program", version, m.newest())
	}
	return version, nil
}

// applyNext takes one step, unless another program has taken it, and gives the
// version after it. The last step of an upgrade leaves a note in the audit log.
// A step takes as long as it takes: only ctx bounds it.
func (s *Store) applyNext(ctx context.Context, from int) (version int, err error) {
	err = transact(ctx, s.writer, nil, func(ctx context.Context, tx *sql.Tx) error {
		if version, err = s.steps.version(ctx, tx); err != nil || version == s.steps.newest() {
			return err
		}
		if err := s.steps.apply(ctx, tx, version+1); err != nil {
			return err
		}
		version++
		if from > 0 && version == s.steps.newest() {
			return s.note(ctx, tx, entry{"hailong", "migrate", FileName, fmt.Sprintf("phiên bản %d → %d", from, version)})
		}
		return nil
	})
	return version, err
}

func (m migrations) apply(ctx context.Context, tx *sql.Tx, version int) error {
	name := m.names[version-1]
	text, err := fs.ReadFile(m.files, name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("apply %s: %w", name, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)); err != nil {
		return fmt.Errorf("write schema version: %w", err)
	}
	return nil
}
