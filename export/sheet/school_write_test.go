package sheet_test

import (
	"bytes"
	"testing"
	"time"

	"hailong/export/sheet"
	"hailong/survey"
)

// What is taken away as a workbook can be brought back as a list.
func TestWrittenSchoolsAreReadAgain(t *testing.T) {
	areas := survey.BuiltInAreas()
	schools := []survey.School{
		{Code: "0012", Name: "=1+1", Kind: "TH", Area: areas.All()[4], Address: "Buôn Trấp", Link: "AB2CD3EF", Enrolment: survey.Enrolment{survey.LevelTH: 1410}},
		{Code: "13.A", Name: "Trường TH&THCS số 2", Kind: "TH&THCS", Area: areas.All()[70], Until: 20000, Link: "AB2CD3EG", Enrolment: survey.Enrolment{survey.LevelTH: 5, survey.LevelTHCS: 60}},
	}
	var b bytes.Buffer
	if err := sheet.WriteSchools(&b, sheet.SchoolBook{Base: "https://khaosat.example.vn", Made: time.Date(2026, 11, 24, 8, 5, 0, 0, time.UTC), Schools: schools}); err != nil {
		t.Fatal(err)
	}
	list, err := sheet.ReadSchools(b.Bytes(), areas)
	if err != nil {
		t.Fatal(err)
	}
	got := list.Schools()
	if len(got) != 2 || !got[0].SameEntry(schools[0]) || !got[1].SameEntry(schools[1]) {
		t.Errorf("%+v", got)
	}
	if list.Header != (sheet.RowSpan{First: 5, Last: 5}) || list.Hidden != 0 || list.Filled != 0 {
		t.Errorf("understood: %+v, %d hidden, %d filled", list.Header, list.Hidden, list.Filled)
	}
}
