package survey_test

import (
	"testing"
	"time"

	"hailong/survey"
)

// Results name the day on which the round ended, though it was to last longer.
func TestResultsEndWhenTheRoundWasClosed(t *testing.T) {
	zone := time.FixedZone("ICT", 7*3600)
	r := survey.Results{Questionnaire: survey.BuiltInQuestionnaire(), Made: time.Date(2026, 12, 1, 8, 0, 0, 0, zone),
		Round: survey.Round{Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30), State: survey.Shut, ClosedAt: time.Date(2026, 11, 25, 1, 0, 0, 0, zone)}}
	if want := survey.NewDay(2026, 11, 25); r.LastDay() != want || survey.OfficeTables(r).Last != want {
		t.Errorf("%s and %s, want %s", r.LastDay(), survey.OfficeTables(r).Last, want)
	}
}
