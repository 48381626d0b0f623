package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"hailong/survey"
)

// copyTo copies the database in a file to another, first under a name of its
// own; manifest and copy get their names last, in this order.
func (s *Store) copyTo(ctx context.Context, from, to string, scheduled bool) (kept Kept, err error) {
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.tmp") // readable by the owner only
	if err != nil {
		return kept, errNoBackup(to, err)
	}
	defer os.Remove(f.Name())
	if err := f.Close(); err != nil {
		return kept, errNoBackup(to, err)
	}
	if err := s.options.vacuumInto(ctx, from, f.Name()); err != nil {
		return kept, errNoBackup(to, err)
	}
	if err := s.options.settleCopy(ctx, f.Name()); err != nil {
		return kept, s.options.explain(err)
	}
	if kept.Manifest, err = s.options.describe(ctx, f.Name()); err != nil {
		return kept, s.options.explain(err)
	}
	kept.File, kept.Manifest.File, kept.Scheduled = to, filepath.Base(to), scheduled
	if err := writeJSON(to+manifestSuffix, kept.Manifest); err != nil {
		return kept, errNoBackup(to, err)
	}
	if err := os.Rename(f.Name(), to); err != nil {
		return kept, errNoBackup(to, err)
	}
	return kept, syncFolder(filepath.Dir(to))
}

// vacuumInto writes one state of a database into an empty file, without
// holding up its writer.
func (o Options) vacuumInto(ctx context.Context, from, to string) error {
	s, err := o.connectReadOnly(from, untouched)
	if err != nil {
		return err
	}
	_, err = s.reader.ExecContext(ctx, `VACUUM INTO ?`, to)
	if err := errors.Join(err, s.disconnect()); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	return nil
}

// settleCopy moves what arrived to its places, so that a copy keeps nothing of
// the order in which responses came, and makes the copy durable. One of an
// older schema stays as it is. Nobody but this process knows the copy yet.
func (o Options) settleCopy(ctx context.Context, file string) (err error) {
	s, err := o.newStore()
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", address(file)+"?_journal_mode=MEMORY&_synchronous=OFF&_foreign_keys=1&_dqs=0&_defensive=1&_txlock=immediate&_pragma=secure_delete(1)")
	if err != nil {
		return fmt.Errorf("settle copy: %w", err)
	}
	db.SetMaxOpenConns(1)
	err = s.settleIn(ctx, db)
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("settle copy: %w", err)
	}
	return syncFile(file)
}

func (s *Store) settleIn(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil || version != s.steps.newest() {
		return err
	}
	l, err := newLedger(ctx, s, db)
	if err != nil {
		return err
	}
	if _, any, err := l.look(); err != nil || !any {
		return err
	}
	return l.settle()
}

// describe looks through a finished copy and says what is in it.
func (o Options) describe(ctx context.Context, file string) (m Manifest, err error) {
	if m.Size, m.SHA256, err = hashFile(file); err != nil {
		return m, err
	}
	s, err := o.connectReadOnly(file, looking)
	if err != nil {
		return m, err
	}
	defer s.disconnect()
	m.Made, m.Program = o.Now().UTC(), programVersion()
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := quickCheck(ctx, tx); err != nil {
			return err
		}
		return m.fill(ctx, tx)
	})
	if err != nil || m.Schema != s.steps.newest() {
		return m, err
	}
	m.Results, err = s.digests(ctx, m.Rounds)
	return m, err
}

// fill reads what any version of the schema can tell.
func (m *Manifest) fill(ctx context.Context, tx *sql.Tx) (err error) {
	for query, to := range map[string]any{`PRAGMA application_id`: &m.Application, `PRAGMA user_version`: &m.Schema,
		`SELECT COALESCE((SELECT lower(hex(seal)) FROM audit ORDER BY seq DESC LIMIT 1), '')`: &m.AuditSeal} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return fmt.Errorf("describe backup: %w", err)
		}
	}
	m.Rounds, err = collect(ctx, tx, func(rows *sql.Rows) (id survey.RoundID, err error) { return id, rows.Scan(&id) }, `SELECT id FROM round ORDER BY opens, id`)
	if err != nil {
		return fmt.Errorf("describe backup: %w", err)
	}
	m.Rows, err = countTables(ctx, tx)
	return err
}

// countTables counts the rows of every table.
func countTables(ctx context.Context, tx *sql.Tx) (map[string]int64, error) {
	tables, err := collect(ctx, tx, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) },
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	counts := make(map[string]int64, len(tables))
	for _, table := range tables {
		var n int64
		if err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT COUNT(*) FROM %q`, table)).Scan(&n); err != nil {
			return nil, fmt.Errorf("count rows of %s: %w", table, err)
		}
		counts[table] = n
	}
	return counts, nil
}

// hashFile gives the length of a file and its SHA-256.
func hashFile(file string) (int64, string, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, "", fmt.Errorf("read %s: %w", filepath.Base(file), err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return 0, "", fmt.Errorf("read %s: %w", filepath.Base(file), err)
	}
	return n, hex.EncodeToString(h.Sum(nil)), nil
}

// programVersion names this program as it was built.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.Main.Version
}
