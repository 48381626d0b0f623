package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// commentFile hands over the comments of the list, masked, as a workbook: those
// that nobody has read as a program proposes, and to the office only.
func (p *Pages) commentFile(c *fiber.Ctx, account survey.Account) error {
	return p.sendComments(c, account, "gop-y-", "góp ý đã che (Excel)", func(r survey.Remark) (string, bool) {
		return r.Proposed(), r.State != survey.CommentNew || account.Role.Changes()
	})
}

// commentSource hands over the comments as they were written.
func (p *Pages) commentSource(c *fiber.Ctx, account survey.Account) error {
	return p.sendComments(c, account, "gop-y-nguyen-van-", "góp ý nguyên văn (Excel)", func(r survey.Remark) (string, bool) { return r.Text, true })
}

func (p *Pages) sendComments(c *fiber.Ctx, account survey.Account, name, what string, text func(survey.Remark) (string, bool)) error {
	o, err := p.opinions(c, account)
	if err != nil {
		return err
	}
	list := sheet.CommentList{Round: o.Title, Condition: o.condition(), Written: account.Role.Changes() && name != "gop-y-", Made: o.Made}
	for _, r := range o.chosen() {
		if words, ok := text(r); ok {
			s := o.Strata[r.Stratum]
			list.Rows = append(list.Rows, sheet.CommentRow{School: s.School, Form: s.Form.Name, State: r.State.Name(), Urgent: r.Urgent, Text: words})
		}
	}
	if len(list.Rows) == 0 {
		return survey.Refuse(survey.NotFound, "Không có lời góp ý nào như vậy để tải. Bỏ bớt điều kiện lọc", "There is no such comment to take away")
	}
	var file bytes.Buffer
	if err := sheet.WriteComments(&file, list); err != nil {
		return fmt.Errorf("write the comments: %w", err)
	}
	sum := sha256.Sum256(file.Bytes())
	detail := fmt.Sprintf("%s, %s lời, SHA-256 %s", what, survey.Count(len(list.Rows)), hex.EncodeToString(sum[:]))
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, o.Remarks.Round.ID, detail); err != nil {
		return err
	}
	setAttachment(c, name+string(o.Remarks.Round.ID)+fileEnding, workbookType)
	return c.Send(file.Bytes())
}
