package survey_test

import (
	"errors"
	"strings"
	"testing"

	"hailong/survey"
)

func TestSchoolEntryReadsBackWhatItWrites(t *testing.T) {
	areas := survey.BuiltInAreas()
	s := survey.School{Code: "66-A.1", Name: "Trường TH&THCS Nơ Trang Lơng", Kind: "TH&THCS", Area: areas.All()[3], Address: "Buôn Ea Súp", From: survey.NewDay(2026, 9, 1),
		Enrolment: survey.Enrolment{survey.LevelTH: 1234, survey.LevelTHCS: 56}}
	got, err := s.Entry().Parse(areas)
	if err != nil || !got.SameEntry(s) || got.From != s.From {
		t.Fatalf("%+v: %v", got, err)
	}
}

func TestSchoolEntrySaysEveryFaultAtOnce(t *testing.T) {
	_, err := survey.SchoolEntry{Code: "trường 1", Kind: "không rõ", Area: "999", Address: strings.Repeat("a", 201), From: "31/2/2026",
		Learners: map[survey.Level]string{survey.LevelTH: "600 em", survey.LevelMN: "-4"}}.Parse(survey.BuiltInAreas())
	var e *survey.Error
	if !errors.As(err, &e) || e.Kind != survey.Invalid {
		t.Fatal(err)
	}
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, f.Field)
	}
	if got := strings.Join(fields, " "); got != "ma ten loai xa dia-chi tu-ngay si-so-mn si-so-th" {
		t.Errorf("faults in %s", got)
	}
	_, err = survey.SchoolEntry{Code: "1", Name: "A", Kind: "TH", Area: string(survey.BuiltInAreas().All()[0].Code)}.Parse(survey.BuiltInAreas())
	if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "si-so-mn" {
		t.Errorf("no enrolment at all: %v", err)
	}
}

func TestParseReason(t *testing.T) {
	if got, err := survey.ParseReason("  QĐ 12/QĐ-UBND\n"); err != nil || got != "QĐ 12/QĐ-UBND" {
		t.Errorf("%q %v", got, err)
	}
	for _, wrong := range []string{"", " \n", strings.Repeat("a", 301)} {
		if _, err := survey.ParseReason(wrong); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%.10q: %v", wrong, err)
		}
	}
}
