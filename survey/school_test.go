package survey_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hailong/survey"
)

func TestParseSchoolCode(t *testing.T) {
	for in, want := range map[string]survey.SchoolCode{"66001101": "66001101", " DL-01.a\n": "DL-01.a", "x": "x", strings.Repeat("9", 20): survey.SchoolCode(strings.Repeat("9", 20)), "000123": "000123", "6\u200b6": "66"} {
		if got, err := survey.ParseSchoolCode(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", " ", strings.Repeat("9", 21), "66 001", "mã", "a/b", "=1+1", "a_b", "１２", "a;b"} {
		_, err := survey.ParseSchoolCode(in)
		refusal(t, in, err, survey.Invalid)
	}
}

func TestParseSchoolName(t *testing.T) {
	long := strings.Repeat("ế", 150)
	for in, want := range map[string]string{" Trường  MN\nHoa Mai ": "Trường MN Hoa Mai", "=1+1": "=1+1", norm.NFD.String("Tiểu học Ea Kar"): "Tiểu học Ea Kar", long: long} {
		if got, err := survey.ParseSchoolName(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", " \u200b\n", long + "x"} {
		_, err := survey.ParseSchoolName(in)
		refusal(t, in, err, survey.Invalid)
	}
}

func TestSchoolLevelsAndEntries(t *testing.T) {
	school := func() survey.School {
		return survey.School{Code: "1", Name: "A", Kind: "TH&THCS", Area: survey.Area{Code: "24133"}, Address: "x",
			Enrolment: survey.Enrolment{survey.LevelTHCS: 300, survey.LevelTH: 200, survey.LevelMN: 0}, Link: "ABCD2345"}
	}
	if got := school().Levels(); !slices.Equal(got, []survey.Level{survey.LevelTH, survey.LevelTHCS}) || school().Enrolment.Total() != 500 {
		t.Errorf("levels %v, %d learners", got, school().Enrolment.Total())
	}
	same := school()
	same.Link, same.Area.Name = "EFGH2345", "Buôn Ma Thuột"
	delete(same.Enrolment, survey.LevelMN)
	if !school().SameEntry(same) {
		t.Error("another link makes another entry")
	}
	for name, change := range map[string]func(*survey.School){
		"code": func(s *survey.School) { s.Code = "2" }, "name": func(s *survey.School) { s.Name = "B" }, "kind": func(s *survey.School) { s.Kind = "TH" },
		"area": func(s *survey.School) { s.Area.Code = "2" }, "address": func(s *survey.School) { s.Address = "" },
		"enrolment": func(s *survey.School) { s.Enrolment[survey.LevelTH]++ }, "level": func(s *survey.School) { s.Enrolment[survey.LevelGDTX] = 1 },
	} {
		other := school()
		change(&other)
		if school().SameEntry(other) || other.SameEntry(school()) {
			t.Errorf("another %s makes the same entry", name)
		}
	}
}

func TestLevelNames(t *testing.T) {
	want := []string{"Mầm non", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông", "Giáo dục thường xuyên"}
	for i, level := range survey.Levels() {
		if level.Name() != want[i] {
			t.Errorf("%s is called %s", level, level.Name())
		}
	}
}

// A list adds, changes and leaves out, by code; the links stay.
func TestCompareSchools(t *testing.T) {
	old := []survey.School{{Code: "1", Name: "A", Link: "ABCD2345"}, {Code: "2", Name: "B", Link: "ABCD2346"}, {Code: "9", Name: "Z"}, {Code: "8", Name: "Y"}}
	got := survey.CompareSchools(old, []survey.School{{Code: "3", Name: "C"}, {Code: "2", Name: "B2"}, {Code: "1", Name: "A"}})
	if got.Same != 1 || len(got.Added) != 1 || got.Added[0].Code != "3" || len(got.Changed) != 1 || !got.Any() {
		t.Fatalf("%+v", got)
	}
	if c := got.Changed[0]; c.Before.Name != "B" || c.After.Name != "B2" || c.After.Link != "ABCD2346" {
		t.Errorf("%+v", c)
	}
	if len(got.Unlisted) != 2 || got.Unlisted[0].Code != "8" || got.Unlisted[1].Code != "9" {
		t.Errorf("not listed: %+v", got.Unlisted)
	}
	if survey.CompareSchools(old, old).Any() {
		t.Error("the same list changes something")
	}
}
