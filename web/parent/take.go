package parent

import (
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// busySeconds is after how long a busy service may be tried again.
const busySeconds = "10"

// take is a form that was sent.
func (p *Pages) take(c *fiber.Ctx) error {
	r := p.reader(c)
	link, err := r.dir.Open(c.Params("code"))
	if err != nil {
		return p.unopened(c, r, link, err)
	}
	return p.receive(c, opened{reader: r, link: link})
}

// receive takes a form in. The page of thanks comes only after the commit.
func (p *Pages) receive(c *fiber.Ctx, o opened) error {
	asked, err := o.link.Form(c.Params("form"))
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	_, err = p.desk.Take(c.UserContext(), survey.Arrival{Link: c.Params("code"), Form: c.Params("form"),
		ID: survey.FormID(sent.Get(idField)), Submission: submission(asked.Form, sent)})
	if err != nil {
		return p.refused(c, sheet{opened: o, form: o.form(asked.Form), filled: sent, base: p.base}, asked, err)
	}
	return page.SeeOther(c, o.path("cam-on"))
}

// refused answers a form that was not taken, so that nothing typed is lost
// while it can still be taken.
func (p *Pages) refused(c *fiber.Ctx, s sheet, asked survey.AskedForm, why error) error {
	switch survey.KindOf(why) {
	case survey.Invalid:
		return p.sendFilled(c, fiber.StatusUnprocessableEntity, s, why)
	case survey.Busy:
		c.Set(fiber.HeaderRetryAfter, busySeconds)
		return p.sendFilled(c, fiber.StatusServiceUnavailable, s, why)
	case survey.Conflict:
		return p.repeated(c, s.opened, asked)
	case survey.Closed:
		return p.absent(c, s.link, fiber.StatusGone, why)
	case survey.Forbidden:
		return p.absent(c, s.link, fiber.StatusForbidden, why)
	}
	return p.faulted(c, s, why)
}

// faulted is for a fault of ours: the answers stay on the page, the cause goes
// to the log.
func (p *Pages) faulted(c *fiber.Ctx, s sheet, why error) error {
	fault := survey.Refuse(survey.Busy, "Máy chủ đang trục trặc nên chưa lưu được", "The server has a fault; nothing was stored")
	if err := p.sendFilled(c, fiber.StatusInternalServerError, s, fault); err != nil {
		return errors.Join(why, err)
	}
	return &page.Answered{Err: why}
}

// sendFilled shows a form again as it was sent, with what to mend. It keeps
// its id, or gets one when that was the fault.
func (p *Pages) sendFilled(c *fiber.Ctx, status int, s sheet, why error) error {
	s.problems = s.texts.Problems(why)
	if status >= fiber.StatusInternalServerError {
		s.problems = append(s.problems, page.Problem{Message: s.texts.Say("form.still")})
	}
	id, err := survey.ParseFormID(s.filled.Get(idField))
	if err != nil {
		if id, err = p.mint(s.opened); err != nil {
			return fmt.Errorf("show a form again: %w", err)
		}
		s.problems = s.reworded()
	}
	s.id = id
	return p.set.Render(c, status, s.view(), s.page())
}

// reworded says of a form without its id what a person can do about it.
func (s sheet) reworded() page.Problems {
	out := page.Problems{{Message: s.texts.Say("form.retry")}}
	for _, one := range s.problems {
		if one.Field != idField {
			out = append(out, one)
		}
	}
	return out
}
