package word

// Align is how the lines of a paragraph stand.
type Align string

// The ways in which lines stand.
const (
	Left    Align = "left"
	Center  Align = "center"
	Right   Align = "right"
	Justify Align = "both"
)

// Indent is the first-line indent of official documents in millimetres: 1 cm
// or 1.27 cm.
const Indent = 12.7

// Text is a run of letters that look alike.
type Text struct {
	Text   string // \n is a line break
	Bold   bool
	Italic bool
	Size   float64 // points; 0: 13
}

// Paragraph is one paragraph. The zero value is an empty line.
type Paragraph struct {
	Runs    []Text
	Align   Align   // empty: Left
	Indent  float64 // of the first line, mm
	Inset   float64 // of all lines from both sides, mm
	Hanging float64 // the first line stands out by this to the left, mm
	Before  float64 // gap in points
	After   float64 // gap in points
	Lines   float64 // line spacing as a multiple, at least single
	Heading int     // 1–3: shown in Word's navigation; 0: none
	Keep    bool    // stays on the page of what follows
	NewPage bool    // begins a page
	Rule    bool    // a thin line below, as long as the lines may be

	height float64 // of every line, points; 0: as the letters need
}

// Plain is a paragraph of one run as the document's text is set.
func Plain(text string) Paragraph { return Paragraph{Runs: []Text{{Text: text}}} }

// Prose is a paragraph of the text of an official document: justified, first
// line indented, 6 points below.
func Prose(runs ...Text) Paragraph {
	return Paragraph{Runs: runs, Align: Justify, Indent: Indent, After: 6, Lines: 1.15}
}

// Line is a paragraph of one run, centred.
func Line(t Text) Paragraph { return Paragraph{Runs: []Text{t}, Align: Center} }

func (p Paragraph) write(b *body) {
	b.tag("<w:p>")
	p.properties(b)
	for _, r := range p.Runs {
		r.write(b)
	}
	b.tag("</w:p>")
}

// properties stand in the order that the format wants.
func (p Paragraph) properties(b *body) {
	b.tag("<w:pPr>")
	if p.Heading > 0 {
		b.tag(`<w:pStyle w:val="Heading%d"/>`, p.Heading)
	}
	if p.Keep || p.Heading > 0 {
		b.tag("<w:keepNext/>")
	}
	if p.NewPage {
		b.tag("<w:pageBreakBefore/>")
	}
	if p.Rule {
		b.tag(`<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	}
	p.spacing(b)
	p.indents(b)
	if p.Align != "" && p.Align != Left {
		b.tag(`<w:jc w:val="%s"/>`, p.Align)
	}
	p.mark(b)
	b.tag("</w:pPr>")
}

func (p Paragraph) spacing(b *body) {
	height, kind := int(max(p.Lines, 1)*240+0.5), "auto"
	if p.height > 0 {
		height, kind = twentieths(p.height), "exact"
	}
	b.tag(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="%s"/>`, twentieths(p.Before), twentieths(p.After), height, kind)
}

func (p Paragraph) indents(b *body) {
	if p.Indent == 0 && p.Inset == 0 && p.Hanging == 0 {
		return
	}
	b.tag(`<w:ind w:left="%d" w:right="%d"`, twips(p.Inset+p.Hanging), twips(p.Inset))
	switch {
	case p.Hanging > 0:
		b.tag(` w:hanging="%d"`, twips(p.Hanging))
	case p.Indent > 0:
		b.tag(` w:firstLine="%d"`, twips(p.Indent))
	}
	b.tag("/>")
}

// mark sets the paragraph's own sign, which gives an empty line its height.
func (p Paragraph) mark(b *body) {
	if len(p.Runs) > 0 && p.Runs[0].Size > 0 {
		b.tag(`<w:rPr><w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/></w:rPr>`, halves(p.Runs[0].Size))
	}
}

func (t Text) write(b *body) {
	if t.Text == "" {
		return
	}
	b.tag("<w:r>")
	if t.Bold || t.Italic || t.Size > 0 {
		b.tag("<w:rPr>")
		if t.Bold {
			b.tag("<w:b/><w:bCs/>")
		}
		if t.Italic {
			b.tag("<w:i/><w:iCs/>")
		}
		if t.Size > 0 {
			b.tag(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, halves(t.Size))
		}
		b.tag("</w:rPr>")
	}
	b.text(t.Text)
	b.tag("</w:r>")
}
