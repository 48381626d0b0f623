package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// headerRow is the row of column names on every sheet: below the title and
// three lines that say of what, when and by which questionnaire.
const headerRow = 5

// tableColumn is one column of a table of Ts.
type tableColumn[T any] struct {
	Header  string
	Width   float64 // in digits
	Look    look
	Formula string // optional; names other columns of the row in brackets
	Value   func(T) any
}

// table is one sheet: a title, the headings of the book, one header row, one
// row for each T. A value is nil (an empty cell), a string, an int, a float64
// or a marked text. Where the column has a formula, the value is stored with
// it as its computed result; an empty cell has none.
type table[T any] struct {
	Sheet     string
	Name      string // of the Excel table; empty: no table, just a page
	Title     string
	Columns   []tableColumn[T]
	Rows      []T
	Frozen    int // columns that stay in sight and are repeated in print
	PagesWide int
}

// markedText is a text whose look is not that of its column.
type markedText struct {
	text string
	look look
}

// tableLayout is what a sheet is like, whatever its rows are made of.
type tableLayout struct {
	sheet, name, title string
	headers            []string
	widths             []float64
	looks              []look
	formulas           []string // «#» stands for the row
	rows               int      // at least one: an Excel table needs a data row
	frozen, pagesWide  int
}

func (t table[T]) layout() (tableLayout, error) {
	l := tableLayout{sheet: t.Sheet, name: t.Name, title: t.Title, rows: max(1, len(t.Rows)), frozen: t.Frozen, pagesWide: t.PagesWide}
	var names []string
	for i, c := range t.Columns {
		letters, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return l, fmt.Errorf("lay out sheet %s: %w", t.Sheet, err)
		}
		l.headers, l.widths, l.looks = append(l.headers, c.Header), append(l.widths, c.Width), append(l.looks, c.Look)
		names = append(names, "["+c.Header+"]", letters+"#")
	}
	cells := strings.NewReplacer(names...)
	for _, c := range t.Columns {
		formula := cells.Replace(c.Formula)
		if strings.Contains(formula, "[") {
			return l, fmt.Errorf("lay out sheet %s: column %s: formula %q names an unknown column", t.Sheet, c.Header, formula)
		}
		l.formulas = append(l.formulas, formula)
	}
	return l, nil
}

// writeTable adds the table as a new sheet of the book.
func writeTable[T any](b *workbook, t table[T]) error {
	l, err := t.layout()
	if err != nil {
		return err
	}
	s, err := b.open(l)
	if err != nil {
		return fmt.Errorf("open sheet %s: %w", t.Sheet, err)
	}
	values := make([]any, len(t.Columns))
	for _, row := range t.Rows {
		for i := range t.Columns {
			values[i] = t.Columns[i].Value(row)
		}
		if err := s.write(values); err != nil {
			return fmt.Errorf("write sheet %s: %w", t.Sheet, err)
		}
		if err := b.told(); err != nil {
			return fmt.Errorf("write sheet %s: %w", t.Sheet, err)
		}
	}
	if err := s.close(); err != nil {
		return fmt.Errorf("close sheet %s: %w", t.Sheet, err)
	}
	return nil
}

// told says that a row has been written, and gives the error that ends the
// work.
func (b *workbook) told() error {
	if b.written == nil {
		return nil
	}
	return b.written()
}

// tableWriter writes the rows of one sheet from the top.
type tableWriter struct {
	*excelize.StreamWriter
	layout tableLayout
	styles [lookCount]int
	row    int // last one written
	cells  []any
}

// write writes the next row, as high as its longest text needs.
func (s *tableWriter) write(values []any) error {
	s.row++
	number, most := strconv.Itoa(s.row), 1
	for i, v := range values {
		cell, lines, err := s.cell(i, v)
		if err != nil {
			return fmt.Errorf("row %d: %w", s.row, err)
		}
		if v != nil {
			cell.Formula = strings.ReplaceAll(s.layout.formulas[i], "#", number)
		}
		s.cells[i], most = cell, max(most, lines)
	}
	return s.SetRow("A"+number, s.cells, excelize.RowOpts{Height: rowHeight(most)})
}

// cell gives a value the look of its column, and says how many lines it needs.
func (s *tableWriter) cell(column int, value any) (cell excelize.Cell, lines int, err error) {
	cell = excelize.Cell{StyleID: s.styles[s.layout.looks[column]], Value: value}
	switch v := value.(type) {
	case string:
		return cell, wrappedLines(v, s.layout.widths[column]-cellPadding), fits(v)
	case markedText:
		cell.StyleID, cell.Value = s.styles[v.look], v.text
	case float64:
		cell.Value = significant(v)
	}
	return cell, 1, nil
}

// close writes an empty row where there are none, and ends the sheet.
func (s *tableWriter) close() error {
	if s.row == headerRow {
		if err := s.write(make([]any, len(s.layout.headers))); err != nil {
			return err
		}
	}
	if s.layout.name != "" {
		plain := false
		if err := s.AddTable(&excelize.Table{Range: s.layout.area(headerRow), Name: s.layout.name, ShowRowStripes: &plain}); err != nil {
			return err
		}
	}
	return s.Flush()
}

// area is the range of the sheet from a row on.
func (l tableLayout) area(from int) string {
	letters, _ := excelize.ColumnNumberToName(len(l.headers))
	return fmt.Sprintf("A%d:%s%d", from, letters, headerRow+l.rows)
}
