package sheet

import (
	"fmt"
	"strings"

	"hailong/survey"
)

// methodRow is one line of the page of explanations; one with a subject only
// is a heading.
type methodRow struct{ subject, text, source string }

func (p *province) writeMethod(b *workbook) error {
	cell := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	subject := func(r methodRow) any {
		if r.text == "" {
			return markedText{r.subject, sectionLook}
		}
		return r.subject
	}
	var rows []methodRow
	for _, section := range [][]methodRow{p.aboutRound(), aboutUse(), aboutFigures(), aboutRollUps(), aboutIntervals(), p.aboutForms(), aboutColumns()} {
		rows = append(rows, section...)
	}
	return writeTable(b, table[methodRow]{Sheet: "Phương pháp", Title: "Cách tính và giải thích",
		Columns: []tableColumn[methodRow]{
			{"Mục", 34, textLook, "", subject},
			{"Giải thích", 100, textLook, "", func(r methodRow) any { return cell(r.text) }},
			{"Nguồn", 40, textLook, "", func(r methodRow) any { return cell(r.source) }},
		},
		Rows: rows, Frozen: 1, PagesWide: 1})
}

// aboutRound says what the workbook was made from.
func (p *province) aboutRound() []methodRow {
	c, responses, answering := p.coverage, 0, 0
	for _, s := range p.schools {
		responses += s.figures.Responses
		if s.figures.Responses > 0 {
			answering++
		}
	}
	q := p.Questionnaire
	return []methodRow{
		{"Đợt và số liệu", "", ""},
		{"Đợt", p.Title + ", mã đợt " + string(p.Round.ID), ""},
		{"Thời gian nhận phiếu", fmt.Sprintf("Từ %s đến %s; đợt %s", p.Round.Opens, p.LastDay(), p.Round.State.Name()), ""},
		{"Lúc lập tệp", p.Made.Format("15:04 ngày 02/01/2006"), ""},
		{"Bộ câu hỏi", fmt.Sprintf("%s, phiên bản %s", q.Title, q.Version), ""},
		{"Nguồn của bộ câu hỏi", q.Notice, ""},
		{"Phiên bản công thức", survey.FormulaVersion, ""},
		{"Số trường", fmt.Sprintf("%s trường, trong đó %s trường có phiếu", survey.Count(len(p.schools)), survey.Count(answering)), ""},
		{"Số phần (trường × phiếu)", fmt.Sprintf("%s phần, trong đó %s phần có phiếu. Một phần là một loại phiếu ở một trường", survey.Count(c.Strata), survey.Count(c.Represented)), ""},
		{"Sĩ số", fmt.Sprintf("%s, cộng sĩ số của mọi phần; chốt khi mở đợt, hoặc chốt lại theo nhật ký", survey.Count(c.Enrolment)), ""},
		{"Phần chưa có phiếu", fmt.Sprintf("Chiếm %s%% sĩ số; không có trong các điểm và tỷ lệ", survey.Decimal(c.UnrepresentedShare, 1)), ""},
		{"Số phiếu", fmt.Sprintf("%s phiếu. Mọi phiếu đã nhận đều được tính, không loại phiếu nào", survey.Count(responses)), ""},
		{"Số ý kiến", fmt.Sprintf("%s ý kiến ở sheet «Ý kiến»; tên người, số điện thoại, số giấy tờ đã được che", survey.Count(len(p.Opinions))), ""},
	}
}

// aboutForms explains the codes of forms, groups and levels.
func (p *province) aboutForms() []methodRow {
	rows := []methodRow{{"Mã phiếu, nhóm và mức", "", ""}}
	for _, f := range p.Questionnaire.Forms {
		rows = append(rows, methodRow{"Phiếu " + string(f.Code), fmt.Sprintf("%s; %d câu chấm mức và câu hài lòng chung %s", f.Name, len(f.Items), f.Overall.Code), ""})
	}
	for i, g := range p.Questionnaire.Groups {
		rows = append(rows, methodRow{"Nhóm " + string(g.Code), p.groupNames(i), ""})
	}
	for i, name := range p.Questionnaire.Scale {
		rows = append(rows, methodRow{fmt.Sprintf("Mức %d", i+1), name, ""})
	}
	return append(rows, methodRow{"Không áp dụng", "Người trả lời chọn «" + p.Questionnaire.Unknown + "»", ""},
		methodRow{"Bỏ trống", "Người trả lời không chọn gì ở câu đó", ""})
}

// groupNames gives a group's name and, where forms call it otherwise, how.
func (p *province) groupNames(index int) string {
	names := []string{p.Questionnaire.Groups[index].Name}
	for _, f := range p.Questionnaire.Forms {
		if name := f.Groups[index].Name; name != names[0] {
			names = append(names, fmt.Sprintf("phiếu %s: %s", f.Code, name))
		}
	}
	return strings.Join(names, "; ")
}
