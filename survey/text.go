package survey

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	zeroWidthJoiner = '\u200d'
	maxMarks        = 8 // combining marks kept on one letter
)

// CleanText makes text that people typed safe to store: valid UTF-8 in NFC,
// line ends as \n, no control, zero-width or direction-changing characters
// (the joiner inside emoji stays), at most 8 combining marks on a letter,
// no blanks at either end. Cleaning twice changes nothing.
//
// It works on the decomposed text: only there the marks on a letter can be
// counted once and for all. Text of common letters needs none of that.
func CleanText(s string) string {
	if common(s) {
		return strings.TrimSpace(s)
	}
	return cleaned(s)
}

// common says whether a text has only characters that stay as they are beside
// any other: ASCII that prints, line ends, the letters of Latin in one piece.
func common(s string) bool {
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~', r == '\n', r >= 0x00C0 && r <= 0x024F, r >= 0x1E00 && r <= 0x1EFF:
		default:
			return false
		}
	}
	return true
}

func cleaned(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ").Replace(s)
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	var letter rune // the last one that is no mark
	for _, r := range norm.NFD.String(s) {
		switch {
		case dropped(r, letter):
			continue
		case unicode.Is(unicode.M, r):
			marks++
		default:
			marks, letter = 0, r
		}
		if marks <= maxMarks {
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(norm.NFC.String(b.String()))
}

// CleanLine is CleanText on one line: runs of blanks become one space.
func CleanLine(s string) string {
	return strings.Join(strings.Fields(CleanText(s)), " ")
}

// dropped says whether a character after that letter is left out.
func dropped(r, letter rune) bool {
	switch {
	case r == '\n':
		return false
	case r == zeroWidthJoiner:
		return letter < 0x203C || unicode.IsSpace(letter) // joins nothing that could be an emoji
	case unicode.IsControl(r):
		return true
	case r == 0x00AD, r == 0x061C, r == 0x180E, r >= 0x200B && r <= 0x200F, r == 0xFEFF:
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069:
		return true
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return true
	}
	return false
}

// Letters counts what a person would call the characters of a text: letters
// with their marks as one, an emoji sequence or a flag as one.
func Letters(s string) int {
	n := 0
	joined, halfFlag := false, false
	for _, r := range s {
		switch {
		case r == zeroWidthJoiner:
			joined = true
		case addsToLetter(r):
		case joined, halfFlag && isFlagLetter(r):
			joined, halfFlag = false, false
		default:
			n++
			halfFlag = isFlagLetter(r)
		}
	}
	return n
}

// addsToLetter finds marks, the skin tones of emoji and the tags of flags.
func addsToLetter(r rune) bool {
	return unicode.Is(unicode.M, r) || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

// isFlagLetter finds the letters of which two make a flag.
func isFlagLetter(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// Fold makes a text comparable the way people compare names: lower case,
// without accents, Đ as d, every run of other signs as one space.
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case r == 'đ':
			r = 'd'
		case r == 'ƀ':
			r = 'b'
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
