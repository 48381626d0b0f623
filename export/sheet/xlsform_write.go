package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// xlsFormID names the survey to other programs, whatever its version.
const xlsFormID = "hailong"

// WriteQuestionnaire writes the questionnaire as an XLSForm, which
// ReadQuestionnaire reads back as the same. Errors are internal ones.
func WriteQuestionnaire(w io.Writer, q *survey.Questionnaire) error {
	f := excelize.NewFile()
	defer f.Close() // everything is in memory, nothing can be lost
	looks, err := addStyles(f)
	if err != nil {
		return fmt.Errorf("writing the XLSForm: %w", err)
	}
	questions, choices, settings := xlsSheets()
	for _, s := range []struct {
		xlsSheet
		rows []xlsRow
	}{{questions, surveyRows(q)}, {choices, allChoiceRows(q)}, {settings, []xlsRow{settingRow(q)}}} {
		columns, headers := s.spoken(q, s.rows)
		p := &xlsPage{file: f, sheet: s.name, columns: columns, headers: headers, looks: looks}
		if err := p.write(s.rows); err != nil {
			return fmt.Errorf("writing the XLSForm's sheet %s: %w", s.name, err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("writing the XLSForm: %w", err)
	}
	return f.Write(w)
}

// xlsRow is a row by its columns.
type xlsRow map[xlsColumn]string

// formWriter makes the rows of the sheet survey in one language, with names
// that differ.
type formWriter struct {
	rows []xlsRow
	used map[string]bool
	all  *survey.Questionnaire // in every language
}

func (w *formWriter) survey(q *survey.Questionnaire) []xlsRow {
	if q.Notice != "" {
		w.add("note", "loi_dan", q.Notice, nil)
	}
	for _, f := range q.Forms {
		w.add("begin_group", "phieu_"+string(f.Code), f.Name, xlsRow{xlsForm: string(f.Code), xlsLevel: string(f.Level),
			xlsRespondent: string(f.Respondent), xlsAddress: f.Address})
		w.items(f)
		w.unasked(f)
		prefix := string(f.Code) + "_"
		w.add("integer", prefix+string(f.Expectation.Code), f.Expectation.Text, xlsRow{xlsHint: f.Expectation.Hint, xlsAudio: f.Expectation.Recording, xlsItem: string(f.Expectation.Code), xlsShort: f.Expectation.Short,
			xlsRequired: "no", xlsConstraint: fmt.Sprintf(". >= 0 and . <= %d", f.Expectation.Max)})
		w.add("select_one "+scaleList, prefix+string(f.Overall.Code), f.Overall.Text, xlsRow{xlsHint: f.Overall.Hint, xlsAudio: f.Overall.Recording, xlsItem: string(f.Overall.Code), xlsShort: f.Overall.Short, xlsRequired: "no"})
		w.add("text", prefix+string(f.Comment.Code), f.Comment.Text, xlsRow{xlsHint: f.Comment.Hint, xlsAudio: f.Comment.Recording, xlsItem: string(f.Comment.Code), xlsAppearance: "multiline",
			xlsRequired: "no", xlsConstraint: fmt.Sprintf("string-length(.) <= %d", f.Comment.Max)})
		w.rows = append(w.rows, xlsRow{xlsType: "end_group"})
	}
	return w.rows
}

// items writes the items with a group around each run of the same group.
func (w *formWriter) items(f *survey.Form) {
	for i, item := range f.Items {
		if i == 0 || f.Items[i-1].Group != item.Group {
			w.group(f, item.Group)
		}
		w.add("select_one "+scaleList, string(f.Code)+"_"+string(item.Code), item.Text, xlsRow{xlsHint: item.Hint, xlsAudio: item.Recording, xlsItem: string(item.Code), xlsShort: item.Short, xlsRequired: "no"})
		if i+1 == len(f.Items) || f.Items[i+1].Group != item.Group {
			w.rows = append(w.rows, xlsRow{xlsType: "end_group"})
		}
	}
}

func (w *formWriter) group(f *survey.Form, code survey.GroupCode) {
	for _, g := range f.Groups {
		if g.Code == code {
			w.add("begin_group", string(f.Code)+"_nhom_"+string(code), g.Name, xlsRow{xlsGroup: string(code), xlsAppearance: "field-list"})
		}
	}
}

// unasked keeps the form's own names of groups from which it asks nothing.
func (w *formWriter) unasked(f *survey.Form) {
	for i, g := range f.Groups {
		if len(f.ItemsOf(g.Code)) == 0 && w.ownName(f.Code, i) {
			w.group(f, g.Code)
			w.rows = append(w.rows, xlsRow{xlsType: "end_group"})
		}
	}
}

// ownName says whether a form has a name of its own for a group in any language.
func (w *formWriter) ownName(code survey.FormCode, group int) bool {
	for _, t := range w.all.Tongues() {
		q, _ := w.all.In(t.Code)
		if f, ok := q.Form(string(code)); ok && f.Groups[group].Name != q.Groups[group].Name {
			return true
		}
	}
	return false
}

func (w *formWriter) add(kind, name, label string, row xlsRow) {
	if row == nil {
		row = xlsRow{}
	}
	row[xlsType], row[xlsName], row[xlsLabel] = kind, w.name(name), label
	w.rows = append(w.rows, row)
}

// name makes a valid XML name that no other row has.
func (w *formWriter) name(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, s)
	if first := rune(s[0]); !unicode.IsLetter(first) {
		s = "_" + s
	}
	free := s
	for n := 2; w.used[free]; n++ {
		free = s + "_" + strconv.Itoa(n)
	}
	w.used[free] = true
	return free
}

func choiceRows(q *survey.Questionnaire) []xlsRow {
	var rows []xlsRow
	for i, label := range q.Scale {
		rows = append(rows, xlsRow{xlsList: scaleList, xlsName: strconv.Itoa(i + 1), xlsLabel: label, xlsAudio: q.Heard[i+1]})
	}
	rows = append(rows, xlsRow{xlsList: scaleList, xlsName: "0", xlsLabel: q.Unknown, xlsAudio: q.Heard[0]})
	for _, g := range q.Groups {
		rows = append(rows, xlsRow{xlsList: groupList, xlsName: string(g.Code), xlsLabel: g.Name})
	}
	return rows
}

func settingRow(q *survey.Questionnaire) xlsRow {
	language := labelLanguage
	for _, t := range q.Translations {
		if t.Code == q.Default {
			language = tongueName(t.Tongue)
		}
	}
	return xlsRow{xlsTitle: q.Title, xlsID: xlsFormID, xlsVersion: string(q.Version), xlsLanguage: language}
}
