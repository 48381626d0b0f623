package office

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the settings; those of names are as survey.Naming names them.
const (
	provinceField = "tinh"
	officeField   = "co-quan"
	helplineField = "dien-thoai"
	ruleField     = "buoc-hai"
)

// settingsPage is how the service names itself, and the rule for accounts.
type settingsPage struct {
	page.Head
	Naming   survey.Naming
	Required bool
	Saved    bool
}

func (p *Pages) settings(c *fiber.Ctx, account survey.Account) error {
	view := settingsPage{Head: p.head(c, "Cài đặt", account), Saved: c.Query("xong") == "luu"}
	var err error
	if view.Naming, err = p.People.Settings.Naming(c.UserContext()); err != nil {
		return err
	}
	if view.Required, err = p.People.Settings.FactorRule(c.UserContext()); err != nil {
		return err
	}
	return p.set.Render(c, http.StatusOK, "settings", view)
}

func (p *Pages) saveSettings(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(provinceField, officeField, helplineField, ruleField); err != nil {
		return err
	}
	view := settingsPage{Head: p.head(c, "Cài đặt", account), Required: form.Get(ruleField) != "",
		Naming: survey.Naming{Province: form.Get(provinceField), Office: form.Get(officeField), Helpline: form.Get(helplineField)}.Clean()}
	if view.Problems = page.ProblemsOf(view.Naming.Check()); view.Problems != nil {
		return p.set.Render(c, http.StatusUnprocessableEntity, "settings", view)
	}
	if err := p.People.Settings.SetNaming(c.UserContext(), account.Name, view.Naming); err != nil {
		return err
	}
	if err := p.People.Settings.SetFactorRule(c.UserContext(), account.Name, view.Required); err != nil {
		return err
	}
	return page.SeeOther(c, settingsPath+"?xong=luu")
}
