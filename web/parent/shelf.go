package parent

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// cacheable lets the browser go back to a page without the network, and no one
// else keep it.
const cacheable = "private, no-cache"

// maxBlanks bounds the shelf to some 45 MB; a province has about 2,500 forms of 7 KB in
// each language and coding.
const maxBlanks = 6144

// shelf keeps blank forms ready to send, for one revision of the directory.
type shelf struct {
	mu       sync.RWMutex
	revision int64
	blanks   map[blankKey]blank
}

type blankKey struct {
	link   survey.LinkCode
	form   survey.FormCode
	in     survey.Language
	coding string
}

// get gives the form from the shelf, or makes it.
func (s *shelf) get(revision int64, key blankKey, prepare func() (blank, error)) (blank, error) {
	s.mu.RLock()
	b, ok := s.blanks[key]
	ok = ok && s.revision == revision
	s.mu.RUnlock()
	if ok {
		return b, nil
	}
	b, err := prepare()
	if err != nil {
		return blank{}, err
	}
	s.put(revision, key, b)
	return b, nil
}

func (s *shelf) put(revision int64, key blankKey, b blank) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.blanks == nil || s.revision != revision || len(s.blanks) >= maxBlanks {
		s.blanks, s.revision = map[blankKey]blank{}, revision
	}
	s.blanks[key] = b
}

// sendBlank hands out a form.
func (p *Pages) sendBlank(c *fiber.Ctx, r reader, link survey.Link, form *survey.Form) error {
	coding := codingFor(c)
	b, err := p.blank.get(r.dir.Revision, blankKey{link.School.Link, form.Code, r.code, coding}, func() (blank, error) {
		return p.prepare(sheet{opened: opened{reader: r, link: link}, form: r.form(form), id: standIn, base: p.base}, coding)
	})
	if err != nil {
		return err
	}
	id, err := p.desk.Mint()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, cacheable)
	return p.hand(c, b, id)
}

// prepare renders a form and compresses it up to its id.
func (p *Pages) prepare(s sheet, coding string) (blank, error) {
	filled := s.page()
	rendered, err := p.set.Execute(s.view(), filled)
	if err != nil {
		return blank{}, err
	}
	return newBlank(rendered, coding, page.ViewOf(s.view(), filled))
}

// codingFor is how the browser wants the form: brotli saves a sixth, but is
// understood over TLS only; nearly everybody else unpacks gzip.
func codingFor(c *fiber.Ctx) string {
	accepts := &c.Request().Header
	switch {
	case accepts.HasAcceptEncoding(brotliCoding):
		return brotliCoding
	case accepts.HasAcceptEncoding(gzipCoding):
		return gzipCoding
	}
	return ""
}

// quickCoding is the same for a form that is compressed for one reader only:
// brotli would take 20 ms.
func quickCoding(c *fiber.Ctx) string {
	if c.Request().Header.HasAcceptEncoding(gzipCoding) {
		return gzipCoding
	}
	return ""
}

// hand sends a blank with its id.
func (p *Pages) hand(c *fiber.Ctx, b blank, id survey.FormID) error {
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if b.coding != "" {
		c.Response().Header.SetContentEncoding(b.coding)
	}
	head, rest := b.with(id)
	return p.set.Send(c, fiber.StatusOK, b.view, head, rest)
}
