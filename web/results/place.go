package results

import (
	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// overviewPage is the whole province in one round.
type overviewPage struct {
	round
	Figures page.Overview
}

func (p *Pages) overview(_ *fiber.Ctx, f page.Figures) ([]byte, error) {
	r := p.round(f, "Kết quả "+f.Release.Title)
	r.Menu[1].Current = true
	return p.set.Execute("overview", overviewPage{r, f.Overview()})
}

// formPage is one form over the whole province, with its items.
type formPage struct {
	round
	Figures page.FormFigures
}

func (p *Pages) form(c *fiber.Ctx, f page.Figures) ([]byte, error) {
	form, ok := f.Questionnaire.Form(c.Params("form"))
	if !ok || !f.Asks(form.Code) {
		return nil, fiber.ErrNotFound
	}
	return p.set.Execute("form", formPage{p.round(f, form.Name+" · "+f.Release.Title), f.Form(form)})
}

// areaPage is one commune with its schools.
type areaPage struct {
	round
	Area    string
	Figures page.AreaFigures
}

func (p *Pages) area(c *fiber.Ctx, f page.Figures) ([]byte, error) {
	area, ok := f.Area(survey.AreaCode(c.Params("area")))
	if !ok {
		return nil, fiber.ErrNotFound
	}
	return p.set.Execute("area", areaPage{p.round(f, area.Title()+" · "+f.Release.Title), area.Title(), f.OfCommune(area)})
}

// searchPage finds a school.
type searchPage struct {
	round
	Found page.Found
}

func (p *Pages) search(c *fiber.Ctx, f page.Figures) ([]byte, error) {
	o := searchPage{p.round(f, "Tìm trường · "+f.Release.Title), f.Find(c.Query("q"))}
	o.Menu[2].Current = true
	o.Search = o.Found.Search
	return p.set.Execute("search", o)
}

// schoolPage is one school.
type schoolPage struct {
	round
	School   string
	Area     string
	AreaPath string
	Forms    []page.FormFigures
	Pledges  []string
}

func (p *Pages) school(c *fiber.Ctx, f page.Figures) ([]byte, error) {
	s, err := f.School(survey.SchoolCode(c.Params("code")))
	if err != nil {
		return nil, err
	}
	pledges, err := p.Releases.Pledges(c.UserContext(), f.Round, s.Code)
	if err != nil {
		return nil, err
	}
	o := schoolPage{round: p.round(f, s.Name+" · "+f.Release.Title), School: s.Name, Area: s.Area.Title(), AreaPath: f.Path + "/xa/" + string(s.Area.Code), Forms: f.Of(s)}
	for _, line := range pledges {
		if !line.Hidden {
			o.Pledges = append(o.Pledges, line.Text)
		}
	}
	return p.set.Execute("school", o)
}
