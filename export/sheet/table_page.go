package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// workbook is an Excel file in the making. Its sheets come one after another,
// in the order in which they are opened.
type workbook struct {
	file     *excelize.File
	styles   [lookCount]int
	headings []string // under the title of every sheet
	margin   string   // printed at the top of every page
	sheets   int
	written  func() error // called after each row, ends the work with its error; nil: nobody asks
}

// newWorkbook starts an empty workbook with the properties that its file
// shows; it names no machine and no person.
func newWorkbook(title string, made time.Time) (*workbook, error) {
	f := excelize.NewFile()
	b := &workbook{file: f}
	var err error
	if b.styles, err = addStyles(f); err != nil {
		return nil, fmt.Errorf("make the styles: %w", err)
	}
	day := made.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: title, Creator: "hailong", LastModifiedBy: "hailong", Created: day, Modified: day, Language: "vi-VN"}); err != nil {
		return nil, fmt.Errorf("set the properties: %w", err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "hailong"}); err != nil {
		return nil, fmt.Errorf("set the application: %w", err)
	}
	return b, nil
}

// open starts a sheet: page setup, widths, panes, title, headings and header.
func (b *workbook) open(l tableLayout) (*tableWriter, error) {
	if err := b.addSheet(l); err != nil {
		return nil, err
	}
	sw, err := b.file.NewStreamWriter(l.sheet)
	if err != nil {
		return nil, err
	}
	s := &tableWriter{StreamWriter: sw, layout: l, styles: b.styles, cells: make([]any, len(l.headers))}
	for i, width := range l.widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	if err := s.SetPanes(l.panes()); err != nil {
		return nil, err
	}
	if err := s.writeTop(b.headings); err != nil {
		return nil, err
	}
	return s, b.printing(l)
}

// addSheet does what must be done before the first row is written.
func (b *workbook) addSheet(l tableLayout) error {
	b.sheets++
	if b.sheets == 1 {
		if err := b.file.SetSheetName(b.file.GetSheetName(0), l.sheet); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(l.sheet); err != nil {
		return err
	}
	fit, height := true, lineHeight
	if err := b.file.SetSheetProps(l.sheet, &excelize.SheetPropsOptions{FitToPage: &fit, DefaultRowHeight: &height}); err != nil {
		return err
	}
	return b.file.SetSheetDimension(l.sheet, l.area(1))
}

func (l tableLayout) panes() *excelize.Panes {
	corner, _ := excelize.CoordinatesToCellName(l.frozen+1, headerRow+1)
	return &excelize.Panes{Freeze: true, XSplit: l.frozen, YSplit: headerRow, TopLeftCell: corner, ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: "bottomRight"}}}
}

// writeTop writes the title, the headings and the row of column names.
func (s *tableWriter) writeTop(headings []string) error {
	title := excelize.Cell{StyleID: s.styles[titleLook], Value: s.layout.title}
	if err := s.SetRow("A1", []any{title}, excelize.RowOpts{Height: lineHeight * titleSize / fontSize}); err != nil {
		return err
	}
	columns, width := s.layout.headingSpan()
	for i, line := range headings {
		cell, last := fmt.Sprintf("A%d", i+2), fmt.Sprintf("%s%d", columns, i+2)
		height := rowHeight(wrappedLines(line, width-cellPadding))
		if err := s.SetRow(cell, []any{excelize.Cell{StyleID: s.styles[headingLook], Value: line}}, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
		if err := s.MergeCell(cell, last); err != nil {
			return err
		}
	}
	s.row = headerRow
	for i, name := range s.layout.headers {
		s.cells[i] = excelize.Cell{StyleID: s.styles[headerLook], Value: name}
	}
	return s.SetRow(fmt.Sprintf("A%d", headerRow), s.cells, excelize.RowOpts{Height: s.layout.headerHeight()})
}

// headingWidth is how far a heading goes at least, where the sheet is as wide:
// long enough for a sentence, and still on the first printed page.
const headingWidth = 105

// headingSpan gives the last column over which headings go, and their width.
// Where columns are repeated on every page, headings stay within them: what
// reaches beyond would be cut off on all pages but the first.
func (l tableLayout) headingSpan() (column string, width float64) {
	n := 0
	for n < len(l.widths) && (l.pagesWide > 1 && n < l.frozen || l.pagesWide == 1 && width < headingWidth) {
		width += l.widths[n]
		n++
	}
	column, _ = excelize.ColumnNumberToName(n)
	return column, width
}

// headerHeight has room for every name on as many lines as its column's width
// makes of it, and for the filter's button below.
func (l tableLayout) headerHeight() float64 {
	lines := 1
	for i, name := range l.headers {
		lines = max(lines, wrappedLines(name, l.widths[i]-1))
	}
	return rowHeight(lines + 1)
}

const (
	millimetre   = 1 / 25.4 // in inches
	paperA4      = 9
	sideMargin   = 12 * millimetre
	footerMargin = 5 * millimetre
)

// printing sets A4 landscape, the margins, what is repeated on every page, and
// which warnings of Excel do not apply.
func (b *workbook) printing(l tableLayout) error {
	paper, across, wide, down, order := paperA4, "landscape", l.pagesWide, 0, "overThenDown"
	if err := b.file.SetPageLayout(l.sheet, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToWidth: &wide, FitToHeight: &down, PageOrder: &order}); err != nil {
		return err
	}
	side, edge := sideMargin, footerMargin
	if err := b.file.SetPageMargins(l.sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &side, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	small := `&"` + fontName + `,Regular"&10 `
	literal := strings.NewReplacer("&", "&&")
	if err := b.file.SetHeaderFooter(l.sheet, &excelize.HeaderFooterOptions{
		OddHeader: "&R" + small + literal.Replace(b.margin),
		OddFooter: "&L" + small + literal.Replace(l.title) + "&R" + small + "Trang &P/&N",
	}); err != nil {
		return err
	}
	return b.names(l)
}

// names defines what is printed and what is repeated on every page.
func (b *workbook) names(l tableLayout) error {
	last, err := excelize.ColumnNumberToName(max(1, l.frozen))
	if err != nil {
		return err
	}
	rows := fmt.Sprintf("'%s'!$%d:$%d", l.sheet, headerRow, headerRow)
	if l.pagesWide > 1 {
		rows = fmt.Sprintf("'%s'!$A:$%s,%s", l.sheet, last, rows)
	}
	if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: rows, Scope: l.sheet}); err != nil {
		return err
	}
	end, _ := excelize.ColumnNumberToName(len(l.headers))
	area := fmt.Sprintf("'%s'!$A$1:$%s$%d", l.sheet, end, headerRow+l.rows)
	if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: area, Scope: l.sheet}); err != nil {
		return err
	}
	return b.quiet(l)
}

// quiet keeps Excel from marking codes of digits, which are meant as text, and
// sums that leave the next column out on purpose.
func (b *workbook) quiet(l tableLayout) error {
	for i := range l.headers {
		letters, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		cells := fmt.Sprintf("%s%d:%s%d", letters, headerRow+1, letters, headerRow+l.rows)
		switch {
		case l.looks[i] == codeLook:
			err = b.file.AddIgnoredErrors(l.sheet, cells, excelize.IgnoredErrorsNumberStoredAsText)
		case strings.Contains(l.formulas[i], ":"):
			err = b.file.AddIgnoredErrors(l.sheet, cells, excelize.IgnoredErrorsFormulaRange)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// finish writes the file. The library would hold all of it in memory first, so
// its zip goes to w directly and what it gives back afterwards is empty.
func (b *workbook) finish(w io.Writer) error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return fastZip(w) })
	if err := b.file.Write(io.Discard); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

// fastZip compresses at the fastest level: most of the time of a large
// workbook goes into compression.
func fastZip(w io.Writer) *zip.Writer {
	zw := zip.NewWriter(w)
	zw.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	return zw
}

// close removes what the making of the workbook left on the disk.
func (b *workbook) close() error {
	if err := b.file.Close(); err != nil {
		return fmt.Errorf("close the workbook: %w", err)
	}
	return nil
}
