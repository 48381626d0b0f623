package office

import (
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// codePage asks for the code of the second factor.
type codePage struct {
	page.Head
	Name string
}

func (p *Pages) codePage(c *fiber.Ctx, account survey.Account, problem string) codePage {
	view := codePage{Head: p.head(c, "Mã đăng nhập bước hai", survey.Account{}), Name: account.Name}
	if problem != "" {
		view.Problems = page.Problems{{Field: codeField, Message: problem}}
	}
	return view
}

func (p *Pages) showCode(c *fiber.Ctx) error {
	account, err := p.Accounts.Waiting(c.UserContext(), p.cookie.Read(c))
	if survey.KindOf(err) == survey.Forbidden {
		return page.SeeOther(c, loginPath)
	}
	if err != nil {
		return err
	}
	return p.set.Render(c, http.StatusOK, "code", p.codePage(c, account, ""))
}

func (p *Pages) passCode(c *fiber.Ctx) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(codeField); err != nil {
		return err
	}
	secret := p.cookie.Read(c)
	account, err := p.Accounts.Waiting(c.UserContext(), secret)
	if survey.KindOf(err) == survey.Forbidden {
		return page.SeeOther(c, loginPath)
	}
	if err != nil {
		return err
	}
	try := "ma:" + account.Name // no account's name has a colon
	if wait := p.attempt(c, try); wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(wait))
		return p.set.Render(c, http.StatusTooManyRequests, "code", p.codePage(c, account, waitSentence(wait)))
	}
	fresh, err := p.Accounts.PassFactor(c.UserContext(), secret, form.Get(codeField))
	if problems := page.ProblemsOf(err); problems != nil && survey.KindOf(err) != survey.Busy {
		return p.set.Render(c, http.StatusUnprocessableEntity, "code", p.codePage(c, account, problems[0].Message))
	}
	if err != nil {
		return err
	}
	p.succeeded(c, try)
	p.cookie.Set(c, fresh)
	return page.SeeOther(c, home)
}
