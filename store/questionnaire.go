package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hailong/survey"
)

// newest orders the versions: those that were taken over by the time of that,
// the one that comes with the program after all of them.
const newest = ` ORDER BY version = ?, added_at DESC, version DESC`

// nextVersion is the version that a round opens with now: the one chosen by
// the office or, as long as none is, the newest.
func nextVersion(ctx context.Context, tx *sql.Tx) (survey.Version, error) {
	chosen, err := setting(ctx, tx, settingQuestionnaire)
	if err != nil || chosen != "" {
		return survey.Version(chosen), err
	}
	var version survey.Version
	err = tx.QueryRowContext(ctx, `SELECT version FROM questionnaire`+newest+` LIMIT 1`, survey.BuiltInQuestionnaire().Version).Scan(&version)
	if err != nil {
		return "", fmt.Errorf("choose questionnaire: %w", err)
	}
	return version, nil
}

// readQuestionnaire gives a version. One that a round has opened with never
// changes, so it is parsed once; others may still be replaced, perhaps by
// another process.
func (s *Store) readQuestionnaire(ctx context.Context, tx *sql.Tx, version survey.Version) (*survey.Questionnaire, error) {
	if q, ok := s.questionnaires.Load(version); ok {
		return q.(*survey.Questionnaire), nil
	}
	q, err := parseQuestionnaire(ctx, tx, version)
	if err != nil {
		return nil, err
	}
	var frozen bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM round WHERE questionnaire = ? AND opened_at IS NOT NULL)`, version).Scan(&frozen); err != nil {
		return nil, fmt.Errorf("read rounds of questionnaire %s: %w", version, err)
	}
	if frozen {
		s.questionnaires.Store(version, q)
	}
	return q, nil
}

func parseQuestionnaire(ctx context.Context, tx *sql.Tx, version survey.Version) (*survey.Questionnaire, error) {
	var body string
	if err := tx.QueryRowContext(ctx, `SELECT body FROM questionnaire WHERE version = ?`, version).Scan(&body); err != nil {
		return nil, fmt.Errorf("read questionnaire %s: %w", version, err)
	}
	q, err := survey.ParseQuestionnaire([]byte(body))
	if err != nil {
		return nil, fmt.Errorf("parse questionnaire %s: %w", version, err)
	}
	return q, nil
}

// Questionnaires gives every version, newest first.
func (s *Store) Questionnaires(ctx context.Context) (editions []survey.Edition, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		editions, err = readEditions(ctx, tx)
		return err
	})
	return editions, err
}

func readEditions(ctx context.Context, tx *sql.Tx) ([]survey.Edition, error) {
	editions, err := collect(ctx, tx, scanEdition, `SELECT body, added_at FROM questionnaire`+newest, survey.BuiltInQuestionnaire().Version)
	if err != nil {
		return nil, fmt.Errorf("read questionnaires: %w", err)
	}
	next, err := nextVersion(ctx, tx)
	if err != nil {
		return nil, err
	}
	chosen, err := setting(ctx, tx, settingQuestionnaire)
	if err != nil {
		return nil, err
	}
	for i := range editions {
		e := &editions[i]
		e.Next, e.Chosen = e.Questionnaire.Version == next, string(e.Questionnaire.Version) == chosen
		e.Rounds, err = collect(ctx, tx, func(rows *sql.Rows) (id survey.RoundID, err error) { return id, rows.Scan(&id) },
			`SELECT id FROM round WHERE questionnaire = ? AND opened_at IS NOT NULL ORDER BY opens, id`, e.Questionnaire.Version)
		if err != nil {
			return nil, fmt.Errorf("read rounds of questionnaire %s: %w", e.Questionnaire.Version, err)
		}
	}
	return editions, nil
}

func scanEdition(rows *sql.Rows) (e survey.Edition, err error) {
	var body string
	var added int64
	if err := rows.Scan(&body, &added); err != nil {
		return e, err
	}
	e.Added = time.UnixMilli(added)
	e.Questionnaire, err = survey.ParseQuestionnaire([]byte(body))
	return e, err
}

// Questionnaire gives a version; with none named, the one that the next round
// opens with. NotFound when there is no such version.
func (s *Store) Questionnaire(ctx context.Context, version survey.Version) (q *survey.Questionnaire, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if version == "" {
			if version, err = nextVersion(ctx, tx); err != nil {
				return err
			}
		}
		q, err = s.readQuestionnaire(ctx, tx, version)
		return noVersion(err, version)
	})
	return q, err
}

func noVersion(err error, version survey.Version) error {
	if errors.Is(err, sql.ErrNoRows) {
		return survey.Refuse(survey.NotFound, "Không có bộ câu hỏi %s. Xem các bộ bằng lệnh: hailong questionnaire list",
			"There is no questionnaire %s; list them with: hailong questionnaire list", version)
	}
	return err
}

// ImportQuestionnaire takes a questionnaire over, all or nothing, and says what
// changed; in a trial, what would change. Rounds that are open keep theirs.
func (s *Store) ImportQuestionnaire(ctx context.Context, actor string, q survey.QuestionnaireUpload, trial bool) (changes survey.QuestionnaireChanges, err error) {
	body, err := q.Data()
	if err != nil {
		return changes, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		editions, err := readEditions(ctx, tx)
		if err != nil {
			return err
		}
		changes, err = q.Follow(editions)
		if err != nil || trial || changes.Same {
			return err
		}
		if err := s.saveQuestionnaire(ctx, tx, q.Version, body); err != nil {
			return err
		}
		if err := saveRecordings(ctx, tx, q); err != nil {
			return err
		}
		detail := fmt.Sprintf("%d phiếu · %d câu mới · %d câu bỏ · %d câu đổi lời · %d tiếng · %d bản ghi âm",
			len(q.Forms), len(changes.Added), len(changes.Dropped), len(changes.Reworded), len(q.Tongues()), len(q.Recordings))
		if err := s.note(ctx, tx, entry{actor, "questionnaire import", string(q.Version), detail}); err != nil {
			return err
		}
		return touch(ctx, tx)
	})
	return changes, err
}

// saveQuestionnaire stores a version as the newest, whatever the clock says.
func (s *Store) saveQuestionnaire(ctx context.Context, tx *sql.Tx, version survey.Version, body []byte) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO questionnaire (version, body, added_at)
		VALUES (?, ?, max(?, (SELECT COALESCE(MAX(added_at), 0) + 1 FROM questionnaire)))
		ON CONFLICT (version) DO UPDATE SET body = excluded.body, added_at = excluded.added_at`, version, string(body), s.now().UnixMilli())
	if err != nil {
		return fmt.Errorf("write questionnaire %s: %w", version, err)
	}
	return nil
}

// UseQuestionnaire chooses the version that rounds open with from now on; with
// none named, always the newest. The open round keeps its own.
func (s *Store) UseQuestionnaire(ctx context.Context, actor string, version survey.Version) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if version != "" {
			if _, err := parseQuestionnaire(ctx, tx, version); err != nil {
				return noVersion(err, version)
			}
		}
		if err := setSetting(ctx, tx, settingQuestionnaire, string(version)); err != nil {
			return err
		}
		if err := s.note(ctx, tx, entry{actor, "questionnaire use", string(version), ""}); err != nil {
			return err
		}
		return touch(ctx, tx)
	})
}
