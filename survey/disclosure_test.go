package survey_test

import (
	"fmt"
	"testing"

	"hailong/survey"
)

// answered gives the stratum of a school whose people all answered 4.
func answered(code, area string, f *survey.Form, n int) survey.Stratum {
	s := survey.Stratum{School: survey.School{Code: survey.SchoolCode(code), Name: "Trường " + code, Area: survey.Area{Code: survey.AreaCode(area), Type: "Xã", Name: area}},
		Form: f, Enrolment: 2 * max(n, 1), Tally: f.NewTally()}
	for range n {
		marks := make([]survey.Mark, len(f.Items)+1)
		for i := range marks {
			marks[i] = 4
		}
		f.Add(&s.Tally, survey.Response{Marks: marks, Expectation: 80})
	}
	return s
}

// workedProvince is the table of RELIABILITY.md v.2.
func workedProvince(f *survey.Form) survey.Results {
	r := survey.Results{Round: survey.Round{ID: "2026-10"}, Questionnaire: survey.BuiltInQuestionnaire()}
	for _, s := range []struct {
		code, area string
		n          int
	}{{"A", "X", 42}, {"B", "X", 31}, {"C", "X", 6}, {"D", "Y", 55}, {"E", "Y", 8}, {"F", "Y", 7}, {"G", "Z", 12}, {"H", "Z", 88}, {"K", "W", 4}, {"L", "V", 19}, {"M", "V", 3}} {
		r.Strata = append(r.Strata, answered(s.code, s.area, f, s.n))
	}
	return r
}

func TestWorkedNumbers(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	f, _ := q.Form("TH")
	r := survey.NewRelease(workedProvince(f), 0, survey.DefaultThreshold)
	tables := survey.Tables{Release: &r, Questionnaire: q}
	for area, want := range map[survey.AreaCode]int{"X": 73, "Y": 70, "Z": 100, "W": 0, "V": 19} {
		if l := tables.OfArea(area); l.Responses != want || l.Overall.Valid() != want {
			t.Errorf("commune %s: %d answers, want %d", area, l.Responses, want)
		}
	}
	if got := tables.OfBucket("Y", "TH"); got.Responses != 15 || got.Few != 2 || got.Schools != 0 {
		t.Errorf("bucket of Y: %+v, want 2 schools with 15 answers", got)
	}
	if got := tables.Province(); got.Responses != 275 || got.Schools != 6 || got.Few != 5 {
		t.Errorf("province: %d answers of %d and %d schools, want 275 of 6 and 5", got.Responses, got.Schools, got.Few)
	}
	if gap := r.GapOf("X"); gap.Schools != 1 {
		t.Errorf("commune X leaves out %d schools, want 1", gap.Schools)
	}
	if gap := r.GapOf(""); gap.Schools != 0 {
		t.Errorf("the province leaves out %d schools, want none", gap.Schools)
	}
	for _, code := range []survey.SchoolCode{"C", "E", "F", "K", "M"} {
		if l := tables.OfSchool(code, "TH"); !l.Empty() {
			t.Errorf("school %s has a line of %d answers", code, l.Responses)
		}
	}
}

// «If the province bucket had been 6 answers of 1 school»: it is in no line.
func TestLeftOutOfTheProvince(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	f, _ := q.Form("TH")
	results := workedProvince(f)
	results.Strata = results.Strata[:3]
	r := survey.NewRelease(results, 0, survey.DefaultThreshold)
	if got := (survey.Tables{Release: &r, Questionnaire: q}).Province(); got.Responses != 73 || r.GapOf("").Schools != 1 {
		t.Errorf("province %d answers without %d schools, want 73 without 1", got.Responses, r.GapOf("").Schools)
	}
}

// A school without an answer is no second school: behind it the first would be
// alone.
func TestSilentSchoolsAreNoCompany(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	f, _ := q.Form("TH")
	strata := []survey.Stratum{answered("A", "X", f, 9), answered("B", "X", f, 0)}
	if got := survey.Threshold(5).Places(strata); fmt.Sprint(got) != fmt.Sprint([]survey.Place{survey.OwnLine, survey.NoLine}) {
		t.Errorf("places %v", got)
	}
	if got := survey.DefaultThreshold.Places(strata); fmt.Sprint(got) != fmt.Sprint([]survey.Place{survey.NoLine, survey.NoLine}) {
		t.Errorf("places %v", got)
	}
}

func TestParseThreshold(t *testing.T) {
	for text, want := range map[string]survey.Threshold{"10": 10, " 5 ": 5, "50": 50, "4": 0, "51": 0, "0": 0, "-10": 0, "10,5": 0, "": 0, "mười": 0} {
		got, err := survey.ParseThreshold(text)
		if got != want || (err != nil) != (want == 0) {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
}

// What is stored gives the same release again, and the same bytes.
func TestReleaseIsStoredWhole(t *testing.T) {
	f, _ := survey.BuiltInQuestionnaire().Form("TH")
	r := survey.NewRelease(workedProvince(f), 20, survey.DefaultThreshold)
	first, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := survey.DecodeRelease(first)
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := back.Encode(); string(second) != string(first) {
		t.Error("a release that was stored is written in other bytes")
	}
	for _, bad := range []string{"", "{}", `{"format":99}`, "[1]"} {
		if _, err := survey.DecodeRelease([]byte(bad)); err == nil {
			t.Errorf("%q is read as a release", bad)
		}
	}
}

func TestCorrectedNeedsTenAnswersOfOneSchool(t *testing.T) {
	f, _ := survey.BuiltInQuestionnaire().Form("TH")
	results := workedProvince(f)
	first := survey.NewRelease(results, 0, survey.DefaultThreshold)
	results.Strata[0], results.Strata[1] = answered("A", "X", f, 47), answered("B", "X", f, 36)
	if r, changed, err := survey.Corrected([]survey.Release{first}, results); survey.KindOf(err) != survey.Conflict || changed != 0 || r.Number != 1 {
		t.Errorf("ten answers of two schools: release %d, %d changed, %v; want a conflict", r.Number, changed, err)
	}
	results.Strata[0] = answered("A", "X", f, 52)
	r, changed, err := survey.Corrected([]survey.Release{first}, results)
	if err != nil || changed != 10 || r.Number != 2 {
		t.Fatalf("release %d, %d changed, %v", r.Number, changed, err)
	}
	tables := survey.Tables{Release: &r, Questionnaire: survey.BuiltInQuestionnaire()}
	if a, b := tables.OfSchool("A", "TH").Responses, tables.OfSchool("B", "TH").Responses; a != 52 || b != 31 {
		t.Errorf("A has %d and B %d answers, want 52 and, as before, 31", a, b)
	}
}
