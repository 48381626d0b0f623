package sheet

import (
	"slices"
	"strings"

	"hailong/survey"
)

// The names of columns on which formulas rest.
const (
	enrolmentHeader = "Sĩ số"
	responsesHeader = "Số phiếu"
	rateHeader      = "Tỷ lệ tham gia (%)"
	meanHeader      = "Điểm trung bình"
	indexHeader     = "Chỉ số hài lòng (%)"
	shareHeader     = "Tỷ lệ hài lòng (%)"

	rateFormula  = "[" + responsesHeader + "]/[" + enrolmentHeader + "]*100"
	indexFormula = "[" + meanHeader + "]/5*100"
)

func (p *province) writeSchools(b *workbook) error {
	return writeTable(b, table[standing]{Sheet: "Theo trường", Name: "TheoTruong", Title: "Kết quả theo trường",
		Columns: p.standingColumns(), Rows: p.schools, Frozen: 2, PagesWide: 2})
}

func (p *province) writeStrata(b *workbook) error {
	form := tableColumn[standing]{"Phiếu", 13, nameLook, "", func(s standing) any { return string(s.strata[0].Form.Code) }}
	return writeTable(b, table[standing]{Sheet: "Trường theo phiếu", Name: "TruongPhieu", Title: "Kết quả theo trường và phiếu",
		Columns: slices.Insert(p.standingColumns(), 4, form), Rows: p.strata, Frozen: 2, PagesWide: 2})
}

// standingColumns are the columns of a school's or a stratum's figures.
func (p *province) standingColumns() []tableColumn[standing] {
	columns := []tableColumn[standing]{
		{"Mã trường", 13, codeLook, "", func(s standing) any { return string(s.school.Code) }},
		{"Tên trường", 47, nameLook, "", func(s standing) any { return s.school.Name }},
		{"Loại hình", 18, nameLook, "", func(s standing) any { return string(s.school.Kind) }},
		{"Xã/Phường", 24, nameLook, "", func(s standing) any { return s.school.Area.Title() }},
		{enrolmentHeader, 10, countLook, "", func(s standing) any { return s.figures.Enrolment }},
		{responsesHeader, 10, countLook, "", func(s standing) any { return s.figures.Responses }},
		{rateHeader, 10, rateLook, rateFormula, func(s standing) any { return rate(s.figures) }},
		{meanHeader, 10, figureLook, "", func(s standing) any { return known(s.figures.All.Mean) }},
		{indexHeader, 10, figureLook, indexFormula, func(s standing) any { return known(s.figures.All.Index) }},
		{shareHeader, 10, figureLook, "", func(s standing) any { return known(s.figures.All.Share) }},
		{"KTC 95% dưới (%)", 10, figureLook, "", func(s standing) any { return low(s.figures.All.Share) }},
		{"KTC 95% trên (%)", 10, figureLook, "", func(s standing) any { return high(s.figures.All.Share) }},
		{"Hài lòng chung (%)", 10, figureLook, "", func(s standing) any { return known(s.figures.Overall.Share) }},
		{"Mức đáp ứng mong đợi (%)", 12, figureLook, "", func(s standing) any { return known(s.figures.Expectation) }},
	}
	for i, g := range p.Questionnaire.Groups {
		columns = append(columns,
			tableColumn[standing]{groupIndex(g), 10, figureLook, "", func(s standing) any { return known(group(s.figures, i).Index) }},
			tableColumn[standing]{groupShare(g), 10, figureLook, "", func(s standing) any { return known(group(s.figures, i).Share) }})
	}
	return append(columns, tableColumn[standing]{"Ghi chú", 40, textLook, "", func(s standing) any { return s.note() }})
}

func groupMean(g survey.Group) string  { return string(g.Code) + " · Điểm" }
func groupIndex(g survey.Group) string { return string(g.Code) + " · Chỉ số (%)" }
func groupShare(g survey.Group) string { return string(g.Code) + " · Tỷ lệ (%)" }

// note says what a reader of the row must know, or nothing.
func (s standing) note() any {
	notes := responseNotes(s.figures.Responses, slices.ContainsFunc(s.strata, overfull))
	if slices.ContainsFunc(s.strata, func(t survey.Stratum) bool { return t.Enrolment <= 0 }) {
		notes = append(notes, "Chưa rõ sĩ số: khoảng tin cậy không hiệu chỉnh theo sĩ số")
	}
	if parts := enrolmentParts(s.strata); parts != "" {
		notes = append(notes, "Sĩ số tính cho từng phiếu: "+parts)
	}
	return joined(notes)
}

func overfull(s survey.Stratum) bool { return s.Enrolment > 0 && s.Tally.Responses > s.Enrolment }

// responseNotes are the notes on how many responses there are.
func responseNotes(responses int, overfull bool) []string {
	var notes []string
	switch {
	case responses == 0:
		notes = append(notes, "Chưa có phiếu")
	case responses < leastResponses:
		notes = append(notes, "Dưới 10 phiếu: không công bố")
	}
	if overfull {
		notes = append(notes, "Số phiếu vượt sĩ số: kiểm tra lại sĩ số")
	}
	return notes
}

// enrolmentParts writes the enrolment form by form when learners of a level
// are counted once for their parents and once for themselves.
func enrolmentParts(strata []survey.Stratum) string {
	var parts []string
	seen, twice := map[survey.Level]bool{}, false
	for _, s := range strata {
		twice = twice || seen[s.Form.Level]
		seen[s.Form.Level] = true
		parts = append(parts, string(s.Form.Code)+" "+survey.Count(s.Enrolment))
	}
	if !twice {
		return ""
	}
	return strings.Join(parts, " + ")
}

func joined(notes []string) any {
	if len(notes) == 0 {
		return nil
	}
	return strings.Join(notes, "; ")
}
