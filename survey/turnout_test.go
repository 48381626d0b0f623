package survey_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

func TestTurnouts(t *testing.T) {
	c, r := calendar(), openAutumn()
	th, thcs := &survey.Form{Code: "TH", Level: survey.LevelTH}, &survey.Form{Code: "THCS", Level: survey.LevelTHCS}
	stratum := func(id int64, code survey.SchoolCode, form *survey.Form, responses, enrolment int) survey.Stratum {
		return survey.Stratum{ID: id, School: survey.School{Code: code}, Form: form, Enrolment: enrolment, Tally: survey.Tally{Responses: responses}}
	}
	strata := []survey.Stratum{
		stratum(1, "A", th, 60, 100), stratum(2, "A", thcs, 60, 100), // reached
		stratum(3, "B", th, 20, 100), // 14 in a week, 10 days left: 20 more
		stratum(4, "C", th, 0, 100),
		stratum(5, "D", th, 30, 100), // nothing lately
	}
	today := survey.NewDay(2026, 11, 20)
	counts := survey.DayCounts{{1, today, 5}, {2, today - 6, 4}, {2, today - 7, 56}, {3, today - 1, 14}, {5, today - 7, 30}}
	targets := survey.Targets{survey.LevelTH: {Rate: 50}}
	show := func(turnouts []survey.Turnout) (out []string) {
		for _, s := range turnouts {
			out = append(out, fmt.Sprintf("%s %d/%d, %d lacking, %d lately %s", s.School.Code, s.Responses, s.Needed, s.Missing, s.Latest, s.Reason))
		}
		return out
	}
	all := c.Turnouts(r, strata, targets, counts, at(2026, 11, 20, 9, 0, 0))
	want := []string{"A 120/50, 0 lacking, 9 lately ", "B 20/50, 30 lacking, 14 lately cham", "C 0/50, 50 lacking, 0 lately chua-co", "D 30/50, 20 lacking, 0 lately dung"}
	if diff := cmp.Diff(want, show(all)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[1:], show(survey.ToRemind(all))); diff != "" {
		t.Error(diff)
	}
	over := c.Turnouts(closedAutumn(), strata, targets, counts, winter)
	if diff := cmp.Diff("B 20/50, 30 lacking, 0 lately chua-dat", show(over)[1]); diff != "" {
		t.Error(diff)
	}
	first := c.Turnouts(r, strata[2:3], targets, survey.DayCounts{{3, r.Opens, 20}}, at(2026, 10, 1, 9, 0, 0))
	if diff := cmp.Diff("B 20/50, 30 lacking, 20 lately ", show(first)[0]); diff != "" {
		t.Error("on the first day:", diff)
	}
}
