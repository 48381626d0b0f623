package card_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"hailong/export/card"
	"hailong/survey"
)

// letters are those of Vietnamese and of the languages of the Central
// Highlands, with the marks that have no letter of their own.
const letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz" +
	"ƀčĕĭŏŭñ" + "ê̆ô̆ơ̆ư̆" + "0123456789 .,;:–-—·«»“”‘’'&()/…?!"

func TestEveryLetterHasAGlyph(t *testing.T) {
	text := letters + strings.ToUpper(letters) + "ɃŎ"
	for _, area := range survey.BuiltInAreas().All() {
		text += area.Title()
	}
	for name, data := range map[string][]byte{"regular": liberationsansregular.TTF, "bold": liberationsansbold.TTF} {
		f, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		var b sfnt.Buffer
		for _, r := range norm.NFC.String(text) {
			if g, err := f.GlyphIndex(&b, r); g == 0 || err != nil {
				t.Errorf("%s has no %q (%U): %v", name, r, r, err)
			}
		}
	}
}

func TestCards(t *testing.T) {
	when := "Từ 01/10/2026 đến 30/11/2026 · khoảng 5 phút · không ghi tên"
	office := "Sở Giáo dục và Đào tạo Đắk Lắk"
	for name, c := range map[string]card.Card{
		"short":   {Office: office, School: "Trường THCS Y Wang", Area: "Xã Ea Drông", When: when},
		"long":    {Office: office, School: "Trường " + strings.Repeat("Phổ thông Dân tộc Nội trú ", 5) + "Y Jút", Area: "Phường Buôn Ma Thuột", When: when},
		"marks":   {Office: office, School: "Trường Tiểu học Êa Ƀua̱n Ê̆ Ƀar ê̆ ô̆ ơ̆ ư̆ N’Trang Gưh", Area: "Xã M’Drắk", When: when},
		"no gaps": {Office: strings.Repeat("Ủyban", 60), School: strings.Repeat("Ễ", 150), Area: strings.Repeat("Ặ", 150), When: strings.Repeat("9", 150)},
		"worst":   {Office: strings.Repeat("Sở Giáo dục ", 40), School: strings.Repeat("WẬ ", 75), Area: strings.Repeat("xã ", 80), When: strings.Repeat("ngày ", 80)},
		"empty":   {},
		"strange": {Office: "\xff\u202e", School: "\u0306\u0306 學校 😀", Area: "\n", When: "\t"},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := card.Draw(c)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes", len(data))
			if len(data) > 100<<10 {
				t.Errorf("%d bytes, want at most 100 KB", len(data))
			}
			picture, err := png.Decode(bytes.NewReader(data))
			if err != nil || picture.Bounds() != image.Rect(0, 0, 1200, 630) {
				t.Fatalf("%v, %v", picture.Bounds(), err)
			}
			checkMargins(t, picture.(*image.Paletted))
			if dir := os.Getenv("CARDS"); dir != "" {
				os.WriteFile(dir+"/"+name+".png", data, 0o644)
			}
		})
	}
}

// checkMargins finds text that runs out of the card.
func checkMargins(t *testing.T, p *image.Paletted) {
	t.Helper()
	for y := range card.Height {
		for _, x := range []int{40, card.Width - 40} {
			if p.ColorIndexAt(x, y) != p.ColorIndexAt(0, y) {
				t.Fatalf("text at %d, %d", x, y)
			}
		}
	}
}

func TestTheSameCardIsTheSamePicture(t *testing.T) {
	one, err1 := card.Draw(card.Card{School: "Trường THCS Y Wang"})
	two, err2 := card.Draw(card.Card{School: "Trường THCS Y Wang"})
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Error("two pictures", err1, err2)
	}
	nfd, err := card.Draw(card.Card{School: norm.NFD.String("Trường THCS Y Wang")})
	if err != nil || !bytes.Equal(one, nfd) {
		t.Error("decomposed text is drawn otherwise", err)
	}
}

// TestMarksAreSeen: a letter with a mark of its own must not look like the
// letter without it.
func TestMarksAreSeen(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"E", "Ê", "Ê̆", "Ẽ", "ơ", "ơ̆", "b", "ƀ", "B", "Ƀ", "u̱", "u"} {
		data, err := card.Draw(card.Card{School: name})
		if err != nil {
			t.Fatal(err)
		}
		if other, again := seen[string(data)]; again {
			t.Errorf("%s looks like %s", name, other)
		}
		seen[string(data)] = name
	}
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		if _, err := card.Draw(card.Card{Office: "Sở Giáo dục và Đào tạo Đắk Lắk", School: "Trường Tiểu học Nguyễn Thị Minh Khai", Area: "Xã Ea Kar", When: "Từ 01/10/2026 đến 30/11/2026"}); err != nil {
			b.Fatal(err)
		}
	}
}
