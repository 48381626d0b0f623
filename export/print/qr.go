package print

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quiet is the empty border around a QR code, in modules (ISO/IEC 18004).
const quiet = 4

// pixels is the least width of a QR code's picture.
const pixels = 1000

// code is a QR code: its dark modules, without the border.
type code struct {
	dark [][]bool
}

// encode makes the QR code of a text. At level Q it survives a bad copier: a
// quarter of it may be lost; at level M about a seventh.
func encode(text string, level qr.ErrorCorrectionLevel) (code, error) {
	made, err := qr.Encode(text, level, qr.Auto)
	if err != nil {
		return code{}, fmt.Errorf("make the QR code of %q: %w", text, err)
	}
	n := made.Bounds().Dx()
	c := code{dark: make([][]bool, n)}
	for y := range n {
		c.dark[y] = make([]bool, n)
		for x := range n {
			r, _, _, _ := made.At(x, y).RGBA()
			c.dark[y][x] = r == 0
		}
	}
	return c, nil
}

// size is the width in modules, border included.
func (c code) size() int { return len(c.dark) + 2*quiet }

// runs calls draw for every row's runs of dark modules; x and y count from the
// border's corner.
func (c code) runs(draw func(x, y, length int)) {
	for y, row := range c.dark {
		for x := 0; x < len(row); x++ {
			start := x
			for x < len(row) && row[x] {
				x++
			}
			if x > start {
				draw(start+quiet, y+quiet, x-start)
			}
		}
	}
}

// PNG is a school's QR code as a picture of at least 1,000 by 1,000 pixels.
func (h Handout) PNG() ([]byte, error) { return h.drawn() }

// SmallPNG is the same with few pixels, for a cell of a workbook.
func (h Handout) SmallPNG() ([]byte, error) { return h.picture(100) }

func (h Handout) picture(least int) ([]byte, error) {
	c, err := h.encoded()
	if err != nil {
		return nil, err
	}
	scale := (least + c.size() - 1) / c.size()
	side := scale * c.size()
	p := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	c.runs(func(x, y, length int) {
		for py := y * scale; py < (y+1)*scale; py++ {
			for px := x * scale; px < (x+length)*scale; px++ {
				p.SetColorIndex(px, py, 1)
			}
		}
	})
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, p); err != nil {
		return nil, fmt.Errorf("write the QR code's picture: %w", err)
	}
	return b.Bytes(), nil
}

// Picture is the QR code of any address, for a screen: at least 400 by 400
// pixels. On a screen nothing of it gets lost, so it stands at level M.
func Picture(address string) ([]byte, error) {
	return Handout{encoded: func() (code, error) { return encode(address, qr.M) }}.picture(400)
}

// SVG is a school's QR code as a drawing that prints sharp at any size.
func (h Handout) SVG() ([]byte, error) {
	c, err := h.encoded()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path d="`, c.size())
	c.runs(func(x, y, length int) { fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x, y, length, length) })
	b.WriteString(`"/></svg>` + "\n")
	return []byte(b.String()), nil
}
