package survey

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaskKind is what a part of a comment seems to be.
type MaskKind string

// What is proposed for masking, with the words that stand in its place.
const (
	MaskPhone MaskKind = "[số điện thoại]"
	MaskPaper MaskKind = "[số giấy tờ]"
	MaskMail  MaskKind = "[thư điện tử]"
	MaskSite  MaskKind = "[địa chỉ mạng]"
	MaskName  MaskKind = "[tên]"
	MaskClass MaskKind = "[tên lớp]"
)

// MaskSpan is a part of a text, in bytes, that should not be read by everybody.
type MaskSpan struct {
	Start, End int
	Kind       MaskKind
}

// Masked gives a text with everything masked that MaskSpans proposes. It is a
// proposal for a person who reads the text: names written small, nicknames and
// what only a neighbour understands are not found. Masking twice changes
// nothing.
func Masked(text string) string {
	for spans := MaskSpans(text); len(spans) > 0; spans = MaskSpans(text) {
		text = maskedAt(text, spans) // what is left to mask grows shorter each time
	}
	return text
}

func maskedAt(text string, spans []MaskSpan) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		b.WriteString(string(s.Kind))
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// MaskSpans finds what should be masked in a text in NFC, in its order and
// without overlaps: e-mail and web addresses, telephone numbers however they
// are written, numbers as long as those on papers, names after a title or a
// family name, and classes. Where two readings meet, the earlier kind in this
// list holds.
func MaskSpans(text string) []MaskSpan {
	var found []MaskSpan
	taken := bracketed(text)
	words := wordsOf(text)
	for _, spans := range [][]MaskSpan{mailSpans(text), siteSpans(text), digitSpans(text), spokenSpans(words), classSpans(text), nameSpans(words)} {
		for _, s := range spans {
			if s.Start < s.End && !slices.ContainsFunc(taken, s.meets) {
				found, taken = append(found, s), append(taken, s)
			}
		}
	}
	slices.SortFunc(found, func(a, b MaskSpan) int { return a.Start - b.Start })
	return found
}

func (s MaskSpan) meets(o MaskSpan) bool { return s.Start < o.End && o.Start < s.End }

// bracketed finds what is masked already.
func bracketed(text string) (spans []MaskSpan) {
	if !strings.Contains(text, "[") {
		return nil
	}
	for _, kind := range []MaskKind{MaskPhone, MaskPaper, MaskMail, MaskSite, MaskName, MaskClass} {
		for at := 0; ; {
			i := strings.Index(text[at:], string(kind))
			if i < 0 {
				break
			}
			spans = append(spans, MaskSpan{at + i, at + i + len(kind), kind})
			at += i + len(kind)
		}
	}
	return spans
}

var (
	mailForm  = regexp.MustCompile(`[\pL\pN._%+-]+[ ]?@[ ]?[\pL\pN-]+([ ]?\.[ ]?[\pL\pN-]+)+|[\pL\pN._%+-]+@[\pL\pN._%+-]+`)
	siteForm  = regexp.MustCompile(`(?i)(https?://|www\.)[^\s]+|\b(facebook|fb|zalo|m|tiktok|youtube)\.(com|me)/[^\s]+`)
	classForm = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])lớp[ ]+([0-9]{1,2}[ ]?(?:[a-zđ][ ]?[0-9]{0,2}|[/.-][ ]?[0-9]{1,2}))(?:$|[^\pL\pN])`)
	// digitRun is digits with at most three signs between two of them; O stands for 0 beside them.
	digitRun = regexp.MustCompile(`\+?\(?(?:\b[oO])?[0-9](?:[ .,\-–()/]{0,3}[0-9oO])*[0-9]`)
	// moneyForm is a number in groups of three, as money is written.
	moneyForm  = regexp.MustCompile(`^[1-9][0-9]{0,2}([.,][0-9]{3})+$`)
	moneyAfter = regexp.MustCompile(`(?i)^[ ]?(đồng|đ|vnđ|vnd|tr|triệu|k|nghìn|ngàn|tỷ)([^\pL]|$)`)
)

func spansOf(form *regexp.Regexp, text string, kind MaskKind) (spans []MaskSpan) {
	for _, m := range form.FindAllStringIndex(text, -1) {
		spans = append(spans, MaskSpan{m[0], m[1], kind})
	}
	return spans
}

// What follows looks first for a sign without which nothing can be found: most
// comments hold none, and the expressions are slow.

func mailSpans(text string) []MaskSpan {
	if !strings.Contains(text, "@") {
		return nil
	}
	return spansOf(mailForm, text, MaskMail)
}

func siteSpans(text string) []MaskSpan {
	if !strings.Contains(text, "://") && !strings.Contains(text, ".") {
		return nil
	}
	return spansOf(siteForm, text, MaskSite)
}

func classSpans(text string) (spans []MaskSpan) {
	if !strings.Contains(text, "ớp") && !strings.Contains(text, "ỚP") {
		return nil
	}
	for _, m := range classForm.FindAllStringSubmatchIndex(text, -1) {
		spans = append(spans, MaskSpan{m[2], m[3], MaskClass})
	}
	return spans
}

// shortestPaper is the number of digits of the shortest number that leads to a
// person: an old identity card has 9, a new one 12, a telephone 10 or 11.
const shortestPaper = 9

// longestMoney is the number of digits from which on nothing is an amount.
const longestMoney = 12

func digitSpans(text string) (spans []MaskSpan) {
	if strings.Count(strings.Map(digitOrO, text), "0") < shortestPaper {
		return nil
	}
	for _, s := range spansOf(digitRun, text, MaskPaper) {
		run := text[s.Start:s.End]
		digits := strings.Map(func(r rune) rune {
			switch {
			case r == 'o' || r == 'O':
				return '0'
			case r < '0' || r > '9':
				return -1
			}
			return r
		}, run)
		if len(digits) < shortestPaper || moneyForm.MatchString(run) || moneyAfter.MatchString(text[s.End:]) && digits[0] != '0' && len(digits) < longestMoney {
			continue
		}
		if digits[0] == '0' && len(digits) <= 11 || strings.HasPrefix(digits, "84") && len(digits) <= 12 {
			s.Kind = MaskPhone
		}
		spans = append(spans, s)
	}
	return spans
}

func digitOrO(r rune) rune {
	if r >= '0' && r <= '9' || r == 'o' || r == 'O' {
		return '0'
	}
	return -1
}

// spoken are the digits in words.
var spoken = setOf("không", "khong", "một", "mot", "mốt", "hai", "ba", "bốn", "bon", "tư", "năm", "nam", "lăm", "sáu", "sau", "bảy", "bẩy", "bay", "tám", "tam", "chín", "chin")

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// spokenSpans finds telephone numbers that are written as they are spoken.
func spokenSpans(all []word) (spans []MaskSpan) {
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && (spoken[all[j].low] || isNumber(all[j].low)) && (j == i || all[j].follows) {
			j++
		}
		if j-i >= shortestPaper {
			spans = append(spans, MaskSpan{all[i].start, all[j-1].end, MaskPhone})
		}
		i = max(j, i+1)
	}
	return spans
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// word is one word of a text; follows says that only blanks, or a comma or
// point within a number, lie between it and the word before.
type word struct {
	text, low  string // as it stands, and in small letters
	start, end int
	follows    bool
}

// wordsOf gives the words: letters, digits, their marks, and the apostrophe
// inside of a word, as in H'Bia.
func wordsOf(text string) (all []word) {
	start, last := -1, 0
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || start >= 0 && (r == '\'' || r == '’') && letterAfter(text[i:]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			all, last = append(all, newWord(text, last, start, i)), i
			start = -1
		}
	}
	if start >= 0 {
		all = append(all, newWord(text, last, start, len(text)))
	}
	return all
}

func newWord(text string, last, start, end int) word {
	return word{text[start:end], strings.ToLower(text[start:end]), start, end, blank(text[last:start])}
}

func letterAfter(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	r, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsLetter(r)
}

func blank(s string) bool { return len(s) <= 2 && strings.Trim(s, " ") == "" }
