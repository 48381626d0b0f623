package office

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// PledgeBook is what schools say they will do after a round.
type PledgeBook interface {
	RoundPledges(ctx context.Context, id survey.RoundID) ([]survey.SchoolPledges, error)
	HidePledge(ctx context.Context, actor string, id survey.RoundID, school survey.SchoolCode, position int, hidden bool) error
}

// Fields of a line.
const (
	pledgeSchoolField = "truong"
	pledgeLineField   = "dong"
	pledgeHideField   = "an"
)

// pledgesPage is the lines «Nhà trường sẽ làm» of a round.
type pledgesPage struct {
	page.Head
	Round   string
	Path    string // of the round's results
	Changes bool
	Public  bool // parents read the lines
	Schools []pledgeSchool
}

type pledgeSchool struct {
	Code  survey.SchoolCode
	Name  string
	Lines []survey.Pledge
}

func (p *Pages) pledges(c *fiber.Ctx, account survey.Account) error {
	id, err := survey.ParseRoundID(c.Params("round"))
	if err != nil {
		return fiber.ErrNotFound
	}
	state, err := p.Releases.ReleaseState(c.UserContext(), id)
	if err != nil {
		return err
	}
	all, err := p.Releases.RoundPledges(c.UserContext(), id)
	if err != nil {
		return err
	}
	view := pledgesPage{Head: p.head(c, "Nhà trường sẽ làm", account), Round: state.Title, Path: resultPath(id), Changes: account.Role.Changes(), Public: state.Stage().Reaches(survey.PublicStage)}
	names, err := p.schoolNames(c.UserContext(), id)
	if err != nil {
		return err
	}
	for _, s := range all {
		view.Schools = append(view.Schools, pledgeSchool{s.School, names[s.School], s.Pledges})
	}
	return p.set.Render(c, http.StatusOK, "pledges", view)
}

// schoolNames gives the schools of a round with their communes.
func (p *Pages) schoolNames(ctx context.Context, id survey.RoundID) (map[survey.SchoolCode]string, error) {
	strata, err := p.Rounds.Strata(ctx, id)
	names := map[survey.SchoolCode]string{}
	for _, s := range strata {
		names[s.School.Code] = s.School.Name + " (" + s.School.Area.Title() + ")"
	}
	return names, err
}

// hidePledge takes a line from sight, or shows it again.
func (p *Pages) hidePledge(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(pledgeSchoolField, pledgeLineField, pledgeHideField); err != nil {
		return err
	}
	id, err := survey.ParseRoundID(c.Params("round"))
	if err != nil {
		return fiber.ErrNotFound
	}
	position, err := strconv.Atoi(form.Get(pledgeLineField))
	if err != nil {
		return survey.Refuse(survey.Invalid, "Không rõ dòng nào. Tải lại trang rồi làm lại", "The line is not named")
	}
	if err := p.Releases.HidePledge(c.UserContext(), account.Name, id, survey.SchoolCode(form.Get(pledgeSchoolField)), position, form.Get(pledgeHideField) == "1"); err != nil {
		return err
	}
	return page.SeeOther(c, resultPath(id)+"/se-lam")
}
