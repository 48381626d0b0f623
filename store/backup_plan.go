package store

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// BackupPlan says when the daily backups are made and how many are kept.
type BackupPlan struct {
	At   time.Duration // since midnight in Zone
	Zone *time.Location
	Keep int // how many scheduled backups stay; 0: none are made
}

// Due says whether a backup is owed: the last moment of the plan has passed
// and no backup was made since. A moment at which nothing ran is made up for.
func (p BackupPlan) Due(backups []Kept, now time.Time) bool {
	if p.Keep <= 0 {
		return false
	}
	owed := p.lastMoment(now)
	for _, k := range backups {
		if !k.Made.Before(owed) && !k.Made.After(now) { // one from the future was made by a wrong clock
			return false
		}
	}
	return true
}

func (p BackupPlan) lastMoment(now time.Time) time.Time {
	local := now.In(p.Zone)
	for days := 0; ; days++ {
		midnight := time.Date(local.Year(), local.Month(), local.Day()-days, 0, 0, 0, 0, p.Zone)
		if moment := midnight.Add(p.At); !moment.After(now) {
			return moment
		}
	}
}

// scheduledFile is how the names of scheduled backups look.
var scheduledFile = regexp.MustCompile(`^hailong-\d{4}-\d{2}-\d{2}-\d{6}\.db$`)

// Retire takes away the scheduled backups beyond those that the plan keeps,
// the oldest first, and says which. It touches only files that the schedule
// made, by their name and by their manifest. One from the future stays until
// its time has come.
func (p BackupPlan) Retire(dir string, now time.Time) (removed []string, err error) {
	backups, err := Backups(dir)
	if err != nil {
		return nil, err
	}
	kept := 0
	for _, k := range backups {
		if !k.Scheduled || !scheduledFile.MatchString(filepath.Base(k.File)) || filepath.Base(k.File) != k.Manifest.File || k.Made.After(now) {
			continue
		}
		if kept++; kept <= p.Keep {
			continue
		}
		if err := takeAway(k.File); err != nil {
			return removed, err
		}
		removed = append(removed, k.File)
	}
	return removed, sweepCopies(dir, now)
}

// takeAway deletes a backup, its manifest last: a copy without one would stay
// for ever.
func takeAway(backup string) error {
	for _, name := range []string{backup, backup + manifestSuffix} {
		if err := os.Remove(name); err != nil {
			return fmt.Errorf("take old backup away: %w", err)
		}
	}
	return nil
}

// sweepCopies takes away what scheduled backups left that were cut short more
// than a day ago.
func sweepCopies(dir string, now time.Time) error {
	left, err := filepath.Glob(filepath.Join(dir, "hailong-????-??-??-??????.db.*.tmp"))
	if err != nil {
		return fmt.Errorf("list unfinished backups: %w", err)
	}
	for _, file := range left {
		if info, err := os.Stat(file); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			if err := os.Remove(file); err != nil {
				return fmt.Errorf("take unfinished backup away: %w", err)
			}
		}
	}
	return nil
}
