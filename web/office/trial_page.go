package office

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Trials is a round for trying out, kept apart from the real ones: its links,
// its responses and its files are its own. TrialResults refuses with NotFound
// while there is no trial.
type Trials interface {
	StartTrial(ctx context.Context, act survey.Act, plan survey.TrialPlan) error
	DropTrial(ctx context.Context, act survey.Act) error
	TrialResults(ctx context.Context) (survey.Results, error)
}

const (
	trialPath = "/so/dot/thu"
	trialRows = 30 // schools shown at once
)

// routeTrial adds the trial's addresses, before those of the rounds.
func (p *Pages) routeTrial(r fiber.Router) {
	if p.Trials == nil {
		return
	}
	r.Get(trialPath, p.reading(p.showTrial))
	r.Post(trialPath+"/mo", p.changing(p.startTrial))
	r.Post(trialPath+"/xoa", p.changing(p.dropTrial))
	r.Post(trialPath+"/bang-ket-qua", p.reading(p.trialWorkbook))
}

// trialPage is the trial, or the form that starts one.
type trialPage struct {
	page.Head
	Said     string
	There    bool
	Round    string
	State    string
	Total    share
	Schools  []entry
	Count    int // schools that the search finds
	Search   string
	Base     string // before /k/ in an address
	Changing bool
	Until    string // typed
	Editions []choice
	Today    survey.Day
}

func (p *Pages) showTrial(c *fiber.Ctx, account survey.Account) error {
	return p.sendTrial(c, account, http.StatusOK, nil, nil)
}

func (p *Pages) sendTrial(c *fiber.Ctx, account survey.Account, status int, sent page.Form, problems page.Problems) error {
	view := trialPage{Head: p.head(c, "Đợt thử", account), Base: p.BaseURL, Changing: account.Role.Changes(), Said: trialSaid[c.Query("da")]}
	view.Problems = problems
	results, err := p.Trials.TrialResults(c.UserContext())
	switch {
	case err == nil:
		view.show(results, c.Query("q"))
	case survey.KindOf(err) != survey.NotFound:
		return err
	}
	if err := p.offerTrial(c.UserContext(), &view, sent); err != nil {
		return err
	}
	return p.set.Render(c, status, "trial", view)
}

var trialSaid = map[string]string{"mo": "Đã mở đợt thử.", "xoa": "Đã xóa đợt thử cùng mọi phiếu thử."}

// show fills in the trial that there is.
func (v *trialPage) show(results survey.Results, search string) {
	v.There, v.Round, v.State = true, results.Title, results.Round.State.Name()
	v.Total = shareOf(survey.ParticipationOf(results.Strata))
	v.Search = survey.CleanLine(cutBytes(search, maxSearch))
	var schools []survey.Turnout
	for _, s := range survey.ParticipationBySchool(results.Strata) {
		schools = append(schools, survey.Turnout{SchoolParticipation: s})
	}
	sel := selection{Search: v.Search, Sort: "phieu", Down: true}
	rows := sel.selected(entries(schools))
	v.Count, v.Schools = len(rows), rows[:min(len(rows), trialRows)]
}

// offerTrial fills in the form, with what was typed if it was refused.
func (p *Pages) offerTrial(ctx context.Context, v *trialPage, sent page.Form) error {
	editions, err := p.Planning.Questionnaires(ctx)
	if err != nil {
		return err
	}
	v.Today = p.Directory().Calendar.Today(p.Clock())
	v.Until = (v.Today + 6).String()
	if sent != nil {
		v.Until = sent.Get(untilField)
	}
	for _, e := range editions {
		version := string(e.Questionnaire.Version)
		v.Editions = append(v.Editions, choice{version, version + " – " + e.Questionnaire.Title, version == sent.Get(versionField) || sent == nil && e.Next})
	}
	return nil
}

func (p *Pages) startTrial(c *fiber.Ctx, account survey.Account) error {
	sent, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := sent.Only(untilField, versionField, page.TokenField); err != nil {
		return err
	}
	until, err := day(sent, untilField)
	if err == nil {
		plan := survey.TrialPlan{Until: until, Version: survey.Version(sent.Get(versionField))}
		err = inField(untilField, p.Trials.StartTrial(c.UserContext(), survey.Act{Actor: account.Name, Action: "trial start"}, plan))
	}
	if problems := page.ProblemsOf(err); problems != nil {
		return p.sendTrial(c, account, http.StatusUnprocessableEntity, sent, problems)
	}
	if err != nil {
		return err
	}
	return page.SeeOther(c, trialPath+"?da=mo")
}

// dropTrial asks before it removes.
func (p *Pages) dropTrial(c *fiber.Ctx, account survey.Account) error {
	sent, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := sent.Only(agreedField, page.TokenField); err != nil {
		return err
	}
	results, err := p.Trials.TrialResults(c.UserContext())
	if err != nil {
		return err
	}
	if sent.Get(agreedField) != "1" {
		return p.set.Render(c, http.StatusOK, "round_confirm", agreePage{Head: p.head(c, "Xóa đợt thử", account), Of: results.Title, Button: "Xóa đợt thử", Path: trialPath + "/xoa", Back: trialPath,
			Effects: []string{fmt.Sprintf("Xóa hẳn đợt thử cùng %s phiếu thử. Không lấy lại được.", survey.Count(survey.ParticipationOf(results.Strata).Responses)),
				"Liên kết thử không mở được nữa. Các đợt thật, liên kết và phiếu của chúng không đổi."}})
	}
	if err := p.Trials.DropTrial(c.UserContext(), survey.Act{Actor: account.Name, Action: "trial drop"}); err != nil {
		return err
	}
	return page.SeeOther(c, trialPath+"?da=xoa")
}

// trialWork makes the workbook of the trial.
type trialWork struct{ pages *Pages }

func (p *Pages) trialWorkbook(c *fiber.Ctx, account survey.Account) error {
	if _, err := p.Trials.TrialResults(c.UserContext()); err != nil {
		return err
	}
	return p.began(c, account, &trialWork{p})
}

func (w *trialWork) offer() offer {
	return offer{Title: "Bảng kết quả thử (Excel)", Unit: "dòng", Save: "THU-ket-qua" + fileEnding, Kind: workbookType, Again: trialPath, Key: "thu"}
}

func (w *trialWork) may(account survey.Account) bool { return account.Role.ReadsAll() }

func (w *trialWork) write(ctx context.Context, out io.Writer, tell func(done, all int)) error {
	results, err := w.pages.Trials.TrialResults(ctx)
	if err != nil {
		return err
	}
	if err := w.pages.Workbook(ctx, out, results, tell); err != nil {
		return fmt.Errorf("write the workbook of the trial: %w", err)
	}
	return nil
}

func (w *trialWork) taken(ctx context.Context, actor string, file workFile) error {
	return w.pages.Rounds.NoteDownload(ctx, actor, "thu", "bảng kết quả thử (Excel), "+file.String())
}
