package school

import (
	"bytes"
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// Releases is what is released of the rounds, and what the school promises
// after it. ReleasedComments gives the masked comments that the school may
// read, in an order that means nothing.
type Releases interface {
	ReleaseStates(ctx context.Context) ([]survey.ReleaseState, error)
	Release(ctx context.Context, id survey.RoundID) (survey.Tables, error)
	ReleasedComments(ctx context.Context, id survey.RoundID, school survey.SchoolCode) ([]string, error)
	Pledges(ctx context.Context, id survey.RoundID, school survey.SchoolCode) ([]survey.Pledge, error)
	SetPledges(ctx context.Context, id survey.RoundID, school survey.SchoolCode, pledges []survey.Pledge) error
}

const (
	resultsPath = home + "ket-qua"
	roundField  = "dot"
)

// resultsPage is a school's own results of the round that was released last.
type resultsPage struct {
	page.Head
	School   string
	Area     string
	Round    survey.RoundID
	Terms    page.Terms
	Forms    []page.FormFigures
	Comments []string
	Pledges  []pledgeField
	Hidden   int    // lines that the office has taken from sight
	Public   string // address of everybody's results; empty: not public
	Said     string
}

// pledgeField is one line «Nhà trường sẽ làm» in the form.
type pledgeField struct {
	Name, Value, Problem string
	Number               int
}

// latest gives the round whose results schools may see, the newest of them;
// NotFound when there is none.
func (p *Pages) latest(ctx context.Context) (survey.ReleaseState, error) {
	if p.Releases == nil {
		return survey.ReleaseState{}, errNoResults()
	}
	states, err := p.Releases.ReleaseStates(ctx)
	if err != nil {
		return survey.ReleaseState{}, err
	}
	for _, s := range states {
		if s.Stage().Reaches(survey.SchoolsStage) {
			return s, nil
		}
	}
	return survey.ReleaseState{}, errNoResults()
}

func errNoResults() *survey.Error {
	return survey.Refuse(survey.NotFound, "Chưa có kết quả nào được công bố cho các trường. Sở công bố sau khi đợt hỏi ý kiến kết thúc", "No results are released to the schools yet")
}

func (p *Pages) results(c *fiber.Ctx, d *survey.Directory, link survey.Link) error {
	view, err := p.viewResults(c, d, link)
	if err != nil {
		return err
	}
	lines, err := p.Releases.Pledges(c.UserContext(), view.Round, link.School.Code)
	if err != nil {
		return err
	}
	var typed []string
	for _, l := range lines {
		typed = append(typed, l.Text)
		if l.Hidden {
			view.Hidden++
		}
	}
	view.Pledges = pledgeFields(typed, nil)
	if c.Query("xong") == "1" {
		view.Said = "Đã lưu việc nhà trường sẽ làm."
	}
	return p.set.Render(c, http.StatusOK, "results", view)
}

func (p *Pages) viewResults(c *fiber.Ctx, d *survey.Directory, link survey.Link) (view resultsPage, err error) {
	state, err := p.latest(c.UserContext())
	if err != nil {
		return view, err
	}
	t, err := p.Releases.Release(c.UserContext(), state.Round.ID)
	if err != nil {
		return view, err
	}
	school, err := t.School(link.School.Code)
	if err != nil {
		return view, err
	}
	f := page.Figures{Tables: t, Path: resultsPath}
	view = resultsPage{Head: page.NewHead("Kết quả của trường", d), School: school.Name, Area: school.Area.Title(), Round: state.Round.ID,
		Terms: f.Terms(t.Made.In(d.Calendar.Zone).Format("02/01/2006")), Forms: f.Of(school)}
	view.Token = page.Token(p.cookie.Read(c))
	if state.Stage().Reaches(survey.PublicStage) {
		view.Public = "/ket-qua/" + string(state.Round.ID)
	}
	view.Comments, err = p.Releases.ReleasedComments(c.UserContext(), state.Round.ID, link.School.Code)
	return view, err
}

// file hands over the school's own results as a workbook.
func (p *Pages) file(c *fiber.Ctx, _ *survey.Directory, link survey.Link) error {
	state, err := p.latest(c.UserContext())
	if err != nil {
		return err
	}
	t, err := p.Releases.Release(c.UserContext(), state.Round.ID)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := (sheet.ReleasedBook{Tables: t, School: link.School.Code}).Write(&b); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="ket-qua-`+string(state.Round.ID)+"-"+string(link.School.Code)+`.xlsx"`)
	return c.Send(b.Bytes())
}

func pledgeFields(typed []string, problems page.Problems) []pledgeField {
	var fields []pledgeField
	for i := range survey.MaxPledges {
		f := pledgeField{Name: survey.PledgeField(i + 1), Number: i + 1}
		if i < len(typed) {
			f.Value = typed[i]
		}
		f.Problem = problems.Of(f.Name)
		fields = append(fields, f)
	}
	return fields
}

// pledge stores the lines. They belong to the round that the page showed: a
// newer one asks for new ones.
func (p *Pages) pledge(c *fiber.Ctx, d *survey.Directory, link survey.Link) error {
	if !page.HasToken(c, p.cookie.Read(c)) {
		return survey.Refuse(survey.Forbidden, "Trang này được mở từ trước. Quay lại, tải lại trang rồi làm lại", "The form does not belong to this session; load the page again")
	}
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(roundField, survey.PledgeField(1), survey.PledgeField(2), survey.PledgeField(3)); err != nil {
		return err
	}
	view, err := p.viewResults(c, d, link)
	if err != nil {
		return err
	}
	var typed []string
	for i := range survey.MaxPledges {
		typed = append(typed, form.Get(survey.PledgeField(i+1)))
	}
	pledges, err := survey.ParsePledges(typed)
	if err == nil && form.Get(roundField) != string(view.Round) {
		err = survey.Refuse(survey.Conflict, "Sở vừa công bố kết quả đợt khác. Xem kết quả mới rồi ghi lại", "Another round was released meanwhile; read its results and write again")
	}
	if err != nil {
		view.Problems = page.ProblemsOf(err)
		view.Pledges = pledgeFields(typed, view.Problems)
		return p.set.Render(c, http.StatusUnprocessableEntity, "results", view)
	}
	if err := p.Releases.SetPledges(c.UserContext(), view.Round, link.School.Code, pledges); err != nil {
		return err
	}
	return page.SeeOther(c, resultsPath+"?xong=1#se-lam")
}
