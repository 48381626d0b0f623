package survey_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

func TestReleaseInSteps(t *testing.T) {
	zone := time.FixedZone("ICT", 7*3600)
	c := survey.DefaultCalendar(zone)
	closed := time.Date(2026, 12, 1, 0, 0, 0, 0, zone)
	shut := survey.Round{ID: "2026-10", State: survey.Shut, OpenedAt: closed.AddDate(0, -2, 0), ClosedAt: closed}
	open, never := shut, shut
	open.State, never.OpenedAt = survey.Open, time.Time{}
	later := closed.Add(25 * time.Hour)
	for _, v := range []struct {
		name     string
		round    survey.Round
		from, to survey.Stage
		now      time.Time
		want     survey.State // "": refused
	}{
		{"schools", shut, survey.OfficeStage, survey.SchoolsStage, later, survey.Released},
		{"public", shut, survey.SchoolsStage, survey.PublicStage, later, survey.Released},
		{"public at once", shut, survey.OfficeStage, survey.PublicStage, later, ""},
		{"twice", shut, survey.SchoolsStage, survey.SchoolsStage, later, ""},
		{"back to the office", shut, survey.PublicStage, survey.OfficeStage, later, survey.Shut},
		{"back to the schools", shut, survey.PublicStage, survey.SchoolsStage, later, survey.Released},
		{"while forms may come", shut, survey.OfficeStage, survey.SchoolsStage, closed.Add(23 * time.Hour), ""},
		{"while open", open, survey.OfficeStage, survey.SchoolsStage, later, ""},
		{"never opened", never, survey.OfficeStage, survey.SchoolsStage, later, ""},
	} {
		got, err := c.Release(v.round, v.from, v.to, v.now)
		if (err != nil) != (v.want == "") || err == nil && got.State != v.want {
			t.Errorf("%s: %s, %v", v.name, got.State, err)
		}
		if err != nil && survey.KindOf(err) != survey.Conflict {
			t.Errorf("%s: %v is no conflict", v.name, err)
		}
		var refused *survey.Error
		if errors.As(err, &refused) && strings.Contains(refused.Message+refused.English, "%!") {
			t.Errorf("%s: %s · %s", v.name, refused.Message, refused.English)
		}
	}
}

func TestStages(t *testing.T) {
	if survey.StageOf(nil) != survey.OfficeStage || survey.StageOf([]survey.Step{{Stage: survey.PublicStage}, {Stage: survey.SchoolsStage}}) != survey.SchoolsStage {
		t.Error("the stage is that of the last step")
	}
	if !survey.PublicStage.Reaches(survey.SchoolsStage) || survey.SchoolsStage.Reaches(survey.PublicStage) || survey.Stage("").Reaches(survey.SchoolsStage) {
		t.Error("what is public may be seen by schools, not the other way round")
	}
}

func TestParsePledges(t *testing.T) {
	got, err := survey.ParsePledges([]string{"  Sửa  nhà vệ sinh ", "", "Thêm\u202e sách"})
	if err != nil || len(got) != 2 || got[0].Text != "Sửa nhà vệ sinh" || got[1] != (survey.Pledge{Position: 2, Text: "Thêm sách"}) {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = survey.ParsePledges([]string{strings.Repeat("ế", 201), strings.Repeat("ế", 200), strings.Repeat("a", 300)})
	if fields := err.(*survey.Error).Fields; len(fields) != 2 || fields[0].Field != "dong-1" || !strings.Contains(fields[1].Message, "Bớt 100") {
		t.Errorf("%+v", fields)
	}
}
