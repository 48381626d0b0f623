package office

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// provenFor is how long a password that was given counts for what must not be
// done from a machine that somebody left open.
const provenFor = 15 * time.Minute

const nextField = "tiep"

// provePage asks for the password once more.
type provePage struct {
	page.Head
	Next string
}

// proven asks whoever has not given the password lately to give it again. A
// request that only reads goes on where it was; a form, which holds nothing but
// a button, is sent again from the first page.
func (p *Pages) proven(next handler) handler {
	return func(c *fiber.Ctx, account survey.Account) error {
		lately, err := p.provenLately(c)
		if err != nil {
			return err
		}
		if lately {
			return next(c, account)
		}
		next := c.OriginalURL()
		if c.Method() != http.MethodGet {
			next = home
		}
		return page.SeeOther(c, provePath+"?"+nextField+"="+url.QueryEscape(next))
	}
}

// provenLately says whether the password was given within provenFor.
func (p *Pages) provenLately(c *fiber.Ctx) (bool, error) {
	at, err := p.People.Self.Proven(c.UserContext(), p.cookie.Read(c))
	return p.Clock().Sub(at) < provenFor, err
}

// givePassword takes the password that was given again and renews the session.
// When it is not the right one, the problems say so, with the status of the
// answer.
func (p *Pages) givePassword(c *fiber.Ctx, account survey.Account, password string) (status int, problems page.Problems, err error) {
	if wait := p.attempt(c, account.Name); wait > 0 {
		return http.StatusTooManyRequests, page.Problems{{Field: passwordField, Message: waitSentence(wait)}}, nil
	}
	fresh, err := p.People.Self.Prove(c.UserContext(), p.cookie.Read(c), password)
	if survey.KindOf(err) == survey.Forbidden {
		return http.StatusUnprocessableEntity, page.Problems{{Field: passwordField, Message: "Mật khẩu không đúng. Gõ lại"}}, nil
	}
	if err != nil {
		return 0, nil, err
	}
	p.succeeded(c, account.Name)
	p.cookie.Set(c, fresh)
	return 0, nil, nil
}

// ownAddress gives an address of these pages as it was, or the first page: no
// other site is ever led to.
func ownAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(text, home) || strings.Contains(text, `\`) {
		return home
	}
	return u.RequestURI()
}

func (p *Pages) showProve(c *fiber.Ctx, account survey.Account) error {
	return p.set.Render(c, http.StatusOK, "prove", p.provePage(c, account, c.Query(nextField)))
}

func (p *Pages) provePage(c *fiber.Ctx, account survey.Account, next string) provePage {
	return provePage{Head: p.head(c, "Gõ lại mật khẩu", account), Next: ownAddress(next)}
}

func (p *Pages) prove(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(passwordField, nextField); err != nil {
		return err
	}
	view := p.provePage(c, account, form.Get(nextField))
	status, problems, err := p.givePassword(c, account, form.Get(passwordField))
	if err != nil {
		return err
	}
	if problems != nil {
		view.Problems = problems
		return p.set.Render(c, status, "prove", view)
	}
	return page.SeeOther(c, view.Next)
}
