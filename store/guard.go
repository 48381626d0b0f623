package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"hailong/survey"
)

// alwaysChecked is the size of a database, in bytes, up to which every start
// looks through all its pages: about two million responses, and a second. A
// larger one is looked through when it was not closed in order, and by Examine.
const alwaysChecked = 256 << 20

// guardPlace looks at the data folder before anything is opened. It says
// whether a new database may be made there: not where there are signs that
// there was one before.
func (o Options) guardPlace() (fresh bool, err error) {
	info, err := os.Stat(o.file())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, o.guardSigns()
	case err != nil:
		return false, o.refuse(err, "Không đọc được tệp dữ liệu %s", "The database %s cannot be read", o.file())
	case info.Size() == 0:
		return false, o.refuse(nil, "Tệp dữ liệu %s rỗng (0 byte): dữ liệu đã mất khỏi tệp này", "The database %s is empty (0 bytes): its data is gone", o.file())
	case !info.Mode().IsRegular():
		return false, refuseForeign()
	}
	return false, nil
}

// guardSigns refuses a folder without a database in which there are traces of
// one; so does a folder of backups, because an empty data folder beside it is
// most likely a disk that was not mounted.
func (o Options) guardSigns() error {
	patterns := []string{FileName + "-wal", FileName + "-journal", recordName, "hailong-before-v*.db", restoringName + "*", filepath.Join(backupsName, "*.db"+manifestSuffix)}
	for _, pattern := range patterns {
		if found, _ := filepath.Glob(filepath.Join(o.Dir, pattern)); len(found) > 0 {
			return o.refuse(nil, "Không thấy tệp dữ liệu %s nhưng còn dấu vết %s, nên không tạo dữ liệu mới", "The database %s is missing, but there are traces of one (%s), so no new one is made", o.file(), found[0])
		}
	}
	if kept, _ := Backups(o.Backups); len(kept) > 0 {
		return o.refuse(nil, "Không thấy tệp dữ liệu %s nhưng đã có bản sao lưu trong %s, nên không tạo dữ liệu mới: xem ổ đĩa dữ liệu đã được gắn chưa", "The database %s is missing, but %s holds backups, so no new one is made: see whether the disk is mounted", o.file(), o.Backups)
	}
	return nil
}

func (o Options) file() string { return filepath.Join(o.Dir, FileName) }

// refuse is a refusal to start: what is wrong, then what to do about it, with
// the name of the last good backup.
func (o Options) refuse(cause error, vi, en string, args ...any) error {
	e := survey.Refuse(survey.Conflict, vi, en, args...)
	e.Err = cause
	last, ok := LastBackup(o.Dir, o.Backups)
	if !ok {
		e.Message += ". Tìm bản sao lưu rồi khôi phục vào thư mục mới: hailong restore TEP --data THU-MUC-MOI"
		e.English += "; find a backup and restore it into a new folder: hailong restore FILE --data NEW-FOLDER"
		return e
	}
	e.Message += fmt.Sprintf(". Bản sao lưu tốt gần nhất (%s): khôi phục vào thư mục mới bằng lệnh hailong restore %s --data THU-MUC-MOI",
		last.Made.In(o.Zone).Format("15:04 02/01/2006"), last.File)
	e.English += fmt.Sprintf("; the last good backup (%s): restore it into a new folder with hailong restore %s --data NEW-FOLDER",
		last.Made.In(o.Zone).Format("2006-01-02 15:04"), last.File)
	return e
}

// errForeign is internal: a file of another program.
var errForeign = errors.New("no database of this program")

func refuseForeign() *survey.Error {
	e := survey.Refuse(survey.Conflict, "Tệp %s trong thư mục dữ liệu không phải của hailong. Chọn thư mục khác bằng --data",
		"File %s in the data folder is not a database of hailong; choose another folder with --data", FileName)
	e.Err = errForeign
	return e
}

// explain turns what SQLite says about a file or a disk that cannot be used
// into a refusal; any other error stays as it is.
func (o Options) explain(err error) error {
	if errors.Is(err, errDamaged) {
		return o.errDamage(err)
	}
	var fault *sqlite.Error
	if survey.KindOf(err) == survey.Conflict || !errors.As(err, &fault) {
		return err
	}
	switch fault.Code() & primary {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return o.errDamage(err)
	case sqlite3.SQLITE_FULL:
		return errNoSpace(o.Dir, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM:
		return errNoWriting(o.Dir, err)
	}
	return err
}

func (o Options) errDamage(cause error) error {
	return o.refuse(cause, "Tệp dữ liệu %s hỏng hoặc không phải của hailong. Dừng dịch vụ, giữ nguyên tệp này", "The database %s is damaged or not one of hailong; stop the service and leave the file as it is", o.file())
}

// errCannotWrite is internal: a disk that does not take what is written.
var errCannotWrite = errors.New("cannot write")

func errNoWriting(dir string, cause error) *survey.Error {
	e := survey.Refuse(survey.Conflict, "Không ghi được vào thư mục dữ liệu %s: ổ đĩa chỉ đọc, hỏng, hoặc thiếu quyền. Sửa ổ đĩa hay quyền của thư mục rồi chạy lại; chỉ xem thì dùng: hailong check",
		"The data folder %s cannot be written to: the disk is read-only, faulty, or a permission is missing; mend that and start again; to look only, use: hailong check", dir)
	e.Err = errors.Join(errCannotWrite, cause)
	return e
}

// guardFile proves that the file is a database of this program, through a
// connection that cannot change another's, and then that its pages fit
// together and its rows keep their constraints.
func (o Options) guardFile(ctx context.Context) error {
	err := o.readIn(ctx, untouched, func(ctx context.Context, tx *sql.Tx, steps migrations) error {
		if err := ours(ctx, tx); err != nil {
			return err
		}
		_, err := steps.version(ctx, tx)
		return err
	})
	if err != nil || !o.wantsLook() {
		return err
	}
	return o.readIn(ctx, looking, func(ctx context.Context, tx *sql.Tx, _ migrations) error { return quickCheck(ctx, tx) })
}

// readIn reads the database through a connection of its own.
func (o Options) readIn(ctx context.Context, how string, fn func(context.Context, *sql.Tx, migrations) error) error {
	s, err := o.connectReadOnly(o.file(), how)
	if err != nil {
		return err
	}
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error { return fn(ctx, tx, s.steps) })
	return errors.Join(err, s.disconnect())
}

// wantsLook says whether a start looks through the whole file.
func (o Options) wantsLook() bool {
	info, err := os.Stat(o.file())
	left, unclean := os.Stat(o.file() + "-wal")
	return err != nil || info.Size() <= alwaysChecked || unclean == nil && left.Size() > 0
}

func ours(ctx context.Context, tx *sql.Tx) error {
	var application int
	if err := tx.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&application); err != nil {
		return fmt.Errorf("read application id: %w", err)
	}
	if application != applicationID {
		return refuseForeign()
	}
	return nil
}

// errDamaged is internal: the pages of a file do not fit together.
var errDamaged = errors.New("database is damaged")

func quickCheck(ctx context.Context, tx *sql.Tx) error {
	var line string
	if err := tx.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&line); err != nil {
		return fmt.Errorf("look through database: %w", err)
	}
	if line != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, line)
	}
	return nil
}

// probe writes to the disk and takes it away again: a database whose log is
// there opens and reads well on a read-only disk.
func (s *Store) probe(ctx context.Context) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES ('probe', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, s.now().String()); err != nil {
			return fmt.Errorf("write probe: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE name = 'probe'`); err != nil {
			return fmt.Errorf("take probe away: %w", err)
		}
		return nil
	})
}
