package office

import (
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the login form.
const (
	nameField     = "ten"
	passwordField = "mat-khau"
	codeField     = "ma"
)

type loginPage struct {
	page.Head
	Name string // as it was typed; the password never comes back
}

func (p *Pages) showLogin(c *fiber.Ctx) error {
	return p.set.Render(c, http.StatusOK, "login", p.loginPage(c, "", nil))
}

func (p *Pages) loginPage(c *fiber.Ctx, name string, problems page.Problems) loginPage {
	l := loginPage{Head: p.head(c, "Đăng nhập", survey.Account{}), Name: name}
	l.Problems = problems
	return l
}

func (p *Pages) login(c *fiber.Ctx) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(nameField, passwordField); err != nil {
		return err
	}
	typed := form.Get(nameField)
	name, err := survey.ParseAccountName(typed)
	if err != nil {
		return p.refuse(c, typed) // no account has such a name
	}
	if wait := p.attempt(c, name); wait > 0 {
		return p.hold(c, typed, wait)
	}
	account, err := p.Accounts.CheckPassword(c.UserContext(), name, form.Get(passwordField))
	if survey.KindOf(err) == survey.Forbidden {
		return p.refuse(c, typed)
	}
	if err != nil {
		return err
	}
	p.succeeded(c, name)
	return p.enter(c, account)
}

// attempt notes that somebody tries a password or a code, or gives the seconds
// after which to come again.
func (p *Pages) attempt(c *fiber.Ctx, name string) (seconds int) {
	if wait := p.throttle.begin(name); wait > 0 {
		return wait
	}
	return p.callers.begin(c.IP())
}

func (p *Pages) succeeded(c *fiber.Ctx, name string) {
	p.throttle.succeeded(name)
	p.callers.succeeded(c.IP())
}

// enter begins a session, always a new one. An account with a second factor is
// asked for its code.
func (p *Pages) enter(c *fiber.Ctx, account survey.Account) error {
	secret, err := p.Accounts.SignIn(c.UserContext(), account, survey.BrowserKind(c.Get(fiber.HeaderUserAgent)))
	if err != nil {
		return err
	}
	p.cookie.Set(c, secret)
	if account.Factor {
		return page.SeeOther(c, codePath)
	}
	return page.SeeOther(c, home)
}

// refuse says the same whether the name or the password was wrong.
func (p *Pages) refuse(c *fiber.Ctx, typed string) error {
	return p.set.Render(c, http.StatusUnprocessableEntity, "login", p.loginPage(c, survey.CleanLine(typed),
		page.Problems{{Field: nameField, Message: "Tên đăng nhập hoặc mật khẩu không đúng"}}))
}

// hold makes somebody wait who has been wrong too often.
func (p *Pages) hold(c *fiber.Ctx, typed string, seconds int) error {
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds))
	return p.set.Render(c, http.StatusTooManyRequests, "login", p.loginPage(c, survey.CleanLine(typed),
		page.Problems{{Field: nameField, Message: waitSentence(seconds)}}))
}

func waitSentence(seconds int) string {
	return "Vừa có lần đăng nhập không đúng. Thử lại sau " + strconv.Itoa(seconds) + " giây"
}

// logout ends the session on both sides. One that has ended already is no error.
func (p *Pages) logout(c *fiber.Ctx) error {
	secret := p.cookie.Read(c)
	if secret == "" {
		return survey.Refuse(survey.Forbidden, "Chưa đăng nhập nên không có gì để đăng xuất", "Not signed in")
	}
	if err := p.Accounts.SignOut(c.UserContext(), secret); err != nil {
		return err
	}
	p.cookie.Clear(c)
	return page.SeeOther(c, loginPath)
}
