package sheet

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"hailong/survey"
)

// ReadQuestionnaire reads an XLSForm of the subset that the survey can hold:
// a group for each form, groups of select_one items in it, one select_one, one
// integer and one text beside them, one scale of five levels. Whatever else the
// file holds is refused, so that nothing is lost unseen: the error is a
// *survey.Error of kind Invalid whose cause is Faults, all of them at once.
// Every language and every recording that it names must be whole. Warnings are
// worth a look and refuse nothing.
func ReadQuestionnaire(data []byte, media Media) (up survey.QuestionnaireUpload, warnings []Fault, err error) {
	u, err := openUpload(data)
	if err != nil {
		return up, nil, err
	}
	defer u.file.Close() // everything is in memory, nothing can be lost
	r := &formReader{upload: u, q: &survey.Questionnaire{}}
	if err := r.read(); err != nil {
		return up, nil, err
	}
	sounds := r.takeMedia(media)
	if len(r.faults) == 0 {
		up = survey.QuestionnaireUpload{Questionnaire: r.finish(), Sounds: sounds}
	}
	if len(r.faults) > 0 {
		return survey.QuestionnaireUpload{}, nil, r.refusal()
	}
	return up, r.warnings, nil
}

// formReader reads an XLSForm sheet by sheet and gathers what is wrong.
type formReader struct {
	upload   *upload
	q        *survey.Questionnaire
	tongue   survey.Translation // that is read; zero: Vietnamese
	tongues  []survey.Translation
	language string // in which forms open, in words
	mentions []mention
	scale    string // the name of the list of levels
	listed   bool   // the groups are those of the list of groups
	faults   Faults
	warnings []Fault
}

// read goes through the sheets. Choices come first, because questions name them.
func (r *formReader) read() error {
	questions, choices, settings := xlsSheets()
	r.refuseOtherSheets()
	var read [3]*xlsTable
	for i, step := range []struct {
		sheet xlsSheet
		take  func(*xlsTable)
	}{{settings, r.takeSettings}, {choices, r.takeChoices}, {questions, r.takeSurvey}} {
		t, err := r.table(step.sheet)
		if err != nil {
			return err
		}
		if t != nil {
			step.take(t)
		}
		read[i] = t
	}
	r.translate(read[2], read[1])
	r.takeLanguage(read[0])
	return nil
}

// takeLanguage reads in which language forms open, when all are known.
func (r *formReader) takeLanguage(settings *xlsTable) {
	if r.language == "" || isVietnamese(r.language) {
		return
	}
	tongue, _ := parseTongue(r.language)
	if !slices.ContainsFunc(r.tongues, func(t survey.Translation) bool { return t.Tongue == tongue }) {
		names := []string{labelLanguage}
		for _, t := range r.tongues {
			names = append(names, tongueName(t.Tongue))
		}
		r.fault(settings, settings.rows()[0], xlsLanguage, "Tệp không có tiếng này. Ghi một trong: %s", "The file lacks this language; write one of: %s", strings.Join(names, ", "))
		return
	}
	r.q.Default = tongue.Code
}

// refuseOtherSheets refuses sheets with which XLSForm does more than the
// survey can; those of other names mean nothing in an XLSForm.
func (r *formReader) refuseOtherSheets() {
	for _, s := range r.upload.sheets {
		switch name := strings.ToLower(strings.TrimSpace(s.name)); name {
		case "external_choices", "entities", "osm", "cascades":
			r.faults = append(r.faults, faultAt(s.name, 1, survey.Refuse(survey.Invalid,
				"Phần mềm không dùng được trang này. Xóa trang rồi nạp lại", "This sheet is not supported; delete it")))
		}
	}
}

func faultAt(sheet string, row int, said *survey.Error) Fault {
	return Fault{Sheet: sheet, Row: row, Message: said.Message, English: said.English}
}

// finish puts the questionnaire together and has survey check it as a whole.
func (r *formReader) finish() *survey.Questionnaire {
	data, err := r.q.Data()
	if err == nil {
		var q *survey.Questionnaire
		if q, err = survey.ParseQuestionnaire(data); err == nil {
			return q
		}
	}
	var said *survey.Error
	if !errors.As(err, &said) {
		said = survey.Refuse(survey.Invalid, "Không ghép được bộ câu hỏi", "The questionnaire cannot be put together")
	}
	r.faults = append(r.faults, faultAt(surveySheet, 1, said))
	return nil
}

func (r *formReader) refusal() error {
	order := []string{surveySheet, choicesSheet, settingsSheet}
	slices.SortStableFunc(r.faults, func(a, b Fault) int {
		if a.Sheet != b.Sheet {
			return slices.Index(order, strings.ToLower(a.Sheet)) - slices.Index(order, strings.ToLower(b.Sheet))
		}
		return cmp.Or(a.Row-b.Row, len(a.Column)-len(b.Column), strings.Compare(a.Column, b.Column))
	})
	e := survey.Refuse(survey.Invalid, "Bộ câu hỏi có %d chỗ cần sửa, chưa nạp gì. Sửa các ô sau rồi nạp lại",
		"The questionnaire has %d faults and nothing was taken in; correct these cells and retry", len(r.faults))
	e.Err = r.faults
	return e
}

// maxLabel bounds a text of the file, in letters.
const maxLabel = 500

// label gives a cell that must hold a text for people.
func (r *formReader) label(t *xlsTable, row int, column xlsColumn) string {
	column = r.own(t, column)
	text := t.text(row, column)
	switch n := survey.Letters(text); {
	case n == 0:
		r.fault(t, row, column, "Chưa có chữ. Ghi nội dung vào ô này", "This cell is empty; write its text")
	case n > maxLabel:
		r.fault(t, row, column, "Nội dung dài %d chữ cái, quá giới hạn %d. Rút ngắn lại", "The text has %d characters, more than %d; shorten it", n, maxLabel)
	case strings.Contains(text, "${"):
		r.fault(t, row, column, "Phần mềm không thay được ${…} trong câu chữ. Ghi hẳn nội dung", "${…} in a text is not supported; write the text out")
	}
	return text
}

func (r *formReader) fault(t *xlsTable, row int, column xlsColumn, vi, en string, args ...any) {
	r.refuse(t, row, column, survey.Refuse(survey.Invalid, vi, en, args...))
}

func (r *formReader) refuse(t *xlsTable, row int, column xlsColumn, err error) {
	if r.tongue.Code != "" && !strings.HasSuffix(string(column), "::"+string(r.tongue.Code)) {
		return // said when the sheet was read in Vietnamese
	}
	var said *survey.Error
	if asRefusal(err, &said) {
		r.faults = append(r.faults, t.at(row, column, said))
	}
}

func asRefusal(err error, said **survey.Error) bool { return errors.As(err, said) }

func (r *formReader) takeSettings(t *xlsTable) {
	rows := t.rows()
	if len(rows) == 0 {
		r.faults = append(r.faults, faultAt(t.name, 2, survey.Refuse(survey.Invalid,
			"Chưa ghi form_title và version. Ghi ở dòng này", "form_title and version are missing; write them in this row")))
		return
	}
	for _, row := range rows[1:] {
		r.faults = append(r.faults, faultAt(t.name, row, survey.Refuse(survey.Invalid,
			"Trang này chỉ có một dòng dưới tiêu đề. Xóa dòng thừa", "This sheet has one row under its header; delete this one")))
	}
	row := rows[0]
	r.q.Title = r.label(t, row, xlsTitle)
	version, err := survey.ParseVersion(t.text(row, xlsVersion))
	if err != nil {
		r.refuse(t, row, xlsVersion, err)
	}
	r.q.Version = version
	if id := t.text(row, xlsID); id != "" && !xmlName.MatchString(id) {
		r.fault(t, row, xlsID, "form_id chỉ gồm chữ, số, dấu chấm, gạch nối, gạch dưới và bắt đầu bằng chữ",
			"form_id has letters, digits, points, hyphens and underscores, a letter first")
	}
	r.language = t.text(row, xlsLanguage)
}
