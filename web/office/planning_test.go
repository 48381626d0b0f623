package office_test

import (
	"context"

	"hailong/survey"
)

// What is planned, in maps instead of a database.

func (h *history) Targets(context.Context, survey.RoundID) (survey.Targets, error) {
	return h.targets, nil
}

func (h *history) UsualTargets(context.Context) (survey.Targets, error) { return h.targets, nil }

func (h *history) SetTargets(context.Context, survey.RoundID, survey.Act, survey.Targets) error {
	return nil
}

func (h *history) SetUsualTargets(context.Context, survey.Act, survey.Targets) error { return nil }

func (h *history) Questionnaires(context.Context) ([]survey.Edition, error) {
	return []survey.Edition{{Questionnaire: survey.BuiltInQuestionnaire(), Next: true}}, nil
}

func (h *history) DayCounts(_ context.Context, id survey.RoundID) (survey.DayCounts, error) {
	if id != "2026-10" {
		return nil, nil
	}
	return h.days, nil
}
