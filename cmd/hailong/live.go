package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"hailong/store"
	"hailong/survey"
)

// followEvery is how soon a change made by another process is taken up.
const followEvery = time.Second

// live keeps the directory that requests read, and moves the rounds by the
// clock.
type live struct {
	store   *store.Store
	log     *slog.Logger
	current atomic.Pointer[survey.Directory]
	fault   atomic.Pointer[error]
	forgot  time.Time // last looked for rounds to forget
}

func openLive(ctx context.Context, s *store.Store, log *slog.Logger) (*live, error) {
	l := &live{store: s, log: log}
	return l, l.refresh(ctx)
}

func (l *live) directory() *survey.Directory { return l.current.Load() }

// ready is nil while the store answers.
func (l *live) ready() error {
	if fault := l.fault.Load(); fault != nil {
		return *fault
	}
	return nil
}

// follow looks for changes until ctx ends.
func (l *live) follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := errors.Join(l.refresh(ctx), l.forget(ctx))
		if err == nil || ctx.Err() != nil {
			l.fault.Store(nil)
			continue
		}
		if l.fault.Swap(&err) == nil {
			l.log.Error("cannot read the directory", "error", err)
		}
	}
}

func (l *live) refresh(ctx context.Context) error {
	if _, err := l.store.AdvanceRounds(ctx); err != nil {
		return fmt.Errorf("move rounds: %w", err)
	}
	revision, err := l.store.Revision(ctx)
	if err != nil {
		return fmt.Errorf("look for changes: %w", err)
	}
	now := l.current.Load()
	if now != nil && now.Revision == revision && !l.turned(now) {
		return nil
	}
	d, err := l.store.Directory(ctx)
	if err != nil {
		return fmt.Errorf("read directory: %w", err)
	}
	l.current.Store(d)
	return nil
}

// forget makes old responses unknown to phones, once an hour at most.
func (l *live) forget(ctx context.Context) error {
	if time.Since(l.forgot) < time.Hour {
		return nil
	}
	l.forgot = time.Now()
	finished, err := l.store.ForgetForms(ctx)
	if err != nil {
		return fmt.Errorf("forget forms: %w", err)
	}
	for _, id := range finished {
		l.log.Info("responses can no longer be matched to phones", "round", id)
	}
	return nil
}

// turned says whether another round has become the one that parents meet, by
// the clock alone.
func (l *live) turned(d *survey.Directory) bool {
	return d.Round.State != survey.Open && time.Since(d.Read) > time.Minute
}
