package survey_test

import (
	"strings"
	"testing"

	"hailong/survey"
)

func TestDirectory(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	school := survey.School{Code: "1", Name: "THPT Chu Văn An", Enrolment: survey.Enrolment{survey.LevelTHPT: 900}}
	var asked []survey.AskedForm
	for i, f := range q.FormsOf(school) {
		asked = append(asked, survey.AskedForm{Form: f, Stratum: int64(i + 1)})
	}
	d := &survey.Directory{Questionnaire: q, Links: map[survey.LinkCode]survey.Link{
		"ABCD2345": {School: school, Forms: asked},
		"EFGH2345": {School: school, Forms: asked, Revoked: true},
	}}
	link, err := d.Find("ABCD2345")
	if err != nil || link.School.Code != "1" || len(link.Forms) != 2 {
		t.Fatalf("%+v, %v", link, err)
	}
	for _, code := range []string{"HSTHPT", "hsthpt"} {
		if f, err := link.Form(code); err != nil || f.Form.Respondent != survey.Pupils || f.Stratum != 2 {
			t.Errorf("%s: %+v, %v", code, f, err)
		}
	}
	for _, code := range []string{"", "MN", "hsthpt ", strings.Repeat("x", 4000)} {
		_, err := link.Form(code)
		refusal(t, "form "+code, err, survey.NotFound)
		if len(err.Error()) > 300 {
			t.Errorf("the refusal has %d bytes", len(err.Error()))
		}
	}
	for code, want := range map[survey.LinkCode]survey.Kind{"EFGH2345": survey.Closed, "ZZZZ2345": survey.NotFound, "": survey.NotFound} {
		got, err := d.Find(code)
		refusal(t, string(code), err, want)
		if got.Forms != nil || (got.School.Code != "") != (want == survey.Closed) {
			t.Errorf("%s opens %+v", code, got)
		}
	}
	_, err = (&survey.Directory{}).Find("ABCD2345")
	refusal(t, "empty directory", err, survey.NotFound)
}
