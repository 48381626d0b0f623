package print_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hailong/export/print"
	"hailong/survey"
)

func pack(t *testing.T, names ...string) print.Pack {
	t.Helper()
	d, link := directory(t, names[0])
	p := print.Pack{Directory: d, Origin: "https://khaosat.example.vn", Now: time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC),
		Contents: print.Everything, WordPoster: func(h print.Handout, code []byte) ([]byte, error) { return append([]byte(h.School+"\n"), code...), nil },
		Workbook: func(w io.Writer) error { _, err := io.WriteString(w, "workbook"); return err }}
	for i, name := range names {
		link.School.Name, link.School.Code = name, survey.SchoolCode("TH00"+string(rune('1'+i)))
		p.Links = append(p.Links, link)
	}
	return p
}

func TestPack(t *testing.T) {
	p := pack(t, "Trường Tiểu học A", `Trường "B/C": điểm trường <2>`, strings.Repeat("Rất dài ", 18))
	var told []int
	p.Progress = func(done, of int) { told = append(told, done, of) }
	var b bytes.Buffer
	if err := p.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 3, 2, 3, 3, 3}; !slices.Equal(told, want) {
		t.Errorf("progress %v, want %v", told, want)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != 1+3*6 {
		t.Errorf("%d files, want 19", len(z.File))
	}
	for _, f := range z.File {
		if strings.ContainsAny(f.Name, `\:*?"<>|`) || len([]rune(f.Name)) > 140 {
			t.Errorf("Windows does not take the name %q", f.Name)
		}
		body := content(t, f)
		switch {
		case strings.HasSuffix(f.Name, ".png"):
			if got := read(t, body); got != payload {
				t.Errorf("%s: read %q", f.Name, got)
			}
		case strings.HasSuffix(f.Name, ".docx"):
			if _, code, _ := bytes.Cut(body, []byte("\n")); read(t, code) != payload {
				t.Errorf("%s: the code given to Word is another", f.Name)
			}
		case strings.HasSuffix(f.Name, ".txt"):
			if text := string(body); !strings.Contains(text, "https://khaosat.example.vn/k/AB2CD3EF\r\n") || !strings.Contains(text, "Mời ông/bà") {
				t.Errorf("%s: %s", f.Name, text)
			}
		}
	}
	if name := z.File[1].Name; name != "Xã Ea Kar/Trường Tiểu học A - TH001/Tờ dán A4.pdf" {
		t.Errorf("first poster is %q", name)
	}
}

func content(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestPackStops(t *testing.T) {
	p := pack(t, "A", "B", "C")
	ctx, stop := context.WithCancel(context.Background())
	done := 0
	p.Progress = func(n, _ int) { done = n; stop() }
	if err := p.Write(ctx, io.Discard); !errors.Is(err, context.Canceled) || done != 1 {
		t.Errorf("after %d schools: %v", done, err)
	}
}

func TestPackHasWhatIsWanted(t *testing.T) {
	for _, c := range []struct {
		contents print.Contents
		want     []string
	}{
		{print.Contents{}, nil},
		{print.Contents{Poster: true}, []string{"Tờ dán A4.pdf"}},
		{print.Contents{WordPoster: true, Texts: true}, []string{"Tờ dán A4 (sửa được).docx", "Tin nhắn Zalo.txt"}},
		{print.Contents{Slips: true, Codes: true}, []string{"Phiếu nhỏ.pdf", "Mã QR.png", "Mã QR.svg"}},
	} {
		p := pack(t, "A")
		p.Contents = c.contents
		var got []string
		for _, f := range unpacked(t, p)[1:] {
			got = append(got, path.Base(f.Name))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.contents, got, c.want)
		}
	}
}

func unpacked(t *testing.T, p print.Pack) []*zip.File {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return z.File
}

// The activation sheets of a commune are one file, a page a school, each with
// the secret address of its own school as text and as a code.
func TestActivationSheets(t *testing.T) {
	needs(t, "pdftotext", "pdftoppm")
	p := pack(t, "Trường Tiểu học A", "Trường Tiểu học B", "Trường Tiểu học C")
	p.Contents = print.Contents{}
	p.Directory.Office = "Sở Giáo dục và Đào tạo Đắk Lắk"
	p.Secrets = map[survey.SchoolCode]string{"TH001": "aIl0O1_-bcdefghijklmno", "TH002": "zIl0O1_-bcdefghijklmno"}
	files := unpacked(t, p)
	if len(files) != 2 || files[1].Name != "Xã Ea Kar/Tờ mở trang riêng của các trường.pdf" {
		t.Fatalf("%d files, the last %s", len(files), files[len(files)-1].Name)
	}
	pages := pagesOf(t, content(t, files[1]))
	if len(pages) != 2 {
		t.Fatalf("%d pages, want 2: the third school has no new address", len(pages))
	}
	for i, secret := range []string{"aIl0O1_-bcdefghijklmno", "zIl0O1_-bcdefghijklmno"} {
		address := "https://khaosat.example.vn/truong/" + secret
		if got := decode(t, pages[i].picture); got != address {
			t.Errorf("page %d: the code says %q, want %q", i+1, got, address)
		}
		for _, want := range []string{address, p.Links[i].School.Name, "GIỮ KÍN TỜ NÀY", "0262 385 0000", "01/10/2026"} {
			if !strings.Contains(pages[i].words, want) {
				t.Errorf("page %d does not say %q:\n%s", i+1, want, pages[i].words)
			}
		}
	}
}

type pdfPage struct {
	words   string
	picture image.Image
}

// pagesOf reads the pages of a PDF, at most nine.
func pagesOf(t *testing.T, body []byte) (pages []pdfPage) {
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
	if err := exec.Command("pdftoppm", "-r", "100", "-png", file, filepath.Join(dir, "a")).Run(); err != nil {
		t.Fatal(err)
	}
	for i, text := range strings.Split(strings.TrimSuffix(string(words), "\f"), "\f") {
		f, err := os.Open(filepath.Join(dir, fmt.Sprintf("a-%d.png", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, pdfPage{text, picture})
	}
	return pages
}

// A file is read on other days than that on which it was made: the reminder
// in it names the last day.
func TestKeptMessagesNameTheLastDay(t *testing.T) {
	p := pack(t, "Trường Tiểu học A")
	p.Directory.Round.State, p.Contents = survey.Open, print.Contents{Texts: true}
	var b bytes.Buffer
	if err := p.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	text := string(content(t, z.File[len(z.File)-1]))
	if want := "Ai chưa trả lời, còn đến hết ngày " + p.Directory.Round.Closes.String() + ". "; !strings.Contains(text, want) {
		t.Errorf("%q is not in\n%s", want, text)
	}
}
