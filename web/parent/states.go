package parent

import (
	"errors"
	"time"

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
	Search  string
	LastDay survey.Day
	Help    *help
}

type formLink struct {
	Path, Name string
	Lang       survey.Language // of the name, when the page speaks another
}

// statePage says why there is no form now.
type statePage struct {
	page.Head
	page.Says
	School string
	More   []string
	Links  []page.MenuLink
	Link   *page.MenuLink
	Late   *late
	// What the school will do, in Vietnamese, once the results are public.
	Pledges     []string
	PledgesHead string
}

// late is what a phone needs to know that has a form left when the round is
// over.
type late struct {
	Home  string // of the addresses of the school's forms
	Left  int64  // seconds for which forms that were opened before are taken
	Until string // when that ends, in words
	Till  int64  // Unix seconds until which a phone may keep what it could not send
}

func newLate(d *survey.Directory, link survey.Link, now time.Time) *late {
	end := d.Round.ClosedAt.Add(survey.Grace)
	return &late{Home: home(link), Left: max(0, int64(end.Sub(now).Seconds())), Until: end.In(d.Calendar.Zone).Format("15:04 02/01/2006"), Till: keptTill(d).Unix()}
}

// thanksPage is the same for everyone at a school: a picture of it proves only
// that somebody took part.
type thanksPage struct {
	page.Head
	Again     string // empty: no form is handed out any more
	AgainText string
}

func home(link survey.Link) string { return "/k/" + string(link.School.Link) }

func newChoicePage(o opened) choicePage {
	r, link := o.reader, o.link
	p := choicePage{Head: r.head(r.texts.Say("choice.title", "school", link.School.Name), nil, ""), Search: r.to("/"), School: link.School.Name, Area: firstLower(link.School.Area.Title()),
		LastDay: r.dir.Calendar.LastDay(r.dir.Round)}
	parents := 0
	for _, f := range link.Forms {
		p.Forms = append(p.Forms, formLink{Path: o.path(string(f.Form.Code)), Name: firstLower(r.form(f.Form).Name), Lang: r.foreign()})
		if f.Form.Respondent == survey.Parents {
			parents++
		}
	}
	if parents > 1 {
		p.Hint = r.texts.Say("choice.several")
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
	r := p.reader(c)
	said := r.texts.Refusal(refusal)
	state := statePage{Head: r.head(said, nil, ""), Says: page.Say(said), School: link.School.Name + " (" + firstLower(link.School.Area.Title()) + ")"}
	switch refusal.Kind {
	case survey.Closed:
		state.More = []string{r.texts.Say("state.thanks"), r.texts.Say("state.school")}
		state.Late = newLate(r.dir, link, p.desk.Now())
		state.publish(r, link)
		return p.set.Render(c, status, "closed", state)
	case survey.Forbidden:
		state.Card = preview(p.base, r, link, nil) // addresses are sent before the first day
		state.More = []string{r.texts.Say("state.later")}
	}
	return p.set.Render(c, status, "state", state)
}

// publish adds what came of the round, once its results are public.
func (s *statePage) publish(r reader, link survey.Link) {
	if !r.dir.Stage.Reaches(survey.PublicStage) || len(link.Forms) == 0 {
		return
	}
	s.Pledges, s.PledgesHead = link.Pledges, r.texts.Say("state.pledges")
	s.Link = &page.MenuLink{Path: "/ket-qua/" + string(r.dir.Round.ID) + "/truong/" + string(link.School.Code), Text: r.texts.Say("state.results")}
}

// unasked is for a school that the round does not ask.
func (p *Pages) unasked(c *fiber.Ctx, link survey.Link) error {
	return p.absent(c, link, fiber.StatusNotFound, errUnasked())
}

func errUnasked() error {
	return survey.Refuse(survey.NotFound, "Đợt này không hỏi ý kiến về trường này", "The round does not ask about this school")
}

// unopened is for an address that opens no form. When it was replaced while a
// form was filled in, the page says first that the answers were not sent.
func (p *Pages) unopened(c *fiber.Ctx, r reader, link survey.Link, why error) error {
	var refusal *survey.Error
	if c.Method() != fiber.MethodPost || !link.Revoked || !errors.As(why, &refusal) {
		return why
	}
	said := r.texts.Say("state.unsent")
	return p.set.Render(c, fiber.StatusGone, "state", statePage{Head: r.head(said, nil, ""), Says: page.Says{What: said}, More: []string{r.texts.Refusal(refusal) + "."}})
}

// repeated is for a form that was sent before with other answers.
func (p *Pages) repeated(c *fiber.Ctx, o opened, form survey.AskedForm) error {
	r := o.reader
	return p.set.Render(c, fiber.StatusConflict, "state", statePage{
		Head:   r.head(r.texts.Say("state.sent.title"), nil, ""),
		Says:   page.Say(r.texts.Say("state.sent")),
		School: o.link.School.Name,
		More:   []string{r.texts.Say("state.sent.first")},
		Link:   &page.MenuLink{Path: o.path(string(form.Form.Code)), Text: r.texts.Say("state.sent.new")},
	})
}
