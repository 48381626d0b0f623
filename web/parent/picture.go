package parent

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/export/card"
	"hailong/survey"
)

const (
	maxPictures = 32 << 20        // bytes kept; a province's 1,400 pictures are about 28 MB
	patience    = 3 * time.Second // of somebody who waits until it is their picture's turn
)

// show answers with a school's picture. Messengers ask for it from their own
// servers and browsers show it inside their pages, so any site may use it; it
// says nothing that the poster does not say.
func (x *pictures) show(c *fiber.Ctx, d *survey.Directory) error {
	link, err := d.Open(c.Params("code"))
	if err != nil {
		return err
	}
	if len(link.Forms) == 0 {
		return errUnasked()
	}
	drawn := picture(d, link)
	v := version(drawn)
	etag := `"` + v + `"`
	known := c.Get(fiber.HeaderIfNoneMatch) == etag
	var data []byte
	if !known {
		if data, err = x.get(c.UserContext(), v, drawn); err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	if c.Query("v") == v {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if known {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(data)
}

// pictures keeps what was drawn and draws one picture at a time, so that no
// one can keep the server from taking responses by asking for pictures.
type pictures struct {
	turn chan struct{}
	mu   sync.Mutex
	kept map[string][]byte // by version
	size int               // bytes kept
	max  int
}

func newPictures(most int) *pictures {
	return &pictures{turn: make(chan struct{}, 1), kept: map[string][]byte{}, max: most}
}

// get gives a picture from those kept, or draws it when its turn has come.
func (x *pictures) get(ctx context.Context, v string, c card.Card) ([]byte, error) {
	if data, ok := x.find(v); ok {
		return data, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case x.turn <- struct{}{}:
		defer func() { <-x.turn }()
	case <-ctx.Done():
		return nil, survey.Refuse(survey.Busy, "Đang có nhiều người xem. Thử lại sau ít giây", "Too many pictures are being drawn; try again in a few seconds")
	}
	if data, ok := x.find(v); ok {
		return data, nil
	}
	data, err := card.Draw(c)
	if err != nil {
		return nil, fmt.Errorf("a school's picture: %w", err)
	}
	x.keep(v, data)
	return data, nil
}

func (x *pictures) find(v string) ([]byte, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	data, ok := x.kept[v]
	return data, ok
}

// keep makes room by forgetting any others.
func (x *pictures) keep(v string, data []byte) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for other, old := range x.kept {
		if x.size+len(data) <= x.max {
			break
		}
		x.size -= len(old)
		delete(x.kept, other)
	}
	x.size += len(data) - len(x.kept[v])
	x.kept[v] = data
}
