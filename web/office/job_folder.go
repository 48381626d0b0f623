package office

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Endings of the files in the folder: one being written, and one that is
// whole. The names before them are the jobs' ids; nothing that a person typed
// is part of a path.
const (
	partEnding  = ".dang-ghi"
	wholeEnding = ".tep"
)

// workFolder is where the files of jobs lie, readable by this user alone.
// Nothing in it outlives a start of the service.
type workFolder struct {
	path  string
	once  sync.Once
	fault error
}

// newWorkFolder takes a folder and removes what an earlier start of the
// service has left in it. An empty path is a new folder among the system's
// temporary ones, made when it is needed.
func newWorkFolder(path string) (*workFolder, error) {
	f := &workFolder{path: path}
	if path == "" {
		return f, nil
	}
	left, err := os.ReadDir(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look into the folder of jobs: %w", err)
	}
	for _, entry := range left {
		id := strings.TrimSuffix(strings.TrimSuffix(entry.Name(), partEnding), wholeEnding)
		if id != entry.Name() && isJobID(id) && entry.Type().IsRegular() {
			if err := os.Remove(filepath.Join(path, entry.Name())); err != nil {
				return nil, fmt.Errorf("clean the folder of jobs: %w", err)
			}
		}
	}
	return f, nil
}

// ready makes the folder.
func (f *workFolder) ready() error {
	f.once.Do(func() {
		if f.path == "" {
			f.path, f.fault = os.MkdirTemp("", "hailong-work-")
			return
		}
		if f.fault = os.MkdirAll(f.path, 0o700); f.fault == nil {
			f.fault = os.Chmod(f.path, 0o700)
		}
	})
	if f.fault != nil {
		return fmt.Errorf("make the folder of jobs: %w", f.fault)
	}
	return nil
}

func (f *workFolder) part(id string) string  { return filepath.Join(f.path, id+partEnding) }
func (f *workFolder) whole(id string) string { return filepath.Join(f.path, id+wholeEnding) }

// write makes a job's file: whole, or none.
func (f *workFolder) write(id string, make func(io.Writer) (workFile, error)) (file workFile, err error) {
	if err := f.ready(); err != nil {
		return file, err
	}
	out, err := os.OpenFile(f.part(id), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return file, fmt.Errorf("make the file of a job: %w", err)
	}
	defer os.Remove(f.part(id))
	if file, err = make(out); err != nil {
		return file, errors.Join(err, out.Close())
	}
	if err := out.Close(); err != nil {
		return file, fmt.Errorf("write the file of a job: %w", err)
	}
	if err := os.Rename(f.part(id), f.whole(id)); err != nil {
		return file, fmt.Errorf("keep the file of a job: %w", err)
	}
	return file, nil
}

// open opens the file that a job has left.
func (f *workFolder) open(id string) (*os.File, error) {
	file, err := os.Open(f.whole(id))
	if err != nil {
		return nil, fmt.Errorf("open the file of a job: %w", err)
	}
	return file, nil
}

// remove takes a job's file away, if there is one; the next start removes what
// cannot be removed now.
func (f *workFolder) remove(id string) { _ = os.Remove(f.whole(id)) }
