package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// filled puts in what was left out.
func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Space == nil {
		o.Space = FreeSpace
	}
	if o.steps == nil {
		o.steps = migrationFiles
	}
	if o.foldAt == 0 {
		o.foldAt, o.idleAfter = foldAt, idleAfter
	}
	if o.writeBack == 0 {
		o.writeBack = writeBack
	}
	return o
}

// guard looks at folder, disk and file before the database is opened for
// writing, and makes the database where there was none.
func (o Options) guard(ctx context.Context) error {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return errNoWriting(o.Dir, err)
	}
	fresh, err := o.guardPlace()
	if err != nil {
		return err
	}
	if err := o.guardSpace(); err != nil {
		return err
	}
	if fresh {
		return o.create(ctx)
	}
	return o.guardFile(ctx)
}

func (o Options) newStore() (*Store, error) {
	steps, err := openMigrations(o.steps)
	if err != nil {
		return nil, err
	}
	return &Store{options: o, steps: steps, zone: o.Zone, now: o.Now, random: o.Random,
		slots: make(chan struct{}, passwordSlots), queue: make(chan struct{}, passwordSlots+passwordQueue), broken: make(chan struct{})}, nil
}

// connect gives a store over a file, without what takes in responses.
func (o Options) connect(path string) (*Store, error) {
	s, err := o.newStore()
	if err != nil {
		return nil, err
	}
	if s.writer, err = open(path, "&_txlock=immediate&_pragma=secure_delete(1)", 1); err != nil {
		return nil, err
	}
	if s.reader, err = open(path, "&_query_only=1", readers); err != nil {
		return nil, errors.Join(err, s.writer.Close())
	}
	return s, nil
}

// The ways in which a file is only read. A connection that could not write at
// all leaves CHECK constraints out of quick_check and integrity_check.
const (
	untouched = "mode=ro"             // beside whoever writes
	atRest    = "mode=ro&immutable=1" // a file that nobody writes: no locks, no files beside it
	looking   = "_query_only=1"       // with every check; the log may be written back on closing
)

// connectReadOnly gives a store over a file that is only read.
func (o Options) connectReadOnly(path, how string) (*Store, error) {
	s, err := o.newStore()
	if err != nil {
		return nil, err
	}
	if s.reader, err = sql.Open("sqlite", address(path)+"?_busy_timeout=10000&_dqs=0&_defensive=1&"+how); err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	s.reader.SetMaxOpenConns(1)
	return s, nil
}

// disconnect closes what connect or connectReadOnly opened.
func (s *Store) disconnect() error {
	err := s.reader.Close()
	if s.writer != nil {
		err = errors.Join(err, s.writer.Close())
	}
	if err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}
