package parent

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// open shows the form of a school that has one, else the choice.
func (p *Pages) open(c *fiber.Ctx) error {
	r := p.reader(c)
	link, err := r.dir.Open(c.Params("code"))
	if shown, err := p.left(c, r, link); shown {
		return err
	}
	if err != nil {
		return err
	}
	if err := p.receives(r.dir); err != nil {
		return p.absent(c, link, lookStatus(err), err)
	}
	switch len(link.Forms) {
	case 0:
		return p.unasked(c, link)
	case 1:
		return p.sendBlank(c, r, link, link.Forms[0].Form)
	}
	view := newChoicePage(opened{reader: r, link: link})
	view.Card = preview(p.base, r, link, nil)
	return p.set.Render(c, fiber.StatusOK, "choice", view)
}

// show is one form, blank.
func (p *Pages) show(c *fiber.Ctx) error {
	r := p.reader(c)
	link, err := r.dir.Open(c.Params("code"))
	if shown, err := p.left(c, r, link); shown {
		return err
	}
	if err != nil {
		return err
	}
	if err := p.receives(r.dir); err != nil {
		return p.absent(c, link, lookStatus(err), err)
	}
	if len(link.Forms) == 0 {
		return p.unasked(c, link)
	}
	asked, err := link.Form(c.Params("form"))
	if err != nil {
		return err
	}
	return p.sendBlank(c, r, link, asked.Form)
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
	r := p.reader(c)
	link, err := r.dir.Open(c.Params("code"))
	if err != nil {
		return err
	}
	view := thanksPage{Head: r.head(r.texts.Say("thanks.title"), nil, "")}
	if p.receives(r.dir) == nil {
		view.Again, view.AgainText = r.to(home(link)), r.texts.Say("thanks.again.others")
		if onlyParents(link.Forms) {
			view.AgainText = r.texts.Say("thanks.again.parents")
		}
	}
	c.Set(fiber.HeaderCacheControl, cacheable)
	return p.set.Render(c, fiber.StatusOK, "thanks", view)
}
