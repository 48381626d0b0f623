package sheet_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// One sound list with one cell changed: what the cell gets.
func TestReadSchoolsJudgesCells(t *testing.T) {
	for name, c := range map[string]struct {
		ref, xml string
		fault    string // part of the only fault's sentence; empty when there is none
	}{
		"code as 17-digit number":       {"B2", `<c r="B2"><v>1.2345678901234567E16</v></c>`, "hãy chuyển sang Văn bản"},
		"code as fraction":              {"B2", `<c r="B2"><v>662.5</v></c>`, "hãy chuyển sang Văn bản"},
		"code as scientific text":       {"B2", `<c r="B2" t="inlineStr"><is><t>1.23E+16</t></is></c>`, "hãy chuyển sang Văn bản"},
		"code as whole number":          {"B2", `<c r="B2"><v>6622015001</v></c>`, ""},
		"code as ISO date":              {"B2", `<c r="B2" t="d"><v>2026-04-03T00:00:00Z</v></c>`, "ngày tháng"},
		"code as truth value":           {"B2", `<c r="B2" t="b"><v>1</v></c>`, "đúng/sai"},
		"code with blanks":              {"B2", `<c r="B2" t="inlineStr"><is><t>66 22 01</t></is></c>`, "không đúng"},
		"code with zero-width and NBSP": {"B2", "<c r=\"B2\" t=\"inlineStr\"><is><t>\u00A066\u200B22\uFEFF </t></is></c>", ""},
		"error in a number":             {"I2", `<c r="I2" t="e"><v>#N/A</v></c>`, "#N/A"},
		"error in a name":               {"C2", `<c r="C2" t="e"><v>#REF!</v></c>`, "#REF!"},
		"formula without value":         {"I2", `<c r="I2"><f>SUM(A1:A9)</f></c>`, "Ô I2 là công thức chưa có giá trị, hãy dán giá trị"},
		"formula with value":            {"I2", `<c r="I2"><f>100+1</f><v>101</v></c>`, ""},
		"formula giving an error":       {"I2", `<c r="I2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "#DIV/0!"},
		"formula giving nothing":        {"G2", `<c r="G2" t="str"><f>IF(1,"","")</f><v></v></c>`, ""},
		"formula in a name":             {"C2", `<c r="C2" t="str"><f>"A"&amp;"B"</f></c>`, "Ô C2 là công thức"},
		"name in rich text":             {"C2", `<c r="C2" t="inlineStr"><is><r><t>Trường </t></r><r><t>Ea Kar</t></r></is></c>`, ""},
		"number as text with point":     {"I2", `<c r="I2" t="inlineStr"><is><t>1.234</t></is></c>`, ""},
		"number with words":             {"I2", `<c r="I2" t="inlineStr"><is><t>600 em</t></is></c>`, "không kèm chữ"},
		"number too large":              {"I2", `<c r="I2"><v>99999</v></c>`, "nhiều nhất là 10.000"},
		"number with a fraction":        {"I2", `<c r="I2"><v>12.5</v></c>`, "số nguyên"},
		"number negative":               {"I2", `<c r="I2"><v>-5</v></c>`, "số âm"},
		"number as truth value":         {"I2", `<c r="I2" t="b"><v>1</v></c>`, "không kèm chữ"},
		"only level is 0":               {"I2", `<c r="I2"><v>0</v></c>`, "chưa có sĩ số"},
		"only level is a dash":          {"I2", `<c r="I2" t="inlineStr"><is><t>–</t></is></c>`, "chưa có sĩ số"},
		"commune unknown, code known":   {"E2", `<c r="E2" t="inlineStr"><is><t>Xã Lạ</t></is></c>`, "không khớp"},
		"commune shortened":             {"E2", `<c r="E2" t="inlineStr"><is><t>P. Tuy Hòa</t></is></c>`, ""},
		"commune code as number":        {"F2", `<c r="F2"><v>22015</v></c>`, ""},
		"kind spelled out":              {"D2", `<c r="D2" t="inlineStr"><is><t>tiểu  học</t></is></c>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults, err := readSchools(withCell(t, c.ref, c.xml))
			switch {
			case c.fault == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.fault != "" && len(faults) != 1:
				t.Errorf("%d faults, want 1: %v", len(faults), err)
			case c.fault != "" && !strings.Contains(faults[0].Message, c.fault):
				t.Errorf("said %q, want %q", faults[0].Message, c.fault)
			case c.fault != "" && faults[0].Column+"2" != c.ref:
				t.Errorf("at %s, want %s", faults[0].Column, c.ref)
			}
		})
	}
}

// Codes in number cells are what people see, dates are refused.
func TestReadSchoolsTakesCodesAsShown(t *testing.T) {
	format := func(number any, code string) []byte {
		return build(t, [][]any{flatHeader, school(1), school(2)}, func(f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellValue("Sheet1", "B2", number); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Sheet1", "B2", "B2", style); err != nil {
				t.Fatal(err)
			}
		})
	}
	list := mustRead(t, format(123, "000000"))
	if got := list.Rows[0].School.Code; got != "000123" {
		t.Errorf("code %q, want 000123", got)
	}
	if len(list.Warnings) != 1 || list.Warnings[0].Row != 2 || !strings.Contains(list.Warnings[0].Message, "123") {
		t.Errorf("warnings %v", list.Warnings)
	}
	for _, date := range []string{"dd/mm/yyyy", "[$-42A]d mmmm", "h:mm"} {
		if _, faults, _ := readSchools(format(46085, date)); len(faults) != 1 || !strings.Contains(faults[0].Message, "ngày tháng") {
			t.Errorf("%s: %v", date, faults)
		}
	}
	for _, plain := range []string{"0", `0" đ"`, "[Red]0"} {
		if _, faults, _ := readSchools(format(46085, plain)); len(faults) > 0 && strings.Contains(faults[0].Message, "ngày tháng") {
			t.Errorf("%s taken for a date", plain)
		}
	}
}

func TestReadSchoolsComparesCodes(t *testing.T) {
	for name, c := range map[string]struct {
		first, second string
		faults, warns int
	}{
		"equal":       {"AB-1", "AB-1", 1, 0},
		"case":        {"ab-1", "AB-1", 1, 0},
		"zero-width":  {"AB-1", "AB\u200B-1", 1, 0},
		"blanks":      {" AB-1", "AB-1\u00A0", 1, 0},
		"O and 0":     {"AO-1", "A0-1", 0, 1},
		"I and 1":     {"AI-5", "A1-5", 0, 1},
		"not related": {"AB-1", "AB-2", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			one, two := school(1), school(2)
			one[1], two[1] = c.first, c.second
			list, faults, _ := readSchools(build(t, [][]any{flatHeader, one, two}))
			if len(faults) != c.faults || len(list.Warnings) != c.warns {
				t.Errorf("faults %v, warnings %v", faults, list.Warnings)
			}
			if c.faults == 1 && (faults[0].Row != 3 || !strings.Contains(faults[0].Message, "Dòng 2 và dòng 3")) {
				t.Errorf("fault %v", faults[0])
			}
		})
	}
}

// What is wrong in one cell is said once.
func TestReadSchoolsSaysNothingTwice(t *testing.T) {
	row := []any{1, "1.5E+20", "", "Đại học", "Xã Lạ", "99999", nil, nil, "nhiều", nil, -3, nil}
	_, faults, _ := readSchools(build(t, [][]any{flatHeader, school(7), row}))
	var at []string
	for _, f := range faults {
		at = append(at, f.Column)
	}
	if got := strings.Join(at, ""); got != "BCDEIK" {
		t.Errorf("faults at %s, want BCDEIK: %v", got, faults)
	}
}

func TestReadSchoolsFillsMergedCellsDown(t *testing.T) {
	two, three := school(2), school(3)
	two[4], two[5], three[4], three[5] = nil, nil, nil, nil
	rows := [][]any{flatHeader, school(1), two, three}
	merge := func(refs ...string) func(*excelize.File) {
		return func(f *excelize.File) {
			for i := 0; i < len(refs); i += 2 {
				if err := f.MergeCell("Sheet1", refs[i], refs[i+1]); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if _, faults, _ := readSchools(build(t, rows, merge("E2", "E3"))); len(faults) != 1 || faults[0].Row != 4 {
		t.Errorf("filled down beyond the merged cell: %v", faults)
	}
	list := mustRead(t, build(t, rows, merge("E2", "E4", "F2", "F4")))
	for _, row := range list.Rows {
		if row.School.Area.Code != "22015" {
			t.Errorf("row %d in %v", row.Row, row.School.Area)
		}
	}
	rows[2][4], rows[3][4] = "Phường Tuy Hòa", "Phường Tuy Hòa"
	if _, faults, _ := readSchools(build(t, rows, merge("I2", "I3"))); len(faults) != 1 || !strings.Contains(faults[0].Message, "gộp với ô I2") {
		t.Errorf("one number taken for two schools: %v", faults)
	}
}

func TestReadSchoolsWarns(t *testing.T) {
	row := school(2)
	row[2], row[10] = "Tr\u00adêng TiÓu häc", 40
	list := mustRead(t, build(t, [][]any{append(flatHeader[:12:12], "Ghi chú"), school(1), row, school(3)}, func(f *excelize.File) {
		for _, err := range []error{f.SetRowVisible("Sheet1", 4, false), f.SetColVisible("Sheet1", "F", false)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.NewSheet("Ẩn"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetVisible("Ẩn", false); err != nil {
			t.Fatal(err)
		}
	}))
	var all strings.Builder
	for _, w := range list.Warnings {
		all.WriteString(w.In(survey.LangVI) + "\n")
	}
	for _, want := range []string{"phông chữ cũ", "thường không có cấp THPT", "1 trường nằm ở dòng đang ẩn", "Cột F «Mã xã» đang ẩn", "Trang «Ẩn» đang ẩn", "Không đọc các cột: M «Ghi chú»"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no warning %q in\n%s", want, all.String())
		}
	}
	if len(list.Warnings) != 6 || len(list.Rows) != 3 {
		t.Errorf("%d warnings, %d schools:\n%s", len(list.Warnings), len(list.Rows), all.String())
	}
}
