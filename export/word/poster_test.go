package word_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"hailong/export/word"
)

const posterPayload = "HTTPS://KHAOSAT.EXAMPLE.VN/K/AB2CD3EF"

// posterQR is the code of a poster as a picture, with a border of 4 modules.
func posterQR(t *testing.T) []byte {
	t.Helper()
	made, err := qr.Encode(posterPayload, qr.Q, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	n, scale := made.Bounds().Dx(), 20
	p := image.NewGray(image.Rect(0, 0, (n+8)*scale, (n+8)*scale))
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			p.Pix[p.PixOffset(x, y)] = 255
			if mx, my := x/scale-4, y/scale-4; mx >= 0 && my >= 0 && mx < n && my < n {
				if r, _, _, _ := made.At(mx, my).RGBA(); r == 0 {
					p.Pix[p.PixOffset(x, y)] = 0
				}
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readCode(t *testing.T, p image.Image) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(p)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("read the code: %v", err)
	}
	return got.GetText()
}

func poster(t *testing.T, school, asked string, facts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	err := word.Poster{School: school, Area: "Xã Ea Kar", Asked: asked, Address: "khaosat.example.vn/k/AB2CD3EF", Code: posterQR(t),
		Facts: facts, Helpline: "0262 385 0000", Made: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)}.Write(&b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The words can be changed, the picture is the code.
func TestPosterHoldsTextAndCode(t *testing.T) {
	body := poster(t, `Trường "Y Jút" <Buôn Ƀ>`, "cha mẹ học sinh", "31 câu, khoảng 5 phút")
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var text, picture []byte
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case f.Name == "word/document.xml":
			text = part
		case strings.HasSuffix(f.Name, ".png"):
			picture = part
		}
	}
	for _, want := range []string{"MỜI CHA MẸ HỌC SINH", "Trường &#34;Y Jút&#34; &lt;Buôn Ƀ&gt;", "khaosat.example.vn/k/AB2CD3EF", "31 câu, khoảng 5 phút", "0262 385 0000"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the document does not say %q", want)
		}
	}
	p, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if got := readCode(t, p); got != posterPayload {
		t.Errorf("the code says %q", got)
	}
}

// LibreOffice opens it as one page, whatever the names; the code on the page
// is still read.
func TestPosterIsOnePage(t *testing.T) {
	needs(t, "soffice", "pdftoppm", "pdfinfo")
	longest := "Trường Phổ thông Dân tộc bán trú Tiểu học và Trung học cơ sở Nơ Trang Lơng – phân hiệu Buôn Ma Thuột (điểm trường số 2)"
	for name, body := range map[string][]byte{
		"short":   poster(t, "Trường Tiểu học A", "cha mẹ học sinh", "31 câu, khoảng 5 phút", "Không ghi tên", "Đến hết ngày 30/11/2026"),
		"longest": poster(t, longest, "cha mẹ, học sinh và học viên", "30–32 câu, khoảng 5 phút", "Không ghi tên", "Đến hết ngày 30/11/2026"),
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "a.docx")
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "pdf", "--outdir", dir, file).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, out)
		}
		info, err := exec.Command("pdfinfo", filepath.Join(dir, "a.pdf")).Output()
		if err != nil || !strings.Contains(strings.Join(strings.Fields(string(info)), " "), "Pages: 1 ") {
			t.Errorf("%s: %v\n%s", name, err, info)
		}
		if err := exec.Command("pdftoppm", "-r", "100", "-png", "-singlefile", filepath.Join(dir, "a.pdf"), filepath.Join(dir, "a")).Run(); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(filepath.Join(dir, "a.png"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if keep := os.Getenv("HAILONG_KEEP"); keep != "" {
			os.Rename(filepath.Join(dir, "a.png"), filepath.Join(keep, "poster-"+name+".png"))
		}
		if got := readCode(t, p); got != posterPayload {
			t.Errorf("%s: the code on the page says %q", name, got)
		}
	}
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
