package word

import (
	"io"
	"strings"
	"time"
)

// Poster is a school's poster as a document that the school may change: its
// words are text, its QR code a picture.
type Poster struct {
	School   string
	Area     string
	Asked    string // whose opinion is asked: cha mẹ học sinh
	Address  string // what people type, without the scheme
	Code     []byte // the QR code as a PNG picture, its border included
	Facts    []string
	Helpline string // may be empty
	Made     time.Time
}

// posterCode is the side of the QR code in millimetres, border included. It is
// read from a metre away, and two long names still leave the sheet one page.
const posterCode = 122

// Write writes the poster, one A4 page.
func (p Poster) Write(w io.Writer) error {
	d := Document{Title: "Tờ dán – " + p.School, Made: p.Made, Margins: Margins{Top: 15, Right: 15, Bottom: 12, Left: 15}, Unnumbered: true}
	d.Add(
		Line(Text{Text: "MỜI " + strings.ToUpper(p.Asked), Bold: true, Size: headSize(p.Asked)}),
		Line(Text{Text: "CHO Ý KIẾN VỀ", Bold: true, Size: headSize(p.Asked)}),
		Paragraph{Runs: []Text{{Text: p.School, Bold: true, Size: posterSize(p.School)}}, Align: Center, Before: 6},
		Line(Text{Text: p.Area, Size: 16}),
		Picture{PNG: p.Code, Width: posterCode, Words: "Mã QR mở phiếu của " + p.School, Align: Center, Before: 6, After: 2},
		Line(Text{Text: "Mở Zalo, chọn Quét mã QR, hoặc gõ địa chỉ:", Size: 18}),
		Paragraph{Runs: []Text{{Text: p.Address, Bold: true, Size: addressSize(p.Address)}}, Align: Center, After: 8},
	)
	for _, fact := range p.Facts {
		d.Add(Line(Text{Text: fact, Size: 18}))
	}
	if p.Helpline != "" {
		d.Add(Paragraph{Runs: []Text{{Text: "Cần giúp: gọi " + p.Helpline, Size: 16}}, Align: Center, Before: 6})
	}
	return d.Write(w)
}

// headSize sets those who are asked on one line.
func headSize(asked string) float64 {
	if len([]rune(asked)) > 22 {
		return 22
	}
	return 28
}

// posterSize sets long names smaller, so that they take two lines at most.
func posterSize(name string) float64 {
	if len([]rune(name)) > 60 {
		return 18
	}
	return 24
}

// addressSize sets an address as large as fits on one line of 180 mm: of 28
// points a letter is about 5.4 mm wide. Under 14 points it would not be read
// from a distance, so a very long address takes two lines.
func addressSize(address string) float64 {
	return max(14, min(28, 28*33/max(33, float64(len([]rune(address))))))
}
