package office

import (
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

const (
	secretLife  = 2 * time.Minute // in which a new address can be looked at, once
	secretsKept = 50
)

// rotatePage asks before a link is replaced, and says what that does.
type rotatePage struct {
	page.Head
	School  survey.School
	Address string
}

func (p *Pages) askRotate(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	return p.set.Render(c, http.StatusOK, "rotate", rotatePage{p.head(c, "Đổi liên kết của trường", account), r.School, p.BaseURL + "/k/" + string(r.Link)})
}

func (p *Pages) rotate(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	if _, err := fieldsOf(c); err != nil {
		return err
	}
	if _, err := p.Registry.RotateLink(c.UserContext(), account.Name, r.Code); err != nil {
		return err
	}
	return page.SeeOther(c, schoolPath(r.Code)+linkRotated)
}

// accessPage is the new address of a school's own page, shown once.
type accessPage struct {
	page.Head
	School  survey.School
	Address string // empty: it was shown before
}

// grantAccess makes a new address of the school's own page. It is shown once,
// behind a redirect, so that loading the page again makes no other one.
func (p *Pages) grantAccess(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	if _, err := fieldsOf(c); err != nil {
		return err
	}
	secret, err := p.Registry.GrantAccess(c.UserContext(), account.Name, r.Code)
	if err != nil {
		return err
	}
	return page.SeeOther(c, schoolPath(r.Code)+"/trang-rieng/"+p.lists.secrets.put(account.Name+" "+string(r.Code), secret))
}

func (p *Pages) showAccess(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	view := accessPage{Head: p.head(c, "Trang riêng của trường", account), School: r.School}
	if secret, ok := p.lists.secrets.take(account.Name+" "+string(r.Code), c.Params("id")); ok {
		view.Address = p.BaseURL + "/truong/" + secret
	}
	return p.set.Render(c, http.StatusOK, "access", view)
}
