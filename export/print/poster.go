package print

import "strings"

// posterCode is the side of the poster's QR code in mm, border included; it is
// read from a metre away.
const posterCode = 135

// Poster is a school's poster as a PDF of one A4 page.
func (h Handout) Poster() ([]byte, error) {
	c, err := h.encoded()
	if err != nil {
		return nil, err
	}
	p := newPaper("Tờ dán – "+h.School, h.Made)
	p.AddPage()
	whole := box{x: 15, width: pageWidth - 30, lines: 2, least: 12}
	y := p.write(18, whole, "B", 30, "MỜI "+strings.ToUpper(h.Asked))
	y = p.write(y, whole, "B", 30, "CHO Ý KIẾN VỀ")
	y = p.write(y+3, whole, "B", 24, h.School)
	y = p.write(y+1, whole, "", 16, h.Area)
	y += 4
	p.code(c, (pageWidth-posterCode)/2, y, posterCode)
	y = p.write(y+posterCode+1, whole, "", 18, "Mở Zalo, chọn Quét mã QR, hoặc gõ địa chỉ:")
	y = p.write(y+1, box{x: 15, width: pageWidth - 30, lines: 1, least: 18}, "B", 28, h.Address)
	y += 4
	for _, fact := range h.Facts {
		y = p.write(y, whole, "", 18, fact)
	}
	if h.Helpline != "" {
		p.write(y+2, whole, "", 16, "Cần giúp: gọi "+h.Helpline)
	}
	return p.bytes()
}
