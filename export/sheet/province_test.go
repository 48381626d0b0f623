package sheet_test

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

var updateProvince = flag.Bool("update-province", false, "write the golden text of the province workbook anew")

var provinceSheets = []string{"Tổng hợp", "Theo trường", "Trường theo phiếu", "Theo câu hỏi", "Trường và câu hỏi", "Ý kiến", "Chất lượng dữ liệu", "Phương pháp"}

// provinceTables are the tables with the columns that other programs rely on.
var provinceTables = []struct{ sheet, name, columns string }{
	{"Tổng hợp", "TongHop", "Cấp học · Cách gộp · Số trường · Số trường có phiếu · Sĩ số · Số phiếu · Tỷ lệ tham gia (%) · Điểm trung bình · Chỉ số hài lòng (%) · " +
		"Chỉ số – KTC 95% dưới (%) · Chỉ số – KTC 95% trên (%) · Tỷ lệ hài lòng (%) · Tỷ lệ – KTC 95% dưới (%) · Tỷ lệ – KTC 95% trên (%) · Hài lòng chung (%) · Mức đáp ứng mong đợi (%) · " +
		"A: Điểm · A: Chỉ số (%) · A: Tỷ lệ (%) · B: Điểm · B: Chỉ số (%) · B: Tỷ lệ (%) · C: Điểm · C: Chỉ số (%) · C: Tỷ lệ (%) · " +
		"D: Điểm · D: Chỉ số (%) · D: Tỷ lệ (%) · E: Điểm · E: Chỉ số (%) · E: Tỷ lệ (%) · Ghi chú"},
	{"Theo trường", "TheoTruong", "Mã trường · Tên trường · Loại hình · Xã/Phường · Sĩ số · Số phiếu · Tỷ lệ tham gia (%) · Điểm trung bình · Chỉ số hài lòng (%) · Tỷ lệ hài lòng (%) · " +
		"KTC 95% dưới (%) · KTC 95% trên (%) · Hài lòng chung (%) · Mức đáp ứng mong đợi (%) · A: Chỉ số (%) · A: Tỷ lệ (%) · B: Chỉ số (%) · B: Tỷ lệ (%) · C: Chỉ số (%) · C: Tỷ lệ (%) · " +
		"D: Chỉ số (%) · D: Tỷ lệ (%) · E: Chỉ số (%) · E: Tỷ lệ (%) · Ghi chú"},
	{"Trường theo phiếu", "TruongPhieu", "Mã trường · Tên trường · Loại hình · Xã/Phường · Phiếu · Sĩ số · Số phiếu · Tỷ lệ tham gia (%) · Điểm trung bình · Chỉ số hài lòng (%) · Tỷ lệ hài lòng (%) · " +
		"KTC 95% dưới (%) · KTC 95% trên (%) · Hài lòng chung (%) · Mức đáp ứng mong đợi (%) · A: Chỉ số (%) · A: Tỷ lệ (%) · B: Chỉ số (%) · B: Tỷ lệ (%) · C: Chỉ số (%) · C: Tỷ lệ (%) · " +
		"D: Chỉ số (%) · D: Tỷ lệ (%) · E: Chỉ số (%) · E: Tỷ lệ (%) · Ghi chú"},
	{"Theo câu hỏi", "TheoCauHoi", "Phiếu · Mã câu · Nhóm · Câu hỏi · Số trả lời · Mức 1 · Mức 2 · Mức 3 · Mức 4 · Mức 5 · Không áp dụng · Bỏ trống · Điểm trung bình · Chỉ số (%) · Tỷ lệ hài lòng (%)"},
	{"Trường và câu hỏi", "TruongCauHoi", "Mã trường · Tên trường · Phiếu · Mã câu · Số trả lời · Mức 1 · Mức 2 · Mức 3 · Mức 4 · Mức 5 · Không áp dụng · Bỏ trống · Điểm trung bình · Tỷ lệ hài lòng (%)"},
	{"Ý kiến", "YKien", "STT · Mã trường · Tên trường · Phiếu · Ý kiến"},
	{"Chất lượng dữ liệu", "ChatLuong", "Mã trường · Tên trường · Phiếu · Số phiếu · Có người giúp · Có người giúp (%) · Lượt hỏi · Lượt bỏ trống · Bỏ trống (%) · Lượt không áp dụng · Không áp dụng (%)"},
}

// columns gives the headers; «A: Điểm» stands for «A · Điểm».
func columns(list string) []string {
	headers := strings.Split(list, " · ")
	for i := range headers {
		headers[i] = strings.ReplaceAll(headers[i], ": ", " · ")
	}
	return headers
}

func TestWriteProvinceKeepsItsContract(t *testing.T) {
	f := opened(t, written(t, generatedProvince(25, 300)))
	if diff := cmp.Diff(provinceSheets, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	for _, want := range provinceTables {
		rows, err := f.GetRows(want.sheet)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(columns(want.columns), rows[4]); diff != "" {
			t.Errorf("%s: headers (-want +got):\n%s", want.sheet, diff)
		}
		tables, err := f.GetTables(want.sheet)
		if err != nil || len(tables) != 1 {
			t.Fatalf("%s: %d tables, %v", want.sheet, len(tables), err)
		}
		last, _ := excelize.CoordinatesToCellName(len(rows[4]), len(rows))
		if tables[0].Name != want.name || tables[0].Range != "A5:"+last {
			t.Errorf("%s: table %s over %s, want %s over A5:%s", want.sheet, tables[0].Name, tables[0].Range, want.name, last)
		}
	}
}

// TestWriteProvinceGolden compares a small province, cell by cell, with what
// was worked out and looked at once.
func TestWriteProvinceGolden(t *testing.T) {
	got := dump(t, opened(t, written(t, smallProvince(t))))
	path := filepath.Join("testdata", "province-small.txt")
	if *updateProvince {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(readFile(t, path)), got); diff != "" {
		t.Errorf("workbook (-want +got):\n%s", diff)
	}
}

// dump writes every cell of the workbook as text: a formula with its stored
// value, numbers to nine digits.
func dump(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		fmt.Fprintf(&b, "== %s\n", name)
		for i, row := range rawRows(t, f, name) {
			for j, value := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				formula, err := f.GetCellFormula(name, cell)
				if err != nil {
					t.Fatal(err)
				}
				if formula != "" {
					formula = "{" + formula + "} "
				}
				fmt.Fprintf(&b, "%s: %s%s\n", cell, formula, nineDigits(t, f, name, cell, value))
			}
		}
	}
	return b.String()
}

func rawRows(t *testing.T, f *excelize.File, name string) [][]string {
	t.Helper()
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// nineDigits tells texts from numbers, which lose the digits that may differ
// between machines.
func nineDigits(t *testing.T, f *excelize.File, name, cell, value string) string {
	t.Helper()
	kind, err := f.GetCellType(name, cell)
	if err != nil {
		t.Fatal(err)
	}
	if kind == excelize.CellTypeInlineString {
		return strconv.Quote(value)
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(x, 'g', 9, 64)
}

// TestWriteProvinceFormulas computes every formula with the library's own
// engine: the stored value must be the result.
func TestWriteProvinceFormulas(t *testing.T) {
	f := opened(t, written(t, smallProvince(t)))
	formulas := 0
	for _, name := range f.GetSheetList() {
		for i, row := range rawRows(t, f, name) {
			for j, value := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := f.GetCellFormula(name, cell); formula == "" {
					continue
				}
				formulas++
				computed, err := f.CalcCellValue(name, cell, excelize.Options{RawCellValue: true})
				if err != nil || !near(computed, value) {
					t.Errorf("%s %s: stored %s, computed %s, %v", name, cell, value, computed, err)
				}
			}
		}
	}
	if formulas < 100 {
		t.Errorf("%d formulas", formulas)
	}
}

func near(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
}

func TestWriteProvinceWithoutResponses(t *testing.T) {
	empty := provinceRound()
	asked := generatedProvince(20, 0)
	for name, results := range map[string]survey.Results{"no schools": empty, "no responses": asked} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, written(t, results))
			for _, table := range provinceTables {
				tables, err := f.GetTables(table.sheet)
				if err != nil || len(tables) != 1 {
					t.Fatalf("%s: %d tables, %v", table.sheet, len(tables), err)
				}
				first, last, _ := strings.Cut(tables[0].Range, ":")
				_, row, _ := excelize.CellNameToCoordinates(last)
				if first != "A5" || row < 6 {
					t.Errorf("%s: table over %s has no data row", table.sheet, tables[0].Range)
				}
				if size, err := f.GetSheetDimension(table.sheet); err != nil || size != "A1:"+last {
					t.Errorf("%s: size %s, want A1:%s, %v", table.sheet, size, last, err)
				}
			}
			for _, row := range rawRows(t, f, "Tổng hợp")[5:] {
				if got := slices.DeleteFunc(slices.Clone(row[5:len(row)-1]), func(s string) bool { return s == "" || s == "0" }); len(got) > 0 {
					t.Errorf("figures out of nothing: %q", got)
				}
			}
		})
	}
}

func TestWriteProvinceRefusesContradictions(t *testing.T) {
	stray := smallProvince(t)
	stray.Opinions = append(stray.Opinions, survey.Opinion{Stratum: 99, Text: "Tốt"})
	long := smallProvince(t)
	long.Opinions[0].Text = strings.Repeat("đ", excelize.TotalCellChars-1) + "😀"
	for name, results := range map[string]survey.Results{"stray opinion": stray, "text longer than a cell": long} {
		if err := sheet.WriteProvince(io.Discard, results); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWriteProvinceCutsNoText(t *testing.T) {
	r := smallProvince(t)
	texts := []string{strings.Repeat("đ", excelize.TotalCellChars-2) + "😀", strings.Repeat("Sân trường rộng và sạch. ", 40) + "Hết."}
	r.Opinions = []survey.Opinion{{Stratum: 11, Text: texts[0]}, {Stratum: 11, Text: texts[1]}}
	f := opened(t, written(t, r))
	for i, want := range texts {
		if got, _ := f.GetCellValue("Ý kiến", fmt.Sprintf("E%d", 6+i)); got != want {
			t.Errorf("opinion %d: %d of %d bytes", i, len(got), len(want))
		}
	}
	// 1,004 characters fill about eleven lines of ninety.
	if height, _ := f.GetRowHeight("Ý kiến", 7); height < 10*15 || height > 14*16 {
		t.Errorf("row of 1,004 characters is %v points high", height)
	}
}
