package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"hailong/survey"
)

// The days are counted from the responses themselves, all of them: seconds of
// work in a province's later years. So they are counted again only when
// responses came, and so seldom that a fiftieth of the time goes into it.
const (
	countDaysEvery = time.Minute
	countDaysShare = 50
)

// dayCache is the responses by day as they were last counted.
type dayCache struct {
	mu        sync.Mutex
	byRound   map[survey.RoundID]survey.DayCounts
	responses int64 // in all rounds, when it was counted
	next      time.Time
}

// DayCounts gives how many responses of a round came on each day, by stratum,
// as they were a minute ago at the most, or a few in a very large database.
func (s *Store) DayCounts(ctx context.Context, id survey.RoundID) (survey.DayCounts, error) {
	s.days.mu.Lock()
	defer s.days.mu.Unlock()
	if s.days.byRound != nil && s.now().Before(s.days.next) {
		return s.days.byRound[id], nil
	}
	err := s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var responses int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(responses), 0) FROM tally`).Scan(&responses); err != nil {
			return fmt.Errorf("count responses: %w", err)
		}
		if s.days.byRound != nil && responses == s.days.responses {
			s.days.next = s.now().Add(countDaysEvery)
			return nil
		}
		return s.countDays(ctx, tx, responses)
	})
	return s.days.byRound[id], err
}

func (s *Store) countDays(ctx context.Context, tx *sql.Tx, responses int64) error {
	began := time.Now()
	rows, err := tx.QueryContext(ctx, `SELECT stratum.round_id, counted.stratum_id, counted.day, counted.responses
		FROM (SELECT stratum_id, day, COUNT(*) AS responses FROM response GROUP BY stratum_id, day) AS counted JOIN stratum ON stratum.id = counted.stratum_id`)
	if err != nil {
		return fmt.Errorf("count responses by day: %w", err)
	}
	defer rows.Close()
	byRound := map[survey.RoundID]survey.DayCounts{}
	for rows.Next() {
		var id survey.RoundID
		var one survey.DayCount
		if err := rows.Scan(&id, &one.Stratum, &one.Day, &one.Responses); err != nil {
			return fmt.Errorf("count responses by day: %w", err)
		}
		byRound[id] = append(byRound[id], one)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("count responses by day: %w", err)
	}
	s.days.byRound, s.days.responses = byRound, responses
	s.days.next = s.now().Add(max(countDaysEvery, countDaysShare*time.Since(began)))
	return nil
}
