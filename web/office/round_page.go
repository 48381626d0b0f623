package office

import (
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// roundsPath is where the rounds are planned.
const roundsPath = "/so/dot"

// planned is all that is known of the rounds when one of them is planned.
type planned struct {
	schedule survey.Schedule
	round    survey.Round // zero on the page of all rounds
	targets  survey.Targets
	usual    survey.Targets
	editions []survey.Edition
	strata   []survey.Stratum
	now      time.Time
}

// plan reads what is known; id is empty for the page of all rounds.
func (p *Pages) plan(ctx context.Context, id survey.RoundID) (s planned, err error) {
	s.now = p.Clock()
	if s.schedule, err = p.Rounds.Rounds(ctx); err != nil {
		return s, err
	}
	if s.usual, err = p.Planning.UsualTargets(ctx); err != nil {
		return s, err
	}
	if s.editions, err = p.Planning.Questionnaires(ctx); err != nil || id == "" {
		return s, err
	}
	if s.round, err = s.schedule.Round(id); err != nil {
		return s, survey.Refuse(survey.NotFound, "Không có đợt này. Xem các đợt ở trang Đợt", "There is no such round")
	}
	if s.targets, err = p.Planning.Targets(ctx, id); err != nil {
		return s, err
	}
	s.strata, err = p.Rounds.Strata(ctx, id)
	return s, err
}

// roundsPage is all rounds, and what can be changed for all of them.
type roundsPage struct {
	page.Head
	Said   string // what was just done
	Years  []schoolYear
	Usual  []targetRow
	Acts   []actForm
	Trials bool // there are pages about a trial
}

// schoolYear is the rounds of one school year.
type schoolYear struct {
	Name   survey.SchoolYear
	Rounds []roundRow
}

// roundRow is one round in the list.
type roundRow struct {
	Path, Title, State, Window, Questionnaire, Left string
	Current                                         bool
}

// targetRow is the target of one level.
type targetRow struct {
	Level  survey.Level
	Target survey.Target
}

func targetRows(t survey.Targets) []targetRow {
	var rows []targetRow
	for _, level := range survey.Levels() {
		if one, ok := t[level]; ok {
			rows = append(rows, targetRow{level, one})
		}
	}
	return rows
}

// routePlanning adds the addresses of the rounds.
func (p *Pages) routePlanning(r fiber.Router) {
	r.Get(roundsPath, p.reading(p.listRounds))
	r.Post(roundsPath+"/:act", p.changing(p.act(officeActs)))
	r.Get(roundsPath+"/:id", p.reading(p.showRound))
	r.Post(roundsPath+"/:id/:act", p.changing(p.act(roundActs)))
}

func roundPath(id survey.RoundID) string { return roundsPath + "/" + string(id) }

func (p *Pages) listRounds(c *fiber.Ctx, account survey.Account) error {
	s, err := p.plan(c.UserContext(), "")
	if err != nil {
		return err
	}
	return p.sendRounds(c, account, s, http.StatusOK, tried{})
}

func (p *Pages) sendRounds(c *fiber.Ctx, account survey.Account, s planned, status int, t tried) error {
	view := roundsPage{Head: p.head(c, "Các đợt", account), Said: said(c.Query("da")), Usual: targetRows(s.usual), Trials: p.Trials != nil}
	view.Problems = t.problems
	current, _ := s.schedule.Calendar.Current(s.schedule.Rounds, s.now)
	for i := len(s.schedule.Rounds) - 1; i >= 0; i-- {
		r := s.schedule.Rounds[i]
		year := survey.SchoolYearOf(r.Opens)
		if n := len(view.Years); n == 0 || view.Years[n-1].Name != year {
			view.Years = append(view.Years, schoolYear{Name: year})
		}
		last := &view.Years[len(view.Years)-1]
		last.Rounds = append(last.Rounds, s.row(r, r.ID == current.ID))
	}
	if account.Role.Changes() {
		view.Acts = forms(officeActs, roundsPath, s, t)
	}
	return p.set.Render(c, status, "rounds", view)
}

func (s planned) row(r survey.Round, current bool) roundRow {
	v := viewRound(s.schedule, r, s.now)
	row := roundRow{Path: roundPath(r.ID), Title: v.Title, State: v.State, Window: v.Window, Left: v.Left, Current: current, Questionnaire: string(r.Questionnaire)}
	if r.Questionnaire == "" {
		row.Questionnaire = "bộ đang dùng lúc mở"
	}
	return row
}

// roundPage is one round, and what can be done with it now.
type roundPage struct {
	page.Head
	Said  string
	Row   roundRow
	ID    survey.RoundID
	Facts []fact
	Aims  []targetRow
	Acts  []actForm
	Asked bool // schools are asked, so the board has something to show
	Over  bool // it takes no responses any more
}

// fact is something to know, with its name.
type fact struct{ Name, Text string }

func (p *Pages) showRound(c *fiber.Ctx, account survey.Account) error {
	s, err := p.plan(c.UserContext(), survey.RoundID(c.Params("id")))
	if err != nil {
		return err
	}
	return p.sendRound(c, account, s, http.StatusOK, tried{})
}

func (p *Pages) sendRound(c *fiber.Ctx, account survey.Account, s planned, status int, t tried) error {
	view := roundPage{Head: p.head(c, "Đợt tháng "+s.round.Months(), account), Said: said(c.Query("da")), ID: s.round.ID,
		Row: s.row(s.round, false), Facts: s.facts(), Aims: targetRows(s.targets), Asked: len(s.strata) > 0, Over: s.round.State == survey.Shut || s.round.State == survey.Released}
	view.Problems = t.problems
	if account.Role.Changes() {
		view.Acts = forms(roundActs, roundPath(s.round.ID), s, t)
	}
	return p.set.Render(c, status, "round", view)
}

// facts says what is settled of a round, and what is not yet.
func (s planned) facts() []fact {
	r := s.round
	facts := []fact{{"Nhận phiếu", s.row(r, false).Window}, {"Bộ câu hỏi", s.row(r, false).Questionnaire}}
	if r.OpenedAt.IsZero() {
		return append(facts, fact{"Chốt khi mở đợt", "bộ câu hỏi, sĩ số từng trường, mức cần đạt"})
	}
	p := survey.ParticipationOf(s.strata)
	facts = append(facts, fact{"Mở lúc", s.moment(r.OpenedAt)},
		fact{"Sĩ số đã chốt", survey.Count(p.Enrolment) + " (" + survey.Count(len(survey.ParticipationBySchool(s.strata))) + " trường)"},
		fact{"Phiếu đã nhận", survey.Count(p.Responses)})
	if !r.ClosedAt.IsZero() {
		facts = append(facts, fact{"Đóng lúc", s.moment(r.ClosedAt)})
	}
	return facts
}

func (s planned) moment(at time.Time) string {
	return at.In(s.schedule.Calendar.Zone).Format("15:04 ngày 02/01/2006")
}
