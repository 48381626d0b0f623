package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the database driver

	"hailong/survey"
)

// FileName is the name of the database in the data folder.
const FileName = "hailong.db"

const (
	readers      = 4
	writeTimeout = 10 * time.Second
)

// Options say how to open a store. Now and Random default to the clock and the
// system's randomness.
type Options struct {
	Dir    string // data folder; made if it does not exist
	Zone   *time.Location
	Now    func() time.Time
	Random io.Reader
}

// Store is an open database: one writing connection, several reading ones.
type Store struct {
	writer         *sql.DB
	reader         *sql.DB
	zone           *time.Location
	now            func() time.Time
	random         io.Reader
	secret         []byte
	turn           sync.Mutex // of this process's writers
	inbox          *inbox
	broken         chan struct{} // closed when the disk lost what it had taken
	breaking       sync.Once
	slots          chan struct{} // password checks under way
	forms          sync.Map      // stratum ID → *survey.Form
	questionnaires sync.Map      // version → *survey.Questionnaire
}

// Open opens the database in the folder, making both if need be, and brings
// its schema up to date. A database of a newer program, or a file that is no
// database of this program, is refused with a *survey.Error.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	path := filepath.Join(o.Dir, FileName)
	s := &Store{zone: o.Zone, now: o.Now, random: o.Random, slots: make(chan struct{}, passwordSlots), broken: make(chan struct{})}
	var err error
	if s.writer, err = open(path, "&_txlock=immediate&_pragma=secure_delete(1)", 1); err != nil {
		return nil, err
	}
	if s.reader, err = open(path, "&_query_only=1", readers); err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		s.writer.Close()
		s.reader.Close()
		return nil, err
	}
	if err := s.openInbox(ctx, path); err != nil {
		s.writer.Close()
		s.reader.Close()
		return nil, err
	}
	return s, nil
}

// open makes a pool whose every connection has the same settings; a PRAGMA by
// Exec would reach only one of them.
func open(path, more string, connections int) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	dsn := u.String() + "?_busy_timeout=10000&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_dqs=0&_defensive=1" + more
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func (s *Store) prepare(ctx context.Context) error {
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.seed(ctx); err != nil {
		return fmt.Errorf("write first settings: %w", err)
	}
	var err error
	s.secret, err = s.loadSecret(ctx)
	return err
}

// openInbox gives the responses a connection of their own.
func (s *Store) openInbox(ctx context.Context, path string) error {
	db, err := open(path, "&_txlock=immediate", 1)
	if err != nil {
		return err
	}
	l, err := newLedger(ctx, s, db)
	if err != nil {
		db.Close()
		return err
	}
	s.inbox = newInbox(l)
	return nil
}

// Secret is the key with which form IDs are sealed.
func (s *Store) Secret() []byte { return s.secret }

// Close waits for responses under way, writes the log back into the database
// and closes it.
func (s *Store) Close() error {
	s.inbox.close()
	var checkpoint error
	if !s.isBroken() {
		_, checkpoint = s.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
	for _, err := range []error{checkpoint, s.reader.Close(), s.writer.Close()} {
		if err != nil {
			return fmt.Errorf("close database: %w", err)
		}
	}
	return nil
}

// write runs fn in a durable transaction of the one writer. Writers of this
// process take turns; SQLite's own waiting is not fair.
func (s *Store) write(ctx context.Context, fn func(context.Context, *sql.Tx) error) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	if s.isBroken() {
		return errBusy()
	}
	return s.judged(transact(ctx, s.writer, nil, fn))
}

// read runs fn on one state of the database; the writer is not held up.
func (s *Store) read(ctx context.Context, fn func(context.Context, *sql.Tx) error) error {
	return transact(ctx, s.reader, &sql.TxOptions{ReadOnly: true}, fn)
}

func transact(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(context.Context, *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer tx.Rollback()
	if err := fn(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// randomBytes gives n random bytes.
func (s *Store) randomBytes(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.random, b); err != nil {
		return nil, fmt.Errorf("read randomness: %w", err)
	}
	return b, nil
}

// millis and moment translate between times and columns.
func millis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64)
}

// collect runs a query and gathers one value a row.
func collect[T any](ctx context.Context, tx *sql.Tx, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func noSchool(code survey.SchoolCode) error {
	return survey.Refuse(survey.NotFound, "Không có trường mang mã %s. Xem danh sách bằng lệnh: hailong schools list", "There is no school %s; list them with: hailong schools list", code)
}
