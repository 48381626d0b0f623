package web_test

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// writeContactSheet puts the pictures side by side, with their names, in few
// colours.
func writeContactSheet(t *testing.T, name string, size screen, shots []shot) {
	t.Helper()
	const across = 9
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><meta charset=utf-8><style>body{margin:8px;font:15px sans-serif;display:grid;grid-template-columns:repeat(%d,%dpx);gap:12px}figure{margin:0}img{display:block;border:1px solid #5b6770;width:%dpx}figcaption{height:42px;overflow:hidden}</style>`, across, size.width+2, size.width+2)
	for _, s := range shots {
		fmt.Fprintf(&b, `<figure><figcaption>%s</figcaption><img src="data:image/png;base64,%s"></figure>`, s.name, base64.StdEncoding.EncodeToString(s.picture))
	}
	page := filepath.Join(t.TempDir(), "sheet.html")
	if err := os.WriteFile(page, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	w := browse(t, (size.width+14)*across+4, 900)
	var picture []byte
	w.do(emulation.SetDeviceMetricsOverride((size.width+14)*across+4, 900, 1, false), chromedp.Navigate("file://"+page), chromedp.FullScreenshot(&picture, 100))
	small := inFewColours(t, picture)
	t.Logf("%s: %d KB", name, len(small)>>10)
	if err := os.WriteFile(name, small, 0o644); err != nil {
		t.Fatal(err)
	}
}

// inFewColours keeps of a picture the 16 colours that it has most of and that
// differ; every other pixel takes the nearest of them.
func inFewColours(t *testing.T, picture []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	coarse := func(x, y int) color.RGBA {
		r, g, b, _ := img.At(x, y).RGBA()
		return color.RGBA{uint8(r>>8) &^ 7, uint8(g>>8) &^ 7, uint8(b>>8) &^ 7, 255}
	}
	seen := map[color.RGBA]int{}
	size := img.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			seen[coarse(x, y)]++
		}
	}
	var colours []color.RGBA
	for c := range seen {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(seen[b]-seen[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	palette := color.Palette{}
	for _, c := range colours {
		if len(palette) < 16 && differs(palette, c) {
			palette = append(palette, c)
		}
	}
	nearest := map[color.RGBA]uint8{}
	for c := range seen {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(size, palette)
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[coarse(x, y)])
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// differs says whether a colour is unlike all those before it.
func differs(palette color.Palette, c color.RGBA) bool {
	for _, other := range palette {
		o := other.(color.RGBA)
		if max(int(c.R)-int(o.R), int(o.R)-int(c.R))+max(int(c.G)-int(o.G), int(o.G)-int(c.G))+max(int(c.B)-int(o.B), int(o.B)-int(c.B)) < 40 {
			return false
		}
	}
	return true
}
