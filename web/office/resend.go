package office

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// resendPage holds what was typed into a form that was not taken because its
// session had ended or another had begun.
type resendPage struct {
	page.Head
	Says   string
	Path   string // to which the form goes
	Fields []page.Field
	In     bool // somebody is signed in: the form can be sent again
}

// keepTyped answers a form that the session does not allow with a page that
// holds what was typed, to be sent again. It does so only where the browser has
// said that the form came from these pages: what another site made up is not
// offered to be sent. Passwords and codes are not kept.
func (p *Pages) keepTyped(c *fiber.Ctx, account survey.Account, refusal error) error {
	ours := c.Get("Sec-Fetch-Site") == "same-origin" || c.Get(fiber.HeaderOrigin) != "" // what another site sends came to nothing before
	form, err := page.ReadForm(c)
	if err != nil || !ours {
		return refusal
	}
	view := resendPage{Head: p.head(c, "Chưa lưu được", account), Says: page.ProblemsOf(refusal)[0].Message, Path: c.OriginalURL(), In: account.Name != ""}
	for _, f := range form {
		if !strings.HasPrefix(f.Name, passwordField) && f.Name != codeField {
			view.Fields = append(view.Fields, f)
		}
	}
	if len(view.Fields) == 0 {
		return refusal
	}
	return p.set.Render(c, http.StatusForbidden, "resend", view)
}

// Typed are the fields in which there is something that a person typed.
func (v resendPage) Typed() (fields []page.Field) {
	for _, f := range v.Fields {
		if f.Value != "" && f.Name != verdictField {
			fields = append(fields, f)
		}
	}
	return fields
}
