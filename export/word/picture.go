package word

import (
	"bytes"
	"fmt"
	"image/png"
)

// Picture is a picture in a line of its own.
type Picture struct {
	PNG    []byte
	Width  float64 // mm; the height follows from the picture
	Words  string  // what it shows, for who cannot see it
	Align  Align
	Before float64 // gap in points
	After  float64
}

// picture is a picture's file inside the document; the same picture is there once.
type picture struct{ png []byte }

// keep gives the number, from 1, of a picture's file.
func (b *body) keep(data []byte) int {
	for i, p := range b.pictures {
		if bytes.Equal(p.png, data) {
			return i + 1
		}
	}
	b.pictures = append(b.pictures, picture{data})
	return len(b.pictures)
}

func pictureID(number int) string { return fmt.Sprintf("picture%d", number) }

func (p Picture) write(b *body) {
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	if err != nil || size.Width == 0 {
		if b.err == nil {
			b.err = fmt.Errorf("read a picture for a Word document: %w", err)
		}
		return
	}
	b.drawn++
	width, height := emu(p.Width), emu(p.Width*float64(size.Height)/float64(size.Width))
	b.tag("<w:p>")
	Paragraph{Align: p.Align, Before: p.Before, After: p.After}.properties(b)
	b.tag(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`, width, height)
	b.tag(`<wp:docPr id="%d" name="Hình %d" descr="`, b.drawn, b.drawn)
	b.escape(cleaned(p.Words))
	b.tag(`"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name=""/><pic:cNvPicPr/></pic:nvPicPr>`, b.drawn)
	b.tag(`<pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, pictureID(b.keep(p.PNG)))
	b.tag(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`, width, height)
}
