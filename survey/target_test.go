package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

func TestTargetsAreReadAndWritten(t *testing.T) {
	for text, want := range map[string]string{
		"": "0", "0": "0", "th 60": "TH 60/0", "THPT 0/100, MN 50/30": "MN 50/30, THPT 0/100", " TH 60%/1.000 ": "TH 60/1000", "TH 0": "0",
	} {
		targets, err := survey.ParseTargets(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := targets.String(); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
		again, err := survey.ParseTargets(targets.String())
		if err != nil || !again.Equal(targets) {
			t.Errorf("%q does not come back: %v %v", text, again, err)
		}
	}
	for _, text := range []string{"60", "XX 60", "TH 101", "TH -1", "TH +5", "TH 60/x", "TH 60, TH 50", "TH 60/10001", "TH 6,5"} {
		if got, err := survey.ParseTargets(text); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
}

func TestTargetNeeds(t *testing.T) {
	for _, c := range []struct{ rate, least, enrolment, want int }{
		{50, 0, 410, 205}, {50, 0, 411, 206}, {0, 30, 410, 30}, {0, 30, 12, 12}, {50, 30, 40, 30}, {50, 30, 410, 205}, {100, 0, 7, 7}, {0, 0, 100, 0}, {50, 30, 0, 0},
	} {
		if got := (survey.Target{Rate: c.rate, Least: c.least}).Needs(c.enrolment); got != c.want {
			t.Errorf("%d %% and %d of %d need %d, want %d", c.rate, c.least, c.enrolment, got, c.want)
		}
	}
}

// taught is a school that has so many responses of so many learners at each of its levels.
func taught(forms ...survey.FormParticipation) survey.SchoolParticipation {
	return survey.SchoolParticipation{Forms: forms}
}

func atLevel(level survey.Level, responses, enrolment int) survey.FormParticipation {
	return survey.FormParticipation{Form: &survey.Form{Level: level}, Participation: survey.Participation{Responses: responses, Enrolment: enrolment}}
}

func TestStandingIsLevelByLevel(t *testing.T) {
	targets := survey.Targets{survey.LevelTH: {Rate: 50}, survey.LevelTHCS: {Rate: 50, Least: 10}}
	for name, c := range map[string]struct {
		school  survey.SchoolParticipation
		want    survey.Attainment
		reached bool
	}{
		"one level":                  {taught(atLevel("TH", 205, 410)), survey.Attainment{Needed: 205}, true},
		"one response short":         {taught(atLevel("TH", 204, 410)), survey.Attainment{Needed: 205, Missing: 1}, false},
		"one level makes up for two": {taught(atLevel("TH", 400, 400), atLevel("THCS", 0, 100)), survey.Attainment{Needed: 250, Missing: 50}, false},
		"two forms of one level":     {taught(atLevel("THCS", 30, 50), atLevel("THCS", 20, 50)), survey.Attainment{Needed: 50}, true},
		"a level without target":     {taught(atLevel("MN", 0, 100)), survey.Attainment{}, false},
	} {
		got := c.school.Against(targets)
		if got != c.want || got.Reached() != c.reached {
			t.Errorf("%s: %+v reached %v, want %+v %v", name, got, got.Reached(), c.want, c.reached)
		}
	}
	reached, asked := survey.Reached([]survey.SchoolParticipation{taught(atLevel("TH", 205, 410)), taught(atLevel("TH", 1, 410)), taught(atLevel("MN", 9, 10))}, targets)
	if reached != 1 || asked != 2 {
		t.Errorf("%d of %d, want 1 of 2", reached, asked)
	}
}

func TestWhoIsReminded(t *testing.T) {
	open := survey.Pace{Latest: 14, Days: 7, Left: 10}
	for name, c := range map[string]struct {
		attainment survey.Attainment
		responses  int
		pace       survey.Pace
		want       survey.Reason
	}{
		"nobody, no target":              {survey.Attainment{}, 0, open, survey.NoResponse},
		"some, no target":                {survey.Attainment{}, 1, survey.Pace{Days: 7, Left: 5}, ""},
		"reached":                        {survey.Attainment{Needed: 50}, 50, survey.Pace{Days: 7, Left: 5}, ""},
		"on its way":                     {survey.Attainment{Needed: 100, Missing: 20}, 80, open, ""},
		"one too many for its pace":      {survey.Attainment{Needed: 101, Missing: 21}, 80, open, survey.TooSlow},
		"stopped":                        {survey.Attainment{Needed: 100, Missing: 20}, 80, survey.Pace{Days: 7, Left: 5}, survey.Stopped},
		"the first days, nothing lately": {survey.Attainment{Needed: 100, Missing: 99}, 1, survey.Pace{Latest: 1, Days: 2, Left: 3}, survey.TooSlow},
		"the last day":                   {survey.Attainment{Needed: 100, Missing: 1}, 99, survey.Pace{Latest: 99, Days: 7}, survey.Below},
	} {
		if got := c.attainment.Remind(c.responses, c.pace); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestDayCounts(t *testing.T) {
	counts := survey.DayCounts{{1, 100, 5}, {2, 101, 3}, {1, 102, 2}, {1, 105, 1}}
	if diff := cmp.Diff([]int{5, 3, 3}, counts.PerDay(100, 102)); diff != "" {
		t.Error("what came after the last day counts on it:", diff)
	}
	if diff := cmp.Diff([]int{3}, counts.PerDay(102, 102)); diff != "" {
		t.Error("what came before counts nowhere:", diff)
	}
	if diff := cmp.Diff(map[int64]int{2: 3, 1: 3}, counts.Since(101)); diff != "" {
		t.Error(diff)
	}
	if got := counts.PerDay(5, 4); got != nil {
		t.Errorf("no days have %v", got)
	}
}
