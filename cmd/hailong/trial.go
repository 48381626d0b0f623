package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"hailong/store"
	"hailong/survey"
	"hailong/web"
)

// trials opens the trial beside the store when there is one, and closes it when
// it is gone, whoever made it or dropped it: a page, or a command beside the
// running service.
type trials struct {
	main *store.Store
	log  *slog.Logger
	ctx  context.Context // of the service

	mu  sync.Mutex
	now *openTrial
}

// openTrial is a trial that is being served.
type openTrial struct {
	store *store.Store
	serve web.Trial
	stop  context.CancelFunc
}

// Trial gives what serves the trial's forms; nil while there is none.
func (t *trials) Trial() *web.Trial {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now == nil {
		return nil
	}
	return &t.now.serve
}

// follow looks for a trial every second until ctx ends.
func (t *trials) follow() {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	said := "" // a fault that stays is logged once
	for {
		now := ""
		if err := t.refresh(); err != nil {
			now = err.Error()
		}
		if now != "" && now != said {
			t.log.Error("cannot open the trial", "error", now)
		}
		said = now
		select {
		case <-t.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// refresh opens a trial that has come, and closes one that has gone.
func (t *trials) refresh() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	there, err := t.main.HasTrial()
	switch {
	case err != nil || t.ctx.Err() != nil:
		return err
	case there && t.now == nil:
		return t.open()
	case !there && t.now != nil:
		return t.shut()
	}
	return nil
}

func (t *trials) open() error {
	s, err := t.main.OpenTrial(t.ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(t.ctx)
	live, err := openLive(ctx, s, t.log)
	if err != nil {
		stop()
		return errors.Join(err, s.Close())
	}
	go live.follow(ctx)
	t.now = &openTrial{store: s, stop: stop, serve: web.Trial{Directory: live.directory, Responses: s, Secret: s.Secret()}}
	return nil
}

func (t *trials) shut() error {
	now := t.now
	t.now = nil
	now.stop()
	if err := now.store.Close(); err != nil {
		return fmt.Errorf("close the trial: %w", err)
	}
	return nil
}

// close ends it with the service.
func (t *trials) close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now == nil {
		return nil
	}
	return t.shut()
}

// StartTrial makes a trial and serves it.
func (t *trials) StartTrial(ctx context.Context, act survey.Act, plan survey.TrialPlan) error {
	if err := t.main.StartTrial(ctx, act, plan); err != nil {
		return err
	}
	return t.refresh()
}

// DropTrial stops serving the trial and removes it.
func (t *trials) DropTrial(ctx context.Context, act survey.Act) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now != nil {
		if err := t.shut(); err != nil {
			return err
		}
	}
	return t.main.DropTrial(ctx, act)
}

// TrialResults gives what came of the trial so far.
func (t *trials) TrialResults(ctx context.Context) (survey.Results, error) {
	t.mu.Lock()
	now := t.now
	t.mu.Unlock()
	if now == nil {
		return survey.Results{}, survey.NoTrial()
	}
	return now.store.TrialResults(ctx)
}
