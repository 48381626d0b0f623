package office

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

const againField = "mat-khau-2"

// doorPage is where an address that works once leads: a password is set there,
// and for the first account of all a name.
type doorPage struct {
	page.Head
	Path  string
	First bool
	Name  string // of the account; as it was typed, for the first
}

// door looks at an address that works once. The two kinds have addresses of
// their own, so that each says what it is for.
func (p *Pages) door(c *fiber.Ctx) (view doorPage, err error) {
	name, err := p.People.Doors.Invited(c.UserContext(), c.Params("token"))
	if err != nil {
		return view, err
	}
	title, path := "Đặt mật khẩu", activatePath
	if name == "" {
		title, path = "Tạo tài khoản đầu tiên", startPath
	}
	if path += "/" + c.Params("token"); path != c.Path() {
		return view, fiber.ErrNotFound
	}
	return doorPage{Head: p.head(c, title, survey.Account{}), Path: path, First: name == "", Name: name}, nil
}

func (p *Pages) showDoor(c *fiber.Ctx) error {
	view, err := p.door(c)
	if err != nil {
		return err
	}
	return p.set.Render(c, http.StatusOK, "door", view)
}

func (p *Pages) openDoor(c *fiber.Ctx) error {
	view, err := p.door(c)
	if err != nil {
		return err
	}
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(nameField, passwordField, againField); err != nil {
		return err
	}
	name := view.Name
	if view.First {
		view.Name = survey.CleanLine(form.Get(nameField))
		name, err = survey.ParseAccountName(form.Get(nameField))
		view.Problems = append(view.Problems, problemAt(nameField, err)...)
	}
	password, problems := newPassword(form)
	if view.Problems = append(view.Problems, problems...); view.Problems != nil {
		return p.set.Render(c, http.StatusUnprocessableEntity, "door", view)
	}
	account, err := p.People.Doors.Activate(c.UserContext(), c.Params("token"), name, password)
	if survey.KindOf(err) == survey.Conflict {
		view.Problems = page.ProblemsOf(err)
		return p.set.Render(c, http.StatusConflict, "door", view)
	}
	if err != nil {
		return err
	}
	return p.enter(c, account)
}

// newPassword reads a password that was typed twice.
func newPassword(form page.Form) (string, page.Problems) {
	password, err := survey.ParsePassword(form.Get(passwordField))
	if err != nil {
		return "", problemAt(passwordField, err)
	}
	if form.Get(passwordField) != form.Get(againField) {
		return "", page.Problems{{Field: againField, Message: "Hai lần gõ mật khẩu khác nhau. Gõ lại cả hai ô"}}
	}
	return password, nil
}

// problemAt puts the sentence of a refusal beside a field; none for no error.
func problemAt(field string, err error) page.Problems {
	problems := page.ProblemsOf(err)
	if problems == nil {
		return nil
	}
	return page.Problems{{Field: field, Message: problems[0].Message}}
}
