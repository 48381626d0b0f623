package survey_test

import (
	"testing"
	"time"

	"hailong/survey"
)

func TestDaysLeft(t *testing.T) {
	zone := time.FixedZone("ICT", 7*3600)
	round := survey.Round{State: survey.Open, Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30)}
	for at, want := range map[time.Time]int{
		time.Date(2026, 11, 23, 23, 59, 0, 0, zone):     7,
		time.Date(2026, 11, 23, 17, 30, 0, 0, time.UTC): 6, // already the 24th in the province
		time.Date(2026, 11, 30, 23, 59, 0, 0, zone):     0,
		time.Date(2026, 12, 1, 0, 0, 0, 0, zone):        -1,
	} {
		if got := (survey.Calendar{Zone: zone}).DaysLeft(round, at); got != want {
			t.Errorf("on %v %d days are left, want %d", at, got, want)
		}
	}
}
