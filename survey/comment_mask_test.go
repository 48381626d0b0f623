package survey_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hailong/survey"
)

func TestMasked(t *testing.T) {
	for in, want := range map[string]string{
		// telephones, as people write them
		"Gọi tôi số 0905123456 nhé":  "Gọi tôi số [số điện thoại] nhé",
		"Gọi 0905 123 456":           "Gọi [số điện thoại]",
		"gọi 0905.123.456.":          "gọi [số điện thoại].",
		"+84 905-123-456":            "[số điện thoại]",
		"(0262) 3 855 123":           "[số điện thoại]",
		"84905123456":                "[số điện thoại]",
		"O9o5123456 hoặc 09O5123456": "[số điện thoại] hoặc [số điện thoại]",
		"không chín không năm một hai ba bốn năm sáu": "[số điện thoại]",
		"zalo: 0905 / 123 / 456":                      "zalo: [số điện thoại]",
		// numbers of papers
		"CCCD 066123456789":                       "CCCD [số giấy tờ]",
		"cmnd 240123456 của tôi":                  "cmnd [số giấy tờ] của tôi",
		"số tài khoản 5200205012345 tại Agribank": "số tài khoản [số giấy tờ] tại Agribank",
		// no papers: money, years, amounts
		"Thu 1.500.000 đồng là cao":          "Thu 1.500.000 đồng là cao",
		"quỹ 120.500.000":                    "quỹ 120.500.000",
		"năm học 2026-2027":                  "năm học 2026-2027",
		"khoảng 100000000 đồng":              "khoảng 100000000 đồng",
		"từ 7h30 đến 11h15, ngày 20/10/2026": "từ 7h30 đến 11h15, ngày 20/10/2026",
		"một hai ba":                         "một hai ba",
		// addresses
		"thư tới lan.nguyen@gmail.com giúp":         "thư tới [thư điện tử] giúp",
		"viết cho lan @ gmail . com":                "viết cho [thư điện tử]",
		"xem https://facebook.com/lan.123?x=1 ngay": "xem [địa chỉ mạng] ngay",
		"fb.com/hoa": "[địa chỉ mạng]",
		// names after a title
		"Cô Lan dạy rất tốt":                   "Cô [tên] dạy rất tốt",
		"cô giáo Nguyễn Thị Hoa nhiệt tình":    "cô giáo [tên] nhiệt tình",
		"thầy hiệu trưởng Y Jút Niê":           "thầy hiệu trưởng [tên]",
		"cháu H'Bia bị bạn đánh":               "cháu [tên] bị bạn đánh",
		"cháu H’Hen Niê thích học":             "cháu [tên] thích học",
		"bé Bo lớp lá":                         "bé [tên] lớp lá",
		"cô lan hay mắng":                      "cô [tên] hay mắng",
		"em tên Minh Anh":                      "em tên [tên]",
		"CÔ LAN DẠY HAY":                       "CÔ [tên] DẠY HAY",
		"Phan Văn Trị là người viết":           "[tên] là người viết",
		"bạn Đỗ Quang Huy, Lê Na đánh con tôi": "bạn [tên], [tên] đánh con tôi",
		// no names
		"Cô giáo nhiệt tình, thầy cô vui vẻ":            "Cô giáo nhiệt tình, thầy cô vui vẻ",
		"Thầy cô Tiếng Anh tốt":                         "Thầy cô Tiếng Anh tốt",
		"Trường Tiểu học Nguyễn Thị Minh Khai":          "Trường Tiểu học Nguyễn Thị Minh Khai",
		"THPT Lê Quý Đôn":                               "THPT Lê Quý Đôn",
		"em an toàn khi đến trường":                     "em an toàn khi đến trường",
		"Mong nhà trường sửa nhà vệ sinh. Em Rất thích": "Mong nhà trường sửa nhà vệ sinh. Em Rất thích",
		"đường Lê Duẩn lầy lội":                         "đường Lê Duẩn lầy lội",
		// classes
		"lớp 3A1 quá đông":   "lớp [tên lớp] quá đông",
		"Lớp 5/2 ồn":         "Lớp [tên lớp] ồn",
		"học sinh lớp 3 vui": "học sinh lớp 3 vui",
		"":                   "",
	} {
		if got := survey.Masked(in); got != want {
			t.Errorf("%q:\n got %q\nwant %q", in, got, want)
		}
	}
}

// fragments are what comments are made of, with what should be masked among it.
var fragments = []string{"cô", "thầy", "Lan", "Nguyễn", "Văn", "A", "H'Bia", "Y", "Jút", "lớp", "3A", "3", "0905", "123", "456", "066123456789", "không", "chín", "năm", "@", "gmail.com",
	"lan@gmail.com", "www.x.vn/a", ".", ",", "-", "\n", " ", "  ", "đồng", "[tên]", "[số điện thoại]", "[", "]", "ư̆", "😀", "trường", "Trường", "O9o5", "+84", "(", ")", "/", "tốt", "LAN"}

var longNumber = regexp.MustCompile(`(^|[^0-9])0[0-9]{9}|[0-9]{12}`)

// Whatever is written: masking twice changes nothing, what is masked stays out,
// nothing else is lost, and no long number is left.
func TestMaskingHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := survey.CleanText(strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 14).Draw(t, "text"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between")))
		masksWell(t, text)
	})
}

type failer interface {
	Errorf(format string, args ...any)
}

func masksWell(t failer, text string) {
	at := 0
	for _, s := range survey.MaskSpans(text) {
		if s.Start < at || s.End <= s.Start || s.End > len(text) || !utf8.ValidString(text[s.Start:s.End]) {
			t.Errorf("%q: span %+v after %d", text, s, at)
			return
		}
		at = s.End
	}
	masked := survey.Masked(text)
	if again := survey.Masked(masked); again != masked {
		t.Errorf("%q: masked %q, and again %q", text, masked, again)
	}
	if left := longNumber.FindString(masked); left != "" {
		t.Errorf("%q: %q is left in %q", text, left, masked)
	}
	if !utf8.ValidString(masked) {
		t.Errorf("%q: %q is no UTF-8", text, masked)
	}
}

func FuzzMasked(f *testing.F) {
	for _, seed := range []string{"Cô Lan 0905123456", "H'Bia, Y Jút Niê", "lớp 3A/lan@x.vn", "\u0300[tên]0", "0900000000đồng"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { masksWell(t, survey.CleanText(text)) })
}
