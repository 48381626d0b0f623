package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// create makes a new database beside its place and puts it there whole: a
// start that is cut short leaves no database at all, never an empty file. When
// two programs start at once, one of them comes first and both use its file.
func (o Options) create(ctx context.Context) error {
	f, err := os.CreateTemp(o.Dir, ".hailong-new-*.db") // readable by the owner only
	if err != nil {
		return errNoWriting(o.Dir, err)
	}
	defer func() {
		for _, end := range []string{"", "-wal", "-shm", "-journal"} {
			os.Remove(f.Name() + end)
		}
	}()
	if err := f.Close(); err != nil {
		return fmt.Errorf("make database: %w", err)
	}
	if err := o.fill(ctx, f.Name()); err != nil {
		return err
	}
	if err := placeNew(f.Name(), o.file()); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("put the new database in place: %w", err)
	}
	return nil
}

// fill gives an empty file the newest schema and closes it.
func (o Options) fill(ctx context.Context, file string) error {
	s, err := o.connect(file)
	if err != nil {
		return err
	}
	err = s.migrate(ctx)
	return errors.Join(err, s.disconnect())
}

// placeNew moves a closed database to a name that nothing has yet; if something
// has it, the error is fs.ErrExist and both stay as they are.
func placeNew(from, to string) error {
	if left, err := os.Stat(from + "-wal"); err == nil && left.Size() > 0 {
		return errors.New("the log was not written back into the database")
	}
	err := os.Link(from, to)
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if err == nil {
		return errors.Join(os.Remove(from), syncFolder(filepath.Dir(to)))
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) { // a file system without links
		return errors.Join(fs.ErrExist, err)
	}
	return errors.Join(os.Rename(from, to), syncFolder(filepath.Dir(to)))
}

// syncFolder makes the names in a folder durable. Windows has no such thing.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
