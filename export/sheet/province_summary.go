package sheet

import (
	"fmt"
	"slices"
	"strings"

	"hailong/survey"
)

// summaryRow is one level, or the whole province, under one roll-up.
type summaryRow struct {
	name               string
	rollUp             survey.RollUp
	schools, answering int // schools in all, and with at least one response
	figures            survey.Figures
	notes              []string
}

func (p *province) writeSummary(b *workbook) error {
	return writeTable(b, table[summaryRow]{Sheet: "Tổng hợp", Name: "TongHop", Title: "Kết quả tổng hợp toàn tỉnh",
		Columns: p.summaryColumns(), Rows: p.summary, Frozen: 2, PagesWide: 3})
}

func (p *province) summaryColumns() []tableColumn[summaryRow] {
	columns := []tableColumn[summaryRow]{
		{"Cấp học", 30, nameLook, "", func(r summaryRow) any { return r.name }},
		{"Cách gộp", 30, nameLook, "", func(r summaryRow) any { return r.rollUp.Name() }},
		{"Số trường", 10, countLook, "", func(r summaryRow) any { return r.schools }},
		{"Số trường có phiếu", 10, countLook, "", func(r summaryRow) any { return r.answering }},
		{enrolmentHeader, 10, countLook, "", func(r summaryRow) any { return r.figures.Enrolment }},
		{responsesHeader, 10, countLook, "", func(r summaryRow) any { return r.figures.Responses }},
		{rateHeader, 10, rateLook, rateFormula, func(r summaryRow) any { return rate(r.figures) }},
		{meanHeader, 10, figureLook, "", func(r summaryRow) any { return known(r.figures.All.Mean) }},
		{indexHeader, 10, figureLook, indexFormula, func(r summaryRow) any { return known(r.figures.All.Index) }},
		{"Chỉ số – KTC 95% dưới (%)", 12, figureLook, "", func(r summaryRow) any { return low(r.figures.All.Index) }},
		{"Chỉ số – KTC 95% trên (%)", 12, figureLook, "", func(r summaryRow) any { return high(r.figures.All.Index) }},
		{shareHeader, 10, figureLook, "", func(r summaryRow) any { return known(r.figures.All.Share) }},
		{"Tỷ lệ – KTC 95% dưới (%)", 12, figureLook, "", func(r summaryRow) any { return low(r.figures.All.Share) }},
		{"Tỷ lệ – KTC 95% trên (%)", 12, figureLook, "", func(r summaryRow) any { return high(r.figures.All.Share) }},
		{"Hài lòng chung (%)", 10, figureLook, "", func(r summaryRow) any { return known(r.figures.Overall.Share) }},
		{"Mức đáp ứng mong đợi (%)", 12, figureLook, "", func(r summaryRow) any { return known(r.figures.Expectation) }},
	}
	for i, g := range p.Questionnaire.Groups {
		columns = append(columns,
			tableColumn[summaryRow]{groupMean(g), 10, figureLook, "", func(r summaryRow) any { return known(group(r.figures, i).Mean) }},
			tableColumn[summaryRow]{groupIndex(g), 10, figureLook, "[" + groupMean(g) + "]/5*100", func(r summaryRow) any { return known(group(r.figures, i).Index) }},
			tableColumn[summaryRow]{groupShare(g), 10, figureLook, "", func(r summaryRow) any { return known(group(r.figures, i).Share) }})
	}
	return append(columns, tableColumn[summaryRow]{"Ghi chú", 60, textLook, "", func(r summaryRow) any { return joined(r.notes) }})
}

// summaryRows gives three rows for each level that is asked and for all.
func (p *province) summaryRows(parts []survey.Part) []summaryRow {
	var rows []summaryRow
	for _, level := range survey.Levels() {
		if of := p.ofLevel(level); len(of) > 0 {
			rows = append(rows, p.rollUps(level.Name(), parts, of)...)
		}
	}
	all := make([]int, len(p.Strata))
	for i := range all {
		all[i] = i
	}
	return append(rows, p.rollUps("Toàn tỉnh", parts, all)...)
}

// ofLevel gives the indexes of the strata of a level.
func (p *province) ofLevel(level survey.Level) []int {
	var of []int
	for i, s := range p.Strata {
		if s.Form.Level == level {
			of = append(of, i)
		}
	}
	return of
}

// rollUps puts the strata with these indexes together in the three ways.
func (p *province) rollUps(name string, parts []survey.Part, indexes []int) []summaryRow {
	row := summaryRow{name: name}
	answered := map[survey.SchoolCode]bool{}
	var chosen []survey.Part
	for _, i := range indexes {
		s := p.Strata[i]
		answered[s.School.Code] = answered[s.School.Code] || s.Tally.Responses > 0
		chosen = append(chosen, parts[i])
	}
	row.schools = len(answered)
	for _, yes := range answered {
		if yes {
			row.answering++
		}
	}
	row.notes = p.summaryNotes(survey.Cover(chosen), indexes)
	var rows []summaryRow
	for _, u := range survey.RollUps() {
		row.rollUp, row.figures = u, u.Figures(chosen)
		rows = append(rows, row)
	}
	return rows
}

func (p *province) summaryNotes(c survey.Coverage, indexes []int) []string {
	responses, overfilled := 0, 0
	twice := map[survey.Level][]survey.Stratum{}
	for _, i := range indexes {
		s := p.Strata[i]
		responses += s.Tally.Responses
		if overfull(s) {
			overfilled++
		}
		twice[s.Form.Level] = addEnrolment(twice[s.Form.Level], s)
	}
	notes := responseNotes(responses, false)
	if missing := c.Strata - c.Represented; missing > 0 && responses > 0 {
		notes = append(notes, fmt.Sprintf("%s trong %s phần (trường × phiếu) chưa có phiếu, chiếm %s%% sĩ số",
			survey.Count(missing), survey.Count(c.Strata), survey.Decimal(c.UnrepresentedShare, 1)))
	}
	if overfilled > 0 {
		notes = append(notes, fmt.Sprintf("%s phần có số phiếu vượt sĩ số: kiểm tra lại sĩ số", survey.Count(overfilled)))
	}
	for _, level := range survey.Levels() {
		if parts := enrolmentParts(twice[level]); parts != "" {
			notes = append(notes, "Sĩ số tính cho từng phiếu: "+parts)
		}
	}
	return notes
}

// addEnrolment adds the stratum's enrolment to that of its form.
func addEnrolment(forms []survey.Stratum, s survey.Stratum) []survey.Stratum {
	same := func(o survey.Stratum) bool { return strings.EqualFold(string(o.Form.Code), string(s.Form.Code)) }
	if i := slices.IndexFunc(forms, same); i >= 0 {
		forms[i].Enrolment += s.Enrolment
		return forms
	}
	return append(forms, survey.Stratum{Form: s.Form, Enrolment: s.Enrolment})
}
