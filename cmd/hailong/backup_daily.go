package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"hailong/store"
)

const (
	copyLook  = time.Minute      // how often the clock is looked at
	copyAgain = 15 * time.Minute // after a copy that could not be made
)

// dailyCopies makes the scheduled copies of a store that is being served.
type dailyCopies struct {
	store  *store.Store
	plan   store.BackupPlan
	folder string
	log    *slog.Logger
	now    func() time.Time
	failed time.Time // when a copy last could not be made
}

// start makes copies until stop is called, which waits for the one under way
// to end or to be given up and cleared away.
func (d *dailyCopies) start(parent context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(parent)
	var running sync.WaitGroup
	running.Go(func() {
		tick := time.NewTicker(copyLook)
		defer tick.Stop()
		for ctx.Err() == nil {
			d.step(ctx)
			select {
			case <-ctx.Done():
			case <-tick.C:
			}
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}

// step makes the copy that is owed, if one is. A copy that cannot be made is
// reported, once in a while tried again, and never in the way of serving.
func (d *dailyCopies) step(ctx context.Context) {
	now := d.now()
	if since := now.Sub(d.failed); since >= 0 && since < copyAgain {
		return
	}
	if err := d.copyIfDue(ctx, now); err != nil && ctx.Err() == nil {
		d.failed = now
		d.log.Error("daily backup", "folder", d.folder, "error", err)
	}
}

func (d *dailyCopies) copyIfDue(ctx context.Context, now time.Time) error {
	backups, err := store.Backups(d.folder)
	if err != nil || !d.plan.Due(backups, now) {
		return err
	}
	if err := os.MkdirAll(d.folder, 0o700); err != nil {
		return fmt.Errorf("make backup folder: %w", err)
	}
	kept, err := d.store.Backup(ctx, store.BackupOrder{Actor: "lịch", File: d.folder, Scheduled: true})
	if err != nil {
		return err
	}
	removed, err := d.plan.Retire(d.folder, now)
	d.log.Info("daily backup", "file", kept.File, "bytes", kept.Size, "removed", len(removed))
	return err
}
