package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// significant gives a number with the 15 digits that a cell holds, rounded: the
// library would cut the rest off, and 96.19499999999999, which is shown as
// 96.20, would become 96.1949999999999, which is not.
func significant(x float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	if err != nil {
		return x
	}
	return rounded
}

// fits refuses a text that a cell cannot hold: the library would cut it and
// say nothing.
func fits(text string) error {
	units := 0
	if len(text) > excelize.TotalCellChars {
		for _, r := range text {
			units += max(1, utf8.RuneLen(r)-2) // four bytes are two units
		}
	}
	if units > excelize.TotalCellChars {
		return fmt.Errorf("a text of %d characters is longer than a cell holds", units)
	}
	return nil
}

// formulaSigns begin what a spreadsheet program may take for a formula.
const formulaSigns = "=+-@\t\r\n\x00＝＋－＠"

// defused puts an apostrophe before a text that could be taken for a formula
// once the sheet has been saved as CSV and opened again. It is for text that
// strangers wrote; names are kept as they are.
func defused(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune(formulaSigns, first) {
		return "'" + text
	}
	return text
}

// cellPadding is the part of a column's width that text does not get: the
// margins of the cell and its indent.
const cellPadding = 2.0

// maxRowHeight is the most that Excel allows, in points.
const maxRowHeight = 409

// rowHeight has room for that many lines. Rows have their height stored,
// because programs differ in whether they find it out by themselves.
func rowHeight(lines int) float64 {
	return min(maxRowHeight, lineHeight*float64(lines))
}

// wrappedLines says on how many lines a text goes in a column of that width,
// rather one too many than one too few.
func wrappedLines(text string, width float64) int {
	if 2*float64(len(text)) <= width && !strings.Contains(text, "\n") {
		return 1
	}
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines += paragraphLines(paragraph, width)
	}
	return lines
}

func paragraphLines(text string, width float64) int {
	lines, used := 1, 0.0
	for word := range strings.SplitSeq(text, " ") {
		size := textWidth(word)
		if used > 0 && used+size > width {
			lines, used = lines+1, 0
		}
		for used += size; used > width && size > width; used -= width {
			lines++ // a word longer than a line is broken anywhere
		}
		used += textWidth(" ")
	}
	return lines
}

// letterWidths are the widths of the signs from the space to the tilde in
// Times New Roman, in thousandths of its size (Adobe's metrics of Times Roman).
var letterWidths = [...]int{
	250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
	921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
	556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
	333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
	500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
}

const (
	digitWidth = 500  // thousandths: the unit of column widths
	upperWidth = 722  // as Đ
	otherWidth = 1000 // of a sign that is neither a letter of ours nor a dash or quote
	screenMore = 1.05 // letters on a screen are rounded up to its dots
	lastSmall  = '\u2020'
)

// textWidth gives the width of a text in digits. A letter with marks is as
// wide as the letter.
func textWidth(text string) float64 {
	width := 0
	for len(text) > 0 {
		p := norm.NFD.PropertiesString(text)
		letter := text[:p.Size()]
		if bare := p.Decomposition(); bare != nil {
			letter = string(bare[:1])
		}
		width += letterWidth(letter)
		text = text[max(1, p.Size()):]
	}
	return screenMore * float64(width) / digitWidth
}

func letterWidth(letter string) int {
	r, _ := utf8.DecodeRuneInString(letter)
	switch {
	case r >= ' ' && r <= '~':
		return letterWidths[r-' ']
	case unicode.Is(unicode.M, r):
		return 0
	case unicode.IsUpper(r) && r < lastSmall:
		return upperWidth
	case r < lastSmall:
		return digitWidth
	}
	return otherWidth
}
