package word_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hailong/export/word"
)

var update = flag.Bool("update", false, "write the golden files anew")

// square is a picture of one dark square.
func square(t *testing.T) []byte {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	p.SetGray(3, 3, color.Gray{})
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// example has everything that a document may have.
func example(t *testing.T) *word.Document {
	t.Helper()
	d := &word.Document{Title: "Thư & <mẫu>", Made: time.Date(2026, 11, 24, 1, 2, 3, 0, time.UTC)}
	d.Add(word.Head{Superior: "UBND tỉnh Đắk Lắk", Agency: "Sở Giáo dục và Đào tạo", Sign: "SGDĐT-VP", Place: "Đắk Lắk", Year: 2026, About: "nhắc cha mẹ cho ý kiến", Draft: true}.Blocks()...)
	d.Add(word.Prose(word.Text{Text: "Kính gửi: "}, word.Text{Text: "Trường \"Nguyễn Tất Thành\" <Buôn & Hồ>", Bold: true}))
	d.Add(word.Prose(word.Text{Text: "Hoa\u0300 a\x00b\x1bc\u200b ê\u0306"}))
	d.Add(word.Picture{PNG: square(t), Width: 30, Words: "Mã QR của \"trường\"", Align: word.Center}, word.Picture{PNG: square(t), Width: 10})
	table := word.Table{Widths: []float64{15, 100, 45}, Header: []word.Row{word.Cells(word.Center, word.Text{Bold: true}, "STT", "Trường", "Phiếu")}}
	for i := range 80 {
		table.Rows = append(table.Rows, word.Cells(word.Left, word.Text{}, fmt.Sprint(i+1), fmt.Sprintf("Trường số %d", i+1), "0"))
	}
	table.Rows = append(table.Rows, word.Row{{Blocks: []word.Block{word.Plain("Cộng"), word.Table{Widths: []float64{20}, Rows: []word.Row{word.Cells(word.Left, word.Text{}, "trong")}}}, Span: 2}, {Shade: true, Middle: true}})
	d.Add(table, word.Paragraph{Runs: []word.Text{{Text: "Dòng một\ndòng hai", Italic: true}}, Heading: 1, NewPage: true})
	d.Add(word.Foot{Recipients: []string{"Như trên", "Lưu: VT, VP"}, Post: "Giám đốc"}.Block())
	return d
}

func written(t *testing.T, d *word.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestEveryPartIsWellFormed(t *testing.T) {
	for name, content := range parts(t, written(t, example(t))) {
		if strings.HasSuffix(name, ".png") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(content))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, example(t)), written(t, example(t))) {
		t.Error("two writings differ")
	}
}

func TestAPictureUsedTwiceIsKeptOnce(t *testing.T) {
	n := 0
	for name := range parts(t, written(t, example(t))) {
		if strings.HasSuffix(name, ".png") {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d pictures kept, want 1", n)
	}
}

func TestEveryLinkLeadsToAPart(t *testing.T) {
	files := parts(t, written(t, example(t)))
	var links struct {
		Relationship []struct {
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal([]byte(files["word/_rels/document.xml.rels"]), &links); err != nil {
		t.Fatal(err)
	}
	if len(links.Relationship) < 4 {
		t.Fatalf("%d links", len(links.Relationship))
	}
	for _, l := range links.Relationship {
		if _, ok := files["word/"+l.Target]; !ok {
			t.Errorf("%s is not in the document", l.Target)
		}
	}
}

func TestTextIsCleanedAndEscaped(t *testing.T) {
	text := parts(t, written(t, example(t)))["word/document.xml"]
	for _, want := range []string{"Hoà abc ê\u0306", "&lt;Buôn &amp; Hồ&gt;", `<w:t xml:space="preserve">Kính gửi: </w:t>`, "Dòng một</w:t><w:br/>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
}

func TestWhatIsNoPictureIsAnError(t *testing.T) {
	d := &word.Document{}
	d.Add(word.Picture{PNG: []byte("GIF89a"), Width: 10})
	if err := d.Write(io.Discard); err == nil {
		t.Error("written all the same")
	}
}

func TestTheTextIsAsItWas(t *testing.T) {
	got := strings.ReplaceAll(parts(t, written(t, example(t)))["word/document.xml"], "><w:", ">\n<w:")
	golden := filepath.Join("testdata", "example.xml")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the document has changed; look at it, then run with -update")
	}
}

// pages gives the text of a document's pages as LibreOffice sets them.
func pages(t *testing.T, file []byte) []string {
	t.Helper()
	needs(t, "soffice", "pdftotext")
	dir := t.TempDir()
	path := filepath.Join(dir, "a.docx")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("soffice", "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--convert-to", "pdf", "--outdir", dir, path).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v %s", err, out)
	}
	text, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, "a.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

func TestAnOfficeProgramSetsItAsMeant(t *testing.T) {
	got := pages(t, written(t, example(t)))
	if len(got) != 4 {
		t.Fatalf("%d pages, want 4", len(got))
	}
	first := strings.Join(strings.Fields(got[0]), " ")
	at := -1
	for _, want := range []string{"UBND TỈNH ĐẮK LẮK CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc",
		"Số: /SGDĐT-VP Đắk Lắk, ngày tháng năm 2026", "V/v nhắc cha mẹ cho ý kiến", "DỰ THẢO", "Kính gửi: Trường", "STT"} {
		i := strings.Index(first, want)
		if i <= at {
			t.Errorf("%q is not on the first page, or not where it should be:\n%s", want, first)
		}
		at = max(at, i)
	}
	for i, page := range got[1:3] {
		if words := strings.Fields(page); !slices.Equal(words[:4], []string{fmt.Sprint(i + 2), "STT", "Trường", "Phiếu"}) {
			t.Errorf("page %d begins %q; want its number and the head of the table", i+2, words[:4])
		}
	}
	if !strings.Contains(got[3], "Nơi nhận:") || !strings.Contains(got[3], "GIÁM ĐỐC") {
		t.Errorf("the last page has no foot:\n%s", got[3])
	}
}
