// Package parent is the pages of those who answer: parents, pupils and
// learners. Everything works without script and without cookies;
// static/form only makes the form easier.
package parent

import (
	"context"
	"embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

//go:embed all:html static
var files embed.FS

// Desk hands out forms and takes them in. Take returns after the commit; its
// refusals are *survey.Error.
type Desk interface {
	Directory() *survey.Directory
	Now() time.Time
	Mint() (survey.FormID, error)
	Take(ctx context.Context, a survey.Arrival) (fresh bool, err error)
	MintHelped() (survey.FormID, error)
	// ReadPass reads the pass that opens helped forms of that link.
	ReadPass(link survey.LinkCode, text string) (survey.HelpPass, error)
}

// Config is what the pages need.
type Config struct {
	BaseURL string // of the addresses that messengers show; empty: none
	Desk    Desk
	Assets  *page.Assets
	Texts   *page.Catalog // nil: the languages that come with the program
	Sounds  Sounds        // nil: there are none
}

// Pages serves those who answer.
type Pages struct {
	desk   Desk
	set    *page.Set
	blank  *shelf
	index  *index
	cards  *pictures
	base   string
	texts  *page.Catalog
	sounds Sounds
}

// New parses the pages.
func New(cfg Config) (*Pages, error) {
	set, err := page.NewPlainSet(files, cfg.Assets, cfg.Texts)
	if err != nil {
		return nil, err
	}
	return &Pages{desk: cfg.Desk, set: set, blank: &shelf{}, index: &index{}, cards: newPictures(maxPictures), base: cfg.BaseURL, texts: cfg.Texts, sounds: cfg.Sounds}, nil
}

// Routes adds the pages' addresses. GET and HEAD change nothing, because
// messengers fetch every link that they show.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/", p.search)
	r.Get("/k/:code", p.open)
	r.Get("/K/:code", p.open) // as QR codes have it, in capitals
	r.Get("/k/:code/cam-on", p.thank)
	r.Get("/k/:code/anh.png", func(c *fiber.Ctx) error { return p.cards.show(c, p.desk.Directory()) })
	r.Get("/k/:code/:form", p.show)
	r.Post("/k/:code/:form", p.take)
	p.helpedRoutes(r)
	if p.sounds != nil {
		r.Get("/am/:file", p.sound)
	}
}
