package word

// Table is a table of fixed column widths; what is longer takes more lines.
type Table struct {
	Widths []float64 // of the columns, mm
	Header []Row     // set again at the top of every page
	Rows   []Row
	Open   bool // without lines, to place things beside each other
}

// Row is one row; it never breaks across pages. It may have fewer cells than
// there are columns.
type Row []Cell

// Cell is one field of a row.
type Cell struct {
	Blocks []Block
	Span   int  // columns that it takes; 0: one
	Shade  bool // light grey, for heads
	Middle bool // in the middle of the row's height
}

// Cells makes a row of texts that stand alike.
func Cells(align Align, style Text, texts ...string) Row {
	row := make(Row, len(texts))
	for i, s := range texts {
		style.Text = s
		row[i] = Cell{Blocks: []Block{Paragraph{Runs: []Text{style}, Align: align}}}
	}
	return row
}

const (
	lines = `<w:tblBorders><w:top w:val="single" w:sz="4" w:color="000000"/><w:left w:val="single" w:sz="4" w:color="000000"/><w:bottom w:val="single" w:sz="4" w:color="000000"/>` +
		`<w:right w:val="single" w:sz="4" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:color="000000"/></w:tblBorders>`
	cellMargins = `<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>`
	noMargins   = `<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>`
)

func (t Table) write(b *body) {
	total := 0.0
	for _, w := range t.Widths {
		total += w
	}
	b.tag(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`, twips(total))
	if t.Open {
		b.tag(`<w:tblLayout w:type="fixed"/>` + noMargins)
	} else {
		b.tag(lines + `<w:tblLayout w:type="fixed"/>` + cellMargins)
	}
	b.tag("</w:tblPr><w:tblGrid>")
	for _, w := range t.Widths {
		b.tag(`<w:gridCol w:w="%d"/>`, twips(w))
	}
	b.tag("</w:tblGrid>")
	for _, r := range t.Header {
		t.row(b, r, true)
	}
	for _, r := range t.Rows {
		t.row(b, r, false)
	}
	b.tag("</w:tbl>")
}

func (t Table) row(b *body, r Row, head bool) {
	b.tag("<w:tr><w:trPr><w:cantSplit/>")
	if head {
		b.tag("<w:tblHeader/>")
	}
	b.tag("</w:trPr>")
	column := 0
	for _, c := range r {
		span := max(c.Span, 1)
		last := min(column+span, len(t.Widths))
		width := 0.0
		for _, w := range t.Widths[min(column, last):last] {
			width += w
		}
		c.write(b, width, span)
		column = last
	}
	b.tag("</w:tr>")
}

func (c Cell) write(b *body, width float64, span int) {
	b.tag(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(width))
	if span > 1 {
		b.tag(`<w:gridSpan w:val="%d"/>`, span)
	}
	if c.Shade {
		b.tag(`<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>`)
	}
	if c.Middle {
		b.tag(`<w:vAlign w:val="center"/>`)
	}
	b.tag("</w:tcPr>")
	closed := false // a cell ends in a paragraph
	for _, block := range c.Blocks {
		block.write(b)
		_, table := block.(Table)
		closed = !table
	}
	if !closed {
		Paragraph{}.write(b)
	}
	b.tag("</w:tc>")
}
