package office

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Addresses of the help.
const (
	helpPath     = "/so/tro-giup"
	handbookPath = "/so/tro-giup/so-tay"
)

// handbookFile is the text that follows a round from its beginning to its end.
const handbookFile = "help/so-tay.md"

// helpText is a text of the help: a section about one page, or the handbook.
// The texts are files of a small part of Markdown: a title, headings of the
// second level, paragraphs, lists, links, bold and code.
type helpText struct {
	ID     string // of the section: the page's name
	Title  string
	Blocks []helpBlock
}

// helpBlock is a heading, a paragraph or a list.
type helpBlock struct {
	Kind  string // h, p, ul or ol
	ID    string // of a heading
	Lines [][]helpSpan
}

// helpSpan is a piece of a line: text, perhaps a link, bold or code.
type helpSpan struct {
	Text, Path string
	Bold, Code bool
}

// readHelp reads the sections in the order of their files, whose names are a
// number for the order, a hyphen and the page's name; and the handbook.
func readHelp(files fs.FS) (sections []helpText, handbook helpText, err error) {
	names, err := fs.Glob(files, "help/[0-9]*.md")
	if err != nil {
		return nil, handbook, fmt.Errorf("list the help: %w", err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, handbook, fmt.Errorf("read help %s: %w", name, err)
		}
		_, id, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), "-")
		sections = append(sections, parseHelp(id, string(body)))
	}
	body, err := fs.ReadFile(files, handbookFile)
	if err != nil {
		return nil, handbook, fmt.Errorf("read the handbook: %w", err)
	}
	return sections, parseHelp("so-tay", string(body)), nil
}

func parseHelp(id, text string) helpText {
	t := helpText{ID: id}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "# "); ok {
			t.Title = title
		} else if line != "" {
			t.add(line)
		}
	}
	return t
}

// add adds a line: to the list before it when both are of one list.
func (t *helpText) add(line string) {
	kind, rest := kindOfLine(line)
	if last := len(t.Blocks) - 1; last >= 0 && t.Blocks[last].Kind == kind && (kind == "ul" || kind == "ol") {
		t.Blocks[last].Lines = append(t.Blocks[last].Lines, spansOf(rest))
		return
	}
	b := helpBlock{Kind: kind, Lines: [][]helpSpan{spansOf(rest)}}
	if kind == "h" {
		b.ID = strings.ReplaceAll(survey.Fold(rest), " ", "-")
	}
	t.Blocks = append(t.Blocks, b)
}

func kindOfLine(line string) (kind, rest string) {
	if rest, ok := strings.CutPrefix(line, "## "); ok {
		return "h", rest
	}
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		return "ul", rest
	}
	if number, rest, ok := strings.Cut(line, ". "); ok && strings.Trim(number, "0123456789") == "" {
		return "ol", rest
	}
	return "p", line
}

// spansOf takes a line apart at [text](/path), **bold** and `code`.
func spansOf(line string) (spans []helpSpan) {
	for line != "" {
		at := strings.IndexAny(line, "[`*")
		if at < 0 {
			return append(spans, helpSpan{Text: line})
		}
		if at > 0 {
			spans = append(spans, helpSpan{Text: line[:at]})
		}
		var span helpSpan
		span, line = firstSpan(line[at:])
		spans = append(spans, span)
	}
	return spans
}

// firstSpan reads the mark at the beginning of a line; a sign that begins none
// is text.
func firstSpan(line string) (span helpSpan, rest string) {
	if text, after, ok := strings.Cut(line[1:], "]("); ok && line[0] == '[' {
		if target, rest, ok := strings.Cut(after, ")"); ok {
			return helpSpan{Text: text, Path: target}, rest
		}
	}
	for mark, span := range map[string]helpSpan{"**": {Bold: true}, "`": {Code: true}} {
		if inner, ok := strings.CutPrefix(line, mark); ok {
			if text, rest, ok := strings.Cut(inner, mark); ok {
				span.Text = text
				return span, rest
			}
		}
	}
	return helpSpan{Text: line[:1]}, line[1:]
}

type helpPage struct {
	page.Head
	Sections []helpText
}

func (p *Pages) showHelp(c *fiber.Ctx, account survey.Account) error {
	return p.set.Render(c, http.StatusOK, "help", helpPage{Head: p.head(c, "Trợ giúp", account), Sections: p.help})
}

type handbookPage struct {
	page.Head
	Text helpText
}

func (p *Pages) showHandbook(c *fiber.Ctx, account survey.Account) error {
	return p.set.Render(c, http.StatusOK, "handbook", handbookPage{Head: p.head(c, p.handbook.Title, account), Text: p.handbook})
}
