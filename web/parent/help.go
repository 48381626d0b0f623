package parent

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Where a kiosk's page of thanks leads by itself, and how long a device in
// nobody's hand keeps a form: seconds.
const (
	thanksStay = 15
	idleAfter  = 120  // then it asks, and half a minute later it is gone
	bareStay   = 1800 // without script, from the opening on
)

// help is a form that is filled in with help: at a school, with a pass from
// its page. Nothing of it stays on the device.
type help struct {
	pass  survey.HelpPass
	under string // address of the pass
	Start string // address to begin anew
	Line  string // telephone number
}

// Kiosk says whether the device goes from hand to hand.
func (h help) Kiosk() bool { return h.pass.Kind == survey.Kiosk }

// Idle is for how many seconds a form may lie there; 0: for ever.
func (h help) Idle() int {
	if h.Kiosk() {
		return idleAfter
	}
	return 0
}

// BareStay is how long a form stays in a browser without script, in seconds.
func (h help) BareStay() int { return bareStay }

// Forget is the address that makes the browser let go of the form.
func (h help) Forget() string { return h.under + "/quen.gif" }

// helpedRoutes are under the school's address, so that a device needs neither
// cookie nor the school's own page.
func (p *Pages) helpedRoutes(r fiber.Router) {
	r.Get("/k/:code/giup/:pass", p.helped(p.helpStart))
	r.Get("/k/:code/giup/:pass/cam-on", p.helped(p.helpThanks))
	r.Get("/k/:code/giup/:pass/quen.gif", p.helped(forget))
	r.Get("/k/:code/giup/:pass/:form", p.helped(p.helpForm))
	r.Post("/k/:code/giup/:pass/:form", p.helped(p.receive))
}

// helped opens an address with a pass.
func (p *Pages) helped(next func(*fiber.Ctx, opened) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := p.reader(c)
		link, err := r.dir.Open(c.Params("code"))
		if err != nil {
			return p.unopened(c, r, link, err)
		}
		pass, err := p.desk.ReadPass(link.School.Link, c.Params("pass"))
		if err != nil {
			return err
		}
		under := home(link) + "/giup/" + c.Params("pass")
		return next(c, opened{r, link, &help{pass: pass, under: under, Start: r.to(under), Line: r.dir.Helpline}})
	}
}

// opened is what an address opened and for whom: a school's forms, with or
// without help.
type opened struct {
	reader
	link survey.Link
	help *help
}

// path is the address of a form, or of another page beside it.
func (o opened) path(last string) string {
	if o.help != nil {
		return o.to(o.help.under + "/" + last)
	}
	return o.to(home(o.link) + "/" + last)
}

// view is the page that shows a form.
func (o opened) view() string {
	if o.help != nil {
		return "form-helped"
	}
	return "form"
}

// mint makes an id for a form; that of one with help says so.
func (p *Pages) mint(o opened) (survey.FormID, error) {
	if o.help != nil {
		return p.desk.MintHelped()
	}
	return p.desk.Mint()
}

// helpReady says why no form is handed out now, and whether it did.
func (p *Pages) helpReady(c *fiber.Ctx, o opened) (answered bool, err error) {
	if err := o.help.pass.Usable(o.dir.Calendar.Today(p.desk.Now())); err != nil {
		return true, err
	}
	if shown, err := p.left(c, o.reader, o.link); shown {
		return true, err
	}
	if err := p.receives(o.dir); err != nil {
		return true, p.absent(c, o.link, lookStatus(err), err)
	}
	if len(o.link.Forms) == 0 {
		return true, p.unasked(c, o.link)
	}
	return false, nil
}

func (p *Pages) helpStart(c *fiber.Ctx, o opened) error {
	if answered, err := p.helpReady(c, o); answered {
		return err
	}
	if len(o.link.Forms) == 1 {
		return p.sendHelped(c, o, o.link.Forms[0].Form)
	}
	view := newChoicePage(o)
	view.Help = o.help
	return p.set.Render(c, fiber.StatusOK, "choice-helped", view)
}

func (p *Pages) helpForm(c *fiber.Ctx, o opened) error {
	if answered, err := p.helpReady(c, o); answered {
		return err
	}
	asked, err := o.link.Form(c.Params("form"))
	if err != nil {
		return err
	}
	return p.sendHelped(c, o, asked.Form)
}

// sendHelped hands out a form with help; no browser may keep it.
func (p *Pages) sendHelped(c *fiber.Ctx, o opened, form *survey.Form) error {
	b, err := p.prepare(sheet{opened: o, form: o.form(form), id: standIn}, quickCoding(c))
	if err != nil {
		return err
	}
	id, err := p.desk.MintHelped()
	if err != nil {
		return err
	}
	return p.hand(c, b, id)
}

// helpThanks is where every form with help leads that was taken. A kiosk goes
// on by itself: nothing is lost, and the next one finds no words of thanks.
func (p *Pages) helpThanks(c *fiber.Ctx, o opened) error {
	if o.help.Kiosk() {
		c.Set("Refresh", fmt.Sprintf("%d; url=%s", thanksStay, o.help.Start))
	}
	return p.set.Render(c, fiber.StatusOK, "thanks-helped", helpThanksPage{Head: o.head(o.texts.Say("thanks.title"), nil, ""), Help: o.help, Stay: thanksStay})
}

type helpThanksPage struct {
	page.Head
	Help *help
	Stay int // seconds until a kiosk goes on
}

// forget makes the browser let go of the form that was sent: browsers keep
// pages alive to go back to, also those that no one may keep. The page of
// thanks asks for it, once the form is such a page.
func forget(c *fiber.Ctx, _ opened) error {
	c.Set("Clear-Site-Data", `"cache"`)
	c.Set(fiber.HeaderContentType, "image/gif")
	return c.SendString("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
}
