package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// flatHeader is the header of the lists that are built here; the first school
// stands in row 2.
var flatHeader = []any{"STT", "Mã trường", "Tên trường", "Loại hình", "Xã/Phường", "Mã xã", "Địa chỉ", "Mầm non", "Tiểu học", "THCS", "THPT", "GDTX"}

// school is a sound row with a code of its own.
func school(n int) []any {
	return []any{n, fmt.Sprintf("66220%05d", n), fmt.Sprintf("Trường Tiểu học số %d", n), "TH", "Phường Tuy Hòa", "22015", "", nil, 100 + n, nil, nil, nil}
}

// build makes a workbook with these rows on its first sheet.
func build(t testing.TB, rows [][]any, edits ...func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, edit := range edits {
		edit(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withCell puts a cell as raw XML into row 2 of a list of two sound schools.
func withCell(t testing.TB, ref, xml string) []byte {
	t.Helper()
	content := build(t, [][]any{flatHeader, school(1), school(2)})
	cell := regexp.MustCompile(`<c r="` + ref + `"[^>]*>(.*?)</c>|<c r="` + ref + `"[^>]*/>`)
	return repack(t, content, func(name string, part []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return part
		}
		if !cell.Match(part) {
			t.Fatalf("no cell %s in %s", ref, part)
		}
		return cell.ReplaceAllLiteral(part, []byte(xml))
	})
}

// repack copies a workbook and lets each part be changed; nil leaves it out.
func repack(t testing.TB, content []byte, change func(name string, part []byte) []byte, more ...string) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	for _, file := range from.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if part = change(file.Name, part); part != nil {
			pack(t, to, file.Name, part)
		}
	}
	for _, name := range more {
		pack(t, to, name, []byte("x"))
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pack(t testing.TB, to *zip.Writer, name string, part []byte) {
	t.Helper()
	w, err := to.Create(name)
	if err == nil {
		_, err = w.Write(part)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func same(_ string, part []byte) []byte { return part }

func readSchools(content []byte) (sheet.SchoolList, sheet.Faults, error) {
	list, err := sheet.ReadSchools(content, survey.BuiltInAreas())
	var faults sheet.Faults
	errors.As(err, &faults)
	return list, faults, err
}

// mustRead reads a list that has no fault.
func mustRead(t testing.TB, content []byte) sheet.SchoolList {
	t.Helper()
	list, _, err := readSchools(content)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func reopen(t testing.TB, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// edit changes a workbook through the library.
func edit(t testing.TB, content []byte, change func(*excelize.File)) []byte {
	t.Helper()
	f := reopen(t, content)
	defer f.Close()
	change(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asRefusal(err error, refusal **survey.Error) bool { return errors.As(err, refusal) }
