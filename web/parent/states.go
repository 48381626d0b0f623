package parent

import (
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// choicePage asks which form, when a school has several.
type choicePage struct {
	page.Head
	School  string
	Area    string
	Forms   []formLink
	Hint    string
	LastDay survey.Day
}

type formLink struct{ Path, Name string }

// statePage says why there is no form now.
type statePage struct {
	page.Head
	page.Says
	School string
	More   []string
	Link   *page.MenuLink
}

// thanksPage is the same for everyone at a school: a picture of it proves only
// that somebody took part.
type thanksPage struct {
	page.Head
	Again     string
	AgainText string
}

func home(link survey.Link) string { return "/k/" + string(link.School.Link) }

func newChoicePage(d *survey.Directory, link survey.Link) choicePage {
	p := choicePage{Head: page.NewHead("Chọn phiếu · "+link.School.Name, d), School: link.School.Name, Area: firstLower(link.School.Area.Title()),
		LastDay: d.Calendar.LastDay(d.Round)}
	parents := 0
	for _, f := range link.Forms {
		p.Forms = append(p.Forms, formLink{Path: fmt.Sprintf("%s/%s", home(link), f.Form.Code), Name: firstLower(f.Form.Name)})
		if f.Form.Respondent == survey.Parents {
			parents++
		}
	}
	if parents > 1 {
		p.Hint = "Ai có con ở nhiều cấp học thì trả lời mỗi cấp một phiếu."
	}
	return p
}

// absent shows why there is no form: not open yet (200 to those who look, the
// refusal's status to those who send), or over.
func (p *Pages) absent(c *fiber.Ctx, link survey.Link, status int, why error) error {
	var refusal *survey.Error
	if !errors.As(why, &refusal) {
		return why
	}
	d := p.desk.Directory()
	state := statePage{Head: page.NewHead(refusal.Message, d), Says: page.Say(refusal.Message), School: link.School.Name + " (" + firstLower(link.School.Area.Title()) + ")"}
	switch refusal.Kind {
	case survey.Closed:
		state.More = []string{"Xin cảm ơn cha mẹ, học sinh và học viên đã trả lời.", "Có góp ý khác thì gặp nhà trường."}
	case survey.Forbidden:
		state.Card = preview(p.base, d, link, nil) // addresses are sent before the first day
		state.More = []string{"Đến ngày đó mở lại đúng địa chỉ này."}
	}
	return p.set.Render(c, status, "state", state)
}

// unasked is for a school that the round does not ask.
func (p *Pages) unasked(c *fiber.Ctx, link survey.Link) error {
	return p.absent(c, link, fiber.StatusNotFound, errUnasked())
}

func errUnasked() error {
	return survey.Refuse(survey.NotFound, "Đợt này không hỏi ý kiến về trường này", "The round does not ask about this school")
}

// repeated is for a form that was sent before with other answers.
func (p *Pages) repeated(c *fiber.Ctx, link survey.Link, form survey.AskedForm) error {
	return p.set.Render(c, fiber.StatusConflict, "state", statePage{
		Head:   page.NewHead("Phiếu này đã được gửi", p.desk.Directory()),
		Says:   page.Say("Phiếu này đã được gửi trước đó"),
		School: link.School.Name,
		More:   []string{"Câu trả lời gửi lần đầu đã được lưu và được tính. Lần gửi này không thay đổi gì."},
		Link:   &page.MenuLink{Path: fmt.Sprintf("%s/%s", home(link), form.Form.Code), Text: "Trả lời một phiếu mới"},
	})
}
