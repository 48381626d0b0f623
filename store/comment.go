package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"hailong/survey"
)

// Remarks gives the comments of a round as the office reads them.
func (s *Store) Remarks(ctx context.Context, id survey.RoundID) (all survey.Remarks, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		results, err := s.readResults(ctx, tx, id)
		if err != nil {
			return err
		}
		all = survey.Remarks{Round: results.Round, Title: results.Title, Made: results.Made, Strata: make(map[int64]survey.Stratum, len(results.Strata))}
		for _, st := range results.Strata {
			all.Strata[st.ID] = st
		}
		all.List, err = s.readRemarks(ctx, tx, id)
		return err
	})
	return all, err
}

// remarkID names an opinion outside of the store. It tells nothing of the key,
// in which there is a day and what was written in one transaction.
func (s *Store) remarkID(key []byte) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("comment"))
	mac.Write(key)
	return hex.EncodeToString(mac.Sum(nil)[:10])
}

// readRemarks gives the comments of a round with what was decided of them, in
// the order of their IDs: always the same, and no order of arrival.
func (s *Store) readRemarks(ctx context.Context, tx *sql.Tx, id survey.RoundID) ([]survey.Remark, error) {
	opinions, err := readOpinions(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	verdicts, err := readVerdicts(ctx, tx)
	if err != nil {
		return nil, err
	}
	all := make([]survey.Remark, len(opinions))
	for i, o := range opinions {
		v := verdicts[string(o.key)]
		all[i] = survey.Remark{ID: s.remarkID(o.key), Stratum: o.stratum, Text: o.text, CommentVerdict: v.CommentVerdict, By: v.actor}
	}
	slices.SortFunc(all, func(a, b survey.Remark) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

type verdict struct {
	survey.CommentVerdict
	key   []byte
	actor string
}

// readVerdicts gives what was decided, by the opinion's key.
func readVerdicts(ctx context.Context, tx *sql.Tx) (map[string]verdict, error) {
	list, err := collect(ctx, tx, func(rows *sql.Rows) (v verdict, err error) {
		return v, rows.Scan(&v.key, &v.State, &v.Masked, &v.Urgent, &v.Told, &v.actor)
	}, `SELECT opinion_key, state, masked, urgent, told, actor FROM comment_verdict`)
	if err != nil {
		return nil, fmt.Errorf("read verdicts: %w", err)
	}
	verdicts := make(map[string]verdict, len(list))
	for _, v := range list {
		verdicts[string(v.key)] = v
	}
	return verdicts, nil
}

// DecideRemark keeps what a person decided of a comment; a later decision takes
// the place of an earlier one. The audit log says of which school, never what
// the comment says.
func (s *Store) DecideRemark(ctx context.Context, actor string, round survey.RoundID, id string, v survey.CommentVerdict) error {
	v.Masked, v.Told = survey.CleanText(v.Masked), survey.CleanLine(v.Told)
	if !v.Urgent {
		v.Told = ""
	}
	if err := v.Check(); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		o, err := s.opinionNamed(ctx, tx, round, id)
		if err != nil {
			return err
		}
		before, err := saveVerdict(ctx, tx, o.key, actor, v)
		if err != nil || before == v {
			return err
		}
		return s.noteVerdict(ctx, tx, actor, o.stratum, before, v)
	})
}

func (s *Store) opinionNamed(ctx context.Context, tx *sql.Tx, round survey.RoundID, id string) (writtenOpinion, error) {
	opinions, err := readOpinions(ctx, tx, round)
	if err != nil {
		return writtenOpinion{}, err
	}
	i := slices.IndexFunc(opinions, func(o writtenOpinion) bool { return s.remarkID(o.key) == id })
	if i < 0 {
		return writtenOpinion{}, survey.Refuse(survey.NotFound, "Không có lời góp ý này. Mở lại danh sách góp ý", "There is no such comment")
	}
	return opinions[i], nil
}

// saveVerdict writes a verdict and gives the one before it.
func saveVerdict(ctx context.Context, tx *sql.Tx, key []byte, actor string, v survey.CommentVerdict) (before survey.CommentVerdict, err error) {
	err = tx.QueryRowContext(ctx, `SELECT state, masked, urgent, told FROM comment_verdict WHERE opinion_key = ?`, key).Scan(&before.State, &before.Masked, &before.Urgent, &before.Told)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return before, fmt.Errorf("read verdict: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO comment_verdict (opinion_key, state, masked, urgent, told, actor) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (opinion_key) DO UPDATE SET state = excluded.state, masked = excluded.masked, urgent = excluded.urgent, told = excluded.told, actor = excluded.actor`,
		key, v.State, v.Masked, v.Urgent, v.Told, actor)
	if err != nil {
		return before, fmt.Errorf("write verdict: %w", err)
	}
	return before, nil
}

func (s *Store) noteVerdict(ctx context.Context, tx *sql.Tx, actor string, stratum int64, before, v survey.CommentVerdict) error {
	var school, round string
	err := tx.QueryRowContext(ctx, `SELECT school_code, round_id FROM stratum WHERE id = ?`, stratum).Scan(&school, &round)
	if err != nil {
		return fmt.Errorf("read stratum: %w", err)
	}
	detail := fmt.Sprintf("đợt %s: %s → %s", round, before.State.Name(), v.State.Name())
	if before.State == v.State {
		detail = fmt.Sprintf("đợt %s: %s, sửa phần che", round, v.State.Name())
	}
	if err := s.note(ctx, tx, entry{actor, "comment decide", school, detail}); err != nil {
		return err
	}
	if !v.Urgent || before.Urgent && before.Told == v.Told {
		return nil
	}
	return s.note(ctx, tx, entry{actor, "comment urgent", school, "đợt " + round + ", đã ghi báo cho ai"})
}

// ReleasedComments gives the comments of a round that a school may read, masked
// and in an order that means nothing: none before there are enough responses
// and enough of them (survey.MayShowComments). Whether the round's results are
// out is for the caller to know.
func (s *Store) ReleasedComments(ctx context.Context, round survey.RoundID, school survey.SchoolCode) (texts []string, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if texts, err = s.releasedTexts(ctx, tx, round, school); err != nil || len(texts) == 0 {
			return err
		}
		results, err := s.readResults(ctx, tx, round)
		if err != nil {
			return err
		}
		responses := 0
		for _, st := range results.Strata {
			if st.School.Code == school {
				responses += st.Tally.Responses
			}
		}
		if !survey.MayShowComments(responses, len(texts)) {
			texts = nil
		}
		return nil
	})
	return texts, err
}

func (s *Store) releasedTexts(ctx context.Context, tx *sql.Tx, round survey.RoundID, school survey.SchoolCode) ([]string, error) {
	type released struct {
		key  []byte
		text string
	}
	list, err := collect(ctx, tx, func(rows *sql.Rows) (r released, err error) { return r, rows.Scan(&r.key, &r.text) },
		`SELECT opinion.key, comment_verdict.masked FROM stratum JOIN opinion ON opinion.stratum_id = stratum.id JOIN comment_verdict ON comment_verdict.opinion_key = opinion.key
		WHERE stratum.round_id = ? AND stratum.school_code = ? AND comment_verdict.state = 'released'`, round, school)
	if err != nil {
		return nil, fmt.Errorf("read released comments: %w", err)
	}
	slices.SortFunc(list, func(a, b released) int {
		return bytes.Compare([]byte(s.remarkID(a.key)), []byte(s.remarkID(b.key)))
	})
	var texts []string
	for _, r := range list {
		texts = append(texts, r.text)
	}
	return texts, nil
}
