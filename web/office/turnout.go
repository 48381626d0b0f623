package office

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// turnout hands over the list of schools as the board shows it, all pages of
// it, as a workbook: whom to remind, for one.
func (p *Pages) turnout(c *fiber.Ctx, account survey.Account) error {
	s, err := p.shown(c, account)
	if err != nil {
		return err
	}
	all := s.entries()
	list := sheet.Turnout{Round: s.schedule.Title(s.round), Condition: s.filter(all).condition(), Base: p.BaseURL, Made: s.now.In(s.schedule.Calendar.Zone), Steps: s.coarse, Over: !s.open()}
	for _, e := range s.selected(all) {
		list.Schools = append(list.Schools, e.Turnout)
	}
	var file bytes.Buffer
	if err := sheet.WriteTurnout(&file, list); err != nil {
		return fmt.Errorf("write the list of schools: %w", err)
	}
	detail := fmt.Sprintf("tình hình tham gia (Excel), %s trường", survey.Count(len(list.Schools)))
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, s.round.ID, detail); err != nil {
		return err
	}
	setAttachment(c, "tham-gia-"+string(s.round.ID)+fileEnding, workbookType)
	return c.Send(file.Bytes())
}
