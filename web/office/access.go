package office

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// handler answers somebody who is signed in.
type handler = func(c *fiber.Ctx, account survey.Account) error

// reading lets in who may read of every school: the office and its viewers.
func (p *Pages) reading(next handler) fiber.Handler { return p.admit(survey.Role.ReadsAll, next) }

// changing lets in who may change: the office only.
func (p *Pages) changing(next handler) fiber.Handler { return p.admit(survey.Role.Changes, next) }

// own lets in everybody who is signed in, communes too; the handler narrows
// what it shows to what account.Sees.
func (p *Pages) own(next handler) fiber.Handler {
	return p.admit(anyone, next)
}

// admit lets in roles that may. Whoever is signed in but may not gets a page
// that says so. A form that is sent must hold the token of the session. Whoever
// owes a second factor gets no further than to setting one up.
func (p *Pages) admit(may func(survey.Role) bool, next handler) fiber.Handler {
	return p.signedIn(func(c *fiber.Ctx, account survey.Account) error {
		if !may(account.Role) {
			return survey.Refuse(survey.Forbidden, "Tài khoản này không được mở trang này. Cần dùng thì hỏi Văn phòng Sở", "This account may not open this page")
		}
		if c.Method() == http.MethodPost && !page.HasToken(c, p.cookie.Read(c)) {
			return p.keepTyped(c, account, survey.Refuse(survey.Forbidden, "Trang này được mở từ trước lần đăng nhập hiện nay. Quay lại, tải lại trang rồi làm lại",
				"The form does not belong to this session; load the page again"))
		}
		if account.Owes && !strings.HasPrefix(c.Path(), selfPath) {
			return page.SeeOther(c, factorPath)
		}
		return next(c, account)
	})
}

// signedIn lets through who has a session. Others are sent to the login when
// they only wanted to read.
func (p *Pages) signedIn(next handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		account, err := p.visitor(c)
		switch {
		case err == nil:
			return next(c, account)
		case survey.KindOf(err) == survey.Forbidden && (c.Method() == http.MethodGet || c.Method() == http.MethodHead):
			return page.SeeOther(c, loginPath)
		case survey.KindOf(err) == survey.Forbidden:
			return p.keepTyped(c, survey.Account{}, err)
		}
		return err
	}
}

// visitor gives the account that is signed in, or Forbidden.
func (p *Pages) visitor(c *fiber.Ctx) (survey.Account, error) {
	secret := p.cookie.Read(c)
	if secret == "" {
		return survey.Account{}, survey.Refuse(survey.Forbidden, "Chưa đăng nhập. Đăng nhập rồi làm lại", "Not signed in; sign in and try again")
	}
	return p.Accounts.SignedIn(c.UserContext(), secret)
}
