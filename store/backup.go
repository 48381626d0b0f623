package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"hailong/survey"
)

// BackupOrder says where a backup goes and who wants it.
type BackupOrder struct {
	Actor     string
	File      string // a file, or a folder that exists: then a name made from the time
	Overwrite bool   // a file of that name may be replaced
	Scheduled bool   // made by the daily schedule
}

// Backup copies the database as it stands between two transactions, beside
// running readers and writers, looks through the copy and writes its manifest.
// Only then does the copy get its name, so what bears a backup's name is
// complete and durable. It holds every secret of the database: only its owner
// may read it.
func (s *Store) Backup(ctx context.Context, order BackupOrder) (Kept, error) {
	file, err := s.backupName(order)
	if err != nil {
		return Kept{}, err
	}
	kept, err := s.copyTo(ctx, s.options.file(), file, order.Scheduled)
	if err != nil {
		return Kept{}, err
	}
	detail := fmt.Sprintf("%s · %d phiếu trả lời · SHA-256 %s", kept.Made.Format(time.RFC3339), kept.Rows["response"], kept.SHA256)
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.note(ctx, tx, entry{order.Actor, "backup", filepath.Base(file), detail})
	})
	return kept, errors.Join(err, writeJSON(filepath.Join(s.options.Dir, recordName), record{kept.File}))
}

// backupName gives the whole path of a backup. The database itself, and a file
// that may not be replaced, are refused.
func (s *Store) backupName(order BackupOrder) (string, error) {
	file, err := filepath.Abs(order.File)
	if err != nil {
		return "", fmt.Errorf("find backup's folder: %w", err)
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		file = filepath.Join(file, s.now().In(s.zone).Format(datedName))
	}
	there, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return file, nil
	}
	if err != nil {
		return "", errNoBackup(file, err)
	}
	if own, err := os.Stat(s.options.file()); err == nil && os.SameFile(own, there) {
		return "", survey.Refuse(survey.Invalid, "%s chính là tệp dữ liệu đang dùng. Chọn tên khác cho bản sao lưu", "%s is the database itself; choose another name for the backup", file)
	}
	if !order.Overwrite {
		return "", survey.Refuse(survey.Conflict, "Đã có tệp %s. Đưa tên một thư mục để mỗi bản có tên riêng theo giờ, hoặc thêm --force để ghi đè",
			"There is a file %s already; name a folder, in which each backup gets its own name, or add --force to replace the file", file)
	}
	return file, nil
}

// datedName names a backup by the time at which it was made, to the second.
const datedName = "hailong-2006-01-02-150405.db"

func errNoBackup(file string, cause error) *survey.Error {
	e := survey.Refuse(survey.Conflict, "Không ghi được bản sao lưu %s. Xem thư mục có đó không, có quyền ghi và còn chỗ trống không", "The backup %s cannot be written; see whether its folder is there, may be written to and has room", file)
	e.Err = cause
	return e
}

// copyBefore keeps a copy of a database as it was before its schema changes,
// beside it. A copy that is there already is never replaced.
func (s *Store) copyBefore(ctx context.Context) error {
	file := filepath.Join(s.options.Dir, fmt.Sprintf("hailong-before-v%d.db", s.steps.newest()))
	if _, err := os.Lstat(file); err == nil {
		file = file[:len(file)-len(".db")] + s.now().UTC().Format("-20060102-150405.000") + ".db"
	}
	_, err := s.copyTo(ctx, s.options.file(), file, false)
	return err
}
