package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"hailong/survey"
)

// maxHistory bounds how many lines of a school's history are shown.
const maxHistory = 100

func readPast(ctx context.Context, tx *sql.Tx, r *survey.SchoolRecord) (err error) {
	r.Names, err = collect(ctx, tx, func(rows *sql.Rows) (f survey.FormerName, err error) {
		return f, rows.Scan(&f.School, &f.Name, &f.Until, &f.Reason)
	}, `SELECT school_code, name, until_day, reason FROM school_was_named WHERE school_code = ? ORDER BY until_day`, r.Code)
	if err != nil {
		return err
	}
	r.Areas, err = collect(ctx, tx, func(rows *sql.Rows) (f survey.FormerArea, err error) {
		return f, rows.Scan(&f.School, &f.Area.Code, &f.Area.Type, &f.Area.Name, &f.Until)
	}, `SELECT school_code, area.code, area.type, area.name, school_was_in.until_day FROM school_was_in
		JOIN area ON area.code = school_was_in.area_code WHERE school_code = ? ORDER BY school_was_in.until_day`, r.Code)
	if err != nil {
		return err
	}
	lineage, err := readLineage(ctx, tx)
	r.Successions = lineage.Of(r.Code)
	return err
}

// readHistory gives the lines of the school's entry, and what the audit log
// holds of its links, its page and its lineage.
func readHistory(ctx context.Context, tx *sql.Tx, r *survey.SchoolRecord) error {
	lines, err := collect(ctx, tx, scanHistory, `SELECT at, actor, '', detail FROM school_history WHERE school_code = ? ORDER BY id DESC LIMIT ?`, r.Code, maxHistory)
	if err != nil {
		return err
	}
	acts, err := collect(ctx, tx, scanHistory, `SELECT at, actor, action, detail FROM audit WHERE object = ?
		AND action IN ('link rotate', 'school access', 'school rename', 'school merge', 'school split', 'school close', 'school withdraw') ORDER BY seq DESC LIMIT ?`, r.Code, maxHistory)
	if err != nil {
		return err
	}
	r.History = append(lines, acts...)
	slices.SortStableFunc(r.History, func(a, b survey.HistoryLine) int { return b.At.Compare(a.At) })
	return nil
}

func scanHistory(rows *sql.Rows) (l survey.HistoryLine, err error) {
	var at int64
	var action string
	if err := rows.Scan(&at, &l.Actor, &action, &l.Detail); err != nil {
		return l, err
	}
	l.At = time.UnixMilli(at)
	if action == "" {
		return l, nil
	}
	done := survey.AuditEntry{Action: action}.Done()
	if l.Detail != "" {
		done += ": "
	}
	l.Detail = done + l.Detail
	return l, nil
}

// asked is one stratum of a round, of any school.
type asked struct {
	round     survey.RoundID
	school    survey.SchoolCode
	form      survey.FormCode
	enrolment int
	responses int
}

// readRoundsOf gives what each round asked of the school, and which schools of
// the round before it its answers may be held against.
func (s *Store) readRoundsOf(ctx context.Context, tx *sql.Tx, r *survey.SchoolRecord) error {
	sc, err := s.schedule(ctx, tx)
	if err != nil {
		return err
	}
	strata, err := readEveryAsked(ctx, tx)
	if err != nil {
		return err
	}
	lineage, err := readLineage(ctx, tx)
	if err != nil {
		return err
	}
	var previous survey.Asked
	var before survey.RoundID
	for _, round := range sc.Rounds {
		if round.OpenedAt.IsZero() {
			continue
		}
		one := survey.SchoolRound{Round: round, Title: sc.Title(round), Previous: before}
		opened := survey.Asked{Opened: survey.DayOf(round.OpenedAt, s.zone)}
		for _, a := range strata {
			if a.round != round.ID {
				continue
			}
			opened.Schools = append(opened.Schools, a.school)
			if a.school == r.Code {
				one.Forms = append(one.Forms, survey.SchoolForm{Form: a.form, Participation: survey.Participation{Enrolment: a.enrolment, Responses: a.responses}})
			}
		}
		one.Kin = kinOf(lineage.Between(previous, opened), r.Code)
		if len(one.Forms) > 0 {
			r.Rounds = append([]survey.SchoolRound{one}, r.Rounds...)
		}
		previous, before = opened, round.ID
	}
	return nil
}

// readEveryAsked gives every stratum of every round, with its responses.
func readEveryAsked(ctx context.Context, tx *sql.Tx) ([]asked, error) {
	arrivals, err := readArrivals(ctx, tx)
	if err != nil {
		return nil, err
	}
	late := byStratum(arrivals)
	return collect(ctx, tx, func(rows *sql.Rows) (a asked, err error) {
		var stratum, counted int64
		err = rows.Scan(&a.round, &a.school, &a.form, &a.enrolment, &a.responses, &stratum, &counted)
		for _, r := range late[stratum] {
			if r.seq > counted {
				a.responses++
			}
		}
		return a, err
	}, `SELECT stratum.round_id, stratum.school_code, stratum.form, stratum.enrolment, tally.responses, stratum.id, tally.counted
		FROM stratum JOIN tally ON tally.stratum_id = stratum.id`)
}

func kinOf(all []survey.Kin, code survey.SchoolCode) survey.Kin {
	i := slices.IndexFunc(all, func(k survey.Kin) bool { return slices.Contains(k.After, code) })
	if i < 0 {
		return survey.Kin{}
	}
	return all[i]
}
