package main

import (
	"fmt"
	"os"
	"path/filepath"

	"hailong/store"
	"hailong/survey"
)

// openStore opens the data folder, making it if it is not there.
func (p *program) openStore() (*store.Store, error) {
	return store.Open(p.ctx, store.Options{Dir: p.data, Zone: p.zone})
}

// withStore opens the data folder for one command, with the rounds moved to
// where the clock says.
func (p *program) withStore(work func(*store.Store) error) (err error) {
	s, err := p.openStore()
	if err != nil {
		return err
	}
	defer func() {
		if closing := s.Close(); err == nil {
			err = closing
		}
	}()
	if _, err := s.AdvanceRounds(p.ctx); err != nil {
		return fmt.Errorf("move rounds: %w", err)
	}
	return work(s)
}

// writeFile writes a file whole or not at all: beside its place, then renamed.
func writeFile(name string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".hailong-*")
	if err != nil {
		return survey.Refuse(survey.Invalid, "Không ghi được tệp %s: %v. Chọn chỗ khác", "Cannot write %s: %v; choose another place", name, err)
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
