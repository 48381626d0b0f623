package office

import (
	"context"

	"hailong/survey"
)

// Planning is what the office decides about the rounds, and what is known of
// their course.
type Planning interface {
	Decisions
	Aims
	Progress
}

// Decisions changes rounds. Every change is in the audit log when it returns.
type Decisions interface {
	ChangeRound(ctx context.Context, id survey.RoundID, act survey.Act, decide survey.Decision) (survey.Round, error)
	AddRound(ctx context.Context, act survey.Act, opens, closes survey.Day) (survey.Round, error)
	SetCalendar(ctx context.Context, actor string, c survey.Calendar) error
	RefreezeEnrolment(ctx context.Context, id survey.RoundID, act survey.Act) (changed int64, err error)
	ChooseQuestionnaire(ctx context.Context, id survey.RoundID, act survey.Act, version survey.Version) (survey.Round, error)
	Questionnaires(ctx context.Context) ([]survey.Edition, error)
}

// Aims is what schools should reach.
type Aims interface {
	Targets(ctx context.Context, id survey.RoundID) (survey.Targets, error)
	UsualTargets(ctx context.Context) (survey.Targets, error)
	SetTargets(ctx context.Context, id survey.RoundID, act survey.Act, t survey.Targets) error
	SetUsualTargets(ctx context.Context, act survey.Act, t survey.Targets) error
}

// Progress is how responses have come.
type Progress interface {
	DayCounts(ctx context.Context, id survey.RoundID) (survey.DayCounts, error)
}
