package office

import (
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the forms of one's own account.
const (
	oldField     = "mat-khau-cu"
	sessionField = "ma-phien"
)

// selfPage is one's own account: password, second factor, and where it is
// signed in.
type selfPage struct {
	page.Head
	Zone     *time.Location
	Person   survey.Account
	Sessions []survey.Session
	Changed  bool // the password was changed just now
}

// Day is the day on which a session began or was last used, in the province's time.
func (v selfPage) Day(at time.Time) string { return at.In(v.Zone).Format("02/01/2006") }

// Others says whether the account is signed in elsewhere too.
func (v selfPage) Others() bool { return len(v.Sessions) > 1 }

func (p *Pages) self(c *fiber.Ctx, account survey.Account) error {
	return p.showSelf(c, account, http.StatusOK, nil)
}

func (p *Pages) showSelf(c *fiber.Ctx, account survey.Account, status int, problems page.Problems) error {
	sessions, err := p.People.Self.Sessions(c.UserContext(), p.cookie.Read(c))
	if err != nil {
		return err
	}
	view := selfPage{Head: p.head(c, "Tài khoản của tôi", account), Zone: p.Directory().Calendar.Zone, Person: account, Sessions: sessions, Changed: c.Query("xong") == "mat-khau"}
	view.Problems = problems
	return p.set.Render(c, status, "self", view)
}

func (p *Pages) changePassword(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(oldField, passwordField, againField); err != nil {
		return err
	}
	password, problems := newPassword(form)
	if problems != nil {
		return p.showSelf(c, account, http.StatusUnprocessableEntity, problems)
	}
	if wait := p.attempt(c, account.Name); wait > 0 {
		return p.showSelf(c, account, http.StatusTooManyRequests, page.Problems{{Field: oldField, Message: waitSentence(wait)}})
	}
	fresh, err := p.People.Self.ChangePassword(c.UserContext(), p.cookie.Read(c), form.Get(oldField), password)
	if survey.KindOf(err) == survey.Forbidden {
		return p.showSelf(c, account, http.StatusUnprocessableEntity, page.Problems{{Field: oldField, Message: "Mật khẩu đang dùng không đúng. Gõ lại"}})
	}
	if err != nil {
		return err
	}
	p.succeeded(c, account.Name)
	p.cookie.Set(c, fresh)
	return page.SeeOther(c, selfPath+"?xong=mat-khau")
}

// endSession ends one of one's own sessions or, without a name, all others.
func (p *Pages) endSession(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(sessionField); err != nil {
		return err
	}
	err = p.People.Self.EndSession(c.UserContext(), p.cookie.Read(c), form.Get(sessionField))
	if err != nil && survey.KindOf(err) != survey.NotFound {
		return err
	}
	return page.SeeOther(c, selfPath)
}
