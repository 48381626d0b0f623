package word

import (
	"fmt"
	"strings"
)

// Head is the head of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục
// I): who issues it on the left, the national title on the right, number,
// place and date below. What the registry and the signer fill in stays blank.
type Head struct {
	Superior string // cơ quan chủ quản: UBND tỉnh Đắk Lắk; may be empty
	Agency   string // cơ quan ban hành: Sở Giáo dục và Đào tạo
	Sign     string // ký hiệu after the blank number: SGDĐT-VP
	Place    string // Đắk Lắk
	Year     int    // day and month stay blank
	Kind     string // KẾ HOẠCH, BÁO CÁO; empty: a letter (công văn)
	About    string // trích yếu
	Draft    bool   // marked «DỰ THẢO»
}

const (
	leftColumn  = 66.0 // mm
	rightColumn = 94.0
	// mottoWidth is «Độc lập - Tự do - Hạnh phúc» in bold Times New Roman of
	// 13 points, measured with its metric twin Liberation Serif, and a little.
	mottoWidth = 57.5
)

// Blocks gives the head, ready to be added to a document.
func (h Head) Blocks() []Block {
	blocks := []Block{Table{Open: true, Widths: []float64{leftColumn, rightColumn}, Rows: []Row{{{Blocks: h.agency()}, {Blocks: h.nation()}}, {{Blocks: h.number()}, {Blocks: h.day()}}}}}
	if h.Kind == "" {
		return append(blocks, Paragraph{})
	}
	return append(blocks,
		Paragraph{Runs: []Text{{Text: strings.ToUpper(h.Kind), Bold: true, Size: 14}}, Align: Center, Before: 18, Keep: true},
		Paragraph{Runs: []Text{{Text: h.About, Bold: true, Size: 14}}, Align: Center, Keep: true},
		rule(60, 12))
}

// rule is a short line below what stands in the middle.
func rule(inset, after float64) Paragraph {
	return Paragraph{height: 3, Inset: inset, After: after, Rule: true}
}

func (h Head) agency() []Block {
	var blocks []Block
	if h.Superior != "" {
		blocks = append(blocks, Line(Text{Text: strings.ToUpper(h.Superior), Size: 12}))
	}
	return append(blocks, Line(Text{Text: strings.ToUpper(h.Agency), Bold: true, Size: 12}), rule(leftColumn*0.32, 4))
}

func (h Head) nation() []Block {
	motto := Line(Text{Text: "Độc lập - Tự do - Hạnh phúc", Bold: true, Size: 13})
	motto.Rule, motto.Inset = true, (rightColumn-mottoWidth)/2
	return []Block{Line(Text{Text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Bold: true, Size: 12}), motto}
}

func (h Head) number() []Block {
	blocks := []Block{Line(Text{Text: "Số:          /" + h.Sign})}
	if h.Kind == "" && h.About != "" {
		about := Line(Text{Text: "V/v " + h.About, Size: 12})
		about.Before = 6
		blocks = append(blocks, about)
	}
	if h.Draft {
		draft := Line(Text{Text: "DỰ THẢO", Bold: true})
		draft.Before = 6
		blocks = append(blocks, draft)
	}
	return blocks
}

func (h Head) day() []Block {
	return []Block{Line(Text{Text: fmt.Sprintf("%s, ngày       tháng       năm %d", h.Place, h.Year), Italic: true})}
}

// Foot is what an official document ends with: who gets it, and who signs.
type Foot struct {
	Recipients []string // each a line of «Nơi nhận», without dash and sign at its end; the last is «Lưu: VT, VP»
	Post       string   // chức vụ: GIÁM ĐỐC
	Name       string   // of the signer; empty: left blank
}

// Block gives the foot, ready to be added to a document.
func (f Foot) Block() Block {
	left := []Block{Paragraph{Runs: []Text{{Text: "Nơi nhận:", Bold: true, Italic: true, Size: 12}}}}
	for i, r := range f.Recipients {
		end := ";"
		if i == len(f.Recipients)-1 {
			end = "."
		}
		left = append(left, Paragraph{Runs: []Text{{Text: "- " + r + end, Size: 11}}})
	}
	name := Line(Text{Text: f.Name, Bold: true, Size: 14})
	name.Before = 72 // room for signature and seal
	return Table{Open: true, Widths: []float64{leftColumn + 14, rightColumn - 14}, Rows: []Row{{{Blocks: left},
		{Blocks: []Block{Line(Text{Text: strings.ToUpper(f.Post), Bold: true, Size: 14}), name}}}}}
}
