package parent

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// open shows the form of a school that has one, else the choice.
func (p *Pages) open(c *fiber.Ctx) error {
	d := p.desk.Directory()
	link, err := d.Open(c.Params("code"))
	if err != nil {
		return err
	}
	if err := p.receives(d); err != nil {
		return p.absent(c, link, lookStatus(err), err)
	}
	switch len(link.Forms) {
	case 0:
		return p.unasked(c, link)
	case 1:
		return p.sendBlank(c, d, link, link.Forms[0].Form)
	}
	view := newChoicePage(d, link)
	view.Card = preview(p.base, d, link, nil)
	return p.set.Render(c, fiber.StatusOK, "choice", view)
}

// show is one form, blank.
func (p *Pages) show(c *fiber.Ctx) error {
	d := p.desk.Directory()
	link, err := d.Open(c.Params("code"))
	if err != nil {
		return err
	}
	if err := p.receives(d); err != nil {
		return p.absent(c, link, lookStatus(err), err)
	}
	if len(link.Forms) == 0 {
		return p.unasked(c, link)
	}
	asked, err := link.Form(c.Params("form"))
	if err != nil {
		return err
	}
	return p.sendBlank(c, d, link, asked.Form)
}

// receives says whether forms are handed out now; one that is handed out was
// not opened before.
func (p *Pages) receives(d *survey.Directory) error {
	return d.Calendar.Receives(d.Round, p.desk.Now(), time.Time{})
}

// lookStatus: before the round there is something to see here, after it there
// is not.
func lookStatus(err error) int {
	if survey.KindOf(err) == survey.Closed {
		return fiber.StatusGone
	}
	return fiber.StatusOK
}

// thank is where every form that was taken leads.
func (p *Pages) thank(c *fiber.Ctx) error {
	d := p.desk.Directory()
	link, err := d.Open(c.Params("code"))
	if err != nil {
		return err
	}
	view := thanksPage{Head: page.NewHead("Đã gửi xong", d), Again: home(link), AgainText: "Trả lời một phiếu khác"}
	if onlyParents(link.Forms) {
		view.AgainText = "Trả lời cho một con khác"
	}
	c.Set(fiber.HeaderCacheControl, cacheable)
	return p.set.Render(c, fiber.StatusOK, "thanks", view)
}
