package survey_test

import (
	"testing"

	"hailong/survey"
)

func TestMoveGivesOtherDaysBeforeTheOpening(t *testing.T) {
	c, before := calendar(), at(2026, 9, 20, 9, 0, 0)
	opens, closes := survey.NewDay(2026, 11, 5), survey.NewDay(2026, 12, 10)
	r, err := c.Move(autumn(), opens, closes, before)
	if err != nil || r.Opens != opens || r.Closes != closes || r.ID != "2026-10" || !r.Added {
		t.Errorf("%+v, %v", r, err)
	}
	if r := c.Advance(r, at(2026, 11, 4, 23, 59, 59), true); r.State != survey.Scheduled {
		t.Errorf("the day before it is %s", r.State)
	}
	for name, err := range map[string]error{
		"of an open round": refused(c.Move(openAutumn(), opens, closes, now2026)),
		"of a closed one":  refused(c.Move(closedAutumn(), opens, closes, winter)),
	} {
		refusal(t, name, err, survey.Conflict)
	}
	for name, err := range map[string]error{
		"into the past":          refused(c.Move(autumn(), survey.NewDay(2026, 9, 19), closes, before)),
		"to where it is":         refused(c.Move(autumn(), autumn().Opens, autumn().Closes, before)),
		"the end before the end": refused(c.Move(autumn(), opens, opens-1, before)),
		"for a year":             refused(c.Move(autumn(), opens, opens+365, before)),
	} {
		refusal(t, name, err, survey.Invalid)
	}
}

func refused(_ survey.Round, err error) error { return err }

func TestAQuestionnaireIsChosenBeforeTheOpeningOnly(t *testing.T) {
	r, err := autumn().Choose("so-2026")
	if err != nil || r.Questionnaire != "so-2026" {
		t.Errorf("%+v, %v", r, err)
	}
	refusal(t, "open", refused(openAutumn().Choose("so-2026")), survey.Conflict)
	refusal(t, "closed", refused(closedAutumn().Choose("")), survey.Conflict)
}

func TestTargetsOfAnOpenRoundNeedAReason(t *testing.T) {
	if err := autumn().Retarget(""); err != nil {
		t.Error(err)
	}
	if err := openAutumn().Retarget("trường xin giảm"); err != nil {
		t.Error(err)
	}
	refusal(t, "no reason", openAutumn().Retarget(" \u200b"), survey.Invalid)
}

func TestTheCourseOfARound(t *testing.T) {
	c, r := calendar(), openAutumn()
	counts := survey.DayCounts{{1, r.Opens, 5}, {1, r.Opens + 2, 7}, {2, r.Closes + 1, 1}}
	running := c.Course(r, counts, at(2026, 10, 4, 9, 0, 0))
	if running.Days != 61 || len(running.PerDay) != 3 || running.Responses() != 12 {
		t.Errorf("on the fourth day: %+v", running)
	}
	if first := c.Course(r, counts, at(2026, 10, 1, 9, 0, 0)); len(first.PerDay) != 0 {
		t.Errorf("on the first day: %+v", first)
	}
	if over := c.Course(closedAutumn(), counts, winter); len(over.PerDay) != 61 || over.Responses() != 13 {
		t.Errorf("when it is over: %d days, %d responses", len(over.PerDay), over.Responses())
	}
	late := c.Advance(autumn(), at(2026, 10, 3, 8, 0, 0), true)
	if got := c.Course(late, counts, at(2026, 10, 5, 9, 0, 0)); got.Days != 61 || got.Responses() != 12 {
		t.Errorf("opened on the third day, but responses are older: %+v", got)
	}
	if got := c.Course(late, counts[1:], at(2026, 10, 5, 9, 0, 0)); got.Days != 59 || len(got.PerDay) != 2 {
		t.Errorf("opened on the third day: %+v", got)
	}
}
