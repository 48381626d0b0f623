package sheet

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hailong/survey"
)

func TestParseLearners(t *testing.T) {
	for text, want := range map[string]int{"": 0, "-": 0, "–": 0, "—": 0, " ": 0, "0": 0, "0.0": 0, "1": 1, "1234": 1234, "1.234": 1234, "1,234": 1234, "1 234": 1234,
		"1\u00A0234": 1234, "1\u202F234": 1234, "10.000": 10000, "1234.0": 1234, "1234,00": 1234, "007": 7, "1.000": 1000} {
		if got, err := survey.ParseLearners(text); err != nil || got != want {
			t.Errorf("%q read as %d, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"-5": "số âm", "−20": "số âm", "- 3": "số âm", "12.5": "số nguyên", "1,23": "số nguyên", "10001": "10.000", "10.001": "10.000",
		"99999999999999999999": "10.000", "1.234.567": "10.000", "600 em": "không kèm chữ", "khoảng 300": "không kèm chữ", "1.2345.678": "không kèm chữ",
		"1.234,567": "không kèm chữ", "３": "không kèm chữ", "+5": "không kèm chữ", "0x10": "không kèm chữ", "1e3": "không kèm chữ", "không": "không kèm chữ", "NaN": "không kèm chữ"} {
		if got, err := survey.ParseLearners(text); err == nil || !strings.Contains(err.Message, want) {
			t.Errorf("%q read as %d, %v; want %q", text, got, err, want)
		}
	}
}

func TestParseStored(t *testing.T) {
	for raw, want := range map[string]int{"0": 0, "71": 71, "71.0": 71, "1E3": 1000, "70.99999999999999": 71, "10000": 10000} {
		if got, err := parseStored(raw); err != nil || got != want {
			t.Errorf("%q read as %d, %v", raw, got, err)
		}
	}
	for _, raw := range []string{"-1", "-0.5", "12.5", "10001", "1E300", "1E999", "NaN", "Inf", "x"} {
		if got, err := parseStored(raw); err == nil {
			t.Errorf("%q read as %d", raw, got)
		}
	}
}

// Whatever way a believable number is written, it is read as itself.
func TestEnrolmentIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, survey.MaxEnrolment).Draw(t, "n")
		mark := rapid.SampledFrom([]string{"", ".", ",", " ", "\u00A0"}).Draw(t, "mark")
		text := fmt.Sprint(n)
		if len(text) > 3 {
			text = text[:len(text)-3] + mark + text[len(text)-3:]
		}
		if got, err := survey.ParseLearners(" " + text + "\n"); err != nil || got != n {
			t.Fatalf("%q read as %d, %v", text, got, err)
		}
		if got, err := parseStored(fmt.Sprint(float64(n))); err != nil || got != n {
			t.Fatalf("stored %d read as %d, %v", n, got, err)
		}
	})
}

func FuzzParseLearners(f *testing.F) {
	for _, text := range []string{"1.234", "-5", "12.5", "1E5", "", "−", "1 000 000"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, parse := range []func(string) (int, *survey.Error){survey.ParseLearners, parseStored} {
			if n, err := parse(text); n < 0 || n > survey.MaxEnrolment || err != nil && (n != 0 || err.Message == "") {
				t.Errorf("%q read as %d, %v", text, n, err)
			}
		}
	})
}

func FuzzMatchHeader(f *testing.F) {
	for _, text := range []string{"Mã trường", "Số HS (tiểu học)", "cấp", "cap 1", "(", "năm học 2026-2027"} {
		f.Add(text, "Số học sinh")
	}
	f.Fuzz(func(t *testing.T, last, above string) {
		field, ok := matchHeader([]string{above, last})
		again, same := matchHeader([]string{strings.ToUpper(above), strings.ToUpper(last)})
		if ok != (field != "") || strings.EqualFold(strings.ToUpper(last+above), last+above) && (again != field || same != ok) {
			t.Errorf("%q under %q is %q, in capitals %q", last, above, field, again)
		}
	})
}

// What stands around a level's name in its header does not change the level;
// a word that counts something else does.
func TestLevelHeaders(t *testing.T) {
	names := map[SchoolField][]string{"MN": {"Mầm non", "MN"}, "TH": {"Tiểu học", "Cấp 1"}, "THCS": {"THCS", "Cấp II"}, "THPT": {"Trung học phổ thông", "cấp 3"}, "GDTX": {"GDTX"}}
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom([]SchoolField{"MN", "TH", "THCS", "THPT", "GDTX"}).Draw(t, "level")
		name := rapid.SampledFrom(names[field]).Draw(t, "name")
		before := rapid.SampledFrom([]string{"", "Số HS ", "Số học sinh\n", "Tổng số học sinh ", "Sĩ số ", "TS HS "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " 2026-2027", " (học sinh)", " năm học 2026–2027", " "}).Draw(t, "after")
		if got, _ := matchHeader([]string{before + name + after}); got != field {
			t.Fatalf("%q is %q, want %q", before+name+after, got, field)
		}
		if got, ok := matchHeader([]string{"Số lớp", name}); ok {
			t.Fatalf("classes of %q taken for %q", name, got)
		}
	})
	for _, alone := range []string{"Số trẻ", "Học viên"} {
		if got, ok := matchHeader([]string{"Số lớp", alone}); ok {
			t.Errorf("classes of «%s» taken for %q", alone, got)
		}
	}
}
