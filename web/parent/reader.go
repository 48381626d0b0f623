package parent

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// languageField is what an address says of the language.
const languageField = "tieng"

// resumed brings somebody who changes the language back to the step where they
// were; the draft has the answers.
const resumed = "#tiep"

// reader is who reads a page: in which language the page speaks and in which
// the questions are.
type reader struct {
	dir     *survey.Directory
	texts   *page.Texts
	code    survey.Language       // chosen
	words   *survey.Questionnaire // in that language
	written survey.Language       // of those words
}

func (p *Pages) reader(c *fiber.Ctx) reader {
	d := p.desk.Directory()
	r := reader{dir: d, code: d.Questionnaire.Speaks(survey.Language(c.Query(languageField)))}
	r.texts = p.texts.In(r.code)
	r.words, r.written = d.Questionnaire.In(r.code)
	return r
}

// head is that of a page in the reader's language. rest is what its address has
// beside the language, anchor where to go in it.
func (r reader) head(title string, rest url.Values, anchor string) page.Head {
	h := page.NewHead(title, r.dir).In(r.texts)
	tongues := r.dir.Questionnaire.Tongues()
	if len(tongues) == 1 {
		return h
	}
	for _, t := range tongues {
		query := url.Values{languageField: {string(t.Code)}}
		for name, values := range rest {
			query[name] = values
		}
		h.Languages = append(h.Languages, page.LanguageLink{Path: "?" + query.Encode() + anchor, Name: t.Name, Code: t.Code, Current: t.Code == r.code})
	}
	return h
}

// to keeps the language in the address of another page.
func (r reader) to(path string) string {
	if r.code == r.dir.Questionnaire.Speaks("") {
		return path
	}
	return path + "?" + languageField + "=" + string(r.code)
}

// foreign is the attribute lang of the questionnaire's words; empty when the
// page speaks that language.
func (r reader) foreign() survey.Language {
	if r.written == r.texts.Lang() {
		return ""
	}
	return r.written
}

// form is a form in the reader's language.
func (r reader) form(f *survey.Form) *survey.Form {
	if own, ok := r.words.Form(string(f.Code)); ok {
		return own
	}
	return f
}
