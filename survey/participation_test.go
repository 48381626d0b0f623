package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hailong/survey"
)

// asked makes a stratum of which only the participation matters.
func asked(school survey.SchoolCode, form *survey.Form, enrolment, responses int) survey.Stratum {
	return survey.Stratum{School: survey.School{Code: school}, Form: form, Enrolment: enrolment, Tally: survey.Tally{Responses: responses}}
}

func threeSchools() []survey.Stratum {
	parents := &survey.Form{Code: "CMTHPT", Level: survey.LevelTHPT}
	pupils := &survey.Form{Code: "HSTHPT", Level: survey.LevelTHPT}
	primary := &survey.Form{Code: "TH", Level: survey.LevelTH}
	helped := asked("A", parents, 500, 120)
	helped.Tally.Helped = 8
	return []survey.Stratum{
		helped, asked("A", pupils, 500, 0),
		asked("B", primary, 300, 33), asked("B", parents, 100, 0), asked("B", pupils, 100, 0),
		asked("C", primary, 250, 0),
	}
}

func TestParticipationBySchool(t *testing.T) {
	got := map[survey.SchoolCode]survey.Participation{}
	var order []survey.SchoolCode
	for _, s := range survey.ParticipationBySchool(threeSchools()) {
		got[s.School.Code] = s.Participation
		order = append(order, s.School.Code)
		if total := sumOfForms(s); total != s.Participation {
			t.Errorf("school %s: forms make %+v, the school has %+v", s.School.Code, total, s.Participation)
		}
	}
	want := map[survey.SchoolCode]survey.Participation{"A": {Enrolment: 1000, Responses: 120, Helped: 8}, "B": {Enrolment: 500, Responses: 33}, "C": {Enrolment: 250}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]survey.SchoolCode{"A", "B", "C"}, order); diff != "" {
		t.Error(diff)
	}
}

func sumOfForms(s survey.SchoolParticipation) survey.Participation {
	var p survey.Participation
	for _, f := range s.Forms {
		p.Enrolment += f.Enrolment
		p.Responses += f.Responses
		p.Helped += f.Helped
	}
	return p
}

func TestParticipationByLevel(t *testing.T) {
	want := []survey.LevelParticipation{
		{Level: survey.LevelTH, Participation: survey.Participation{Enrolment: 550, Responses: 33}, Schools: 2, Silent: 1},
		{Level: survey.LevelTHPT, Participation: survey.Participation{Enrolment: 1200, Responses: 120, Helped: 8}, Schools: 2, Silent: 1},
	}
	if diff := cmp.Diff(want, survey.ParticipationByLevel(threeSchools())); diff != "" {
		t.Error(diff)
	}
}

func TestParticipationRate(t *testing.T) {
	for _, c := range []struct {
		p    survey.Participation
		want float64
		ok   bool
	}{{survey.Participation{Enrolment: 410, Responses: 132}, 32.195121951219512, true}, {survey.Participation{Enrolment: 10, Responses: 11}, 110, true}, {survey.Participation{Enrolment: 0, Responses: 3}, 0, false}} {
		if got, ok := c.p.Rate(); got != c.want || ok != c.ok {
			t.Errorf("rate of %+v = %v, %v; want %v, %v", c.p, got, ok, c.want, c.ok)
		}
	}
}

func TestParticipationInSteps(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 0, 4: 0, 5: 5, 9: 5, 10: 10, 132: 130} {
		if got := (survey.Participation{Enrolment: 410, Responses: n, Helped: n}).InSteps(); got != (survey.Participation{Enrolment: 410, Responses: want}) {
			t.Errorf("%d responses are shown as %+v, want %d", n, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 10000).Draw(t, "n")
		shown := survey.Participation{Responses: n}.InSteps().Responses
		if shown > n || n-shown >= survey.CountStep || shown%survey.CountStep != 0 {
			t.Fatalf("%d responses are shown as %d", n, shown)
		}
	})
}
