package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hailong/survey"
)

const (
	manifestSuffix = ".json"            // behind the name of the backup
	backupsName    = "backups"          // the usual folder of backups, in the data folder
	recordName     = "last-backup.json" // in the data folder: where the last backup is
)

// Manifest (bản kê) stands beside a backup and says what is in it, so that a
// restore can prove that all of it is back.
type Manifest struct {
	File        string                    `json:"file"` // name without folder
	Size        int64                     `json:"size"` // bytes
	SHA256      string                    `json:"sha256"`
	Made        time.Time                 `json:"made"` // UTC
	Program     string                    `json:"program"`
	Application int64                     `json:"application_id"`
	Schema      int                       `json:"schema_version"`
	Rows        map[string]int64          `json:"rows"` // by table
	AuditSeal   string                    `json:"audit_seal"`
	Rounds      []survey.RoundID          `json:"rounds"`
	Results     map[survey.RoundID]string `json:"results"`   // what a round's files are made from, as a SHA-256; none when the schema is an older one
	Scheduled   bool                      `json:"scheduled"` // made by the daily schedule, which may take it away again
}

// Total is the number of rows in all tables.
func (m Manifest) Total() (n int64) {
	for _, rows := range m.Rows {
		n += rows
	}
	return n
}

// ReadManifest reads the manifest of a backup. If there is none, the error
// is fs.ErrNotExist.
func ReadManifest(backup string) (m Manifest, err error) {
	text, err := os.ReadFile(backup + manifestSuffix)
	if err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("read manifest %s: %w", filepath.Base(backup)+manifestSuffix, err)
	}
	return m, nil
}

// Kept is a backup in a folder.
type Kept struct {
	File string // with its folder
	Manifest
}

// Backups gives the backups in a folder that are there with their manifest and
// in full length, the newest first. A folder that does not exist has none.
func Backups(dir string) ([]Kept, error) {
	if dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	var all []Kept
	for _, e := range entries {
		if k, ok := keptAt(filepath.Join(dir, e.Name())); ok {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b Kept) int { return b.Made.Compare(a.Made) })
	return all, nil
}

// keptAt gives the backup with that name, if it is one.
func keptAt(file string) (Kept, bool) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || filepath.Ext(file) == manifestSuffix {
		return Kept{}, false
	}
	m, err := ReadManifest(file)
	return Kept{file, m}, err == nil && m.Size == info.Size() && m.Application == applicationID
}

// record is what the data folder remembers of the last backup; it can be read
// when the database cannot.
type record struct {
	File string `json:"file"` // whole path
}

// LastBackup gives the newest backup that is known in a data folder: the one
// last made from it, or one in its folder of backups or in a further folder.
func LastBackup(data, further string) (last Kept, found bool) {
	var all []Kept
	for _, dir := range []string{data, filepath.Join(data, backupsName), further} {
		some, _ := Backups(dir) // a folder that cannot be read has nothing to offer
		all = append(all, some...)
	}
	var r record
	if text, err := os.ReadFile(filepath.Join(data, recordName)); err == nil && json.Unmarshal(text, &r) == nil {
		if k, ok := keptAt(r.File); ok {
			all = append(all, k)
		}
	}
	if len(all) == 0 {
		return Kept{}, false
	}
	return slices.MaxFunc(all, func(a, b Kept) int { return a.Made.Compare(b.Made) }), true
}

// writeJSON writes a small file whole or not at all; only the owner reads it.
func writeJSON(name string, value any) error {
	text, err := json.MarshalIndent(value, "", "\t")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(text, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	return nil
}
