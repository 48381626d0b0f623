package office

import (
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/export/print"
	"hailong/survey"
	"hailong/web/page"
)

// factorPage is one's own second factor: off, offered, or on.
type factorPage struct {
	page.Head
	Person  survey.Account
	Picture template.URL // QR code of the offered secret; empty: none is offered
	Letters string
	Left    int // recovery codes that were not used
}

// codesPage shows recovery codes, once.
type codesPage struct {
	page.Head
	Codes []string
	First bool // the second factor was turned on just now
}

func (p *Pages) factor(c *fiber.Ctx, account survey.Account) error {
	return p.showFactor(c, account, http.StatusOK, nil)
}

func (p *Pages) showFactor(c *fiber.Ctx, account survey.Account, status int, problems page.Problems) error {
	view := factorPage{Head: p.head(c, "Mã đăng nhập bước hai", account), Person: account}
	view.Problems = problems
	secret, err := p.People.Factors.OfferedFactor(c.UserContext(), account.Name)
	if err == nil && secret != nil {
		view.Letters = secret.Letters()
		view.Picture, err = factorPicture(secret.Address(p.Directory().Office, account.Name))
	}
	if err == nil && account.Factor {
		view.Left, err = p.People.Factors.RecoveryCodesLeft(c.UserContext(), account.Name)
	}
	if err != nil && survey.KindOf(err) != survey.Conflict { // without its key an offered secret is as good as none
		return err
	}
	return p.set.Render(c, status, "factor", view)
}

// factorPicture draws the address as a QR code inside the page: nobody else is
// asked for it, and no cache keeps it.
func factorPicture(address string) (template.URL, error) {
	png, err := print.Picture(address)
	if err != nil {
		return "", errors.New("the QR code of a second factor cannot be made") // what print says holds the secret
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)), nil
}

// withPassword reads a form whose only field is one's own password and goes on
// if it is right.
func (p *Pages) withPassword(c *fiber.Ctx, account survey.Account, next func() error) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(passwordField); err != nil {
		return err
	}
	if wait := p.attempt(c, account.Name); wait > 0 {
		return p.showFactor(c, account, http.StatusTooManyRequests, page.Problems{{Field: passwordField, Message: waitSentence(wait)}})
	}
	_, err = p.Accounts.CheckPassword(c.UserContext(), account.Name, form.Get(passwordField))
	if survey.KindOf(err) == survey.Forbidden {
		return p.showFactor(c, account, http.StatusUnprocessableEntity, page.Problems{{Field: passwordField, Message: "Mật khẩu không đúng. Gõ lại"}})
	}
	if err != nil {
		return err
	}
	p.succeeded(c, account.Name)
	return next()
}

func (p *Pages) offerFactor(c *fiber.Ctx, account survey.Account) error {
	return p.withPassword(c, account, func() error {
		if err := p.People.Factors.OfferFactor(c.UserContext(), account.Name); err != nil {
			return err
		}
		return page.SeeOther(c, factorPath)
	})
}

// confirmFactor turns the offered second factor on. The recovery codes are in
// the answer itself: they are shown this once and kept nowhere.
func (p *Pages) confirmFactor(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(codeField); err != nil {
		return err
	}
	codes, err := p.People.Factors.ConfirmFactor(c.UserContext(), account.Name, form.Get(codeField))
	if problems := problemAt(codeField, err); problems != nil {
		return p.showFactor(c, account, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return p.showCodes(c, account, codes, true)
}

func (p *Pages) renewRecovery(c *fiber.Ctx, account survey.Account) error {
	return p.withPassword(c, account, func() error {
		codes, err := p.People.Factors.RenewRecoveryCodes(c.UserContext(), account.Name)
		if err != nil {
			return err
		}
		return p.showCodes(c, account, codes, false)
	})
}

func (p *Pages) showCodes(c *fiber.Ctx, account survey.Account, codes []string, first bool) error {
	return p.set.Render(c, http.StatusOK, "codes", codesPage{Head: p.head(c, "Mã dự phòng", account), Codes: codes, First: first})
}

func (p *Pages) dropFactor(c *fiber.Ctx, account survey.Account) error {
	return p.withPassword(c, account, func() error {
		if err := p.People.Factors.DropFactor(c.UserContext(), account.Name, account.Name); err != nil {
			return err
		}
		return page.SeeOther(c, factorPath)
	})
}
