package web_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// contact makes the contact sheets anew:
//
//	go test ./web -run TestTourInABrowser -contact
var contact = flag.Bool("contact", false, "write the contact sheets testdata/contact-*.png anew")

// sizes are those of an office's old screen and of a cheap phone; the sheets
// show them so many times smaller.
var sizes = []struct {
	width, height int64
	phone         bool
	smaller       float64
	columns       int
}{
	{1366, 768, false, 3, 5},
	{360, 640, true, 1.5, 10},
}

// Every page of the office and of the schools, on a screen and on a phone: no
// rule of accessibility is broken, and nothing has to be moved sideways but
// tables in their regions.
func TestTourInABrowser(t *testing.T) {
	source := axeSource(t)
	p := newTour(t)
	addr := (&site{T: t, app: p.app}).serve()
	for _, size := range sizes {
		w := browseFor(t, size.width, size.height, 10*time.Minute)
		w.do(emulation.SetDeviceMetricsOverride(size.width, size.height, 1, size.phone), emulation.SetTouchEmulationEnabled(size.phone))
		var sheet sheetOfPages
		for _, s := range stops {
			w.as(p.cookies[s.visitor()], addr)
			w.open(addr + p.address(s))
			where := fmt.Sprintf("%s at %d", s.name(), size.width)
			w.accessible(where, source)
			if wide := ask[int64](w, "document.documentElement.scrollWidth"); wide > size.width {
				t.Errorf("%s: the page is %d wide: %s", where, wide, ask[string](w, tooWide))
			}
			if *contact {
				sheet.add(w, s.name(), size.smaller)
			}
		}
		if *contact {
			sheet.write(t, filepath.Join("testdata", fmt.Sprintf("contact-%d.png", size.width)), size.columns)
		}
	}
}

// tooWide names what sticks out at the right, but for what lies in a region
// that scrolls by itself.
const tooWide = `[...document.querySelectorAll("main *, header *")].filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > window.innerWidth + 0.5)
	.slice(0, 5).map(e => e.tagName + " " + e.textContent.trim().slice(0, 30)).join("; ")`

// as makes the browser somebody else.
func (w window) as(cookies, addr string) {
	w.Helper()
	w.do(network.ClearBrowserCookies())
	for pair := range strings.SplitSeq(cookies, "; ") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			w.do(network.SetCookie(name, value).WithURL(addr))
		}
	}
}

// sheetOfPages is many pages on one picture, small, to be looked at together.
type sheetOfPages struct {
	pages []image.Image
	names []string
}

func (s *sheetOfPages) add(w window, name string, smaller float64) {
	w.Helper()
	var shot []byte
	w.do(chromedp.CaptureScreenshot(&shot))
	p, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		w.Fatal(err)
	}
	b := p.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, int(float64(b.Dx())/smaller), int(float64(b.Dy())/smaller)))
	draw.CatmullRom.Scale(small, small.Bounds(), p, b, draw.Src, nil)
	s.pages, s.names = append(s.pages, small), append(s.names, name)
}

const sheetGap = 16 // around a page, in which its name stands

func (s *sheetOfPages) write(t *testing.T, file string, columns int) {
	t.Helper()
	cell := s.pages[0].Bounds().Size().Add(image.Pt(sheetGap, sheetGap+4))
	rows := (len(s.pages) + columns - 1) / columns
	out := image.NewPaletted(image.Rect(0, 0, columns*cell.X, rows*cell.Y), sheetColours())
	for i, p := range s.pages {
		at := image.Pt(i%columns*cell.X, i/columns*cell.Y)
		draw.Draw(out, p.Bounds().Add(at.Add(image.Pt(sheetGap/2, sheetGap))), p, image.Point{}, draw.Src)
		words := font.Drawer{Dst: out, Src: image.White, Face: basicfont.Face7x13, Dot: fixed.P(at.X+sheetGap/2, at.Y+12)}
		words.DrawString(s.names[i][:min(len(s.names[i]), (cell.X-sheetGap)/7)])
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d pages, %d KB", file, len(s.pages), b.Len()>>10)
}

// sheetColours are greys and the colours of the pages.
func sheetColours() color.Palette {
	p := color.Palette{color.RGBA{80, 80, 80, 255}}
	for v := 0; v <= 255; v += 17 {
		p = append(p, color.Gray{uint8(v)})
	}
	for _, c := range []color.RGBA{{0x0b, 0x4f, 0x9c, 255}, {0x85, 0xa7, 0xcd, 255}, {0xee, 0xf4, 0xfb, 255}, {0x8c, 0x1d, 0, 255}, {0x8c, 0x3b, 0, 255}, {0xe0, 0x8a, 0x3c, 255}, {0x6a, 0xa5, 0xd8, 255}} {
		p = append(p, c)
	}
	return p
}
