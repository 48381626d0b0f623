package card

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// The fonts are Liberation Sans, under the SIL Open Font License 1.1. They have
// every letter of Vietnamese and of the languages of the Central Highlands,
// also those that exist only as a letter with a combining mark.
var fonts = sync.OnceValues(func() ([2]*sfnt.Font, error) {
	var out [2]*sfnt.Font
	for i, data := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		f, err := opentype.Parse(data)
		if err != nil {
			return out, fmt.Errorf("read the font: %w", err)
		}
		out[i] = f
	}
	return out, nil
})

// picture is drawn with indices: ground × shades + shade.
type picture struct{ *image.Paletted }

func (p *picture) fill(from, to, ground int) {
	part := p.Pix[from*p.Stride : to*p.Stride]
	for i := range part {
		part[i] = uint8(ground * shades)
	}
}

// block is a place for text: the largest size in which it fits is taken.
type block struct {
	ground      int
	bold        bool
	top, bottom int
	sizes       []float64
	lines       int
}

// set writes a text into its place, in the middle between top and bottom.
func (p *picture) set(b block, text string) error {
	text = strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	for i, size := range b.sizes {
		face, err := newFace(b.bold, size)
		if err != nil {
			return err
		}
		lines := wrap(face, text)
		height := int(size * 1.3)
		room := min(b.lines, (b.bottom-b.top)/height)
		if len(lines) > room && i < len(b.sizes)-1 {
			continue
		}
		lines = cut(face, lines, max(1, room))
		y := b.top + (b.bottom-b.top-height*len(lines))/2 + int(size*1.02)
		for _, line := range lines {
			p.line(face, line, y, b.ground)
			y += height
		}
		return nil
	}
	return nil
}

func newFace(bold bool, size float64) (font.Face, error) {
	both, err := fonts()
	if err != nil {
		return nil, err
	}
	which := both[0]
	if bold {
		which = both[1]
	}
	face, err := opentype.NewFace(which, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("size the font: %w", err)
	}
	return face, nil
}

var wide = fixed.I(Width - 2*margin)

// wrap breaks a text at blanks, and words that are wider than the card
// anywhere.
func wrap(face font.Face, text string) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if joined := strings.TrimSpace(line + " " + word); measure(face, joined) <= wide {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; measure(face, line) > wide; {
			head := []rune(line)
			for len(head) > 1 && measure(face, string(head)) > wide {
				head = head[:len(head)-1]
			}
			lines, line = append(lines, string(head)), line[len(string(head)):]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cut leaves so many lines, the last of which says that there was more.
func cut(face font.Face, lines []string, room int) []string {
	if len(lines) <= room {
		return lines
	}
	lines = slices.Clone(lines[:room])
	last := []rune(lines[room-1])
	for len(last) > 0 && measure(face, string(last)+"…") > wide {
		last = last[:len(last)-1]
	}
	lines[room-1] = strings.TrimSpace(string(last)) + "…"
	return lines
}

// measure is the width of a line; combining marks have none.
func measure(face font.Face, line string) fixed.Int26_6 {
	var x fixed.Int26_6
	before := rune(-1)
	for _, r := range line {
		if unicode.Is(unicode.M, r) {
			continue
		}
		if before >= 0 {
			x += face.Kern(before, r)
		}
		advance, _ := face.GlyphAdvance(r)
		x += advance
		before = r
	}
	return x
}

// line draws one line from the margin on. The font says where a mark goes only
// in tables that the drawing library does not read, so a mark is set in the
// middle of its letter, above what stands there already.
func (p *picture) line(face font.Face, line string, y, ground int) {
	x, before := fixed.I(margin), rune(-1)
	var letter fixed.Rectangle26_6 // of the letter, where it stands
	for _, r := range line {
		if unicode.Is(unicode.M, r) {
			letter = p.mark(face, r, letter, y, ground)
			continue
		}
		if before >= 0 {
			x += face.Kern(before, r)
		}
		dot := fixed.Point26_6{X: x, Y: fixed.I(y)}
		p.glyph(face, dot, r, ground)
		bounds, advance, _ := face.GlyphBounds(r)
		letter, before = bounds.Add(dot), r
		x += advance
	}
}

// mark draws a combining mark and gives the bounds of letter and mark.
func (p *picture) mark(face font.Face, r rune, letter fixed.Rectangle26_6, y, ground int) fixed.Rectangle26_6 {
	bounds, _, ok := face.GlyphBounds(r)
	if !ok || letter.Empty() {
		return letter
	}
	dot := fixed.Point26_6{X: (letter.Min.X + letter.Max.X - bounds.Min.X - bounds.Max.X) / 2, Y: fixed.I(y)}
	if above := letter.Min.Y - fixed.I(2); bounds.Max.Y+dot.Y > above && bounds.Max.Y < 0 {
		dot.Y += above - (bounds.Max.Y + dot.Y)
	}
	p.glyph(face, dot, r, ground)
	return letter.Union(bounds.Add(dot))
}

func (p *picture) glyph(face font.Face, dot fixed.Point26_6, r rune, ground int) {
	where, mask, at, _, ok := face.Glyph(dot, r)
	if !ok {
		return
	}
	inside := where.Intersect(p.Rect)
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		for x := inside.Min.X; x < inside.Max.X; x++ {
			_, _, _, alpha := mask.At(at.X+x-where.Min.X, at.Y+y-where.Min.Y).RGBA()
			shade := uint8(ground*shades) + uint8(alpha*(shades-1)/0xffff)
			if i := p.PixOffset(x, y); shade > p.Pix[i] && int(p.Pix[i])/shades == ground {
				p.Pix[i] = shade
			}
		}
	}
}
