package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"hailong/survey"
)

// restoringName begins the name of the folder, inside the data folder, in
// which a restore works; one that stays behind shows that it was cut short.
const restoringName = ".hailong-restoring-"

// RestoreOrder says which backup goes into the data folder, and who wants it.
type RestoreOrder struct {
	Actor      string
	File       string
	NoManifest bool // a backup without a manifest will do; less can be proved of it
}

// Restored is what a restore has proved of the data that it put in place.
type Restored struct {
	Backup     Kept
	Manifest   bool // there was a manifest, and size, SHA-256 and rows agree with it
	Tables     int
	Rows       int64 // in all tables, as in the backup
	From, To   int   // schema version of the backup and now
	Inspection       // the recount; it found nothing wrong
	Links      int   // printed links that open the same forms as before
	Revoked    int   // replaced links that say so
	Rounds     []survey.RoundID
	Compared   int // rounds whose results equal those of the backup or its manifest
}

// Restore puts a backup into a data folder that holds no data yet, having
// proved that everything is back; o.Dir is left as it was when anything is not.
func Restore(ctx context.Context, o Options, order RestoreOrder) (r Restored, err error) {
	o = o.filled()
	moment := o.Now()
	o.Now = func() time.Time { return moment } // both sides are read at one time
	if r.Backup, r.Manifest, err = order.backup(); err != nil {
		return r, err
	}
	made, err := o.emptyFolder()
	if err != nil {
		return r, err
	}
	work, err := os.MkdirTemp(o.Dir, restoringName)
	if err != nil {
		return r, errors.Join(errNoWriting(o.Dir, err), made.undo())
	}
	err = o.restoreIn(ctx, work, order.Actor, &r)
	err = errors.Join(err, os.RemoveAll(work))
	if err != nil {
		return r, errors.Join(err, made.undo())
	}
	return r, nil
}

// backup finds the file and its manifest.
func (order RestoreOrder) backup() (k Kept, manifest bool, err error) {
	if k.File, err = filepath.Abs(order.File); err != nil {
		return k, false, fmt.Errorf("find backup: %w", err)
	}
	info, err := os.Stat(k.File)
	if err != nil || !info.Mode().IsRegular() {
		return k, false, survey.Refuse(survey.NotFound, "Không mở được bản sao lưu %s. Xem lại tên và đường dẫn", "Cannot open the backup %s; check its name and path", k.File)
	}
	k.Manifest, err = ReadManifest(k.File)
	switch {
	case err == nil:
		return k, true, nil
	case errors.Is(err, fs.ErrNotExist) && order.NoManifest:
		k.Manifest = Manifest{File: filepath.Base(k.File)}
		return k, false, nil
	}
	e := survey.Refuse(survey.Invalid, "Không đọc được bản kê %s đi cùng bản sao lưu. Đặt tệp đó cạnh bản sao lưu, hoặc thêm --no-manifest để khôi phục mà không đối chiếu với bản kê",
		"The manifest %s of the backup cannot be read; put it beside the backup, or add --no-manifest to restore without it", k.File+manifestSuffix)
	e.Err = err
	return k, false, e
}

// newFolder is a folder that was made on the way; empty: none.
type newFolder string

func (f newFolder) undo() error {
	if f == "" {
		return nil
	}
	return os.Remove(string(f))
}

// emptyFolder makes the data folder, or refuses it when it holds anything but
// backups.
func (o Options) emptyFolder() (newFolder, error) {
	entries, err := os.ReadDir(o.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(o.Dir, 0o700); err != nil {
			return "", errNoWriting(o.Dir, err)
		}
		return newFolder(o.Dir), nil
	}
	if err != nil {
		return "", errNoWriting(o.Dir, err)
	}
	for _, e := range entries {
		name := e.Name()
		if name != backupsName && name != recordName && name != "lost+found" && !strings.HasPrefix(name, restoringName) {
			return "", survey.Refuse(survey.Conflict, "Thư mục %s không trống (có %s). Chỉ khôi phục vào thư mục trống hoặc chưa có: chọn thư mục khác bằng --data",
				"The folder %s is not empty (it holds %s); restore into an empty or new folder: choose another one with --data", o.Dir, name)
		}
	}
	return "", nil
}

// restoreIn copies the backup into a folder, proves it there and puts it in
// place.
func (o Options) restoreIn(ctx context.Context, work, actor string, r *Restored) error {
	inside := o
	inside.Dir, inside.Backups = work, ""
	if err := r.copyChecked(inside.file()); err != nil {
		return err
	}
	before, err := inside.readBackup(ctx, r.Backup.File, r)
	if err != nil {
		return err
	}
	s, err := inside.connect(inside.file())
	if err != nil {
		return err
	}
	err = s.proveRestored(ctx, before, r)
	if err == nil {
		err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			return s.note(ctx, tx, entry{actor, "restore", r.Backup.Manifest.File, "SHA-256 " + r.Backup.SHA256})
		})
	}
	if err := errors.Join(err, s.disconnect()); err != nil {
		return err
	}
	return r.place(inside.file(), o)
}

func (r *Restored) place(from string, o Options) error {
	if err := syncFile(from); err != nil {
		return err
	}
	if err := placeNew(from, o.file()); err != nil {
		return fmt.Errorf("put the restored database in place: %w", err)
	}
	if err := sweepRestores(o.Dir); err != nil {
		return err
	}
	return writeJSON(filepath.Join(o.Dir, recordName), record{r.Backup.File})
}

// sweepRestores takes away what restores left that were cut short: whole
// copies of the data.
func sweepRestores(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, restoringName+"*"))
	if err != nil {
		return fmt.Errorf("list unfinished restores: %w", err)
	}
	for _, folder := range left {
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("take unfinished restore away: %w", err)
		}
	}
	return nil
}

// copyChecked copies the backup, and refuses it unless what was copied has the
// size and the SHA-256 of the manifest.
func (r *Restored) copyChecked(to string) error {
	size, sum, err := copyFile(r.Backup.File, to)
	if err != nil {
		return err
	}
	if !r.Manifest {
		r.Backup.Size, r.Backup.SHA256 = size, sum
	}
	if size != r.Backup.Size || sum != r.Backup.SHA256 {
		return survey.Refuse(survey.Conflict, "Bản sao lưu %s không còn như lúc làm: bị sửa hoặc chép thiếu (dài %d byte, bản kê ghi %d). Dùng bản sao lưu khác",
			"The backup %s is not as it was made: changed, or copied in part (%d bytes, its manifest says %d); use another backup", r.Backup.File, size, r.Backup.Size)
	}
	return nil
}

// copyFile copies to a new file, readable by the owner only, and gives the
// length and SHA-256 of what it copied.
func copyFile(from, to string) (size int64, sum string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, "", fmt.Errorf("open backup: %w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, "", fmt.Errorf("copy backup: %w", err)
	}
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(out, h), in)
	err = errors.Join(err, out.Sync(), out.Close())
	if errors.Is(err, syscall.ENOSPC) {
		return 0, "", errNoSpace(filepath.Dir(filepath.Dir(to)), err)
	}
	if err != nil {
		return 0, "", fmt.Errorf("copy backup: %w", err)
	}
	return size, hex.EncodeToString(h.Sum(nil)), nil
}

func syncFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("sync %s: %w", filepath.Base(file), err)
	}
	return errors.Join(f.Sync(), f.Close())
}
