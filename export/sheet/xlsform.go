package sheet

import (
	"slices"
	"strings"

	"hailong/survey"
)

// The sheets of an XLSForm, and the lists of choices in it.
const (
	surveySheet   = "survey"
	choicesSheet  = "choices"
	settingsSheet = "settings"
	scaleList     = "muc_do"         // as written; another name is read too
	groupList     = "hailong_groups" // the common names of the groups, in their order
)

// xlsColumn is a column of an XLSForm, by its header; columns of this program
// begin with hailong:: so that other tools leave them alone.
type xlsColumn string

const (
	xlsType       xlsColumn = "type"
	xlsName       xlsColumn = "name"
	xlsLabel      xlsColumn = "label"
	xlsHint       xlsColumn = "hint"
	xlsAudio      xlsColumn = "media::audio"
	xlsRequired   xlsColumn = "required"
	xlsConstraint xlsColumn = "constraint"
	xlsAppearance xlsColumn = "appearance"
	xlsForm       xlsColumn = "hailong::form"
	xlsLevel      xlsColumn = "hailong::level"
	xlsRespondent xlsColumn = "hailong::respondent"
	xlsAddress    xlsColumn = "hailong::address"
	xlsGroup      xlsColumn = "hailong::group"
	xlsItem       xlsColumn = "hailong::item"
	xlsShort      xlsColumn = "hailong::short"
	xlsList       xlsColumn = "list_name"
	xlsTitle      xlsColumn = "form_title"
	xlsID         xlsColumn = "form_id"
	xlsVersion    xlsColumn = "version"
	xlsLanguage   xlsColumn = "default_language"
)

// labelLanguage is the language in which every label is written; further ones
// have columns of their own.
const labelLanguage = "Tiếng Việt (vi)"

// header is how a column is written, for Vietnamese.
func (c xlsColumn) header() string {
	if slices.Contains(spokenColumns, c) {
		return string(c) + "::" + labelLanguage
	}
	return string(c)
}

// xlsSheet says which columns a sheet has, and which it can do without.
type xlsSheet struct {
	name     string
	columns  []xlsColumn
	optional []xlsColumn
}

func xlsSheets() (questions, choices, settings xlsSheet) {
	questions = xlsSheet{surveySheet, []xlsColumn{xlsType, xlsName, xlsLabel, xlsHint, xlsAudio, xlsRequired, xlsConstraint, xlsAppearance,
		xlsForm, xlsLevel, xlsRespondent, xlsAddress, xlsGroup, xlsItem, xlsShort}, []xlsColumn{xlsHint, xlsAudio, xlsRequired, xlsConstraint, xlsAppearance}}
	choices = xlsSheet{choicesSheet, []xlsColumn{xlsList, xlsName, xlsLabel, xlsAudio}, []xlsColumn{xlsAudio}}
	settings = xlsSheet{settingsSheet, []xlsColumn{xlsTitle, xlsID, xlsVersion, xlsLanguage}, []xlsColumn{xlsID, xlsLanguage}}
	return questions, choices, settings
}

// rowKind is what a row of the sheet survey is.
type rowKind string

const (
	rowForm    rowKind = "begin_group (phiếu)" // a group outside all groups
	rowGroup   rowKind = "begin_group (nhóm câu)"
	rowEnd     rowKind = "end_group"
	rowItem    rowKind = "select_one"
	rowPercent rowKind = "integer"
	rowComment rowKind = "text"
	rowNote    rowKind = "note"
)

// cellsOf are the columns that mean something in a row of each kind, beside
// type and name; whatever stands in others would be lost.
var cellsOf = map[rowKind][]xlsColumn{
	rowForm:    {xlsLabel, xlsAppearance, xlsForm, xlsLevel, xlsRespondent, xlsAddress},
	rowGroup:   {xlsLabel, xlsAppearance, xlsGroup},
	rowEnd:     {},
	rowItem:    {xlsLabel, xlsHint, xlsAudio, xlsAppearance, xlsRequired, xlsItem, xlsShort},
	rowPercent: {xlsLabel, xlsHint, xlsAudio, xlsAppearance, xlsRequired, xlsItem, xlsShort, xlsConstraint},
	rowComment: {xlsLabel, xlsHint, xlsAudio, xlsAppearance, xlsRequired, xlsItem, xlsConstraint},
	rowNote:    {xlsLabel, xlsAppearance},
}

// ignoredAppearances are the hints for other programs that change nothing here.
var ignoredAppearances = []string{"minimal", "likert", "horizontal", "horizontal-compact", "columns", "columns-pack", "columns-1", "columns-2", "columns-3",
	"columns-6", "compact", "quick", "quickcompact", "list-nolabel", "no-buttons", "label", "field-list", "multiline", "numbers", "thousands-sep",
	"table-list", "w1", "w2", "w3", "w4", "w5", "w6"}

// isVietnamese recognises the name of the language in a header or setting.
func isVietnamese(language string) bool {
	switch survey.Fold(language) {
	case "tieng viet vi", "tieng viet", "vietnamese vi", "vietnamese", "vi":
		return true
	}
	return false
}

// columnOf gives the column that a header names, but for the languages.
func columnOf(header string) xlsColumn {
	base, language, translated := strings.Cut(header, "::")
	base = strings.ToLower(strings.TrimSpace(base))
	switch {
	case base == "list name" && !translated:
		return xlsList
	case translated:
		return xlsColumn(base + "::" + strings.ToLower(strings.TrimSpace(language)))
	}
	return xlsColumn(base)
}
