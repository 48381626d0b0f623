package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// errOrder is a worksheet whose rows or cells go backwards; no office program
// writes such a file.
var errOrder = errors.New("rows or cells out of order")

// scanner reads a worksheet's bare structure: what the Excel library's
// streaming reader does not tell (types, formulas, merged and hidden parts),
// and the limits before that library sees the sheet.
type scanner struct {
	sheet  string
	grid   *grid
	row    int
	col    int
	cell   gridCell
	extent int
	inside bool // in the part of the sheet that holds its cells
}

// scanSheet gives the sheet's cells without their texts.
func scanSheet(s uploadSheet) (*grid, error) {
	scan := &scanner{sheet: s.name, grid: newGrid()}
	decoder := xml.NewDecoder(bytes.NewReader(s.content))
	for {
		token, err := decoder.Token() // strict: a part that is not well formed is refused
		switch {
		case errors.Is(err, io.EOF):
			return scan.grid, scan.grid.spread()
		case err != nil:
			return nil, errBroken(err)
		}
		if err := scan.take(token); err != nil {
			return nil, err
		}
	}
}

func (s *scanner) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return s.start(t)
	case xml.EndElement:
		return s.end(t.Name.Local)
	}
	return nil
}

func (s *scanner) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "sheetData":
		s.inside = true
	case "mergeCell":
		return s.grid.merge(attribute(t, "ref"))
	case "col":
		s.hideColumns(t)
	}
	if s.inside {
		return s.startInside(t)
	}
	return nil
}

// startInside is apart because drawings and rules elsewhere in a sheet use the
// same names for other things.
func (s *scanner) startInside(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		return s.startRow(t)
	case "c":
		return s.startCell(t)
	case "f":
		s.cell.formula = true
	case "v", "is":
		s.cell.valued = true
	}
	return nil
}

func (s *scanner) startRow(t xml.StartElement) error {
	row, err := strconv.Atoi(attribute(t, "r"))
	if err != nil || row == 0 {
		row = s.row + 1
	}
	if row <= s.row {
		return errBroken(errOrder)
	}
	s.row, s.col = row, 0
	if isTrue(attribute(t, "hidden")) {
		s.grid.hiddenRows[row] = true
	}
	return nil
}

// startCell begins a cell; one that does not say where it is follows the last.
func (s *scanner) startCell(t xml.StartElement) error {
	if s.row == 0 {
		return errBroken(errOrder)
	}
	col := s.col + 1
	if ref := attribute(t, "r"); ref != "" {
		given, _, err := excelize.CellNameToCoordinates(ref)
		if err != nil || given < col {
			return errBroken(errOrder)
		}
		col = given
	}
	s.extent += col - s.col
	s.col = col
	style, _ := strconv.Atoi(attribute(t, "s")) // absent: 0, the default style
	s.cell = gridCell{kind: attribute(t, "t"), style: style}
	if s.extent > maxExtent {
		return errTooMuch()
	}
	return nil
}

func (s *scanner) end(name string) error {
	switch {
	case name == "sheetData":
		s.inside = false
	case name == "c" && s.inside && (s.cell.valued || s.cell.formula):
		if err := s.refuseFar(); err != nil {
			return err
		}
		s.grid.put(s.row, s.col, s.cell)
	}
	return nil
}

func (s *scanner) refuseFar() error {
	if s.row > maxRows {
		return survey.Refuse(survey.Invalid, "Trang «%[1]s» có nội dung ở dòng %[2]s, xa hơn giới hạn %[3]s dòng. Xóa phần thừa rồi nạp lại",
			"Sheet %[1]q has content in row %[4]d, beyond the limit of %[5]d rows; delete what is not needed",
			s.sheet, survey.Count(s.row), survey.Count(maxRows), s.row, maxRows)
	}
	if s.col > maxColumns {
		return survey.Refuse(survey.Invalid, "Trang «%s» có nội dung ở cột %s, xa hơn giới hạn %d cột. Xóa phần thừa rồi nạp lại",
			"Sheet %q has content in column %s, beyond the limit of %d columns; delete what is not needed",
			s.sheet, letter(s.col), maxColumns)
	}
	return nil
}

func (s *scanner) hideColumns(t xml.StartElement) {
	first, _ := strconv.Atoi(attribute(t, "min")) // a number that is none hides nothing
	last, _ := strconv.Atoi(attribute(t, "max"))
	if !isTrue(attribute(t, "hidden")) {
		return
	}
	for col := max(first, 1); col <= min(last, maxColumns); col++ {
		s.grid.hiddenCols[col] = true
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || strings.EqualFold(s, "true") }

// letter gives a column's letters: 1 is A.
func letter(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return "?"
	}
	return name
}
