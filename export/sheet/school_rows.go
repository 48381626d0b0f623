package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hailong/survey"
)

var (
	hasDigit  = regexp.MustCompile(`\d`)
	numerical = regexp.MustCompile(`^[-−–]? ?\d`)
	totals    = []string{"tong", "cong", "tong so", "tong cong", "cong tong"}
	subtotals = []string{"tong cong ", "tong so ", "cong toan ", "cong xa ", "cong phuong "}
)

// shown is what a person sees in a school's cell, on one line; a merged cell
// speaks for all its rows.
func (r *schoolReader) shown(row int, field SchoolField) string {
	return survey.CleanLine(r.cell(row, field).text)
}

// cell gives the cell of a field. Inside a merged range it is the range's first
// cell, in the column where the range begins; nothing else is filled down.
func (r *schoolReader) cell(row int, field SchoolField) gridCell {
	c, ok := r.by[field]
	if !ok {
		return gridCell{}
	}
	if b, merged := r.grid.cover[place{row, c.index}]; merged && b.first.row > r.header.last && b.first.col == c.index {
		row = b.first.row
	}
	return r.grid.at(row, c.index)
}

// filled counts the fields of a row that come from a merged cell above it.
func (r *schoolReader) filled(row int) (n int) {
	for field, c := range r.by {
		b, merged := r.grid.cover[place{row, c.index}]
		if merged && b.first.row > r.header.last && b.first.row < row && b.first.col == c.index && r.shown(row, field) != "" {
			n++
		}
	}
	return n
}

// isBlank says whether the row itself, without what merged cells bring down,
// holds nothing in the columns that are read.
func (r *schoolReader) isBlank(row int) bool {
	for _, c := range r.grid.rows[row-1] {
		if survey.CleanLine(c.text) != "" || c.formula {
			return r.onlyNumbered(row)
		}
	}
	return true
}

// onlyNumbered says whether a row has its running number and nothing else, as
// in a list prepared for filling in.
func (r *schoolReader) onlyNumbered(row int) bool {
	number, ok := r.by[FieldNumber]
	for i, c := range r.grid.rows[row-1] {
		if ok && i+1 == number.index && (c.formula || numerical.MatchString(c.text)) {
			continue
		}
		if survey.CleanLine(c.text) != "" || c.formula {
			return false
		}
	}
	return true
}

// isSchool says whether the row surely is a school: it has a code that can be
// one, or a code or name together with a kind, a commune or a number of
// learners, or, without both, a kind and a number.
func (r *schoolReader) isSchool(row int) bool {
	if r.isBlank(row) {
		return false
	}
	code, name := r.shown(row, FieldCode), r.shown(row, FieldName)
	_, err := survey.ParseSchoolCode(code)
	if err == nil && hasDigit.MatchString(code) {
		return true
	}
	if isTotal(r.firstText(row)) {
		return false
	}
	_, err = survey.ParseSchoolKind(r.shown(row, FieldKind))
	kind, number := err == nil, r.hasNumber(row)
	if code == "" && name == "" {
		return kind && number
	}
	return kind || number || r.hasArea(row) || code != "" && name != "" && hasDigit.MatchString(code)
}

// mayBeSchool says whether the row holds at least two fields of a school.
func (r *schoolReader) mayBeSchool(row int) bool {
	if isTotal(r.firstText(row)) || r.isHeaderAgain(row) {
		return false
	}
	held := 0
	for field, c := range r.by {
		own := r.grid.at(row, c.index)
		if field != FieldNumber && field != FieldFaults && (own.formula || survey.CleanLine(own.text) != "") {
			held++
		}
	}
	return held >= 2
}

func (r *schoolReader) hasNumber(row int) bool {
	for _, level := range survey.Levels() {
		c := r.cell(row, SchoolField(level))
		if c.formula || numerical.MatchString(survey.CleanLine(c.text)) {
			return true
		}
	}
	return false
}

func (r *schoolReader) hasArea(row int) bool {
	name, code := r.shown(row, FieldArea), r.shown(row, FieldAreaCode)
	_, byCode := r.areas.ByCode(survey.AreaCode(code))
	_, err := r.areas.Find(name, "")
	return byCode || err == nil
}

// isHeaderAgain recognises a header that is repeated on each printed page.
func (r *schoolReader) isHeaderAgain(row int) bool {
	for _, field := range []SchoolField{FieldCode, FieldName} {
		text := r.shown(row, field)
		if text == "" {
			return false
		}
		if again, _ := matchHeader([]string{text}); again != field {
			return false
		}
	}
	return true
}

func (r *schoolReader) firstText(row int) string {
	for _, c := range r.grid.rows[row-1] {
		if text := survey.CleanLine(c.text); text != "" {
			return text
		}
	}
	return ""
}

func isTotal(text string) bool {
	folded := survey.Fold(text)
	return slices.Contains(totals, folded) || slices.ContainsFunc(subtotals, func(s string) bool { return strings.HasPrefix(folded, s) })
}
