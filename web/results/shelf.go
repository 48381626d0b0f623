package results

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// keptPages bounds the pages that are kept; the largest has some 50 KB.
const keptPages = 500

// shelf keeps pages as they were made for a snapshot: it never changes, so
// neither do they. A page is also made of the office's name and of what schools
// say they will do; the directory's revision counts changes to these.
type shelf struct {
	mu    sync.Mutex
	pages map[string]kept
}

// kept is a page as it is sent.
type kept struct {
	body, packed []byte
	tag          string
}

func keep(body []byte) (kept, error) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(body); err != nil {
		return kept{}, fmt.Errorf("pack a page: %w", err)
	}
	if err := z.Close(); err != nil {
		return kept{}, fmt.Errorf("pack a page: %w", err)
	}
	sum := sha256.Sum256(body)
	return kept{body, packed.Bytes(), `W/"` + hex.EncodeToString(sum[:12]) + `"`}, nil
}

func newShelf() *shelf { return &shelf{pages: map[string]kept{}} }

func (s *shelf) get(key string) (kept, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.pages[key]
	return k, ok
}

func (s *shelf) put(key string, k kept) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pages) >= keptPages {
		clear(s.pages)
	}
	s.pages[key] = k
}

// send answers with the page of an address, made now or kept from before.
// Searches are made anew each time: there are too many of them.
func (p *Pages) send(c *fiber.Ctx, snapshot string, make func() ([]byte, error)) error {
	search := len(c.Request().URI().QueryString()) > 0
	key := fmt.Sprint(snapshot, p.Directory().Revision, c.Path())
	if k, ok := p.shelf.get(key); ok && !search {
		return answer(c, k)
	}
	body, err := make()
	if err != nil {
		return err
	}
	k, err := keep(body)
	if err != nil {
		return err
	}
	if !search {
		p.shelf.put(key, k)
	}
	return answer(c, k)
}

// answer sends a page that browsers and servers between may keep: for a short
// while, because results can be taken back, and after that unless it changed.
func answer(c *fiber.Ctx, k kept) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	c.Set(fiber.HeaderETag, k.tag)
	c.Vary(fiber.HeaderAcceptEncoding)
	if !strings.Contains(c.Path(), "/truong/") {
		c.Response().Header.Del("X-Robots-Tag") // one school's page is for people who come to it by these pages
	}
	if c.Get(fiber.HeaderIfNoneMatch) == k.tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	if c.Request().Header.HasAcceptEncoding("gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(k.packed)
	}
	return c.Send(k.body)
}
