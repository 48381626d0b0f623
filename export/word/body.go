package word

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"hailong/survey"
)

// body is the text of a document as XML, while it grows.
type body struct {
	bytes.Buffer
	pictures []picture
	drawn    int // pictures placed; each has a number of its own
	err      error
}

func newBody() *body { return &body{} }

// tag writes markup; only numbers and words of the format are put into it,
// never a text from outside.
func (b *body) tag(format string, args ...any) { fmt.Fprintf(b, format, args...) }

// text writes a text of people: in NFC, without control characters, its line
// ends as breaks, its blanks as they are.
func (b *body) text(s string) {
	for i, line := range strings.Split(cleaned(s), "\n") {
		if i > 0 {
			b.tag("<w:br/>")
		}
		b.tag(`<w:t xml:space="preserve">`)
		b.escape(line)
		b.tag("</w:t>")
	}
}

func (b *body) escape(s string) {
	if err := xml.EscapeText(b, []byte(s)); err != nil && b.err == nil {
		b.err = fmt.Errorf("write a text of a Word document: %w", err)
	}
}

// cleaned is survey.CleanText that leaves a blank at either end, which joins
// one run to the next.
func cleaned(s string) string {
	clean := survey.CleanText(s)
	if strings.HasPrefix(s, " ") {
		clean = " " + clean
	}
	if strings.HasSuffix(s, " ") && strings.TrimSpace(clean) != "" {
		clean += " "
	}
	return clean
}

// twips are twentieths of a point, in which Word measures.
func twips(mm float64) int { return int(math.Round(mm * 1440 / 25.4)) }

// emu are the units of drawings, 914,400 to the inch.
func emu(mm float64) int { return int(math.Round(mm * 914400 / 25.4)) }

// halves are half points, in which Word measures letters.
func halves(points float64) int { return int(math.Round(points * 2)) }

// twentieths of points, in which Word measures gaps.
func twentieths(points float64) int { return int(math.Round(points * 20)) }
