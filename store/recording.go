package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hailong/survey"
)

// saveRecordings stores the sounds of a questionnaire and forgets those that
// no questionnaire plays any more.
func saveRecordings(ctx context.Context, tx *sql.Tx, q survey.QuestionnaireUpload) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM questionnaire_recording WHERE version = ?`, q.Version); err != nil {
		return fmt.Errorf("forget recordings of questionnaire %s: %w", q.Version, err)
	}
	for _, r := range q.Recordings {
		if err := saveRecording(ctx, tx, q, r); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM recording WHERE id NOT IN (SELECT recording FROM questionnaire_recording)`); err != nil {
		return fmt.Errorf("forget recordings: %w", err)
	}
	return nil
}

func saveRecording(ctx context.Context, tx *sql.Tx, q survey.QuestionnaireUpload, r survey.Recording) error {
	if content, came := q.Sounds[r.ID]; came {
		if _, err := tx.ExecContext(ctx, `INSERT INTO recording (id, type, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, r.ID, r.Type, content); err != nil {
			return fmt.Errorf("write recording %s: %w", r.Name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO questionnaire_recording (version, recording) VALUES (?, ?) ON CONFLICT DO NOTHING`, q.Version, r.ID); err != nil {
		return fmt.Errorf("note recording %s of questionnaire %s: %w", r.Name, q.Version, err)
	}
	return nil
}

// Sound gives a recording and its type. NotFound when there is none.
func (s *Store) Sound(ctx context.Context, id survey.RecordingID) (content []byte, kind string, err error) {
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT content, type FROM recording WHERE id = ?`, id).Scan(&content, &kind)
		if errors.Is(err, sql.ErrNoRows) {
			return survey.Refuse(survey.NotFound, "Không có bản ghi âm này. Tải lại trang", "There is no such recording; load the page again")
		}
		if err != nil {
			return fmt.Errorf("read recording: %w", err)
		}
		return nil
	})
	return content, kind, err
}

// StoredRecordings gives the recordings of every version, those of the newest
// first, so that a file which names one of them need not bring it along.
func (s *Store) StoredRecordings(ctx context.Context) ([]survey.Recording, error) {
	editions, err := s.Questionnaires(ctx)
	if err != nil {
		return nil, err
	}
	var out []survey.Recording
	for _, e := range editions {
		out = append(out, e.Questionnaire.Recordings...)
	}
	return out, nil
}
