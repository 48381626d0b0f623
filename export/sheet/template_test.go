package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

const listSheet = "Danh sách trường"

func emptyList(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteSchoolTemplate(&b, survey.BuiltInAreas()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEmptyListHasNoSchool(t *testing.T) {
	list, faults, err := readSchools(emptyList(t))
	want := "Trang «Danh sách trường» chưa có trường nào. Điền danh sách từ dòng 8 rồi nạp lại"
	if faults != nil || err == nil || err.Error() != want {
		t.Errorf("said %v", err)
	}
	if len(list.Columns) != 12 || len(list.Warnings) != 0 || len(list.Skipped) != 0 {
		t.Errorf("read %+v", list)
	}
}

// Every school of the province, typed into the empty list, comes back.
func TestFilledListIsRead(t *testing.T) {
	want := mustRead(t, testFile(t, "schools.xlsx")).Schools()
	want[5].Name = `=HYPERLINK("http://x.invalid","Trường")`
	filled := edit(t, emptyList(t), func(f *excelize.File) {
		for i, s := range want {
			row := []any{i + 1, string(s.Code), s.Name, string(s.Kind), s.Area.Title(), nil, s.Address}
			for _, level := range survey.Levels() {
				if n := s.Enrolment[level]; n > 0 {
					row = append(row, n)
				} else {
					row = append(row, nil)
				}
			}
			if err := f.SetSheetRow(listSheet, fmt.Sprintf("A%d", i+8), &row); err != nil {
				t.Fatal(err)
			}
		}
	})
	list := mustRead(t, filled)
	if diff := cmp.Diff(want, list.Schools()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(list.Warnings) != 0 {
		t.Errorf("warnings %v", list.Warnings)
	}
}

func TestEmptyListGuidesTyping(t *testing.T) {
	f := reopen(t, emptyList(t))
	for _, cell := range []string{"B8", "B37", "B38", "B2000", "F500"} {
		id, err := f.GetCellStyle(listSheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || style.NumFmt != 49 {
			t.Errorf("%s is no text cell: %v", cell, err)
		}
	}
	rules, err := f.GetDataValidations(listSheet)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, rule := range rules {
		got[rule.Sqref] = strings.TrimSpace(rule.Type + " " + rule.Formula1 + " " + rule.Formula2)
	}
	want := map[string]string{"D8:D3007": "list 'Danh mục'!$A$2:$A$12", "E8:E3007": "list 'Danh mục'!$B$2:$B$103"}
	for _, col := range []string{"H", "I", "J", "K", "L"} {
		want[col+"8:"+col+"3007"] = "whole 1 10000"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	for i, area := range survey.BuiltInAreas().All() {
		if got, _ := f.GetCellValue("Danh mục", fmt.Sprintf("B%d", i+2)); got != area.Title() {
			t.Errorf("choice %d is %q, want %q", i, got, area.Title())
		}
	}
}

// The file opens in another office program and fits its pages.
func TestEmptyListOnPaper(t *testing.T) {
	made := converted(t, "empty.xlsx", emptyList(t), "pdf")
	if content := readFile(t, made[0]); !bytes.HasPrefix(content, []byte("%PDF")) {
		t.Errorf("no PDF: %q", content[:20])
	}
}
