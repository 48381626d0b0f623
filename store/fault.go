package store

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"hailong/survey"
)

// primary keeps the primary code of an extended SQLite result code.
const primary = 0xff

// passing are faults of the disk that may go away: nothing was stored, and the
// form can be sent again.
var passing = map[int]bool{
	sqlite3.SQLITE_FULL: true, sqlite3.SQLITE_IOERR: true, sqlite3.SQLITE_READONLY: true,
	sqlite3.SQLITE_BUSY: true, sqlite3.SQLITE_CANTOPEN: true, sqlite3.SQLITE_NOMEM: true,
}

// Broken is closed when the disk failed to keep what it had taken (a failed
// fsync). What SQLite believes of the file cannot be trusted from then on:
// nothing more is accepted, and the process has to end.
func (s *Store) Broken() <-chan struct{} { return s.broken }

func (s *Store) isBroken() bool {
	select {
	case <-s.broken:
		return true
	default:
		return false
	}
}

// judged turns a fault of the disk into a refusal that asks to try again, and
// notes the one after which there is no going on.
func (s *Store) judged(err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	if code := fault.Code(); code == sqlite3.SQLITE_IOERR_FSYNC || code == sqlite3.SQLITE_IOERR_DIR_FSYNC {
		s.breaking.Do(func() { close(s.broken) })
	}
	if !passing[fault.Code()&primary] {
		return err
	}
	return &survey.Error{Kind: survey.Busy, Err: err,
		Message: "Máy chủ chưa ghi được. Xin đợi ít phút rồi bấm Gửi lại", English: "The server cannot write at the moment; try again in a few minutes"}
}
