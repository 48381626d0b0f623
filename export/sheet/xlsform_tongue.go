package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hailong/survey"
)

// spokenColumns are the columns that a sheet may have once for each language.
var spokenColumns = []xlsColumn{xlsLabel, xlsHint, xlsAudio}

// in is the column of a further language; Vietnamese has the plain one.
func (c xlsColumn) in(code survey.Language) xlsColumn {
	if code == "" || code == survey.LangVI {
		return c
	}
	return c + "::" + xlsColumn(code)
}

// base is the column in Vietnamese.
func (c xlsColumn) base() xlsColumn {
	for _, base := range spokenColumns {
		if strings.HasPrefix(string(c), string(base)+"::") {
			return base
		}
	}
	return c
}

// tongueName is how headers name a language: «Ê Đê (rad)».
func tongueName(t survey.Tongue) string { return t.Name + " (" + string(t.Code) + ")" }

var tongueHeader = regexp.MustCompile(`^(.+?)\s*\(([^()]*)\)$`)

// parseTongue reads the name of a language in a header or in settings.
func parseTongue(text string) (survey.Tongue, error) {
	text = survey.CleanLine(text)
	if isVietnamese(text) {
		return survey.Vietnamese(), nil
	}
	found := tongueHeader.FindStringSubmatch(text)
	if found == nil {
		return survey.Tongue{}, survey.Refuse(survey.Invalid, "Cột này thiếu mã tiếng. Ghi tên tiếng rồi mã trong ngoặc, ví dụ label::Ê Đê (rad)",
			"The column lacks the language's code; write its name and code, such as label::Ê Đê (rad)")
	}
	code, err := survey.ParseLanguage(found[2])
	return survey.Tongue{Code: code, Name: found[1]}, err
}

// spokenColumn finds which column a header names, and its language in words;
// empty for none.
func spokenColumn(header string) (column xlsColumn, language string) {
	base, language, _ := strings.Cut(header, "::")
	base = strings.ToLower(strings.TrimSpace(base))
	if kind, rest, more := strings.Cut(language, "::"); base == "media" {
		base, language = strings.ToLower(strings.TrimSpace(kind)), ""
		if more {
			language = rest
		}
	}
	if base == "audio" {
		return xlsAudio, language
	}
	return xlsColumn(base), language
}

// takeTongue notes the language of a column that holds something, and gives
// the column's name.
func (r *formReader) takeTongue(t *xlsTable, col int, base xlsColumn, language string) (xlsColumn, bool) {
	tongue, err := parseTongue(language)
	if err != nil {
		if t.holds(col) {
			r.refuseHeader(t, col, err)
		}
		return "", false
	}
	if tongue.Code == survey.LangVI {
		return base, true
	}
	if !t.holds(col) {
		return base.in(tongue.Code), true
	}
	i := slices.IndexFunc(r.tongues, func(known survey.Translation) bool { return known.Code == tongue.Code })
	if i < 0 {
		i = len(r.tongues)
		r.tongues = append(r.tongues, survey.Translation{Tongue: tongue, SpokenOnly: true})
	}
	if known := r.tongues[i].Tongue; known != tongue {
		r.refuseHeader(t, col, survey.Refuse(survey.Invalid, "Mã %s đã dùng cho tiếng «%s». Ghi cùng một tên ở mọi cột", "Code %s is used for %q already; write the same name everywhere", tongue.Code, known.Name))
	}
	if base != xlsAudio {
		r.tongues[i].SpokenOnly = false
	}
	return base.in(tongue.Code), true
}

func (r *formReader) refuseHeader(t *xlsTable, col int, err error) {
	var said *survey.Error
	if asRefusal(err, &said) {
		r.faults = append(r.faults, t.cell(1, col, said))
	}
}

// holds says whether a column has anything under its header.
func (t *xlsTable) holds(col int) bool {
	for row := 2; row <= len(t.grid.rows); row++ {
		if survey.CleanLine(t.grid.at(row, col).text) != "" {
			return true
		}
	}
	return false
}

// translate reads the sheets once more for each further language: the same
// rows, with that language's columns.
func (r *formReader) translate(questions, choices *xlsTable) {
	for _, t := range r.tongues {
		own := &formReader{upload: r.upload, q: &survey.Questionnaire{Version: r.q.Version, Title: r.q.Title}, tongue: t}
		if choices != nil {
			own.needsLabels(choices)
			own.takeChoices(choices)
		}
		if questions != nil {
			own.needsLabels(questions)
			own.takeSurvey(questions)
		}
		t.Questionnaire = own.q
		r.q.Translations = append(r.q.Translations, t)
		r.faults, r.warnings = append(r.faults, own.faults...), append(r.warnings, own.warnings...)
		r.mentions = append(r.mentions, own.mentions...)
	}
}

// needsLabels asks for the whole column where a language has words elsewhere.
func (r *formReader) needsLabels(t *xlsTable) {
	if !r.tongue.SpokenOnly && t.columns[xlsLabel.in(r.tongue.Code)] == 0 {
		r.faults = append(r.faults, faultAt(t.name, 1, survey.Refuse(survey.Invalid, "Thiếu cột label::%s. Thêm cột, hoặc bỏ tiếng này ở các trang khác",
			"The column label::%s is missing; add it, or leave the language out of the other sheets", tongueName(r.tongue.Tongue))))
	}
}

// own is the column in the language that is read; a language without words has
// the Vietnamese ones.
func (r *formReader) own(t *xlsTable, column xlsColumn) xlsColumn {
	own := column.in(r.tongue.Code)
	switch {
	case !slices.Contains(spokenColumns, column), column != xlsAudio && r.tongue.SpokenOnly, column == xlsLabel && t.columns[own] == 0:
		return column
	}
	return own
}

// hint gives the text under a question, if there is one.
func (r *formReader) hint(t *xlsTable, row int) string {
	if t.text(row, r.own(t, xlsHint)) == "" {
		return ""
	}
	return r.label(t, row, xlsHint)
}

// mention is a recording that a cell names.
type mention struct {
	name  string
	table *xlsTable
	row   int
	col   xlsColumn
}

// recording gives the name of the file in which a question or answer is spoken.
func (r *formReader) recording(t *xlsTable, row int) string {
	column := r.own(t, xlsAudio)
	text := t.text(row, column)
	if text == "" {
		return ""
	}
	name, err := survey.ParseRecordingName(text)
	if err != nil {
		r.refuse(t, row, column, err)
		return ""
	}
	r.mentions = append(r.mentions, mention{name, t, row, column})
	return name
}
