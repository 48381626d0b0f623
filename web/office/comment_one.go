package office

import (
	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the decision of a comment; survey.CommentVerdict names them so.
const (
	maskedField  = "che"
	verdictField = "quyet-dinh"
	urgentField  = "khan"
	toldField    = "da-bao"
)

// commentPage is one comment: what was written beside what others may read.
type commentPage struct {
	page.Head
	Path    string // where the decision goes
	List    string // back to the list
	Skip    string // the next unread one
	School  survey.School
	Level   string
	State   string
	By      string
	Changes bool
	New     bool
	Parts   []commentPart // what was written; empty: not for this account
	Verdict survey.CommentVerdict
	Left    int // unread ones in the part that is worked through

	Responses, Released int // of the school
	Least, Together     int // from which it sees any
}

// commentPart is a part of a comment; Kind says what it seems to be.
type commentPart struct {
	Text string
	Kind survey.MaskKind
}

// partsOf cuts a text at what should be masked.
func partsOf(text string) (parts []commentPart) {
	at := 0
	for _, s := range survey.MaskSpans(text) {
		if s.Start > at {
			parts = append(parts, commentPart{Text: text[at:s.Start]})
		}
		parts = append(parts, commentPart{text[s.Start:s.End], s.Kind})
		at = s.End
	}
	if at < len(text) {
		parts = append(parts, commentPart{Text: text[at:]})
	}
	return parts
}

func (p *Pages) comment(c *fiber.Ctx, account survey.Account) error {
	o, err := p.opinions(c, account)
	if err != nil {
		return err
	}
	r, ok := o.Find(c.Params("id"))
	if !ok {
		return errNoComment()
	}
	return p.showComment(c, o, r, nil)
}

func errNoComment() *survey.Error {
	return survey.Refuse(survey.NotFound, "Không có lời góp ý này. Mở lại danh sách góp ý", "There is no such comment")
}

func (p *Pages) showComment(c *fiber.Ctx, o opinions, r survey.Remark, problems page.Problems) error {
	s := o.Strata[r.Stratum]
	view := commentPage{Head: p.head(c, "Một lời góp ý", o.account), Path: o.at(commentsPath + "/" + r.ID), List: o.at(commentsPath), School: s.School, Level: s.Form.Level.Name(),
		State: r.State.Name(), By: r.By, Changes: o.account.Role.Changes(), New: r.State == survey.CommentNew, Verdict: r.CommentVerdict, Left: o.counts().New,
		Responses: o.Responses(s.School.Code), Released: o.ReleasedOf(s.School.Code), Least: survey.CommentResponses, Together: survey.CommentsTogether}
	if view.Changes {
		view.Parts = partsOf(r.Text)
		if problems == nil {
			view.Verdict.Masked = r.Proposed()
		}
		values := o.values()
		values.Set("sau", r.ID)
		view.Skip = commentsPath + "/tiep?" + values.Encode()
	}
	view.Problems = problems
	return p.set.Render(c, statusWith(problems), "comment", view)
}

// decideComment keeps a decision and goes on to the next unread comment.
func (p *Pages) decideComment(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(maskedField, verdictField, urgentField, toldField); err != nil {
		return err
	}
	o, err := p.opinions(c, account)
	if err != nil {
		return err
	}
	r, ok := o.Find(c.Params("id"))
	if !ok {
		return errNoComment()
	}
	v := survey.CommentVerdict{State: survey.CommentState(form.Get(verdictField)), Masked: survey.CleanText(form.Get(maskedField)), Urgent: form.Get(urgentField) != "", Told: survey.CleanLine(form.Get(toldField))}
	if problems := page.ProblemsOf(v.Check()); problems != nil {
		r.CommentVerdict.Masked, r.Urgent, r.Told = v.Masked, v.Urgent, v.Told
		return p.showComment(c, o, r, problems)
	}
	if err := p.Opinions.DecideRemark(c.UserContext(), account.Name, o.Remarks.Round.ID, r.ID, v); err != nil {
		return err
	}
	values := o.values()
	values.Set("sau", r.ID)
	return page.SeeOther(c, commentsPath+"/tiep?"+values.Encode())
}
