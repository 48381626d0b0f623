package sheet_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

func TestTurnout(t *testing.T) {
	var b bytes.Buffer
	err := sheet.WriteTurnout(&b, sheet.Turnout{Round: "Đợt tháng 10–11/2026", Condition: "Chưa có phiếu", Base: "https://khaosat.example.vn", Made: time.Date(2026, 11, 24, 8, 5, 0, 0, time.UTC),
		Schools: []survey.Turnout{
			{SchoolParticipation: survey.SchoolParticipation{School: survey.School{Code: "0012", Name: "=1+1", Kind: "TH", Area: survey.Area{Type: "Xã", Name: "Ea Kar"}, Link: "AB2CD3EF"}, Participation: survey.Participation{Enrolment: 1410, Responses: 141, Helped: 7}},
				Attainment: survey.Attainment{Needed: 705, Missing: 564}, Latest: 12, Reason: survey.TooSlow},
			{SchoolParticipation: survey.SchoolParticipation{School: survey.School{Code: "13", Name: "Trường B", Kind: "MN", Area: survey.Area{Type: "Xã", Name: "Ea Kar"}, Link: "AB2CD3EG"}}},
		}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Tham gia")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Tình hình tham gia"}, {"Đợt tháng 10–11/2026"}, {"Các trường: Chưa có phiếu"}, {"Số liệu lúc 08:05 ngày 24/11/2026"},
		{"Mã trường", "Tên trường", "Xã/Phường", "Loại hình", "Sĩ số", "Số phiếu", "Tỷ lệ tham gia (%)", "Có người giúp", "Cần đạt", "Còn thiếu", "7 ngày qua", "Cần nhắc vì", "Liên kết"},
		{"0012", "=1+1", "Xã Ea Kar", "TH", "1,410", "141", "10.0", "7", "705", "564", "12", "Chậm, khó đạt mức", "https://khaosat.example.vn/k/AB2CD3EF"},
		{"13", "Trường B", "Xã Ea Kar", "MN", "0", "0", "", "0", "", "", "0", "", "https://khaosat.example.vn/k/AB2CD3EG"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if formula, _ := f.GetCellFormula("Tham gia", "B6"); formula != "" {
		t.Errorf("a name became the formula %q", formula)
	}
}
