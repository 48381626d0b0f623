package sheet

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	faultHeader = "Lỗi"
	faultFill   = "FFF2CC" // light yellow, also told apart in grey
	faultWidth  = 120      // of the column, in letters
	maxFaultRow = 2000     // letters of the sentences in one row
)

// WriteFaults writes a copy of the workbook in which people correct the list:
// a column «Lỗi» right of it holds the sentences of each row, and the cells
// meant have a light fill. Nothing else changes; texts that look like formulas
// stay texts. A column «Lỗi» that is there already is used again. The workbook
// must be one that ReadSchools has read; other ones are refused as there.
func WriteFaults(w io.Writer, original []byte, faults []Fault) error {
	u, err := openUpload(original)
	if err != nil {
		return err
	}
	defer u.file.Close() // everything is in memory, nothing can be lost
	found, err := u.findSchools()
	if err != nil {
		return err
	}
	return guarded(func() error {
		m := &marker{file: u.file, sheet: found, styles: map[int]int{}}
		if err := m.mark(faults); err != nil {
			return fmt.Errorf("marking faults: %w", err)
		}
		return u.file.Write(w)
	})
}

// marker writes faults into a workbook.
type marker struct {
	file   *excelize.File
	sheet  schoolSheet
	column int
	styles map[int]int // by the style of a cell: the same with the fill
	fill   *int
}

func (m *marker) mark(faults []Fault) error {
	if err := m.openColumn(); err != nil {
		return err
	}
	if err := m.makeFill(); err != nil {
		return err
	}
	// One line and no wrapping: a wrapped text would need higher rows, and the
	// rows are the office's.
	plain, err := m.file.NewStyle(&excelize.Style{})
	if err != nil {
		return err
	}
	byRow := map[int][]string{}
	for _, f := range faults {
		if f.Sheet != m.sheet.name || f.Row < 1 {
			continue
		}
		byRow[f.Row] = append(byRow[f.Row], f.line())
		if err := m.markCell(f); err != nil {
			return err
		}
	}
	for row, lines := range byRow {
		if err := m.write(row, strings.Join(lines, " • "), plain); err != nil {
			return err
		}
	}
	return nil
}

// line is the fault as it stands in its row. It never begins with a sign that
// a spreadsheet could take for a formula's.
func (f Fault) line() string {
	if f.Column == "" {
		return "Cả dòng: " + f.Message
	}
	if f.Header == "" {
		return "Cột " + f.Column + ": " + f.Message
	}
	return "Cột " + f.Column + " (" + f.Header + "): " + f.Message
}

func (m *marker) write(row int, text string, style int) error {
	if letters := []rune(text); len(letters) > maxFaultRow {
		text = string(letters[:maxFaultRow]) + "…"
	}
	cell := letter(m.column) + fmt.Sprint(row)
	if err := m.file.SetCellStr(m.sheet.name, cell, text); err != nil {
		return err
	}
	return m.file.SetCellStyle(m.sheet.name, cell, cell, style)
}

// openColumn finds the column for the sentences, empties it if it is an older
// one, and writes its header in the style of its neighbour.
func (m *marker) openColumn() error {
	h := m.sheet.header
	old, again := h.column(FieldFaults)
	m.column = old.index
	if !again {
		m.column = m.firstFree()
	}
	for row := h.last + 1; again && row <= len(m.sheet.grid.rows); row++ {
		if m.sheet.grid.at(row, m.column).text == "" {
			continue
		}
		if err := m.file.SetCellStr(m.sheet.name, letter(m.column)+fmt.Sprint(row), ""); err != nil {
			return err
		}
	}
	if again {
		return nil
	}
	beside := h.columns[len(h.columns)-1]
	style, err := m.file.GetCellStyle(m.sheet.name, beside.Letter+fmt.Sprint(h.first))
	if err != nil {
		return err
	}
	if err := m.file.SetColWidth(m.sheet.name, letter(m.column), letter(m.column), faultWidth); err != nil {
		return err
	}
	return m.write(h.first, faultHeader, style)
}

// firstFree is the first column right of the list in which nothing stands from
// the header down and no merged cell reaches in.
func (m *marker) firstFree() int {
	h, g := m.sheet.header, m.sheet.grid
	column := h.columns[len(h.columns)-1].index + 1
	for ; !m.isFree(column); column++ {
		if column > g.width(h.first, len(g.rows)) {
			break
		}
	}
	return column
}

func (m *marker) isFree(column int) bool {
	h, g := m.sheet.header, m.sheet.grid
	for row := h.first; row <= len(g.rows); row++ {
		c := g.at(row, column)
		if c.valued || c.formula {
			return false
		}
	}
	return !slices.ContainsFunc(g.merges, func(b block) bool {
		return b.first.col <= column && column <= b.last.col && b.last.row >= h.first
	})
}

// makeFill adds the light fill to the workbook's styles.
func (m *marker) makeFill() error {
	id, err := m.file.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{faultFill}}})
	if err != nil {
		return err
	}
	m.fill = m.file.Styles.CellXfs.Xf[id].FillID
	return nil
}

// markCell gives a cell the fill and leaves the rest of its style: the format
// record is copied whole, because reading a style and writing it back through
// the library loses what the library does not know.
func (m *marker) markCell(f Fault) error {
	if f.Column == "" {
		return nil
	}
	cell := f.Column + fmt.Sprint(f.Row)
	style, err := m.file.GetCellStyle(m.sheet.name, cell)
	if err != nil {
		return err
	}
	if _, made := m.styles[style]; !made {
		m.styles[style] = m.filled(style)
	}
	return m.file.SetCellStyle(m.sheet.name, cell, cell, m.styles[style])
}

func (m *marker) filled(style int) int {
	formats := m.file.Styles.CellXfs
	if style < 0 || style >= len(formats.Xf) {
		style = 0
	}
	format, yes := formats.Xf[style], true
	format.FillID, format.ApplyFill = m.fill, &yes
	formats.Xf = append(formats.Xf, format)
	formats.Count = len(formats.Xf)
	return formats.Count - 1
}
