package sheet_test

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// TestWriteProvinceInLibreOffice has another program compute every formula:
// the results are the stored values, and no text has become anything else.
func TestWriteProvinceInLibreOffice(t *testing.T) {
	for name, results := range map[string]survey.Results{"small": smallProvince(t), "generated": generatedProvince(40, 900)} {
		t.Run(name, func(t *testing.T) {
			content := written(t, results)
			ours := opened(t, content)
			theirs := opened(t, readFile(t, converted(t, "tinh.xlsx", content, "xlsx")[0]))
			formulas := 0
			for _, sheet := range ours.GetSheetList() {
				formulas += compareSheets(t, sheet, ours, theirs)
			}
			if formulas < 100 {
				t.Errorf("%d formulas", formulas)
			}
		})
	}
}

// compareSheets compares every cell of our sheet with theirs and counts the
// formulas.
func compareSheets(t *testing.T, sheet string, ours, theirs *excelize.File) int {
	t.Helper()
	formulas := 0
	for i, row := range rawRows(t, ours, sheet) {
		for j, value := range row {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			got, err := theirs.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			formula, _ := ours.GetCellFormula(sheet, cell)
			again, _ := theirs.GetCellFormula(sheet, cell)
			switch {
			case (formula == "") != (again == ""):
				t.Errorf("%s %s: formula %q became %q", sheet, cell, formula, again)
			case formula != "":
				formulas++
			}
			if got != value && !near(got, value) {
				t.Errorf("%s %s: %q (formula %q) became %q", sheet, cell, value, formula, got)
			}
		}
	}
	return formulas
}

// TestWriteProvinceAsCSV saves the sheets as CSV and opens them again, as
// people do: what strangers wrote is still text, and a school's name is still
// written as the list has it.
func TestWriteProvinceAsCSV(t *testing.T) {
	const unicode = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
	const allSheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
	files := converted(t, "tinh.xlsx", written(t, smallProvince(t)), allSheets)
	if len(files) != len(provinceSheets) {
		t.Fatalf("%d sheets as CSV: %q", len(files), files)
	}
	opinions := csvOf(t, files, "Ý kiến")
	if !bytes.Contains(opinions, []byte(strings.ReplaceAll(formulaName, `"`, `""`))) {
		t.Error("the school's name is not in the CSV as it was")
	}
	f := opened(t, readFile(t, converted(t, "lai.csv", opinions, "xlsx", unicode)[0]))
	sheet := f.GetSheetName(0)
	var got []string
	for i, row := range rawRows(t, f, sheet)[5:] {
		cell, _ := excelize.CoordinatesToCellName(5, 6+i)
		if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
			t.Errorf("%s: opinion became the formula %s", cell, formula)
		}
		got = append(got, row[4])
	}
	for _, hostile := range hostileTexts {
		text := hostile.cell
		number := strings.Trim(text, "0123456789") == "" // loses its zeros, not its digits
		if !number && !slices.Contains(got, text) {
			t.Errorf("opinion %q is gone; there are %q", text, got)
		}
	}
}

func csvOf(t *testing.T, files []string, sheet string) []byte {
	t.Helper()
	i := slices.IndexFunc(files, func(path string) bool { return strings.HasSuffix(filepath.Base(path), "-"+sheet+".csv") })
	if i < 0 {
		t.Fatalf("no CSV of %s in %q", sheet, files)
	}
	content := readFile(t, files[i])
	if _, err := csv.NewReader(bytes.NewReader(content)).ReadAll(); err != nil && !strings.Contains(err.Error(), "wrong number of fields") {
		t.Fatal(err)
	}
	return content
}
