package store

import (
	"context"
	"database/sql"
	"time"

	"hailong/survey"
)

// ChooseQuestionnaire sets the version with which a round will open; none: the
// one that the office uses then. NotFound when there is no such version.
func (s *Store) ChooseQuestionnaire(ctx context.Context, id survey.RoundID, act Act, version survey.Version) (survey.Round, error) {
	if version != "" {
		if err := s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
			_, err := parseQuestionnaire(ctx, tx, version)
			return noVersion(err, version)
		}); err != nil {
			return survey.Round{}, err
		}
	}
	act.Reason = withReason("bộ câu hỏi "+chosenName(version), act.Reason)
	return s.ChangeRound(ctx, id, act, func(_ survey.Calendar, r survey.Round, _ time.Time) (survey.Round, error) {
		return r.Choose(version)
	})
}

func chosenName(version survey.Version) string {
	if version == "" {
		return "đang dùng lúc mở đợt"
	}
	return string(version)
}
