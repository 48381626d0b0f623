package survey_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hailong/survey"
)

func TestCleanText(t *testing.T) {
	nfd := norm.NFD.String("Trường Tiểu học Nguyễn Thị Minh Khai")
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"plain", "Cô giáo tận tình.", "Cô giáo tận tình."},
		{"blanks at the ends", " \u00a0\n tốt \u3000\n", "tốt"},
		{"NFD", nfd, "Trường Tiểu học Nguyễn Thị Minh Khai"},
		{"line ends", "a\r\nb\rc\nd\u2028e\u2029f", "a\nb\nc\nd\ne\nf"},
		{"tab", "a\tb", "a b"},
		{"control characters", "a\x00b\x01\x1f\x7f\u0080\u009fc\vd\fe", "abcde"},
		{"zero-width characters and soft hyphen", "t\u200bố\u200c\u200dt\ufeff \u00adlắm\u2060", "tốt lắm"},
		{"directions", "\u202ab\u202b\u202c\u202d\u202e\u2066c\u2067\u2068\u2069\u200e\u200f\u061c", "bc"},
		{"invalid UTF-8", "a\xff\xfeb\xc3", "a\ufffdb\ufffd"},
		{"no characters", "a\ufffe\uffff\U0001ffff\ufdd0b", "ab"},
		{"a family", "👨\u200d👩\u200d👧 ❤\ufe0f 🇻🇳", "👨\u200d👩\u200d👧 ❤\ufe0f 🇻🇳"},
		{"joiners in a row", "👩\u200d\u200d🚀", "👩\u200d🚀"},
		{"joiner after a blank", "a \u200db\u3000\u200dc", "a b\u3000c"},
		{"stacked marks", "q" + strings.Repeat("\u0301", 2000) + "t", "q" + strings.Repeat("\u0301", 8) + "t"},
		{"stacked around dropped characters", strings.Repeat("q\u0316", 1) + strings.Repeat("\u200b\u0316", 50), "q" + strings.Repeat("\u0316", 8)},
		{"marks that are two", "q" + strings.Repeat("\u0344", 20), "q" + strings.Repeat("\u0308\u0301", 4)},
		{"markup", `<script>alert(1)</script> "><img onerror=x> {{7*7}} javascript:`, `<script>alert(1)</script> "><img onerror=x> {{7*7}} javascript:`},
		{"like a formula", "=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"},
		{"like an escape", "_x0041_ _x000D_", "_x0041_ _x000D_"},
	}
	for _, tt := range tests {
		if got := survey.CleanText(tt.in); got != tt.want {
			t.Errorf("%s: %+q, want %+q", tt.name, got, tt.want)
		}
	}
}

func TestCleanLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{"  Trường\n Mầm   non\u00a0Hoa\tMai ", "Trường Mầm non Hoa Mai"},
		{"\u200b \n", ""},
		{"=1+1", "=1+1"},
	}
	for _, tt := range tests {
		if got := survey.CleanLine(tt.in); got != tt.want {
			t.Errorf("%+q becomes %+q, want %+q", tt.in, got, tt.want)
		}
	}
}

func TestLetters(t *testing.T) {
	tests := []struct {
		in   string
		want int
	}{
		{"", 0}, {"abc", 3}, {"tốt lắm", 7}, {norm.NFD.String("tốt lắm"), 7}, {"a\nb", 3},
		{"👍", 1}, {"👍🏽", 1}, {"❤\ufe0f", 1}, {"1\ufe0f\u20e3", 1}, {"👨\u200d👩\u200d👧\u200d👦", 1}, {"👩🏽\u200d🚀!", 2},
		{"🇻🇳", 1}, {"🇻🇳🇱🇦", 2}, {"🇻", 1}, {"🇻🇳a🇻🇳", 3},
		{"\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", 1},
	}
	for _, tt := range tests {
		if got := survey.Letters(tt.in); got != tt.want {
			t.Errorf("%q has %d letters, want %d", tt.in, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Trường THPT  Đắk Lắk", "truong thpt dak lak"},
		{norm.NFD.String("Xã Ea Kiết"), "xa ea kiet"},
		{"TH&THCS", "th thcs"}, {" GDNN–GDTX. ", "gdnn gdtx"}, {"Cư M’gar", "cu m gar"}, {"Ƀuôn Đôn", "buon don"},
		{"", ""}, {"…", ""}, {"Số 10", "so 10"},
	}
	for _, tt := range tests {
		if got := survey.Fold(tt.in); got != tt.want {
			t.Errorf("%q folds to %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Whatever was typed: valid, composed, and cleaning again changes nothing.
func FuzzCleaning(f *testing.F) {
	for _, s := range []string{
		"Trường Tiểu học", "a\r\n\tb", "\xff\x00", "q\u0344\u0344\u0344\u0344\u0344\u200b\u0344", "K\u200dx", "\u212a\u200dx", "<\u200d\u0338\u200d",
		"👨\u200d👩\u200d👧", "\u3000\u200d👩", "ậ\u200d\u0323\u0301", "ǟ\u0316\u0316\u0316\u0316\u0316\u0316\u0316\u0316\u200d\u0323", "İı ſ K",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, line, folded := survey.CleanText(s), survey.CleanLine(s), survey.Fold(s)
		for _, clean := range []string{text, line} {
			if !utf8.ValidString(clean) || !norm.NFC.IsNormalString(clean) || strings.TrimSpace(clean) != clean {
				t.Fatalf("%+q becomes %+q", s, clean)
			}
			if i := strings.IndexFunc(clean, forbidden); i >= 0 {
				t.Fatalf("%+q becomes %+q, which has a forbidden character at %d", s, clean, i)
			}
		}
		if again := survey.CleanText(text); again != text {
			t.Fatalf("%+q becomes %+q, then %+q", s, text, again)
		}
		if again := survey.CleanLine(line); again != line || strings.Contains(line, "\n") {
			t.Fatalf("%+q becomes the line %+q, then %+q", s, line, again)
		}
		if again := survey.Fold(folded); again != folded || !utf8.ValidString(folded) {
			t.Fatalf("%+q folds to %+q, then %+q", s, folded, again)
		}
		if n := survey.Letters(text); n < 0 || n > utf8.RuneCountInString(text) || overloaded(text) {
			t.Fatalf("%+q: %d letters, or more than 8 marks on one", text, n)
		}
	})
}

func forbidden(r rune) bool {
	return unicode.IsControl(r) && r != '\n' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200B || r == 0xFEFF || r&0xFFFE == 0xFFFE
}

func overloaded(text string) bool {
	marks := 0
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.M, r) {
			marks = 0
			continue
		}
		if marks++; marks > 8 {
			return true
		}
	}
	return false
}

// Common letters take a shorter way through CleanText. A character that is
// dropped at the end sends the same text the long way.
func TestCleanTextIsTheSameBothWays(t *testing.T) {
	const dropped = "\u200b"
	both := func(s string) {
		t.Helper()
		if short, long := survey.CleanText(s), survey.CleanText(s+dropped); short != long {
			t.Errorf("%q: %q, the long way %q", s, short, long)
		}
	}
	var all []rune
	for r := rune(0); r <= 0x2000; r++ {
		all = append(all, r)
		for _, s := range []string{string(r), "a" + string(r) + "e", "ơ" + string(r), string(r) + "\u0301"} {
			both(s)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.SampledFrom(all)).Draw(t, "text"))
		if short, long := survey.CleanText(s), survey.CleanText(s+dropped); short != long {
			t.Fatalf("%q: %q, the long way %q", s, short, long)
		}
	})
}
