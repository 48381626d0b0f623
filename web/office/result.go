package office

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// resultsPath is where the results of the rounds are.
const resultsPath = "/so/ket-qua"

func resultPath(id survey.RoundID) string { return resultsPath + "/" + string(id) }

// Releases is how far the results of rounds are released, and the snapshots.
type Releases interface {
	Released
	Releasing
	PledgeBook
}

// Released is what is known of the releases.
type Released interface {
	ReleaseStates(ctx context.Context) ([]survey.ReleaseState, error)
	ReleaseState(ctx context.Context, id survey.RoundID) (survey.ReleaseState, error)
	Release(ctx context.Context, id survey.RoundID) (survey.Tables, error)
	Threshold(ctx context.Context) (survey.Threshold, error)
}

// routeResults adds the pages of results. Of what is not released, communes see
// nothing; of what is, their own schools.
func (p *Pages) routeResults(r fiber.Router) {
	r.Get(resultsPath, p.own(p.results))
	r.Get(resultsPath+"/:round", p.own(p.result))
	r.Get(resultsPath+"/:round/phieu/:form", p.reading(p.figuresOf(p.resultForm)))
	r.Get(resultsPath+"/:round/xa/:area", p.own(p.figuresOf(p.resultArea)))
	r.Get(resultsPath+"/:round/truong", p.reading(p.figuresOf(p.resultFind)))
	r.Get(resultsPath+"/:round/truong/:code", p.own(p.figuresOf(p.resultSchool)))
	for path, show := range map[string]shownResult{"": p.resultOverview, "/phieu/:form": p.resultForm, "/xa/:area": p.resultArea, "/truong": p.resultFind, "/truong/:code": p.resultSchool} {
		r.Get(resultsPath+"/:round/xem-truoc"+path, p.reading(p.previewOf(show)))
	}
	r.Get(resultsPath+"/:round/da-cong-bo"+fileEnding, p.own(p.releasedFile))
	r.Get(resultsPath+"/:round/cong-bo", p.reading(p.release))
	r.Post(resultsPath+"/:round/cong-bo", p.changing(p.takeStep))
	r.Post(resultsPath+"/:round/sua", p.changing(p.correct))
	r.Post(resultsPath+"/:round/nguong", p.changing(p.setThreshold))
	r.Get(resultsPath+"/:round/se-lam", p.reading(p.pledges))
	r.Post(resultsPath+"/:round/se-lam", p.changing(p.hidePledge))
}

// resultsPage is the rounds whose results there are.
type resultsPage struct {
	page.Head
	Rounds []resultRow
	Whole  bool // the account reads of every school
}

type resultRow struct {
	Path, Title, State, Stage string
	Public                    string // address for everybody; empty: there is none
}

func (p *Pages) results(c *fiber.Ctx, account survey.Account) error {
	states, err := p.Releases.ReleaseStates(c.UserContext())
	if err != nil {
		return err
	}
	view := resultsPage{Head: p.head(c, "Kết quả", account), Whole: account.Role.ReadsAll()}
	for _, s := range states {
		if !view.Whole && !s.Stage().Reaches(survey.SchoolsStage) {
			continue
		}
		row := resultRow{Path: resultPath(s.Round.ID), Title: s.Title, State: s.Round.State.Name(), Stage: s.Stage().Name()}
		if s.Stage().Reaches(survey.PublicStage) {
			row.Public = "/ket-qua/" + string(s.Round.ID)
		}
		view.Rounds = append(view.Rounds, row)
	}
	return p.set.Render(c, http.StatusOK, "results", view)
}

// resultPage is the results of one round, as the account may see them: one of
// the parts is there.
type resultPage struct {
	page.Head
	Title    string
	Round    string // the round's title
	Path     string // of these figures
	Base     string // of the round's results
	Terms    page.Terms
	Search   string
	Preview  bool // as others will see it
	Internal bool // nothing is hidden
	Whole    bool // the account reads of every school
	Released bool // there is a file that may leave the office
	Open     bool // responses still come: there is nothing to see
	Never    bool // it is over without having been open: there is nothing to see
	Public   string
	Overview *page.Overview
	Form     *page.FormFigures
	Area     *page.AreaFigures
	Found    *page.Found
	Forms    []page.FormFigures
}

// shownResult shows a part of the figures.
type shownResult func(c *fiber.Ctx, account survey.Account, r resultPage, f page.Figures) error

// seen is a round with the figures that the account may see of it.
func (p *Pages) seen(c *fiber.Ctx, account survey.Account, preview bool) (resultPage, page.Figures, error) {
	id, err := survey.ParseRoundID(c.Params("round"))
	if err != nil {
		return resultPage{}, page.Figures{}, fiber.ErrNotFound
	}
	state, err := p.Releases.ReleaseState(c.UserContext(), id)
	if err != nil {
		return resultPage{}, page.Figures{}, err
	}
	view := resultPage{Head: p.head(c, "Kết quả "+state.Title, account), Title: "Kết quả", Round: state.Title, Path: resultPath(id), Base: resultPath(id),
		Whole: account.Role.ReadsAll(), Preview: preview, Open: !state.Round.Over(), Never: state.Round.State == survey.Shut && state.Round.OpenedAt.IsZero(), Released: state.Stage().Reaches(survey.SchoolsStage)}
	if state.Stage().Reaches(survey.PublicStage) {
		view.Public = "/ket-qua/" + string(id)
	}
	if view.Open && view.Whole {
		return view, page.Figures{}, nil
	}
	f := page.Figures{Path: view.Path}
	if f.Tables, err = p.tablesFor(c.UserContext(), account, state, preview); err != nil {
		return view, f, err
	}
	if preview {
		f.Path += "/xem-truoc"
	}
	view.Internal = f.Threshold == survey.Internal
	view.Terms = f.Terms(f.Made.In(p.Directory().Calendar.Zone).Format("15:04 ngày 02/01/2006"))
	return view, f, nil
}

// tablesFor gives everything to those who read of all schools, and the released
// snapshot to communes and for the preview; one that is not made yet is made
// for the eye only.
func (p *Pages) tablesFor(ctx context.Context, account survey.Account, state survey.ReleaseState, preview bool) (survey.Tables, error) {
	if !account.Role.ReadsAll() && !state.Stage().Reaches(survey.SchoolsStage) {
		return survey.Tables{}, survey.Refuse(survey.NotFound, "Kết quả đợt này chưa công bố cho xã, phường", "The results of this round are not released to communes")
	}
	if !account.Role.ReadsAll() || preview && state.Number > 0 {
		return p.Releases.Release(ctx, state.Round.ID)
	}
	results, err := p.Rounds.Results(ctx, state.Round.ID)
	if err != nil || !preview {
		return survey.OfficeTables(results), err
	}
	threshold, err := p.Releases.Threshold(ctx)
	if err != nil {
		return survey.Tables{}, err
	}
	r := survey.NewRelease(results, p.Directory().Calendar.LastDay(state.Round), threshold)
	return survey.Tables{Release: &r, Questionnaire: results.Questionnaire}, nil
}

// figuresOf lets through with the figures that the account may see.
func (p *Pages) figuresOf(show shownResult) handler {
	return p.withFigures(show, false)
}

// previewOf lets through with the figures as others will see them.
func (p *Pages) previewOf(show shownResult) handler {
	return p.withFigures(show, true)
}

func (p *Pages) withFigures(show shownResult, preview bool) handler {
	return func(c *fiber.Ctx, account survey.Account) error {
		view, f, err := p.seen(c, account, preview)
		if err != nil {
			return err
		}
		if f.Release == nil {
			return p.set.Render(c, http.StatusOK, "result", view)
		}
		return show(c, account, view, f)
	}
}

// result is the first page of a round: the province, or the commune of an
// account that sees no more.
func (p *Pages) result(c *fiber.Ctx, account survey.Account) error {
	if account.Role.ReadsAll() {
		return p.figuresOf(p.resultOverview)(c, account)
	}
	return p.figuresOf(func(c *fiber.Ctx, account survey.Account, r resultPage, f page.Figures) error {
		return p.showCommune(c, account, r, f, account.Area)
	})(c, account)
}

func (p *Pages) resultOverview(c *fiber.Ctx, _ survey.Account, r resultPage, f page.Figures) error {
	overview := f.Overview()
	r.Overview = &overview
	return p.renderResult(c, r, f)
}

func (p *Pages) resultForm(c *fiber.Ctx, _ survey.Account, r resultPage, f page.Figures) error {
	form, ok := f.Questionnaire.Form(c.Params("form"))
	if !ok || !f.Asks(form.Code) {
		return fiber.ErrNotFound
	}
	figures := f.Form(form)
	r.Title, r.Form = form.Name, &figures
	return p.renderResult(c, r, f)
}

func (p *Pages) resultArea(c *fiber.Ctx, account survey.Account, r resultPage, f page.Figures) error {
	return p.showCommune(c, account, r, f, survey.AreaCode(c.Params("area")))
}

func (p *Pages) showCommune(c *fiber.Ctx, account survey.Account, r resultPage, f page.Figures, code survey.AreaCode) error {
	area, ok := f.Area(code)
	if !ok || !account.Sees(code) {
		return fiber.ErrNotFound
	}
	figures := f.OfCommune(area)
	r.Title, r.Area = area.Title(), &figures
	return p.renderResult(c, r, f)
}

func (p *Pages) resultFind(c *fiber.Ctx, _ survey.Account, r resultPage, f page.Figures) error {
	found := f.Find(c.Query("q"))
	r.Title, r.Found, r.Search = "Tìm trường", &found, found.Search
	return p.renderResult(c, r, f)
}

func (p *Pages) resultSchool(c *fiber.Ctx, account survey.Account, r resultPage, f page.Figures) error {
	s, err := f.School(survey.SchoolCode(c.Params("code")))
	if err != nil {
		return err
	}
	if !account.Sees(s.Area.Code) {
		return fiber.ErrNotFound
	}
	r.Title, r.Forms = s.Name+" ("+s.Area.Title()+")", f.Of(s)
	return p.renderResult(c, r, f)
}

// renderResult shows the page; links of its own lead on within the same view.
func (p *Pages) renderResult(c *fiber.Ctx, r resultPage, f page.Figures) error {
	r.Path = f.Path
	return p.set.Render(c, http.StatusOK, "result", r)
}
