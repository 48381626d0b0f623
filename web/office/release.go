package office

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Releasing takes the steps. Every step is in the audit log when it returns.
type Releasing interface {
	ReleaseTo(ctx context.Context, id survey.RoundID, to survey.Stage, act survey.Act) (survey.ReleaseState, error)
	CorrectRelease(ctx context.Context, id survey.RoundID, act survey.Act) (changed int, err error)
	SetThreshold(ctx context.Context, actor string, t survey.Threshold) error
}

const (
	stageField     = "buoc"
	thresholdField = "nguong"
)

// fewShown bounds the schools with few answers that the page names.
const fewShown = 60

// releasePage is what a release will show and hide, and its steps.
type releasePage struct {
	page.Head
	Round     string
	Path      string // of the round's results
	State     survey.ReleaseState
	Stage     string
	Made      string // when the snapshot was made; empty: none was
	Threshold survey.Threshold
	Public    string
	Ready     string // why nothing can be released now; empty: it can
	Hiding    survey.Hiding
	Few       []fewRow
	MoreFew   int
	Steps     []stepRow
	Next      *stepForm
	Back      []stepForm
	Correct   *stepForm
	Changes   bool // the account may change
	Said      string
	Typed     string // the threshold, as it was typed
}

type fewRow struct {
	School, Area, Form, Where string
	Responses                 int
}

type stepRow struct{ At, Actor, Stage, Reason string }

// stepForm is one step that can be taken.
type stepForm struct {
	Stage  survey.Stage
	Button string
	Hint   string
	Reason bool // must be given

	Value, Problem string // of a reason that was refused
}

// correctStage stands for no stage: it names the form of a correction.
const correctStage survey.Stage = "sua"

var stepForms = map[survey.Stage]stepForm{
	survey.SchoolsStage: {Stage: survey.SchoolsStage, Button: "Công bố cho các trường", Hint: "Mỗi trường xem kết quả của mình ở trang riêng; tài khoản xã, phường xem các trường của mình. Người ngoài chưa xem được."},
	survey.PublicStage:  {Stage: survey.PublicStage, Button: "Công bố cho mọi người", Hint: "Ai cũng xem được. Việc này không rút lại được: thu về rồi thì người đã xem, đã lưu vẫn còn giữ."},
}

var backForms = map[survey.Stage]stepForm{
	survey.SchoolsStage: {Stage: survey.SchoolsStage, Button: "Thu về, chỉ để các trường xem", Hint: "Trang công khai đóng lại. Người đã xem hoặc đã lưu vẫn còn giữ.", Reason: true},
	survey.OfficeStage:  {Stage: survey.OfficeStage, Button: "Thu về nội bộ Sở", Hint: "Các trường và người ngoài không xem được nữa. Người đã xem hoặc đã lưu vẫn còn giữ.", Reason: true},
}

func (p *Pages) release(c *fiber.Ctx, account survey.Account) error {
	view, err := p.viewRelease(c, account)
	if err != nil {
		return err
	}
	view.Said = map[string]string{"buoc": "Đã ghi bước công bố.", "sua": "Đã lập bản công bố mới.", "nguong": "Đã đổi ngưỡng công bố."}[c.Query("xong")]
	return p.set.Render(c, http.StatusOK, "release", view)
}

func (p *Pages) viewRelease(c *fiber.Ctx, account survey.Account) (view releasePage, err error) {
	id, err := survey.ParseRoundID(c.Params("round"))
	if err != nil {
		return view, fiber.ErrNotFound
	}
	state, err := p.Releases.ReleaseState(c.UserContext(), id)
	if err != nil {
		return view, err
	}
	zone := p.Directory().Calendar.Zone
	view = releasePage{Head: p.head(c, "Công bố kết quả", account), Round: state.Title, Path: resultPath(id), State: state, Stage: state.Stage().Name(),
		Changes: account.Role.Changes()}
	if state.Stage().Reaches(survey.PublicStage) {
		view.Public = "/ket-qua/" + string(id)
	}
	if state.Number > 0 {
		view.Correct = &stepForm{Stage: correctStage, Button: "Lập bản công bố mới", Reason: true, Hint: "Khi phiếu đến muộn hoặc bị loại sau công bố. Trường nào thay đổi ít hơn ngưỡng thì giữ nguyên như bản trước, vì so hai bản sẽ thấy câu trả lời của vài người."}
		view.Made = state.Made.In(zone).Format("15:04 ngày 02/01/2006")
	}
	for _, s := range state.Steps {
		view.Steps = append(view.Steps, stepRow{s.At.In(zone).Format("15:04 ngày 02/01/2006"), s.Actor, s.Stage.Name(), s.Reason})
	}
	view.offer(state, p.Directory().Calendar, p.Clock())
	if state.Round.OpenedAt.IsZero() {
		return view, nil
	}
	return view, p.fillHiding(c.UserContext(), &view, state)
}

// offer gives the steps that can be taken now.
func (v *releasePage) offer(state survey.ReleaseState, calendar survey.Calendar, now time.Time) {
	at := state.Stage()
	if next, ok := stepForms[at.Next()]; ok {
		if _, err := calendar.Release(state.Round, at, next.Stage, now); err != nil {
			v.Ready = err.Error()
		} else {
			v.Next = &next
		}
	}
	for _, to := range []survey.Stage{survey.SchoolsStage, survey.OfficeStage} {
		if at.Back(to) {
			v.Back = append(v.Back, backForms[to])
		}
	}
}

// fillHiding says what is shown and what is not.
func (p *Pages) fillHiding(ctx context.Context, v *releasePage, state survey.ReleaseState) error {
	tables, err := p.tablesFor(ctx, survey.Account{Role: survey.OfficeRole}, state, true)
	if err != nil {
		return err
	}
	strata, err := p.Rounds.Strata(ctx, state.Round.ID)
	if err != nil {
		return err
	}
	v.Threshold, v.Hiding = tables.Threshold, tables.Hiding(strata)
	v.Typed = strconv.Itoa(int(v.Threshold))
	for _, few := range v.Hiding.Few[:min(len(v.Hiding.Few), fewShown)] {
		v.Few = append(v.Few, fewRow{few.School.Name, few.School.Area.Title(), few.Form.Name, placeWords[few.Place], few.Responses})
	}
	v.MoreFew = len(v.Hiding.Few) - len(v.Few)
	return nil
}

var placeWords = map[survey.Place]string{
	survey.AreaBucket:     "tính chung với các trường có ít phiếu trong xã",
	survey.ProvinceBucket: "tính chung toàn tỉnh",
	survey.NoLine:         "không tính vào dòng nào",
}

// takeStep takes a step that was agreed to; before that it says what the step
// will do.
func (p *Pages) takeStep(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(stageField, survey.ReasonField, agreedField); err != nil {
		return err
	}
	to, err := survey.ParseStage(form.Get(stageField))
	if err != nil {
		return err
	}
	view, err := p.viewRelease(c, account)
	if err != nil {
		return err
	}
	act := survey.Act{Actor: account.Name, Reason: survey.CleanLine(form.Get(survey.ReasonField))}
	if view.State.Stage().Back(to) || act.Reason != "" {
		if act.Reason, err = survey.ParseReason(act.Reason); err != nil {
			return p.refuseStep(c, view, to, form, err)
		}
	}
	if _, err := p.Directory().Calendar.Release(view.State.Round, view.State.Stage(), to, p.Clock()); err != nil {
		return p.refuseStep(c, view, to, form, err)
	}
	if form.Get(agreedField) != "1" {
		return p.agree(c, account, view, form, to)
	}
	if _, err := p.Releases.ReleaseTo(c.UserContext(), view.State.Round.ID, to, act); err != nil {
		return p.refuseStep(c, view, to, form, err)
	}
	return page.SeeOther(c, view.Path+"/cong-bo?xong=buoc")
}

// refuseStep shows the page again with what was typed.
func (p *Pages) refuseStep(c *fiber.Ctx, view releasePage, to survey.Stage, form page.Form, err error) error {
	if view.Problems = page.ProblemsOf(err); view.Problems == nil {
		return err
	}
	if at := view.formOf(to); at != nil {
		at.Value, at.Problem = form.Get(survey.ReasonField), view.Problems.Of(survey.ReasonField)
	}
	for i := range view.Problems {
		if view.Problems[i].Field != "" {
			view.Problems[i].Field += "-" + string(to)
		}
	}
	return p.set.Render(c, http.StatusUnprocessableEntity, "release", view)
}

// formOf gives the form of a step on the page, or nil.
func (v *releasePage) formOf(to survey.Stage) *stepForm {
	for i := range v.Back {
		if v.Back[i].Stage == to {
			return &v.Back[i]
		}
	}
	switch {
	case v.Next != nil && v.Next.Stage == to:
		return v.Next
	case to == correctStage:
		return v.Correct
	}
	return nil
}

// agree asks once more, and says what will happen.
func (p *Pages) agree(c *fiber.Ctx, account survey.Account, view releasePage, form page.Form, to survey.Stage) error {
	forms := stepForms
	if view.State.Stage().Back(to) {
		forms = backForms
	}
	return p.set.Render(c, http.StatusOK, "round_confirm", agreePage{Head: p.head(c, forms[to].Button, account), Of: view.Round, Effects: effectsOf(view, to, forms[to]),
		Button: forms[to].Button, Path: view.Path + "/cong-bo", Back: view.Path + "/cong-bo",
		Fields: []page.Field{{Name: stageField, Value: string(to)}, {Name: survey.ReasonField, Value: form.Get(survey.ReasonField)}}})
}

func effectsOf(view releasePage, to survey.Stage, form stepForm) []string {
	effects := []string{form.Hint}
	if view.State.Number == 0 {
		effects = append([]string{fmt.Sprintf("Lập bản công bố số 1, giữ nguyên cho mọi người: %s phiếu của trường có dòng riêng, %s có %s nên không hiện riêng.",
			survey.Count(view.Hiding.Own), survey.Count(view.Hiding.InArea+view.Hiding.InWhole+view.Hiding.Left+view.Hiding.Silent), view.Threshold.Few())}, effects...)
	}
	if to == survey.SchoolsStage && view.State.Stage() == survey.OfficeStage {
		effects = append(effects, "Đợt không mở lại được nữa, trừ khi thu kết quả về nội bộ.")
	}
	return append(effects, "Bước này, người làm và giờ làm được ghi vào nhật ký.")
}

// correct makes a new snapshot where enough answers have changed.
func (p *Pages) correct(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(survey.ReasonField); err != nil {
		return err
	}
	view, err := p.viewRelease(c, account)
	if err != nil {
		return err
	}
	reason, err := survey.ParseReason(form.Get(survey.ReasonField))
	if err == nil {
		_, err = p.Releases.CorrectRelease(c.UserContext(), view.State.Round.ID, survey.Act{Actor: account.Name, Reason: reason})
	}
	if err != nil {
		return p.refuseStep(c, view, correctStage, form, err)
	}
	return page.SeeOther(c, view.Path+"/cong-bo?xong=sua")
}

// setThreshold changes the threshold of the releases to come.
func (p *Pages) setThreshold(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(thresholdField); err != nil {
		return err
	}
	view, err := p.viewRelease(c, account)
	if err != nil {
		return err
	}
	t, err := survey.ParseThreshold(form.Get(thresholdField))
	if err != nil {
		view.Problems, view.Typed = page.ProblemsOf(inField(thresholdField, err)), form.Get(thresholdField)
		return p.set.Render(c, http.StatusUnprocessableEntity, "release", view)
	}
	if err := p.Releases.SetThreshold(c.UserContext(), account.Name, t); err != nil {
		return err
	}
	return page.SeeOther(c, view.Path+"/cong-bo?xong=nguong")
}
