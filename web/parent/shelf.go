package parent

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// cacheable lets the browser go back to a page without the network, and no one
// else keep it.
const cacheable = "private, no-cache"

// maxBlanks bounds the shelf; a province has about 2,500 forms of 6 KB in
// each language.
const maxBlanks = 8192

// shelf keeps blank forms ready to send, for one revision of the directory.
type shelf struct {
	mu       sync.RWMutex
	revision int64
	blanks   map[blankKey]blank
}

type blankKey struct {
	link survey.LinkCode
	form survey.FormCode
	in   survey.Language
}

// blank is a form compressed up to its id. The id and the few signs after it
// follow uncompressed, so handing out a form costs a copy and no compressing.
type blank struct {
	packed []byte // gzip header and deflated head, flushed to a whole byte
	sum    uint32 // CRC-32 of the head
	size   uint32 // bytes of the head
	tail   []byte // what follows the id
	view   page.View
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

// standIn marks the place of the id in a rendered form.
const standIn = "id-goes-here-0123456789"

// newBlank prepares a form that was rendered with standIn for its id.
func newBlank(rendered []byte) (blank, error) {
	head, tail, ok := bytes.Cut(rendered, []byte(standIn))
	if !ok {
		return blank{}, errors.New("a form has no place for its id")
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return blank{}, fmt.Errorf("prepare a form: %w", err)
	}
	if _, err := z.Write(head); err != nil {
		return blank{}, fmt.Errorf("compress a form: %w", err)
	}
	if err := z.Flush(); err != nil {
		return blank{}, fmt.Errorf("compress a form: %w", err)
	}
	return blank{packed: packed.Bytes(), sum: crc32.ChecksumIEEE(head), size: uint32(len(head)), tail: bytes.Clone(tail)}, nil
}

// gzipped is the whole form with an id, compressed, in two parts: the head, and
// one final stored block with id and tail behind which gzip's trailer stands.
func (b blank) gzipped(id survey.FormID) (head, rest []byte) {
	n := len(id) + len(b.tail)
	out := make([]byte, 0, 5+n+8)
	out = append(out, 1, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
	out = append(append(out, id...), b.tail...)
	sum := crc32.Update(b.sum, crc32.IEEETable, out[5:])
	return b.packed, appendLE(appendLE(out, sum), b.size+uint32(n))
}

func appendLE(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

// plain is the same, not compressed, for the few who cannot unpack.
func (b blank) plain(id survey.FormID) ([]byte, error) {
	head, rest := b.gzipped(id)
	z, err := gzip.NewReader(io.MultiReader(bytes.NewReader(head), bytes.NewReader(rest)))
	if err != nil {
		return nil, fmt.Errorf("unpack a form: %w", err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack a form: %w", err)
	}
	return out, nil
}

// sendBlank hands out a form.
func (p *Pages) sendBlank(c *fiber.Ctx, r reader, link survey.Link, form *survey.Form) error {
	b, err := p.blank.get(r.dir.Revision, blankKey{link.School.Link, form.Code, r.code}, func() (blank, error) {
		filled := sheet{opened: opened{reader: r, link: link}, form: r.form(form), id: standIn, base: p.base}.page()
		rendered, err := p.set.Execute("form", filled)
		if err != nil {
			return blank{}, err
		}
		b, err := newBlank(rendered)
		b.view = page.ViewOf("form", filled)
		return b, err
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

// hand sends a blank with its id, compressed for those who can unpack it.
func (p *Pages) hand(c *fiber.Ctx, b blank, id survey.FormID) error {
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if !c.Request().Header.HasAcceptEncoding("gzip") {
		body, err := b.plain(id)
		if err != nil {
			return err
		}
		return p.set.Send(c, fiber.StatusOK, b.view, body)
	}
	c.Response().Header.SetContentEncoding("gzip")
	head, rest := b.gzipped(id)
	return p.set.Send(c, fiber.StatusOK, b.view, head, rest)
}
