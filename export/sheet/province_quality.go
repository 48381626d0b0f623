package sheet

import "hailong/survey"

const (
	helpedHeader  = "Có người giúp"
	blankHeader   = "Lượt bỏ trống"
	unknownHeader = "Lượt không áp dụng"
	asksHeader    = "Lượt hỏi"
)

// writeQuality says how the data of each school and form came about: how many
// forms were answered with help, how many questions were left out or answered
// «không rõ / không áp dụng». It excludes nothing.
func (p *province) writeQuality(b *workbook) error {
	columns := []tableColumn[survey.Stratum]{
		{"Mã trường", 13, codeLook, "", func(s survey.Stratum) any { return string(s.School.Code) }},
		{"Tên trường", 47, nameLook, "", func(s survey.Stratum) any { return s.School.Name }},
		{"Phiếu", 13, nameLook, "", func(s survey.Stratum) any { return string(s.Form.Code) }},
		{responsesHeader, 10, countLook, "", func(s survey.Stratum) any { return s.Tally.Responses }},
		{helpedHeader, 10, countLook, "", func(s survey.Stratum) any { return s.Tally.Helped }},
		{"Có người giúp (%)", 10, rateLook, partOf(helpedHeader, responsesHeader), func(s survey.Stratum) any { return percentOf(s.Tally.Helped, s.Tally.Responses) }},
		{asksHeader, 10, countLook, "", func(s survey.Stratum) any { return asks(s) }},
		{blankHeader, 10, countLook, "", func(s survey.Stratum) any { return marked(s, survey.Blank) }},
		{"Bỏ trống (%)", 10, rateLook, partOf(blankHeader, asksHeader), func(s survey.Stratum) any { return percentOf(marked(s, survey.Blank), asks(s)) }},
		{unknownHeader, 10, countLook, "", func(s survey.Stratum) any { return marked(s, survey.Unknown) }},
		{"Không áp dụng (%)", 10, rateLook, partOf(unknownHeader, asksHeader), func(s survey.Stratum) any { return percentOf(marked(s, survey.Unknown), asks(s)) }},
	}
	return writeTable(b, table[survey.Stratum]{Sheet: "Chất lượng dữ liệu", Name: "ChatLuong", Title: "Chất lượng dữ liệu theo trường và phiếu",
		Columns: columns, Rows: p.Strata, Frozen: 2, PagesWide: 1})
}

func partOf(part, whole string) string { return "[" + part + "]/[" + whole + "]*100" }

// percentOf gives part of whole in percent, or nothing when there is no whole.
func percentOf(part, whole int) any {
	if whole == 0 {
		return nil
	}
	return float64(part) / float64(whole) * 100
}

// asks is how often a question with the five levels was asked.
func asks(s survey.Stratum) int { return s.Tally.Responses * len(s.Tally.Items) }

// marked is how often one of the marks was given that are no level.
func marked(s survey.Stratum, mark survey.Mark) int {
	n := 0
	for _, counts := range s.Tally.Items {
		n += counts[mark]
	}
	return n
}
