package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
)

func faultCopy(t testing.TB, original []byte) []byte {
	t.Helper()
	_, faults, err := readSchools(original)
	if faults == nil {
		t.Fatalf("no faults: %v", err)
	}
	var b bytes.Buffer
	if err := sheet.WriteFaults(&b, original, faults); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWriteFaultsChangesNothingElse(t *testing.T) {
	original := testFile(t, "schools-faulty.xlsx")
	before, after := reopen(t, original), reopen(t, faultCopy(t, original))
	marked := map[string]bool{"B9": true, "C10": true, "I11": true, "E12": true, "D13": true, "I15": true, "I18": true}
	for row := 1; row <= 25; row++ {
		for col := 1; col <= 12; col++ {
			cell, _ := excelize.CoordinatesToCellName(col, row)
			if diff := cmp.Diff(describe(t, before, cell, marked[cell]), describe(t, after, cell, marked[cell])); diff != "" {
				t.Errorf("%s changed (-before +after):\n%s", cell, diff)
			}
			if got := fill(t, after, cell); (got == "FFF2CC") != marked[cell] {
				t.Errorf("%s has the fill %q", cell, got)
			}
		}
	}
	sentences := map[int]string{6: "Lỗi", 9: "Cột B (Mã trường): Dòng 8 và dòng 9 có cùng mã trường", 10: "Chưa có tên trường", 11: "số âm", 12: "Không có xã/phường",
		13: "Không có loại hình", 15: "không kèm chữ", 18: "chưa có sĩ số"}
	for row := 1; row <= 25; row++ {
		cell, _ := excelize.CoordinatesToCellName(13, row)
		got, _ := after.GetCellValue("Danh sách", cell)
		if want := sentences[row]; !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s says %q, want %q", cell, got, want)
		}
	}
}

type cellState struct {
	Value, Raw, Formula string
	Kind                excelize.CellType
	Style               *excelize.Style
}

// describe tells everything about a cell; of a marked one without its fill.
func describe(t *testing.T, f *excelize.File, cell string, marked bool) cellState {
	t.Helper()
	var s cellState
	var errs [5]error
	s.Value, errs[0] = f.GetCellValue("Danh sách", cell)
	s.Raw, errs[1] = f.GetCellValue("Danh sách", cell, excelize.Options{RawCellValue: true})
	s.Formula, errs[2] = f.GetCellFormula("Danh sách", cell)
	s.Kind, errs[3] = f.GetCellType("Danh sách", cell)
	var style int
	style, errs[4] = f.GetCellStyle("Danh sách", cell)
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if s.Style, err = f.GetStyle(style); err != nil {
		t.Fatal(err)
	}
	if marked {
		s.Style.Fill = excelize.Fill{}
	}
	return s
}

func fill(t *testing.T, f *excelize.File, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle("Danh sách", cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || len(style.Fill.Color) == 0 {
		return ""
	}
	return style.Fill.Color[0]
}

// A marked cell keeps its borders, font and number format.
func TestWriteFaultsKeepsFormats(t *testing.T) {
	original := edit(t, testFile(t, "schools-faulty.xlsx"), func(f *excelize.File) {
		format := `#,##0" em"`
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format, Font: &excelize.Font{Italic: true, Color: "FF0000", Family: "Times New Roman", Size: 13},
			Border: []excelize.Border{{Type: "left", Color: "000000", Style: 2}}, Alignment: &excelize.Alignment{Horizontal: "center", Indent: 1}})
		if err == nil {
			err = f.SetCellStyle("Danh sách", "I11", "I11", style)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	before, after := describe(t, reopen(t, original), "I11", true), describe(t, reopen(t, faultCopy(t, original)), "I11", true)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// The copy is a list again: corrected in part, it gets fresh sentences in the
// same column; corrected in whole, it is read.
func TestWriteFaultsAgain(t *testing.T) {
	repaired := edit(t, faultCopy(t, testFile(t, "schools-faulty.xlsx")), func(f *excelize.File) {
		for cell, value := range map[string]any{"B9": "6622015002", "C10": "Trường Tiểu học Cao Bá Quát", "I11": 20, "E12": "Phường Tuy Hòa", "F12": "22015", "D13": "TH", "I15": 300} {
			if err := f.SetCellValue("Danh sách", cell, value); err != nil {
				t.Fatal(err)
			}
		}
	})
	second := faultCopy(t, repaired)
	f := reopen(t, second)
	for cell, want := range map[string]string{"M6": "Lỗi", "M9": "", "M15": "", "N6": ""} {
		if got, _ := f.GetCellValue("Danh sách", cell); got != want {
			t.Errorf("%s says %q, want %q", cell, got, want)
		}
	}
	if got, _ := f.GetCellValue("Danh sách", "M18"); !strings.Contains(got, "chưa có sĩ số") {
		t.Errorf("M18 says %q", got)
	}
	whole := edit(t, second, func(f *excelize.File) {
		if err := f.SetCellValue("Danh sách", "I18", 77); err != nil {
			t.Fatal(err)
		}
	})
	if list := mustRead(t, whole); len(list.Rows) != 12 || len(list.Warnings) != 0 {
		t.Errorf("%d schools, %v", len(list.Rows), list.Warnings)
	}
}

// The column stands where nothing is overwritten.
func TestWriteFaultsFindsRoom(t *testing.T) {
	row := school(1)
	row[8] = -1
	content := build(t, [][]any{flatHeader, row, append(school(2), "ghi riêng"), {}, {nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, "GIÁM ĐỐC"}})
	f := reopen(t, faultCopy(t, content))
	for cell, want := range map[string]string{"M1": "", "M3": "ghi riêng", "N1": "", "N5": "GIÁM ĐỐC", "O1": "Lỗi"} {
		if got, _ := f.GetCellValue("Sheet1", cell); got != want {
			t.Errorf("%s says %q, want %q", cell, got, want)
		}
	}
}

// Another office program, saving the copy as CSV, still finds a text.
func TestWriteFaultsKeepsFormulaLikeNames(t *testing.T) {
	made := converted(t, "copy.xlsx", faultCopy(t, testFile(t, "schools-faulty.xlsx")), "csv:Text - txt - csv (StarCalc):44,34,76,1")
	csv := readFile(t, made[0])
	if !strings.Contains(string(csv), `"=HYPERLINK(""http://x.invalid"",""Trường"")"`) {
		t.Errorf("the name is no text any more:\n%s", csv)
	}
}
