package school

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/export/print"
	"hailong/survey"
	"hailong/web/page"
)

// helpPage hands out the addresses of forms that are answered at school, with
// help. They are made anew each day; none is stored.
type helpPage struct {
	page.Head
	School string
	State  string // why there is nothing to hand out; empty: there is
	Ways   []helpWay
	Until  survey.Day // the addresses work until the end of that day
}

// helpWay is one way of helping.
type helpWay struct {
	ID      string
	Name    string
	When    string
	Open    string // words on the button
	Path    string
	Address string // the same for another device
	Picture string // of the QR code
}

// helpKinds are the ways by the name of their QR code.
var helpKinds = map[string]survey.HelpKind{"kem.png": survey.Beside, "may.png": survey.Kiosk}

func (p *Pages) helpRoutes(r fiber.Router) {
	r.Get(home+"giup", p.entered(p.help))
	for name, kind := range helpKinds {
		r.Get(home+"giup/"+name, p.entered(p.helpPicture(kind)))
	}
}

func (p *Pages) help(c *fiber.Ctx, d *survey.Directory, link survey.Link) error {
	view := helpPage{Head: page.NewHead("Giúp cha mẹ trả lời tại trường", d), School: link.School.Name}
	if d.Round.State != survey.Open || len(link.Forms) == 0 {
		view.State = state(d, p.Clock())
		return p.set.Render(c, fiber.StatusOK, "help", view)
	}
	beside, until := p.helpPath(link, survey.Beside)
	kiosk, _ := p.helpPath(link, survey.Kiosk)
	view.Until = until
	view.Ways = []helpWay{
		{ID: "kem", Name: "Một người giúp một người", When: "Khi cha mẹ không có điện thoại hoặc đọc chữ khó. Người giúp đọc từng câu, bấm theo lời cha mẹ.",
			Open: "Mở phiếu có người giúp", Path: beside, Address: p.BaseURL + beside, Picture: "/truong/giup/kem.png"},
		{ID: "may", Name: "Máy đặt tại buổi họp", When: "Cha mẹ lần lượt tự trả lời trên một máy của trường. Gửi xong, máy tự về trang đầu. Không ai chạm vào trong 2 phút, máy hỏi rồi xóa phiếu.",
			Open: "Mở phiếu trên máy này", Path: kiosk, Address: p.BaseURL + kiosk, Picture: "/truong/giup/may.png"},
	}
	return p.set.Render(c, fiber.StatusOK, "help", view)
}

// helpPath is the address under which forms count as answered with help.
func (p *Pages) helpPath(link survey.Link, kind survey.HelpKind) (path string, until survey.Day) {
	pass, until := p.Pass(link.School.Link, kind)
	return fmt.Sprintf("/k/%s/giup/%s", link.School.Link, pass), until
}

// helpPicture opens the form on another device, by its camera.
func (p *Pages) helpPicture(kind survey.HelpKind) func(*fiber.Ctx, *survey.Directory, survey.Link) error {
	return func(c *fiber.Ctx, _ *survey.Directory, link survey.Link) error {
		path, _ := p.helpPath(link, kind)
		body, err := print.Picture(p.BaseURL + path)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "image/png")
		return c.Send(body)
	}
}
