// Package card draws the picture that messengers show beside a school's link.
// It knows neither the network nor where schools are kept.
package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// Size of a card in pixels; messengers cut other shapes.
const (
	Width  = 1200
	Height = 630
)

// Card is what stands on the picture.
type Card struct {
	Office string
	School string
	Area   string // Xã Ea Kar
	When   string // the days of the round
}

// The grounds on which text stands; each has a ramp of colours from the ground
// to its text, so that a picture needs few colours.
const (
	onBlue = iota
	onWhite
	onPale
	grounds
)

const shades = 16 // of a ramp

var ramps = [grounds][2]color.RGBA{
	onBlue:  {{0x0b, 0x4f, 0x9c, 0xff}, {0xff, 0xff, 0xff, 0xff}},
	onWhite: {{0xff, 0xff, 0xff, 0xff}, {0x11, 0x11, 0x11, 0xff}},
	onPale:  {{0xe3, 0xee, 0xfb, 0xff}, {0x08, 0x3b, 0x77, 0xff}},
}

// Places on the card, in pixels.
const (
	margin   = 60
	headEnd  = 118
	footFrom = 516
)

// Draw makes the picture, a PNG of at most 100 KB. It takes some 20 ms; what
// does not fit is cut with «…».
func Draw(c Card) ([]byte, error) {
	p := &picture{Paletted: image.NewPaletted(image.Rect(0, 0, Width, Height), palette())}
	p.fill(0, headEnd, onBlue)
	p.fill(headEnd, footFrom, onWhite)
	p.fill(footFrom, Height, onPale)
	if err := p.write(c); err != nil {
		return nil, fmt.Errorf("draw a card: %w", err)
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, p.Paletted); err != nil {
		return nil, fmt.Errorf("encode a card: %w", err)
	}
	return b.Bytes(), nil
}

func (p *picture) write(c Card) error {
	for _, t := range []struct {
		block
		text string
	}{
		{block{ground: onBlue, bold: true, top: 0, bottom: headEnd, sizes: []float64{38, 32, 26}, lines: 2}, c.Office},
		{block{ground: onWhite, top: headEnd + 26, bottom: headEnd + 84, sizes: []float64{36}, lines: 1}, "Ý kiến về nhà trường"},
		{block{ground: onWhite, bold: true, top: headEnd + 84, bottom: footFrom - 74, sizes: []float64{78, 66, 56, 48, 40}, lines: 5}, c.School},
		{block{ground: onWhite, top: footFrom - 78, bottom: footFrom - 18, sizes: []float64{38, 30}, lines: 1}, c.Area},
		{block{ground: onPale, bold: true, top: footFrom, bottom: Height, sizes: []float64{36, 30}, lines: 2}, c.When},
	} {
		if err := p.set(t.block, t.text); err != nil {
			return err
		}
	}
	return nil
}

func palette() color.Palette {
	var out color.Palette
	for _, r := range ramps {
		for i := range shades {
			mix := func(from, to uint8) uint8 { return uint8((int(from)*(shades-1-i) + int(to)*i) / (shades - 1)) }
			out = append(out, color.RGBA{mix(r[0].R, r[1].R), mix(r[0].G, r[1].G), mix(r[0].B, r[1].B), 0xff})
		}
	}
	return out
}
