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
	mu      sync.Mutex
	byRound map[survey.RoundID]survey.DayCounts
	mark    int64 // grows with each response; as it was when it was counted
	next    time.Time
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
		var mark int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(responses), 0) + (SELECT COALESCE(MAX(seq), 0) FROM arrival) FROM tally`).Scan(&mark); err != nil {
			return fmt.Errorf("count responses: %w", err)
		}
		if s.days.byRound != nil && mark == s.days.mark {
			s.days.next = s.now().Add(countDaysEvery)
			return nil
		}
		return s.countDays(ctx, tx, mark)
	})
	return s.days.byRound[id], err
}

func (s *Store) countDays(ctx context.Context, tx *sql.Tx, mark int64) error {
	began := time.Now()
	byRound, err := readDays(ctx, tx)
	if err != nil {
		return fmt.Errorf("count responses by day: %w", err)
	}
	s.days.byRound, s.days.mark = byRound, mark
	s.days.next = s.now().Add(max(countDaysEvery, countDaysShare*time.Since(began)))
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
