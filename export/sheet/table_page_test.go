package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestWriteProvincePages looks at what an office sees and prints.
func TestWriteProvincePages(t *testing.T) {
	f := opened(t, written(t, smallProvince(t)))
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+n.Name] = n.RefersTo
	}
	for _, sheet := range provinceSheets {
		dimension, err := f.GetSheetDimension(sheet)
		if err != nil {
			t.Fatal(err)
		}
		_, end, _ := strings.Cut(dimension, ":")
		column, row, _ := excelize.SplitCellName(end)
		if got, want := names[sheet+"_xlnm.Print_Area"], fmt.Sprintf("'%s'!$A$1:$%s$%d", sheet, column, row); got != want {
			t.Errorf("%s: print area %s, want %s", sheet, got, want)
		}
		if got := names[sheet+"_xlnm.Print_Titles"]; !strings.HasSuffix(got, "!$5:$5") {
			t.Errorf("%s: print titles %q do not repeat row 5", sheet, got)
		}
		checkPage(t, f, sheet)
	}
	if got, want := names["Theo trường_xlnm.Print_Titles"], "'Theo trường'!$A:$B,'Theo trường'!$5:$5"; got != want {
		t.Errorf("print titles %s, want %s", got, want)
	}
}

func checkPage(t *testing.T, f *excelize.File, sheet string) {
	t.Helper()
	layout, err := f.GetPageLayout(sheet)
	if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToHeight != 0 || *layout.FitToWidth > 3 {
		t.Errorf("%s: page layout %+v, %v", sheet, layout, err)
	}
	margins, err := f.GetPageMargins(sheet)
	if err != nil || math.Abs(*margins.Left*25.4-12) > 0.01 || math.Abs(*margins.Bottom*25.4-12) > 0.01 {
		t.Errorf("%s: margins %+v, %v", sheet, margins, err)
	}
	printed, err := f.GetHeaderFooter(sheet)
	if err != nil || !strings.Contains(printed.OddFooter, "Trang &P/&N") || !strings.Contains(printed.OddHeader, "lưu hành nội bộ") {
		t.Errorf("%s: header and footer %+v, %v", sheet, printed, err)
	}
	panes, err := f.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 5 || panes.XSplit < 1 {
		t.Errorf("%s: panes %+v, %v", sheet, panes, err)
	}
	if shown, _ := f.GetCellValue(sheet, "A3"); !strings.Contains(shown, "lưu hành nội bộ") {
		t.Errorf("%s does not say that it is internal: %q", sheet, shown)
	}
	if notice, _ := f.GetCellValue(sheet, "A4"); notice != "Bộ câu hỏi dùng để thử phần mềm." {
		t.Errorf("%s does not say whose wording was asked: %q", sheet, notice)
	}
}

// TestWriteProvinceShowsNumbers reads the cells as they are shown.
func TestWriteProvinceShowsNumbers(t *testing.T) {
	r := smallProvince(t)
	r.Strata[0].Enrolment = 1234
	f := opened(t, written(t, r))
	for cell, want := range map[string]string{"A6": "0660001", "E6": "1,234", "F6": "12", "G6": "1.0", "H6": "4.14", "I6": "82.73", "G8": "125.0", "G9": "0.0", "H9": ""} {
		if got, err := f.GetCellValue("Theo trường", cell); err != nil || got != want {
			t.Errorf("%s shows %q, want %q, %v", cell, got, want, err)
		}
	}
	// 21 of 29 answers: 72.413793103448275…, rounded to the digits of a cell, not cut.
	if raw, err := f.GetCellValue("Theo trường", "J6", excelize.Options{RawCellValue: true}); err != nil || raw != "72.4137931034483" {
		t.Errorf("J6 holds %q, %v", raw, err)
	}
	if kind, err := f.GetCellType("Theo trường", "A6"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("a school's code is stored as type %v, %v", kind, err)
	}
	style, err := f.GetCellStyle("Theo trường", "A6")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 {
		t.Errorf("a school's code has number format %d, %v", s.NumFmt, err)
	}
}

var fontNames = regexp.MustCompile(`<name val="([^"]*)"`)

// TestWriteProvinceProperties looks at the parts of the file itself.
func TestWriteProvinceProperties(t *testing.T) {
	content := written(t, smallProvince(t))
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, font := range fontNames.FindAllStringSubmatch(part(t, z, "xl/styles.xml"), -1) {
		if font[1] != "Times New Roman" {
			t.Errorf("a style has the font %s", font[1])
		}
	}
	if styles := part(t, z, "xl/styles.xml"); !regexp.MustCompile(`<fonts[^>]*><font><sz val="12"`).MatchString(styles) {
		t.Error("the workbook's own font, by which columns are measured, is not of size 12")
	}
	core := part(t, z, "docProps/core.xml")
	for _, want := range []string{"<dc:creator>hailong</dc:creator>", "2026-12-02T07:05:00Z</dcterms:created>", "Đợt tháng 10–11/2026"} {
		if !strings.Contains(core, want) {
			t.Errorf("the properties lack %s:\n%s", want, core)
		}
	}
	// The stored value stands beside the formula, for viewers that do not compute.
	if xml := part(t, z, "xl/worksheets/sheet4.xml"); !strings.Contains(xml, `<f>(I6+J6)/E6*100</f><v>80</v>`) || !strings.Contains(xml, `<dimension ref="A1:O`) {
		t.Error("a formula lacks its value, or the sheet its size")
	}
}

func part(t *testing.T, z *zip.Reader, name string) string {
	t.Helper()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
