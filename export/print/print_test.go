package print_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"hailong/export/print"
	"hailong/survey"
)

var district = survey.Area{Code: "24175", Type: "Xã", Name: "Ea Kar"}

// handout is one of a primary school in an open round.
func handout(t *testing.T, name string) print.Handout {
	t.Helper()
	d, link := directory(t, name)
	return print.NewHandout(d, link, "https://khaosat.example.vn")
}

func directory(t *testing.T, name string) (*survey.Directory, survey.Link) {
	t.Helper()
	q := survey.BuiltInQuestionnaire()
	form, ok := q.Form("TH")
	if !ok {
		t.Fatal("no form TH")
	}
	link := survey.Link{School: survey.School{Code: "TH001", Name: name, Area: district, Link: "AB2CD3EF"}, Forms: []survey.AskedForm{{Form: form}}}
	d := &survey.Directory{Office: "Sở Giáo dục và Đào tạo", Helpline: "0262 385 0000", Questionnaire: q, Calendar: survey.Calendar{Zone: time.FixedZone("ICT", 7*3600)},
		Round: survey.Round{ID: "2026-10", Opens: 20727, Closes: 20787, State: survey.Open}, Links: map[survey.LinkCode]survey.Link{"AB2CD3EF": link}}
	return d, link
}

const payload = "HTTPS://KHAOSAT.EXAMPLE.VN/K/AB2CD3EF"

// read decodes the QR code in a picture.
func read(t *testing.T, picture []byte) string {
	t.Helper()
	p, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, p)
}

func decode(t *testing.T, p image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(p)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("the QR code cannot be read: %v", err)
	}
	return got.GetText()
}

func TestThePicturesHoldTheAddress(t *testing.T) {
	h := handout(t, "Trường Tiểu học Lê Lợi")
	for name, make := range map[string]func() ([]byte, error){"large": h.PNG, "small": h.SmallPNG} {
		picture, err := make()
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, picture); got != payload {
			t.Errorf("%s: read %q, want %q", name, got, payload)
		}
		if len(picture) > 10_000 {
			t.Errorf("%s: %d bytes", name, len(picture))
		}
	}
	if !strings.EqualFold(h.Payload, "https://"+h.Address) {
		t.Errorf("the address to type is %q, the code holds %q", h.Address, h.Payload)
	}
}

// The border of four modules must be empty, else phones do not find the code.
func TestTheBorderIsEmpty(t *testing.T) {
	picture, err := handout(t, "Trường A").PNG()
	if err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	side := p.Bounds().Dx()
	border := 4 * side / (4*4 + 17 + 8) // version 4 at most: 33 modules and the border
	for i := range side {
		for _, at := range []image.Point{{i, border / 2}, {border / 2, i}, {i, side - border/2}, {side - border/2, i}} {
			if r, _, _, _ := p.At(at.X, at.Y).RGBA(); r == 0 {
				t.Fatalf("dark at %v", at)
			}
		}
	}
	if side < 1000 {
		t.Errorf("%d pixels wide, want 1000", side)
	}
}

func TestTheDrawingIsThePicture(t *testing.T) {
	drawing, err := handout(t, "Trường A").SVG()
	if err != nil {
		t.Fatal(err)
	}
	if got := decode(t, drawn(t, string(drawing))); got != payload {
		t.Errorf("read %q, want %q", got, payload)
	}
}

// drawn draws the runs of the SVG, whose form is our own.
func drawn(t *testing.T, svg string) image.Image {
	t.Helper()
	_, path, _ := strings.Cut(svg, `<path d="`)
	path, _, _ = strings.Cut(path, `"`)
	const scale = 8
	p := image.NewGray(image.Rect(0, 0, 60*scale, 60*scale))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	for _, run := range strings.Split(strings.Trim(path, "Mz"), "zM") {
		var x, y, length, back int
		if _, err := fmt.Sscanf(run, "%d %dh%dv1h-%d", &x, &y, &length, &back); err != nil || length != back {
			t.Fatalf("run %q: %v", run, err)
		}
		for py := y * scale; py < (y+1)*scale; py++ {
			for px := x * scale; px < (x+length)*scale; px++ {
				p.Set(px, py, color.Black)
			}
		}
	}
	return p
}

// Posters and slips are opened as pages, the words read, every code decoded.
func TestPaper(t *testing.T) {
	needs(t, "pdftoppm", "pdftotext")
	for _, name := range []string{"Trường Tiểu học Lê Lợi", "Trường Phổ thông Dân tộc bán trú Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai – phân hiệu buôn Ƀuôr Čư̆ Kô̆"} {
		h := handout(t, name)
		for kind, make := range map[string]func() ([]byte, error){"poster": h.Poster, "slips": h.Slips} {
			body, err := make()
			if err != nil {
				t.Fatal(err)
			}
			again, err := make()
			if err != nil || !bytes.Equal(body, again) {
				t.Errorf("%s: the same school gave other bytes (%v)", kind, err)
			}
			words, picture := opened(t, body)
			for _, want := range []string{"khaosat.example.vn/k/AB2CD3EF", "Không ghi tên", "cha mẹ học sinh", "Xã Ea Kar"} {
				if !strings.Contains(strings.ToLower(words), strings.ToLower(want)) {
					t.Errorf("%s does not say %q:\n%s", kind, want, words)
				}
			}
			if got := decode(t, crop(picture, kind)); got != payload {
				t.Errorf("%s: read %q, want %q", kind, got, payload)
			}
		}
	}
}

// opened gives the words and the picture of a PDF of one page.
func opened(t *testing.T, body []byte) (string, image.Image) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "a.pdf")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	words, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	if pages := strings.Count(string(words), "\f"); pages != 1 {
		t.Errorf("%d pages, want 1", pages)
	}
	if err := exec.Command("pdftoppm", "-r", "150", "-png", "-singlefile", file, filepath.Join(dir, "a")).Run(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "a.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(words), p
}

// crop leaves one code in the picture: of the slips the last one.
func crop(p image.Image, kind string) image.Image {
	if kind == "poster" {
		return p
	}
	b := p.Bounds()
	return p.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(image.Rect(b.Dx()/2, b.Dy()*3/4, b.Dx()*3/4, b.Dy()))
}

func needs(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("HAILONG_TEST_TOOLS") == "required" {
				t.Fatalf("%s is not installed", tool)
			}
			t.Skipf("%s is not installed", tool)
		}
	}
}
