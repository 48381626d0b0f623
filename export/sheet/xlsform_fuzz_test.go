package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// sheetText gives an XLSForm as text: rows as lines, cells between tabs.
func sheetText(t testing.TB, data []byte, name string) string {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "\t"))
	}
	return strings.Join(lines, "\n")
}

func workbookOf(sheets map[string]string) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for name, text := range sheets {
		f.NewSheet(name)
		for i, line := range strings.Split(text, "\n") {
			for j, cell := range strings.Split(line, "\t") {
				if at, err := excelize.CoordinatesToCellName(j+1, i+1); err == nil && i < 300 && j < 70 && cell != "" {
					f.SetCellStr(name, at, cell)
				}
			}
		}
	}
	var b bytes.Buffer
	f.Write(&b)
	return b.Bytes()
}

// Whatever the cells hold, there are faults that say where, or a questionnaire
// that can be asked and is written and read as the same.
func FuzzReadQuestionnaire(f *testing.F) {
	data := xlsForm(f, survey.BuiltInQuestionnaire())
	questions, choices, settings := sheetText(f, data, "survey"), sheetText(f, data, "choices"), sheetText(f, data, "settings")
	lines := strings.Split(questions, "\n")
	short := strings.Join(append(append([]string{}, lines[:6]...), lines[len(lines)-5:]...), "\n")
	f.Add(short, choices, settings)
	f.Add(strings.Replace(short, "begin_group", "begin group", 1), choices, settings)
	f.Add(strings.Join(lines[:8], "\n"), choices, settings)
	f.Add("type\tname", "", "form_title\tversion\n\t")
	f.Fuzz(func(t *testing.T, questions, choices, settings string) {
		q, _, err := readForm(workbookOf(map[string]string{"survey": questions, "choices": choices, "settings": settings}))
		if err != nil {
			if survey.KindOf(err) != survey.Invalid || q != nil {
				t.Fatalf("%v, %v", q, err)
			}
			return
		}
		body, err := q.Data()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := survey.ParseQuestionnaire(body); err != nil {
			t.Fatal(err)
		}
		back, _, err := readForm(xlsForm(t, q))
		if err != nil {
			t.Fatal(err)
		}
		if diff := sameQuestionnaire(q, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A file that is damaged anywhere is refused like any other, never by a panic.
func FuzzReadQuestionnaireFile(f *testing.F) {
	data := xlsForm(f, survey.BuiltInQuestionnaire())
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		q, _, err := readForm(data)
		if (err == nil) != (q != nil) || err != nil && survey.KindOf(err) != survey.Invalid {
			t.Fatalf("%v, %v", q, err)
		}
	})
}
