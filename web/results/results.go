// Package results is what everybody may see of a round once it is released,
// under /ket-qua. It shows the frozen snapshot and nothing else: no response,
// no tally and no round that is not public can be reached from here. There is
// no league table: places stand in the order of their names, with one of three
// words where an interval allows it.
package results

import (
	"context"
	"embed"
	"io/fs"
	"sync"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

//go:embed all:html static
var files embed.FS

// Files gives the static files of these pages, for page.NewAssets.
func Files() fs.FS { return files }

const home = "/ket-qua/"

// Releases is what is released. Release gives the latest snapshot of a round,
// whoever may see it; Pledges what a school says it will do.
type Releases interface {
	ReleaseStates(ctx context.Context) ([]survey.ReleaseState, error)
	Release(ctx context.Context, id survey.RoundID) (survey.Tables, error)
	Pledges(ctx context.Context, id survey.RoundID, school survey.SchoolCode) ([]survey.Pledge, error)
}

// Config is what the pages need, all of it.
type Config struct {
	Directory func() *survey.Directory
	Releases  Releases
	Assets    *page.Assets
}

// Pages serves the public.
type Pages struct {
	Config
	set     *page.Set
	shelf   *shelf
	oneFile sync.Mutex // a workbook takes time and memory
}

// New parses the pages.
func New(cfg Config) (*Pages, error) {
	set, err := page.NewSet(page.Site, files, cfg.Assets)
	if err != nil {
		return nil, err
	}
	return &Pages{Config: cfg, set: set, shelf: newShelf()}, nil
}

// Routes adds the pages' addresses.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/ket-qua", func(c *fiber.Ctx) error { return page.SeeOther(c, home) })
	r.Get(home, p.list)
	r.Get(home+":round", p.released(p.overview))
	r.Get(home+":round/"+fileName, p.file)
	r.Get(home+":round/phieu/:form", p.released(p.form))
	r.Get(home+":round/xa/:area", p.released(p.area))
	r.Get(home+":round/truong", p.released(p.search))
	r.Get(home+":round/truong/:code", p.released(p.school))
}

// round is what every page of a round has.
type round struct {
	page.Head
	Terms  page.Terms
	Path   string // of the round
	Search string // what was searched for
}

func (p *Pages) round(f page.Figures, title string) round {
	d := p.Directory()
	r := round{Head: page.NewHead(title, d), Terms: f.Terms(f.Made.In(d.Calendar.Zone).Format("02/01/2006")), Path: f.Path}
	r.Menu = []page.MenuLink{{Path: home, Text: "Kết quả các đợt"}, {Path: f.Path, Text: "Toàn tỉnh"}, {Path: f.Path + "/truong", Text: "Tìm trường"}}
	return r
}

// released lets through to a round that is public now. A page of it is made
// once for each snapshot.
func (p *Pages) released(show func(*fiber.Ctx, page.Figures) ([]byte, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		state, err := p.public(c)
		if err != nil {
			return err
		}
		t, err := p.Releases.Release(c.UserContext(), state.Round.ID)
		if err != nil {
			return err
		}
		return p.send(c, state.Hash, func() ([]byte, error) { return show(c, page.Figures{Tables: t, Path: home + string(state.Round.ID)}) })
	}
}

// public gives the round in the address, if its results are public.
func (p *Pages) public(c *fiber.Ctx) (survey.ReleaseState, error) {
	states, err := p.Releases.ReleaseStates(c.UserContext())
	if err != nil {
		return survey.ReleaseState{}, err
	}
	for _, s := range states {
		if string(s.Round.ID) == c.Params("round") && s.Stage().Reaches(survey.PublicStage) {
			return s, nil
		}
	}
	return survey.ReleaseState{}, survey.Refuse(survey.NotFound, "Kết quả đợt này chưa công bố. Xem các đợt đã công bố ở trang Kết quả", "The results of this round are not released")
}

// listPage is the rounds whose results are public.
type listPage struct {
	page.Head
	Rounds []released
}

type released struct{ Path, Title, Since string }

func (p *Pages) list(c *fiber.Ctx) error {
	states, err := p.Releases.ReleaseStates(c.UserContext())
	if err != nil {
		return err
	}
	d := p.Directory()
	l := listPage{Head: page.NewHead("Kết quả các đợt hỏi ý kiến", d)}
	for _, s := range states {
		if s.Stage().Reaches(survey.PublicStage) {
			at := s.Steps[len(s.Steps)-1].At.In(d.Calendar.Zone)
			l.Rounds = append(l.Rounds, released{home + string(s.Round.ID), s.Title, at.Format("02/01/2006")})
		}
	}
	body, err := p.set.Execute("list", l)
	if err != nil {
		return err
	}
	k, err := keep(body)
	if err != nil {
		return err
	}
	return answer(c, k)
}
