package school

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/export/print"
	"hailong/survey"
	"hailong/web/page"
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

// handOut answers with a file of the visitor's own school.
func (p *Pages) handOut(c *fiber.Ctx, h handout) error {
	code, err := p.visitor(c)
	if survey.KindOf(err) == survey.Forbidden {
		return p.set.Render(c, http.StatusForbidden, "entrance", page.NewHead("Trang của trường", p.Directory()))
	}
	if err != nil {
		return err
	}
	d := p.Directory()
	link, err := linkOf(d, code)
	if err != nil {
		return err
	}
	body, err := h.make(print.NewHandout(d, link, p.BaseURL))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, h.kind)
	if h.save != "" {
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+string(link.School.Link)+"-"+h.save+`"`)
	}
	return c.Send(body)
}
