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
	counting sync.Mutex // held by who counts

	mu      sync.Mutex
	byRound map[survey.RoundID]survey.DayCounts
	mark    int64 // grows with each response; as it was when it was counted
	next    time.Time
}

// known gives what was counted, and whether it need not be counted again yet.
func (c *dayCache) known(now time.Time) (byRound map[survey.RoundID]survey.DayCounts, fresh bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byRound, c.byRound != nil && now.Before(c.next)
}

// keep takes over what was counted; nil when nothing has come since.
func (c *dayCache) keep(byRound map[survey.RoundID]survey.DayCounts, mark int64, next time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if byRound != nil {
		c.byRound, c.mark = byRound, mark
	}
	c.next = next
}

// DayCounts gives how many responses of a round came on each day, by stratum,
// as they were a minute ago at the most, or a few in a very large database.
// While they are being counted again it gives those of the time before.
func (s *Store) DayCounts(ctx context.Context, id survey.RoundID) (survey.DayCounts, error) {
	byRound, fresh := s.days.known(s.now())
	if fresh {
		return byRound[id], nil
	}
	if byRound != nil && !s.days.counting.TryLock() {
		return byRound[id], nil
	}
	if byRound == nil {
		s.days.counting.Lock()
	}
	defer s.days.counting.Unlock()
	if byRound, fresh = s.days.known(s.now()); fresh {
		return byRound[id], nil
	}
	if err := s.countDaysAgain(ctx); err != nil {
		return nil, err
	}
	byRound, _ = s.days.known(s.now())
	return byRound[id], nil
}

// countDaysAgain counts, if anything has come since it was done last.
func (s *Store) countDaysAgain(ctx context.Context) error {
	return s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var mark int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(responses), 0) + (SELECT COALESCE(MAX(seq), 0) FROM arrival) FROM tally`).Scan(&mark); err != nil {
			return fmt.Errorf("count responses: %w", err)
		}
		if byRound, _ := s.days.known(s.now()); byRound != nil && mark == s.days.mark {
			s.days.keep(nil, mark, s.now().Add(countDaysEvery))
			return nil
		}
		return s.countDays(ctx, tx, mark)
	})
}

func (s *Store) countDays(ctx context.Context, tx *sql.Tx, mark int64) error {
	began := time.Now()
	byRound, err := readDays(ctx, tx)
	if err != nil {
		return fmt.Errorf("count responses by day: %w", err)
	}
	s.days.keep(byRound, mark, s.now().Add(max(countDaysEvery, countDaysShare*time.Since(began))))
	return nil
}

type stratumDay struct {
	stratum int64
	day     survey.Day
}

// readDays counts the responses by day, those that have no row yet too.
func readDays(ctx context.Context, tx *sql.Tx) (map[survey.RoundID]survey.DayCounts, error) {
	count, err := countRowDays(ctx, tx)
	if err != nil {
		return nil, err
	}
	unplaced, err := readUnplaced(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, a := range unplaced {
		count[stratumDay{a.stratum, survey.Day(a.day)}]++
	}
	roundOf, err := readRoundOf(ctx, tx)
	byRound := map[survey.RoundID]survey.DayCounts{}
	for at, responses := range count {
		id := roundOf[at.stratum]
		byRound[id] = append(byRound[id], survey.DayCount{Stratum: at.stratum, Day: at.day, Responses: responses})
	}
	return byRound, err
}

func countRowDays(ctx context.Context, tx *sql.Tx) (map[stratumDay]int, error) {
	rows, err := tx.QueryContext(ctx, `SELECT stratum_id, day, COUNT(*) FROM response GROUP BY stratum_id, day`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	count := map[stratumDay]int{}
	for rows.Next() {
		var at stratumDay
		var responses int
		if err := rows.Scan(&at.stratum, &at.day, &responses); err != nil {
			return nil, err
		}
		count[at] = responses
	}
	return count, rows.Err()
}

// readRoundOf gives the round of every stratum.
func readRoundOf(ctx context.Context, tx *sql.Tx) (map[int64]survey.RoundID, error) {
	roundOf := map[int64]survey.RoundID{}
	rows, err := tx.QueryContext(ctx, `SELECT id, round_id FROM stratum`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var stratum int64
		var id survey.RoundID
		if err := rows.Scan(&stratum, &id); err != nil {
			return nil, err
		}
		roundOf[stratum] = id
	}
	return roundOf, rows.Err()
}
