package office

import (
	"context"
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// act is something that the office can do to a round, or to all of them: a
// form, what it will do in words, and the doing after that was agreed to.
type act struct {
	name   string // in its address
	title  string
	button string
	done   string // what is said afterwards
	action string // in the audit log
	reason bool   // must be given
	hint   string
	fits   func(s planned) bool // nil: always
	fields func(s planned) []actField
	step   func(s planned, sent page.Form) (step, error)
}

// step is what an act will do: in words, and by itself.
type step struct {
	effects []string
	do      func(ctx context.Context, p Planning, why survey.Act) error
}

// actField is one field of an act's form.
type actField struct {
	Name, Label, Value, Hint string
	Choices                  []choice // empty: a line of text
	ID, Problem              string   // filled in by forms
	Short                    bool
}

// actForm is an act on a page.
type actForm struct {
	Name, Title, Button, Hint, Path string
	Fields                          []actField
	Open                            bool // its form is shown: something in it is wrong
}

// tried is an act that was refused, with what was typed; the zero value is none.
type tried struct {
	name     string
	sent     page.Form
	problems page.Problems
}

const agreedField = "dong-y"

// forms gives the acts that fit, under a path, with what was typed in the one
// that was refused.
func forms(acts []act, path string, s planned, t tried) []actForm {
	var out []actForm
	for _, a := range acts {
		if a.fits != nil && !a.fits(s) {
			continue
		}
		f := actForm{Name: a.name, Title: a.title, Button: a.button, Hint: a.hint, Path: path + "/" + a.name, Fields: a.allFields(s), Open: a.name == t.name}
		for i := range f.Fields {
			f.Fields[i].ID = a.name + "-" + f.Fields[i].Name
			if f.Open {
				f.Fields[i].fill(t)
			}
		}
		out = append(out, f)
	}
	return out
}

func (f *actField) fill(t tried) {
	f.Value, f.Problem = t.sent.Get(f.Name), t.problems.Of(f.ID)
	for i := range f.Choices {
		f.Choices[i].Chosen = f.Choices[i].Value == f.Value
	}
}

func (a act) allFields(s planned) []actField {
	var fields []actField
	if a.fields != nil {
		fields = a.fields(s)
	}
	if a.reason {
		fields = append(fields, actField{Name: survey.ReasonField, Label: "Lý do", Hint: "Ghi vào nhật ký, ví dụ số công văn."})
	}
	return fields
}

// agreePage says what will happen and asks whether it should.
type agreePage struct {
	page.Head
	Of      string // the round's title; empty when it is about all of them
	Effects []string
	Button  string
	Path    string // of the POST
	Back    string
	Fields  []page.Field
}

// act takes what was sent for an act: refused, it comes back as it was typed;
// the first time it is said what it will do; agreed to, it is done.
func (p *Pages) act(acts []act) handler {
	return func(c *fiber.Ctx, account survey.Account) error {
		id := survey.RoundID(c.Params("id"))
		s, err := p.plan(c.UserContext(), id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(acts, func(a act) bool { return a.name == c.Params("act") })
		if i < 0 {
			return fiber.ErrNotFound
		}
		sent, err := page.ReadForm(c)
		if err != nil {
			return err
		}
		return p.take(c, account, taken{act: acts[i], sent: sent, state: s})
	}
}

// taken is an act that was sent.
type taken struct {
	act   act
	sent  page.Form
	state planned
}

func (p *Pages) take(c *fiber.Ctx, account survey.Account, t taken) error {
	next, reason, err := t.check()
	if err != nil {
		return p.refused(c, account, t, err)
	}
	if t.sent.Get(agreedField) != "1" {
		return p.confirm(c, account, t, next)
	}
	why := survey.Act{Actor: account.Name, Action: t.act.action, Reason: reason}
	if err := next.do(c.UserContext(), p.Planning, why); err != nil {
		return p.refused(c, account, t, err)
	}
	return page.SeeOther(c, t.path()+"?da="+t.act.name)
}

// check gives what the act will do and why, or every wrong field at once.
func (t taken) check() (step, string, error) {
	fields := []string{agreedField, page.TokenField}
	for _, f := range t.act.allFields(t.state) {
		fields = append(fields, f.Name)
	}
	if err := t.sent.Only(fields...); err != nil {
		return step{}, "", err
	}
	var reason string
	var wrong error
	if t.act.reason {
		reason, wrong = survey.ParseReason(t.sent.Get(survey.ReasonField))
	}
	next, err := t.act.step(t.state, t.sent)
	return next, reason, survey.Both(err, wrong)
}

func (t taken) path() string {
	if t.state.round.ID == "" {
		return roundsPath
	}
	return roundPath(t.state.round.ID)
}

func (p *Pages) confirm(c *fiber.Ctx, account survey.Account, t taken, next step) error {
	view := agreePage{Head: p.head(c, t.act.title, account), Effects: next.effects, Button: t.act.button, Path: t.path() + "/" + t.act.name, Back: t.path()}
	if t.state.round.ID != "" {
		view.Of = t.state.schedule.Title(t.state.round)
	}
	for _, f := range t.act.allFields(t.state) {
		view.Fields = append(view.Fields, page.Field{Name: f.Name, Value: t.sent.Get(f.Name)})
	}
	return p.set.Render(c, http.StatusOK, "round_confirm", view)
}

// refused shows the page again with what was typed.
func (p *Pages) refused(c *fiber.Ctx, account survey.Account, t taken, err error) error {
	problems := page.ProblemsOf(err)
	if problems == nil {
		return err
	}
	for i := range problems {
		if problems[i].Field != "" {
			problems[i].Field = t.act.name + "-" + problems[i].Field
		}
	}
	status := http.StatusUnprocessableEntity
	if survey.KindOf(err) == survey.Conflict {
		status = http.StatusConflict
	}
	again := tried{t.act.name, t.sent, problems}
	if t.state.round.ID == "" {
		return p.sendRounds(c, account, t.state, status, again)
	}
	return p.sendRound(c, account, t.state, status, again)
}

// said is what an act that was done says.
func said(name string) string {
	for _, a := range slices.Concat(officeActs, roundActs) {
		if a.name == name {
			return a.done
		}
	}
	return ""
}
