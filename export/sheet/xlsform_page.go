package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// xlsWidths are the widths of the columns, in digits.
var xlsWidths = map[xlsColumn]float64{
	xlsType: 19, xlsName: 20, xlsLabel: 62, xlsHint: 40, xlsAudio: 26, xlsRequired: 10, xlsConstraint: 24, xlsAppearance: 13, xlsForm: 16, xlsLevel: 16, xlsRespondent: 22,
	xlsAddress: 16, xlsGroup: 16, xlsItem: 16, xlsShort: 26, xlsList: 18, xlsTitle: 62, xlsID: 14, xlsVersion: 26, xlsLanguage: 20,
}

// xlsPage is a sheet of an XLSForm while it is written: header in row 1, every
// cell a text.
type xlsPage struct {
	file    *excelize.File
	sheet   string
	columns []xlsColumn
	headers xlsRow
	looks   [lookCount]int
}

func (p *xlsPage) write(rows []xlsRow) error {
	if _, err := p.file.NewSheet(p.sheet); err != nil {
		return err
	}
	for i, c := range p.columns {
		if err := p.file.SetColWidth(p.sheet, letter(i+1), letter(i+1), xlsWidths[c.base()]); err != nil {
			return err
		}
	}
	if err := p.row(1, p.headers, headerLook); err != nil {
		return err
	}
	for i, row := range rows {
		look := codeLook
		if strings.HasPrefix(row[xlsType], "begin") || strings.HasPrefix(row[xlsType], "end") {
			look = sectionLook
		}
		if err := p.row(i+2, row, look); err != nil {
			return err
		}
	}
	// Readers that stream, as pyxform's does, go no further than this says.
	if err := p.file.SetSheetDimension(p.sheet, "A1:"+letter(len(p.columns))+fmt.Sprint(len(rows)+1)); err != nil {
		return err
	}
	return p.layout()
}

func (p *xlsPage) row(number int, row xlsRow, look look) error {
	lines := 1
	for i, c := range p.columns {
		cell := letter(i+1) + fmt.Sprint(number)
		if err := p.file.SetCellStyle(p.sheet, cell, cell, p.looks[look]); err != nil {
			return err
		}
		if row[c] == "" {
			continue
		}
		if err := fits(row[c]); err != nil {
			return err
		}
		if err := p.file.SetCellStr(p.sheet, cell, literal(row[c])); err != nil {
			return err
		}
		lines = max(lines, wrappedLines(row[c], xlsWidths[c.base()]-cellPadding))
	}
	return p.file.SetRowHeight(p.sheet, number, min(maxRowHeight, rowHeight(lines)+3))
}

// escaped is how the file format writes a character by its number.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// literal keeps a text that looks like such a character from being read as one.
func literal(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(s string) string { return "_x005F" + s })
}

// layout keeps the header in sight and puts the sheet on landscape pages.
func (p *xlsPage) layout() error {
	err := p.file.SetPanes(p.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	yes, a4, landscape, one, any := true, 9, "landscape", 1, 0
	if err := p.file.SetSheetProps(p.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	return p.file.SetPageLayout(p.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any})
}
