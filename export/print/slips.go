package print

import "strings"

// Slips on a page: two columns of four, with lines to cut along.
const (
	slipColumns = 2
	slipRows    = 4
	slipWidth   = pageWidth / slipColumns
	slipHeight  = pageHeight / slipRows
	slipCode    = 40 // side of a slip's QR code in mm, border included
	slipMargin  = 6
)

// Slips is a page of eight equal slips to cut out and hand to a class, as a
// PDF.
func (h Handout) Slips() ([]byte, error) {
	c, err := h.encoded()
	if err != nil {
		return nil, err
	}
	p := newPaper("Phiếu nhỏ – "+h.School, h.Made)
	p.AddPage()
	p.cuts()
	for row := range slipRows {
		for column := range slipColumns {
			p.slip(h, c, float64(column)*slipWidth, float64(row)*slipHeight)
		}
	}
	return p.bytes()
}

func (p paper) cuts() {
	p.SetDrawColor(120, 120, 120)
	p.SetLineWidth(0.2)
	p.SetDashPattern([]float64{2, 2}, 0)
	for column := 1; column < slipColumns; column++ {
		p.Line(float64(column)*slipWidth, 0, float64(column)*slipWidth, pageHeight)
	}
	for row := 1; row < slipRows; row++ {
		p.Line(0, float64(row)*slipHeight, pageWidth, float64(row)*slipHeight)
	}
}

// slip draws one slip: the code on the left, the words on the right, the
// address below both.
func (p paper) slip(h Handout, c code, x, y float64) {
	p.code(c, x+slipMargin-2, y+slipMargin, slipCode)
	right := box{x: x + slipMargin + slipCode, width: slipWidth - 2*slipMargin - slipCode, lines: 4, least: 7}
	at := p.write(y+slipMargin+2, right, "", 11, "Mời "+h.Asked)
	at = p.write(at, right, "", 11, "cho ý kiến về")
	at = p.write(at+0.5, right, "B", 11, h.School)
	p.write(at+1, right, "", 9, h.Area)
	below := box{x: x + slipMargin, width: slipWidth - 2*slipMargin, lines: 1, least: 7}
	at = p.write(y+slipMargin+slipCode, below, "B", 12, h.Address)
	at = p.write(at+0.5, below, "", 9, "Quét bằng Zalo hoặc gõ địa chỉ trên")
	p.write(at+0.5, below, "", 9, strings.Join(h.Facts, " · "))
}
