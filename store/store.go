package store

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"net/url"
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

// synchronous makes every commit wait for the disk. Only the test which shows
// that anything less loses acknowledged responses sets it otherwise, when it
// links its own program.
var synchronous = "FULL"

// Options say how to open a store. Now, Random and Space default to the clock,
// the system's randomness and what the system says of the disk.
type Options struct {
	Dir     string // data folder; made if it does not exist
	Backups string // folder of the scheduled backups, to name the last good one when it is needed; may be empty
	Zone    *time.Location
	Now     func() time.Time
	Random  io.Reader
	Space   func(dir string) (Space, error)

	steps     fs.FS         // the migrations; nil: those of this program
	foldAt    int           // responses on their way from which on they are moved while others arrive
	idleAfter time.Duration // without a delivery, they are moved
	writeBack int           // transactions from which on the log is written back in a quiet moment
}

// Store is an open database: one writing connection, several reading ones.
type Store struct {
	options        Options
	steps          migrations
	writer         *sql.DB
	reader         *sql.DB
	zone           *time.Location
	now            func() time.Time
	random         io.Reader
	secret         []byte
	trial          bool       // this is the store of a trial
	turn           sync.Mutex // of this process's writers
	inbox          *inbox
	broken         chan struct{} // closed when the disk lost what it had taken
	breaking       sync.Once
	slots          chan struct{} // password checks under way
	queue          chan struct{} // these and those that wait
	forms          sync.Map      // stratum ID → *survey.Form
	questionnaires sync.Map      // version → *survey.Questionnaire
	days           dayCache
	releases       sync.Map // releaseKey → survey.Tables
}

// Open opens the database in the folder, making both if need be, and brings
// its schema up to date. What cannot be used safely is refused with a
// *survey.Error that says what to do: a database of a newer program, a file
// that is damaged, empty or no database of this program, a folder from which
// the database is gone, a disk that is full or cannot be written to.
func Open(ctx context.Context, o Options) (*Store, error) {
	o = o.filled()
	if err := o.guard(ctx); err != nil {
		return nil, o.explain(err)
	}
	path := o.file()
	s, err := o.connect(path)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		s.disconnect()
		return nil, o.explain(err)
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
	dsn := address(path) + "?_busy_timeout=10000&_journal_mode=WAL&_synchronous=" + synchronous + "&_foreign_keys=1&_dqs=0&_defensive=1" + more
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// address names a file to SQLite, whatever signs are in its path.
func address(path string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return u.String()
}

func (s *Store) prepare(ctx context.Context) error {
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.seed(ctx); err != nil {
		return fmt.Errorf("write first settings: %w", err)
	}
	var err error
	if s.secret, err = s.loadSecret(ctx); err != nil {
		return err
	}
	if s.trial, err = s.readTrial(ctx); err != nil {
		return err
	}
	return s.probe(ctx)
}

// openInbox gives the responses a connection of their own.
func (s *Store) openInbox(ctx context.Context, path string) error {
	db, err := open(path, "&_txlock=immediate&_pragma=wal_autocheckpoint(24000)&_pragma=cache_size(-12000)&_pragma=secure_delete(1)", 1)
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
