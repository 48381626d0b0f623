package office

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// releasedFile hands over the workbook of what is released: whole, or of the
// commune of an account that sees no more. It may leave the office.
func (p *Pages) releasedFile(c *fiber.Ctx, account survey.Account) error {
	id, err := survey.ParseRoundID(c.Params("round"))
	if err != nil {
		return fiber.ErrNotFound
	}
	state, err := p.Releases.ReleaseState(c.UserContext(), id)
	if err != nil {
		return err
	}
	if !state.Stage().Reaches(survey.SchoolsStage) {
		return survey.Refuse(survey.NotFound, "Kết quả đợt %s chưa công bố", "The results of round %s are not released", id)
	}
	t, err := p.Releases.Release(c.UserContext(), id)
	if err != nil {
		return err
	}
	book := sheet.ReleasedBook{Tables: t}
	if !account.Role.ReadsAll() {
		book.Area = account.Area
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return fmt.Errorf("write what is released of round %s: %w", id, err)
	}
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, id, "bảng kết quả đã công bố (Excel) "+string(book.Area)); err != nil {
		return err
	}
	setAttachment(c, "ket-qua-da-cong-bo-"+string(id)+string(book.Area)+fileEnding, workbookType)
	return c.Send(b.Bytes())
}
