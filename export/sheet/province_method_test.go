package sheet

import (
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

// The explanations name the day on which a round ended that was closed early.
func TestMethodNamesTheLastDay(t *testing.T) {
	zone := time.FixedZone("ICT", 7*3600)
	p := &province{Results: survey.Results{Questionnaire: survey.BuiltInQuestionnaire(), Made: time.Date(2026, 12, 1, 8, 0, 0, 0, zone),
		Round: survey.Round{Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30), State: survey.Shut, ClosedAt: time.Date(2026, 11, 25, 10, 0, 0, 0, zone)}}}
	said := map[string]string{}
	for _, row := range p.aboutRound() {
		said[row.subject] = row.text
	}
	if !strings.HasPrefix(said["Thời gian nhận phiếu"], "Từ 01/10/2026 đến 25/11/2026;") {
		t.Error(said["Thời gian nhận phiếu"])
	}
	if !strings.Contains(said["Sĩ số"], "chốt lại theo nhật ký") {
		t.Error(said["Sĩ số"])
	}
}
