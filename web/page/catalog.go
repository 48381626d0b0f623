package page

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hailong/survey"
)

// maxTexts bounds a file of texts, in bytes; ours have 8 KB.
const maxTexts = 256 << 10

// Catalog is the languages in which the pages can speak. Nil has those that
// come with the program.
type Catalog struct{ more map[survey.Language]*Texts }

// ReadCatalog adds the files of a folder, such as rad.txt, to the languages that
// come with the program, which stay as they are. notes say in Vietnamese what
// cannot be used or is missing; the pages say that in Vietnamese.
func ReadCatalog(folder fs.FS) (c *Catalog, notes []string, err error) {
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, nil, fmt.Errorf("list texts: %w", err)
	}
	c = &Catalog{more: map[survey.Language]*Texts{}}
	for _, name := range names {
		found, err := c.read(folder, name)
		if err != nil {
			return nil, nil, err
		}
		for _, note := range found {
			notes = append(notes, name+": "+note)
		}
	}
	return c, notes, nil
}

func (c *Catalog) read(folder fs.FS, name string) (notes []string, err error) {
	code, err := survey.ParseLanguage(strings.TrimSuffix(path.Base(name), ".txt"))
	if err != nil {
		return []string{"tên tệp không phải mã tiếng. Đặt tên như rad.txt"}, nil
	}
	if builtIn()[code] != nil {
		return []string{"tiếng này đi kèm phần mềm nên tệp không được dùng"}, nil
	}
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	if len(data) > maxTexts {
		return []string{"tệp quá lớn nên không được dùng"}, nil
	}
	t, notes := parseTexts(code, string(data))
	c.more[code] = t
	return append(notes, t.fit()...), nil
}

// In gives the texts of a language; Vietnamese ones when it has none.
func (c *Catalog) In(code survey.Language) *Texts {
	if t := builtIn()[code]; t != nil {
		return t
	}
	if c != nil && c.more[code] != nil {
		return c.more[code]
	}
	return vietnamese()
}

// Speaks says whether the pages have texts in a language.
func (c *Catalog) Speaks(code survey.Language) bool { return c.In(code).Lang() == code }

// languages are those that have texts.
func (c *Catalog) languages() []survey.Language {
	codes := []survey.Language{survey.LangVI, survey.LangEN}
	if c != nil {
		for code := range c.more {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// Template gives the Vietnamese file, from which another language is made.
func Template() ([]byte, error) { return textFiles.ReadFile("texts/vi.txt") }
