package store

import (
	"context"
	"database/sql"
	"io/fs"
	"testing"
)

// ExecFile changes a database behind the store's back, as damage would.
func ExecFile(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// Exec changes the store's own database behind its back, when everything in it
// has its place.
func (s *Store) Exec(t testing.TB, query string, args ...any) {
	t.Helper()
	s.Settle(t)
	if _, err := s.writer.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

// Number reads one number from the database, when everything in it has its
// place.
func (s *Store) Number(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	s.Settle(t)
	if err := s.reader.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Text reads one text from every pool in turn, to compare their settings.
func (s *Store) Text(t *testing.T, query string) []string {
	t.Helper()
	var all []string
	for _, db := range []*sql.DB{s.writer, s.reader} {
		var text string
		if err := db.QueryRow(query).Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	return all
}

// TryExec tries to change the store's own database behind its back.
func (s *Store) TryExec(query string) error {
	_, err := s.writer.Exec(query)
	return err
}

// WithSteps gives options whose program knows other migrations.
func WithSteps(o Options, steps fs.FS) Options {
	o.steps = steps
	return o
}

// OwnSteps are the migrations of this program.
func OwnSteps() fs.FS { return migrationFiles }

// SchemaVersion is the version to which they lead.
func SchemaVersion(t *testing.T) int {
	t.Helper()
	m, err := openMigrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	return m.newest()
}

// ReadFile reads one value from a database file, whatever is wrong with it.
func ReadFile(path, query string) (value string, err error) {
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	return value, db.QueryRow(query).Scan(&value)
}

// FillPasswordQueue takes every place of those who wait for a password check.
func (s *Store) FillPasswordQueue() (free func()) {
	for range cap(s.queue) {
		s.queue <- struct{}{}
	}
	return func() {
		for range cap(s.queue) {
			<-s.queue
		}
	}
}

// NoteAs adds an entry with an action to the audit log.
func (s *Store) NoteAs(action string) error {
	return s.write(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return s.note(ctx, tx, entry{"test", action, "", ""})
	})
}
