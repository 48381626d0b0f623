package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"hailong/export/sheet"
	"hailong/survey"
)

func TestReadSchoolsOfAProvince(t *testing.T) {
	list := mustRead(t, testFile(t, "schools.xlsx"))
	totals := survey.Enrolment{}
	for _, row := range list.Rows {
		for level, n := range row.School.Enrolment {
			totals[level] += n
		}
	}
	want := survey.Enrolment{survey.LevelMN: 104721, survey.LevelTH: 262323, survey.LevelTHCS: 194654, survey.LevelTHPT: 88584, survey.LevelGDTX: 5248}
	if diff := cmp.Diff(want, totals); diff != "" {
		t.Errorf("totals of the columns (-want +got):\n%s", diff)
	}
	if len(list.Rows) != 1379 || list.Sheet != "Danh sách" || len(list.Warnings) != 0 {
		t.Errorf("%d schools in %q with %v", len(list.Rows), list.Sheet, list.Warnings)
	}
	skipped := []sheet.SkippedRow{{Row: 1387, Total: true, Text: "Tổng cộng"}, {Row: 1389, Text: "NGƯỜI LẬP BIỂU"}}
	if diff := cmp.Diff(skipped, list.Skipped); diff != "" {
		t.Errorf("skipped rows (-want +got):\n%s", diff)
	}
	first := survey.School{Code: "6622015001", Name: "Trường Mầm non Sao Sáng", Kind: "MN", Area: survey.Area{Code: "22015", Type: "Phường", Name: "Tuy Hòa"},
		Address: "Thôn 2, phường Tuy Hòa", Enrolment: survey.Enrolment{survey.LevelMN: 71}}
	if diff := cmp.Diff(sheet.SchoolRow{Row: 8, School: first}, list.Rows[0]); diff != "" {
		t.Errorf("first school (-want +got):\n%s", diff)
	}
}

func TestReadSchoolsGivesEveryFaultAtOnce(t *testing.T) {
	list, faults, err := readSchools(testFile(t, "schools-faulty.xlsx"))
	if survey.KindOf(err) != survey.Invalid || list.Rows != nil {
		t.Fatalf("%v with %d schools", err, len(list.Rows))
	}
	type place struct {
		Row    int
		Column string
		Header string
		Value  string
	}
	var got []place
	for _, f := range faults {
		got = append(got, place{f.Row, f.Column, f.Header, f.Value})
		if f.Sheet != "Danh sách" || f.Message == "" || f.English == "" {
			t.Errorf("incomplete fault %+v", f)
		}
	}
	want := []place{{9, "B", "Mã trường", "6622015001"}, {10, "C", "Tên trường", ""}, {11, "I", "Tiểu học", "-20"}, {12, "E", "Xã/Phường", "Xã Không Có Thật"},
		{13, "D", "Loại hình", "Cao đẳng"}, {15, "I", "Tiểu học", "khoảng 300"}, {18, "I", "Tiểu học", ""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// The rows of the faulty list that are no faults, read without the others.
func TestReadSchoolsTakesUnusualRows(t *testing.T) {
	list := mustRead(t, edit(t, testFile(t, "schools-faulty.xlsx"), func(f *excelize.File) {
		for _, row := range []int{18, 15, 13, 12, 11, 10, 9} {
			if err := f.RemoveRow("Danh sách", row); err != nil {
				t.Fatal(err)
			}
		}
	}))
	var names []string
	for _, row := range list.Rows {
		names = append(names, row.School.Name)
	}
	want := []string{"Trường Mầm non Sao Sáng", "Trường Tiểu học Nguyễn Công Trứ", "Trường Tiểu học Nguyễn Du",
		`=HYPERLINK("http://x.invalid","Trường")`, "Trường THCS Lạc Long Quân"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if got := list.Rows[1].School.Enrolment[survey.LevelTH]; got != 1234 {
		t.Errorf("«1.234» read as %d", got)
	}
	if !norm.NFC.IsNormalString(list.Rows[2].School.Name) {
		t.Error("a name is not composed")
	}
}

func TestReadSchoolsFindsTheEndOfTheList(t *testing.T) {
	heading := []any{nil, nil, "Xã Ea Kar"}
	rows := [][]any{flatHeader, {"I", "MẦM NON"}, school(1), {}, heading, school(2), {nil, nil, nil}, {"Cộng", nil, nil, nil, nil, nil, nil, nil, 203}, school(3),
		flatHeader, school(4), {4}, {nil, nil, "Tổng cộng", nil, nil, nil, nil, nil, 408}, {"TỔNG SỐ", nil, nil, nil, nil, nil, nil, 0, 500},
		{nil, "Đắk Lắk, ngày 28 tháng 9 năm 2026"}, {nil, "NGƯỜI LẬP BIỂU", nil, nil, nil, nil, nil, nil, nil, "GIÁM ĐỐC"},
		{nil, nil, "Nguyễn Văn A", nil, nil, nil, nil, nil, "Trần Thị B"}, {nil, "28/9/2026"}}
	list := mustRead(t, build(t, rows))
	var read, skipped []int
	for _, row := range list.Rows {
		read = append(read, row.Row)
	}
	for _, row := range list.Skipped {
		skipped = append(skipped, row.Row)
	}
	if diff := cmp.Diff([]int{3, 6, 9, 11}, read); diff != "" {
		t.Errorf("schools (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{2, 5, 8, 10, 13, 14, 15, 16, 17, 18}, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// A row that clearly is a school is never left out for what it lacks.
func TestReadSchoolsKeepsIncompleteSchools(t *testing.T) {
	for name, row := range map[string][]any{
		"no code":              {1, nil, "Trường A", "TH", "Phường Tuy Hòa", nil, nil, nil, 90},
		"no name":              {1, "6622015001", nil, "TH", "Phường Tuy Hòa", nil, nil, nil, 90},
		"neither":              {1, nil, nil, "TH", "Phường Tuy Hòa", nil, nil, nil, 90},
		"code alone":           {1, "6622015001"},
		"name and number":      {1, nil, "Trường A", nil, nil, nil, nil, nil, 90},
		"bad code and name":    {1, "66/001", "Trường A"},
		"name, number as text": {1, nil, "Trường A", nil, nil, nil, nil, nil, "90 em"},
		"name and commune":     {1, nil, "Trường A", nil, "Phường Tuy Hòa"},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults, err := readSchools(build(t, [][]any{flatHeader, school(9), row}))
			if len(faults) == 0 || faults[0].Row != 3 {
				t.Errorf("not a fault: %v", err)
			}
		})
	}
}

func TestFaultsAreCutInPrintAndCounted(t *testing.T) {
	rows := [][]any{flatHeader}
	for n := 1; n <= 150; n++ {
		row := school(n)
		row[8] = -n
		rows = append(rows, row)
	}
	_, faults, err := readSchools(build(t, rows))
	if len(faults) != 150 {
		t.Fatalf("%d faults, want 150", len(faults))
	}
	var refusal *survey.Error
	if !asRefusal(err, &refusal) || refusal.Message != "Danh sách có 150 chỗ cần sửa, chưa nạp trường nào. Sửa các ô sau rồi nạp lại" {
		t.Errorf("refused with %v", refusal)
	}
	if n := strings.Count(faults.Error(), "\n"); n != 100 {
		t.Errorf("%d lines before the last, want 100", n)
	}
	for lang, end := range map[survey.Language]string{survey.LangVI: "\n… và 50 chỗ nữa", survey.LangEN: "\n… and 50 more"} {
		if got := faults.In(lang); len(got) < len(end) || got[len(got)-len(end):] != end {
			t.Errorf("%s ends otherwise: %s", lang, got)
		}
	}
	want := "Sheet «Sheet1», row 2, column I (Tiểu học), found «-1»: The enrolment cannot be negative; write 1 to 10000, or leave it blank if the school does not have this level"
	if got := faults[0].In(survey.LangEN); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func BenchmarkReadSchools(b *testing.B) {
	content, areas := testFile(b, "schools.xlsx"), survey.BuiltInAreas()
	b.ReportAllocs()
	for b.Loop() {
		list, err := sheet.ReadSchools(content, areas)
		if err != nil || len(list.Rows) != 1379 {
			b.Fatal(fmt.Sprint(len(list.Rows), err))
		}
	}
}
