package survey

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// titles come before names; fillers may stand between the two.
var (
	titles = setOf("cô", "thầy", "bạn", "em", "cháu", "bé", "anh", "chị", "ông", "bà", "chú", "bác", "cậu", "dì", "mẹ", "bố", "ba", "má", "con", "co", "thay", "be", "chau",
		"gvcn", "gv", "giáo", "viên", "trưởng", "phó", "nhiệm", "mẫu", "tên")
	fillers = setOf("giáo", "giao", "chủ", "nhiệm", "hiệu", "trưởng", "phó", "bảo", "mẫu", "tên", "là", "viên", "dạy", "lớp")
	// familyNames are the commonest family names, and those of the highlands.
	familyNames = setOf("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh", "Trịnh", "Lương", "Mai", "Tô", "Cao",
		"Niê", "Ksơr", "Êban", "Mlô", "Kbuôr", "Byă", "Ayŭn", "Ênuôl", "Hwing", "Bkrông", "Rơ")
	// givens are given names that mean nothing else right after a title, for
	// those who write without capitals.
	givens = setOf("lan", "hương", "hằng", "nga", "trang", "tuấn", "hùng", "dũng", "cường", "linh", "yến", "oanh", "phượng", "loan", "nhung", "thủy", "thuỷ", "huyền", "quỳnh",
		"trinh", "vy", "vân", "huệ", "thảo", "dung", "ngân", "hạnh", "tuyết", "sơn", "long", "quân", "khoa", "khánh")
	// noNames begin with a capital after a title and are no names.
	noNames = setOf("Tiếng", "Toán", "Văn", "Lý", "Vật", "Hóa", "Hoá", "Sinh", "Sử", "Địa", "Tin", "Thể", "Âm", "Mỹ", "Mĩ", "Công", "Khoa", "Giáo", "Trường", "Lớp", "Sở", "Phòng",
		"Ban", "Hội", "Đoàn", "Đội", "Nhà", "Bộ", "Và", "Có", "Rất", "Không", "Đã", "Nên", "Cần", "Mong", "Xin", "Cảm", "Tôi", "Em", "Con", "Các", "Những", "Ngoài", "Tuy", "Nhưng",
		"Việt", "Tiểu", "Mầm", "Trung", "Ủy", "Hiệu", "Chủ", "Thầy", "Cô", "Phụ", "Học")
	// places come before names of schools and streets.
	places = setOf("trường", "tiểu", "học", "mầm", "non", "mẫu", "giáo", "thpt", "thcs", "th", "thông", "trú", "đường", "phố", "xã", "phường", "sở", "tỉnh", "cơ")
)

const longestName = 5 // words

// nameSpans finds names: capitals, or a common given name, after a title; a
// family name with what follows it; names of the highlands (H'Bia, Y Jút).
func nameSpans(all []word) (spans []MaskSpan) {
	for i := 0; i < len(all); {
		n := 0
		switch {
		case i > 0 && all[i].follows && titled(all, i):
			n = nameLength(all[i:])
		case highland(all[i:]) || familyNames[all[i].text] && !placed(all, i):
			if n = nameLength(all[i:]); n == 1 && !highland(all[i:]) {
				n = 0 // a family name alone is as good as none
			}
		}
		if n > 0 {
			spans = append(spans, MaskSpan{all[i].start, all[i+n-1].end, MaskName})
		}
		i += max(n, 1)
	}
	return spans
}

// titled says whether a title leads to the word, over fillers at most.
func titled(all []word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if titles[all[j].low] {
			return true
		}
		if !fillers[all[j].low] || !all[j].follows {
			return false
		}
	}
	return false
}

// placed says whether the word belongs to the name of a school or a street.
func placed(all []word, i int) bool {
	return i > 0 && all[i].follows && places[all[i-1].low]
}

// highland finds H'Bia, HBia as H’Bia, and Y Jút.
func highland(all []word) bool {
	first := all[0].text
	if len(first) > 2 && (strings.HasPrefix(first, "H'") || strings.HasPrefix(first, "H’")) {
		return true
	}
	return first == "Y" && len(all) > 1 && all[1].follows && capital(all[1])
}

// nameLength is how many of the words, which follow each other, are a name.
func nameLength(all []word) int {
	if givens[all[0].text] {
		return 1
	}
	n := 0
	if noNames[all[0].text] {
		return 0
	}
	for n < len(all) && n < longestName && (n == 0 || all[n].follows) && capital(all[n]) {
		n++
	}
	return n
}

// capital finds a word that begins with a capital. What has capitals only is an
// abbreviation, as THPT, unless it is a known name.
func capital(w word) bool {
	r, size := utf8.DecodeRuneInString(w.text)
	if !unicode.IsUpper(r) || strings.ContainsAny(w.text, "0123456789") {
		return false
	}
	return size == len(w.text) || strings.ToUpper(w.text) != w.text || givens[w.low] || loudFamilies[w.low]
}

// loudFamilies are the family names in small letters, for those who write in
// capitals only (NGUYỄN).
var loudFamilies = lowered(familyNames)

func lowered(set map[string]bool) map[string]bool {
	low := make(map[string]bool, len(set))
	for w := range set {
		low[strings.ToLower(w)] = true
	}
	return low
}
