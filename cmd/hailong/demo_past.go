package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"hailong/store"
	"hailong/survey"
)

// demoClock is a clock that the demo can set, so that a round of last season
// is over when its visitor comes; 0 is the time that it is.
type demoClock struct{ at atomic.Int64 }

func (c *demoClock) now() time.Time {
	if ms := c.at.Load(); ms != 0 {
		return time.UnixMilli(ms)
	}
	return time.Now()
}

func (c *demoClock) set(t time.Time) { c.at.Store(t.UnixMilli()) }

// playLastRound plays the round before this season's: a part of the schools
// answer, it closes, and everybody may see its results.
func playLastRound(ctx context.Context, s *store.Store, clock *demoClock, responses int) error {
	defer clock.at.Store(0)
	schedule, err := s.Rounds(ctx)
	if err != nil {
		return err
	}
	last := lastOver(schedule.Calendar, time.Now())
	clock.set(last.Opens.Start(schedule.Calendar.Zone).AddDate(0, 0, 20))
	if _, err := s.AdvanceRounds(ctx); err != nil {
		return err
	}
	if schedule, err = s.Rounds(ctx); err != nil {
		return err
	}
	if last, err = schedule.Round(last.ID); err != nil {
		return err
	}
	strata, err := s.Strata(ctx, last.ID)
	if err != nil {
		return err
	}
	if _, err := simulate(ctx, s, last, strata, responses); err != nil {
		return err
	}
	clock.set((last.Closes + 10).Start(schedule.Calendar.Zone))
	if _, err := s.AdvanceRounds(ctx); err != nil {
		return err
	}
	for _, to := range []survey.Stage{survey.SchoolsStage, survey.PublicStage} {
		if _, err := s.ReleaseTo(ctx, last.ID, to, store.Act{Actor: demoAccount, Reason: "chạy thử"}); err != nil {
			return fmt.Errorf("release the last round: %w", err)
		}
	}
	return nil
}

// lastOver gives the calendar's latest round that is well over.
func lastOver(c survey.Calendar, now time.Time) (last survey.Round) {
	year, _, _ := c.Today(now).Date()
	for y := year - 1; y <= year; y++ {
		for _, r := range c.RoundsOf(y) {
			if r.Closes+30 < c.Today(now) && r.Closes > last.Closes {
				last = r
			}
		}
	}
	return last
}
