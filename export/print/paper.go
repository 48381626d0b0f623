package print

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
)

const (
	pageWidth  = 210.0 // A4, in mm
	pageHeight = 297.0
	family     = "Liberation Sans"
	lineHeight = 1.25 // of a line, in font sizes
	point      = 25.4 / 72
)

// paper is an A4 document being drawn; lengths are in mm, font sizes in points.
type paper struct {
	*fpdf.Fpdf
}

func newPaper(title string, made time.Time) paper {
	p := paper{fpdf.New("P", "mm", "A4", "")}
	p.SetCatalogSort(true)
	p.SetCreationDate(made)
	p.SetModificationDate(made)
	p.SetTitle(title, true)
	p.SetLang("vi")
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	p.SetCellMargin(0)
	p.AddUTF8FontFromBytes(family, "", liberationsansregular.TTF)
	p.AddUTF8FontFromBytes(family, "B", liberationsansbold.TTF)
	return p
}

// box is a part of a page for a text.
type box struct {
	x, width float64
	lines    int     // at most
	least    float64 // font size below which nothing is set
}

// write sets a text centred in a box from y downwards and gives where it ends.
// A text that takes too many lines is set smaller; at the least size it takes
// as many lines as it needs, so nothing is ever cut.
func (p paper) write(y float64, b box, style string, size float64, text string) float64 {
	p.SetFont(family, style, size)
	lines := p.SplitText(text, b.width)
	for len(lines) > b.lines && size > b.least {
		size--
		p.SetFontSize(size)
		lines = p.SplitText(text, b.width)
	}
	step := size * point * lineHeight
	for _, line := range lines {
		p.SetXY(b.x, y)
		p.CellFormat(b.width, step, line, "", 0, "C", false, 0, "")
		y += step
	}
	return y
}

// code draws a QR code with its border into a square.
func (p paper) code(c code, x, y, side float64) {
	module := side / float64(c.size())
	p.SetFillColor(0, 0, 0)
	c.runs(func(cx, cy, length int) {
		p.Rect(x+float64(cx)*module, y+float64(cy)*module, float64(length)*module, module, "F")
	})
}

func (p paper) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("write a PDF: %w", err)
	}
	return b.Bytes(), nil
}
