package page_test

import (
	"testing"
	"time"

	"hailong/survey"
	"hailong/web/page"
)

// asked gives a primary school with 100 pupils and so many answers.
func asked(code string, answers int, mark survey.Mark) survey.Stratum {
	f, _ := survey.BuiltInQuestionnaire().Form("TH")
	s := survey.Stratum{School: survey.School{Code: survey.SchoolCode(code), Name: code, Area: survey.Area{Code: "1", Type: "Xã", Name: "Một"}}, Form: f, Enrolment: 100, Tally: f.NewTally()}
	for range answers {
		marks := make([]survey.Mark, len(f.Items)+1)
		for i := range marks {
			marks[i] = mark
		}
		f.Add(&s.Tally, survey.Response{Marks: marks})
	}
	return s
}

func resultsOf(strata ...survey.Stratum) survey.Results {
	return survey.Results{Questionnaire: survey.BuiltInQuestionnaire(), Made: time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC), Strata: strata}
}

func releasedOf(results survey.Results) page.Figures {
	r := survey.NewRelease(results, 0, survey.DefaultThreshold)
	return page.Figures{Tables: survey.Tables{Release: &r, Questionnaire: results.Questionnaire}}
}

// Everybody sees the rate of all who were asked, as the office does; the rate
// of the schools that are shown is named so.
func TestRateIsOfAllWhoWereAsked(t *testing.T) {
	results := resultsOf(asked("A", 40, 4), asked("B", 0, 4))
	f, office := releasedOf(results), page.Figures{Tables: survey.OfficeTables(results)}
	if got, want := f.Overview().Taken, (page.Taken{Responses: "40", Rate: "20,0%", Shown: "40,0%"}); got != want {
		t.Errorf("released: %+v, want %+v", got, want)
	}
	if got, want := office.Overview().Taken, (page.Taken{Responses: "40", Rate: "20,0%"}); got != want {
		t.Errorf("the office: %+v, want %+v", got, want)
	}
	area, _ := f.Area("1")
	form, _ := f.Questionnaire.Form("TH")
	if a, b := f.OfCommune(area).Taken, f.Form(form).Taken; a != b || a.Rate != "20,0%" {
		t.Errorf("a commune %+v, a form %+v", a, b)
	}
}

// How many answered in a school that is hidden changes nothing that is shown.
func TestRateTellsNothingOfAHiddenSchool(t *testing.T) {
	none, nine := releasedOf(resultsOf(asked("A", 40, 4), asked("B", 0, 4))), releasedOf(resultsOf(asked("A", 40, 4), asked("B", 9, 4)))
	if a, b := none.Overview().Taken, nine.Overview().Taken; a != b {
		t.Errorf("without answers %+v, with nine %+v", a, b)
	}
}
