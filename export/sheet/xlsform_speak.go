package sheet

import (
	"slices"

	"hailong/survey"
)

// surveyRows are the rows of the sheet survey with the columns of every language.
func surveyRows(q *survey.Questionnaire) []xlsRow {
	rows := func(in *survey.Questionnaire) []xlsRow {
		return (&formWriter{used: map[string]bool{}, all: q}).survey(in)
	}
	return spokenRows(q, rows)
}

// allChoiceRows are those of the sheet choices.
func allChoiceRows(q *survey.Questionnaire) []xlsRow { return spokenRows(q, choiceRows) }

// spokenRows writes the same rows in each language and puts their columns side
// by side.
func spokenRows(q *survey.Questionnaire, write func(*survey.Questionnaire) []xlsRow) []xlsRow {
	rows := write(q)
	for _, t := range q.Translations {
		for i, own := range write(t.Questionnaire) {
			for _, c := range spokenColumns {
				if own[c] != "" && !(t.SpokenOnly && c != xlsAudio) {
					rows[i][c.in(t.Code)] = own[c]
				}
			}
		}
	}
	return rows
}

// spoken gives the columns with those of each language behind the Vietnamese
// one, and their headers. Hints and recordings have columns where there are any.
func (s xlsSheet) spoken(q *survey.Questionnaire, rows []xlsRow) (columns []xlsColumn, headers xlsRow) {
	headers = xlsRow{}
	used := func(c xlsColumn) bool {
		return slices.ContainsFunc(rows, func(r xlsRow) bool { return r[c] != "" })
	}
	for _, c := range s.columns {
		if c != xlsHint && c != xlsAudio || used(c) {
			columns, headers[c] = append(columns, c), c.header()
		}
		for _, t := range q.Translations {
			if own := c.in(t.Code); slices.Contains(spokenColumns, c) && used(own) {
				columns, headers[own] = append(columns, own), string(c)+"::"+tongueName(t.Tongue)
			}
		}
	}
	return columns, headers
}
