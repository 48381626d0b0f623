package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// commentStep is after how many comments a work tells how far it is.
const commentStep = 500

// commentWork makes the workbook of the masked comments of a list: those that
// nobody has read as a program proposes, and these for the office only.
type commentWork struct {
	pages   *Pages
	asked   commentFilter
	round   survey.RoundID
	account survey.Account
	says    string // what the file holds, for the audit log
}

func (w *commentWork) offer() offer {
	return offer{Title: "Góp ý đã che (Excel), đợt " + string(w.round), Unit: "lời", Save: "gop-y-" + string(w.round) + fileEnding,
		Kind: workbookType, Again: w.asked.at(commentsPath), Key: "gop-y " + string(w.account.Role) + " " + w.asked.at(string(w.round))}
}

// may: what the office had made holds proposals that no person has seen.
func (w *commentWork) may(account survey.Account) bool {
	return account.Role.Changes() || account.Role.ReadsAll() && account.Role == w.account.Role
}

func (w *commentWork) write(ctx context.Context, out io.Writer, tell func(done, all int)) error {
	o := opinions{commentFilter: w.asked, account: w.account}
	var err error
	if o.Remarks, err = w.pages.Opinions.Remarks(ctx, w.round); err != nil {
		return err
	}
	o.arrange()
	chosen := o.chosen()
	list := o.sheet(false)
	for i, r := range chosen {
		if i%commentStep == 0 {
			tell(i, len(chosen))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if o.takes(r) {
			list.Rows = append(list.Rows, o.sheetRow(r, r.Proposed()))
		}
	}
	w.says = fmt.Sprintf("góp ý đã che (Excel), %s lời", survey.Count(len(list.Rows)))
	if err := sheet.WriteComments(out, list); err != nil {
		return fmt.Errorf("write the comments: %w", err)
	}
	return nil
}

func (w *commentWork) taken(ctx context.Context, actor string, file workFile) error {
	return w.pages.Rounds.NoteDownload(ctx, actor, w.round, w.says+", "+file.String())
}

// takes says whether a masked comment is in the account's files.
func (o opinions) takes(r survey.Remark) bool {
	return r.State != survey.CommentNew || o.account.Role.Changes()
}

// sheet is the head of a file of comments.
func (o opinions) sheet(written bool) sheet.CommentList {
	return sheet.CommentList{Round: o.Title, Condition: o.condition(), Written: written, Made: o.Made}
}

func (o opinions) sheetRow(r survey.Remark, text string) sheet.CommentRow {
	s := o.Strata[r.Stratum]
	return sheet.CommentRow{School: s.School, Form: s.Form.Name, State: r.State.Name(), Urgent: r.Urgent, Text: text}
}

// beginComments begins the file of the masked comments that the list shows.
func (p *Pages) beginComments(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only("dot", "q", "truong", "xa", "cap", "tt", "xep"); err != nil {
		return err
	}
	o, err := p.opinionsOf(c, account, readCommentFilter(form.Get))
	if err != nil {
		return err
	}
	for _, r := range o.chosen() {
		if o.takes(r) {
			return p.began(c, account, &commentWork{pages: p, asked: o.commentFilter, round: o.Remarks.Round.ID, account: account})
		}
	}
	return errNothingToTake()
}

func errNothingToTake() *survey.Error {
	return survey.Refuse(survey.NotFound, "Không có lời góp ý nào như vậy để tải. Bỏ bớt điều kiện lọc", "There is no such comment to take away")
}

// commentSource hands over the comments as they were written, at once and to
// the office only: no copy of them is kept for later.
func (p *Pages) commentSource(c *fiber.Ctx, account survey.Account) error {
	o, err := p.opinions(c, account)
	if err != nil {
		return err
	}
	list := o.sheet(true)
	for _, r := range o.chosen() {
		list.Rows = append(list.Rows, o.sheetRow(r, r.Text))
	}
	if len(list.Rows) == 0 {
		return errNothingToTake()
	}
	var file bytes.Buffer
	if err := sheet.WriteComments(&file, list); err != nil {
		return fmt.Errorf("write the comments: %w", err)
	}
	sum := sha256.Sum256(file.Bytes())
	detail := fmt.Sprintf("góp ý nguyên văn (Excel), %s lời, SHA-256 %s", survey.Count(len(list.Rows)), hex.EncodeToString(sum[:]))
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, o.Remarks.Round.ID, detail); err != nil {
		return err
	}
	setAttachment(c, "gop-y-nguyen-van-"+string(o.Remarks.Round.ID)+fileEnding, workbookType)
	return c.Send(file.Bytes())
}
