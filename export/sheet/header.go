package sheet

import (
	"regexp"
	"strings"

	"hailong/survey"
)

const (
	headerSearch = 40 // rows from the top in which a header is looked for
	headerDepth  = 3  // rows that one header may take
	headerLeast  = 3  // fields that make a row look like a school list's header
)

// SchoolColumn is one column of a list and what was understood of it.
type SchoolColumn struct {
	Field  SchoolField // empty when the column was not understood and is not read
	Header string      // as it stands in the sheet
	Letter string
	index  int // from 1
}

// header is the header of a school list: one to three rows.
type header struct {
	first, last int // rows
	columns     []SchoolColumn
}

// findHeader gives the place where the most fields are understood; among
// equals the flattest, then the highest.
func findHeader(g *grid) (header, bool) {
	var best header
	most := headerLeast - 1
	for _, h := range possibleHeaders(g) {
		if n := h.distinct(); n > most && (h.has(FieldCode) || h.has(FieldName)) {
			best, most = h, n
		}
	}
	return best, most >= headerLeast
}

func possibleHeaders(g *grid) []header {
	var out []header
	for depth := 1; depth <= headerDepth; depth++ {
		for row := 1; row+depth-1 <= min(len(g.rows), headerSearch); row++ {
			out = append(out, readHeader(g, row, depth))
		}
	}
	return out
}

func readHeader(g *grid, row, depth int) header {
	h := header{first: row, last: row + depth - 1}
	for col := 1; col <= g.width(h.first, h.last); col++ {
		texts := headerTexts(g, h, col)
		if len(texts) == 0 {
			continue
		}
		field, _ := matchHeader(texts) // not understood: empty
		h.columns = append(h.columns, SchoolColumn{Field: field, Header: texts[len(texts)-1], Letter: letter(col), index: col})
	}
	return h
}

// headerTexts gives the texts over a column. A merged cell speaks for every
// column that it covers.
func headerTexts(g *grid, h header, col int) []string {
	var texts []string
	var before place
	for row := h.first; row <= h.last; row++ {
		at := place{row, col}
		if b, merged := g.cover[at]; merged && b.first.row >= h.first {
			at = b.first
		}
		text := survey.CleanLine(g.at(at.row, at.col).text)
		if text != "" && at != before {
			texts = append(texts, text)
		}
		before = at
	}
	return texts
}

func (h header) has(field SchoolField) bool {
	_, ok := h.column(field)
	return ok
}

func (h header) column(field SchoolField) (SchoolColumn, bool) {
	for _, c := range h.columns {
		if c.Field == field {
			return c, true
		}
	}
	return SchoolColumn{}, false
}

// distinct counts the different fields that belong to a school.
func (h header) distinct() int {
	n := 0
	for _, row := range fields {
		if row.field != FieldNumber && row.field != FieldFaults && h.has(row.field) {
			n++
		}
	}
	return n
}

// missing gives the titles of the fields that a list cannot do without.
func (h header) missing() []string {
	var out []string
	for _, field := range []SchoolField{FieldCode, FieldName, FieldKind} {
		if !h.has(field) {
			out = append(out, field.Title())
		}
	}
	if !h.has(FieldArea) && !h.has(FieldAreaCode) {
		out = append(out, FieldArea.Title())
	}
	for _, level := range survey.Levels() {
		if h.has(SchoolField(level)) {
			return out
		}
	}
	return append(out, "Số học sinh từng cấp")
}

// check refuses a header that lacks something or says something twice.
func (h header) check(sheet string) error {
	if missing := h.missing(); len(missing) > 0 {
		return survey.Refuse(survey.Invalid,
			"Trang «%s» thiếu cột %s. Các cột đã thấy ở dòng %d: %s. Thêm cột còn thiếu hoặc sửa tên cột rồi nạp lại",
			"Sheet %q lacks the column %s. Columns found in row %d: %s. Add or rename the column",
			sheet, quote(missing), h.last, h.found())
	}
	seen := map[SchoolField]SchoolColumn{}
	for _, c := range h.columns {
		if first, twice := seen[c.Field]; twice {
			return survey.Refuse(survey.Invalid,
				"Trang «%s» có hai cột cùng là «%s»: cột %s «%s» và cột %s «%s». Giữ một cột, xóa hoặc đổi tên cột kia rồi nạp lại",
				"Sheet %q has two columns for %q: %s %q and %s %q; keep one, delete or rename the other",
				sheet, c.Field.Title(), first.Letter, first.Header, c.Letter, c.Header)
		}
		if c.Field != "" && c.Field != FieldNumber {
			seen[c.Field] = c
		}
	}
	return nil
}

func (h header) found() string {
	var out []string
	for _, c := range h.columns {
		out = append(out, c.Letter+" «"+shorten(c.Header)+"»")
	}
	return strings.Join(out, ", ")
}

var columnNumber = regexp.MustCompile(`^\(?\s*([A-Za-z]|\d{1,2})\s*\)?(\s*=[\d\s+()]*)?$`)

// skipNumbering gives the row under the header, past a row that numbers the
// columns: (1), (2), (3) or A, B, 1, 2.
func (h header) skipNumbering(g *grid) int {
	next := h.last + 1
	if next > len(g.rows) {
		return next
	}
	numbered := 0
	for _, c := range g.rows[next-1] {
		text := survey.CleanLine(c.text)
		if text != "" && !columnNumber.MatchString(text) {
			return next
		}
		if text != "" {
			numbered++
		}
	}
	if numbered < headerLeast {
		return next
	}
	return next + 1
}

func quote(texts []string) string { return "«" + strings.Join(texts, "», «") + "»" }

// shorten keeps a value readable inside a sentence.
func shorten(s string) string {
	const most = 60
	letters := []rune(survey.CleanLine(s))
	if len(letters) <= most {
		return string(letters)
	}
	return string(letters[:most]) + "…"
}
