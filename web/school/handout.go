package school

import (
	"github.com/gofiber/fiber/v2"

	"hailong/export/print"
	"hailong/survey"
)

// handout is a file that a school prints or sends on.
type handout struct {
	kind string // media type
	save string // name under which it is saved; empty: it is shown
	make func(print.Handout) ([]byte, error)
}

// handouts by the last part of their address.
var handouts = map[string]handout{
	"to-dan.pdf":    {"application/pdf", "to-dan.pdf", print.Handout.Poster},
	"phieu-nho.pdf": {"application/pdf", "phieu-nho.pdf", print.Handout.Slips},
	"ma-qr.svg":     {"image/svg+xml", "ma-qr.svg", print.Handout.SVG},
	"ma-qr.png":     {"image/png", "", print.Handout.PNG},
}

// send answers with the file of a school.
func (h handout) send(base string) func(*fiber.Ctx, *survey.Directory, survey.Link) error {
	return func(c *fiber.Ctx, d *survey.Directory, link survey.Link) error {
		body, err := h.make(print.NewHandout(d, link, base))
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, h.kind)
		if h.save != "" {
			c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+string(link.School.Link)+"-"+h.save+`"`)
		}
		return c.Send(body)
	}
}
