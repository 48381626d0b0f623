// Package school is a school's own page under /truong: how many have answered,
// the address for parents, and messages to send on; and its own results once they
// are released. Before that it shows no opinion, and counts only in steps.
package school

import (
	"context"
	"embed"
	"io/fs"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

//go:embed all:html static
var files embed.FS

// Files gives the static files of these pages, for page.NewAssets.
func Files() fs.FS { return files }

const (
	home = "/truong/"
	// stay is how long a phone keeps its session; the store may end it sooner.
	stay = 60 * 24 * time.Hour
)

// Access is who may see a school's page. EnterSchool exchanges the secret in a
// school's address for that of a session and refuses an unknown one with
// NotFound; SchoolEntered refuses a session that is not alive with Forbidden.
type Access interface {
	EnterSchool(ctx context.Context, token string) (secret string, err error)
	SchoolEntered(ctx context.Context, secret string) (survey.SchoolCode, error)
}

// Rounds is what is known of the rounds.
type Rounds interface {
	Strata(ctx context.Context, id survey.RoundID) ([]survey.Stratum, error)
}

// Aims is what schools should reach.
type Aims interface {
	Targets(ctx context.Context, id survey.RoundID) (survey.Targets, error)
}

// Config is what the pages need; all of it but BaseURL.
type Config struct {
	BaseURL   string // of the address for parents, no slash at its end
	Secure    bool   // people come over TLS
	Directory func() *survey.Directory
	Clock     func() time.Time
	Access    Access
	Rounds    Rounds
	// Pass makes the part of an address that opens helped forms of that link,
	// and says until the end of which day it does.
	Pass     func(link survey.LinkCode, kind survey.HelpKind) (text string, until survey.Day)
	Releases Releases // nil: no results
	Aims     Aims     // nil: no targets
	Assets   *page.Assets
}

// Pages serves the schools.
type Pages struct {
	Config
	set    *page.Set
	cookie page.SessionCookie
}

// New parses the pages.
func New(cfg Config) (*Pages, error) {
	set, err := page.NewSet(page.Site, files, cfg.Assets)
	if err != nil {
		return nil, err
	}
	cookie := page.NewSessionCookie("hl-truong", "/truong", cfg.Secure)
	cookie.Life = stay
	return &Pages{Config: cfg, set: set, cookie: cookie}, nil
}

// Routes adds the pages' addresses.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/truong", func(c *fiber.Ctx) error { return page.SeeOther(c, home) })
	r.Get(home, p.entered(p.show))
	for name, made := range handouts {
		r.Get(home+name, p.entered(made.send(p.BaseURL)))
	}
	p.helpRoutes(r)
	if p.Releases != nil {
		r.Get(resultsPath, p.entered(p.results))
		r.Post(resultsPath, p.entered(p.pledge))
		r.Get(resultsPath+".xlsx", p.entered(p.file))
	}
	r.Get(home+":token", p.enter)
}

// enter exchanges the secret in the address for a cookie at once, so that it
// stays in no history and on no screenshot.
func (p *Pages) enter(c *fiber.Ctx) error {
	secret, err := p.Access.EnterSchool(c.UserContext(), c.Params("token"))
	if err != nil {
		return err
	}
	p.cookie.Set(c, secret)
	return page.SeeOther(c, home)
}

// entered lets a school in with its link; others see how to come in.
func (p *Pages) entered(next func(*fiber.Ctx, *survey.Directory, survey.Link) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		code, err := p.visitor(c)
		d := p.Directory()
		if survey.KindOf(err) == survey.Forbidden {
			return p.set.Render(c, http.StatusForbidden, "entrance", page.NewHead("Trang của trường", d))
		}
		if err != nil {
			return err
		}
		link, err := linkOf(d, code)
		if err != nil {
			return err
		}
		return next(c, d, link)
	}
}

func (p *Pages) show(c *fiber.Ctx, d *survey.Directory, link survey.Link) error {
	strata, err := p.strataOf(c.UserContext(), d.Round.ID, link.School.Code)
	if err != nil {
		return err
	}
	view := schoolPage{Head: page.NewHead(link.School.Name, d), School: link.School, Round: d.RoundTitle, Address: p.BaseURL + "/k/" + string(link.School.Link)}
	view.fill(d, link, strata, p.Clock())
	if view.Aim, err = p.aim(c.UserContext(), d.Round.ID, strata); err != nil {
		return err
	}
	if state, err := p.latest(c.UserContext()); err == nil {
		view.Results = state.Title
	} else if survey.KindOf(err) != survey.NotFound {
		return err
	}
	return p.set.Render(c, http.StatusOK, "school", view)
}

func (p *Pages) visitor(c *fiber.Ctx) (survey.SchoolCode, error) {
	secret := p.cookie.Read(c)
	if secret == "" {
		return "", survey.Refuse(survey.Forbidden, "Chưa mở trang của trường", "No session")
	}
	return p.Access.SchoolEntered(c.UserContext(), secret)
}

// linkOf finds what the school's link opens; its own link, of all of them.
func linkOf(d *survey.Directory, code survey.SchoolCode) (survey.Link, error) {
	for _, link := range d.Links {
		if !link.Revoked && link.School.Code == code {
			return link, nil
		}
	}
	return survey.Link{}, survey.Refuse(survey.NotFound, "Trường không còn trong danh sách. Hỏi lại Sở Giáo dục và Đào tạo", "The school is not in the list any more")
}

// aim says what the school should reach. Whether it has is told by what the
// page shows of each form, in steps: the very moment would give one parent away.
func (p *Pages) aim(ctx context.Context, round survey.RoundID, strata []survey.Stratum) (string, error) {
	if p.Aims == nil || len(strata) == 0 {
		return "", nil
	}
	targets, err := p.Aims.Targets(ctx, round)
	if err != nil {
		return "", err
	}
	shown := survey.SchoolParticipation{}
	for _, s := range strata {
		shown.Forms = append(shown.Forms, survey.FormParticipation{Form: s.Form, Participation: survey.ParticipationOf([]survey.Stratum{s}).InSteps()})
	}
	reached := shown.Against(targets)
	switch {
	case !reached.Asked():
		return "", nil
	case reached.Reached():
		return "Đã đạt mức cần đạt: " + survey.Count(reached.Needed) + " phiếu.", nil
	}
	return "Mức cần đạt: " + survey.Count(reached.Needed) + " phiếu.", nil
}

// strataOf gives the school's own strata, and no other's.
func (p *Pages) strataOf(ctx context.Context, round survey.RoundID, code survey.SchoolCode) ([]survey.Stratum, error) {
	all, err := p.Rounds.Strata(ctx, round)
	if err != nil {
		return nil, err
	}
	var own []survey.Stratum
	for _, s := range all {
		if s.School.Code == code {
			own = append(own, s)
		}
	}
	return own, nil
}
