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
	schedule, err := p.Rounds.Rounds(c.UserContext())
	if err != nil {
		return err
	}
	sel := readSelection(func(name string) string { return c.Query(name) })
	now := p.Clock()
	round, err := chosenRound(schedule, sel.Round, now)
	if err != nil {
		return err
	}
	strata, err := p.Rounds.Strata(c.UserContext(), round.ID)
	if err != nil {
		return err
	}
	all := entries(survey.ParticipationBySchool(strata))
	list := sheet.Turnout{Round: schedule.Title(round), Condition: sel.filter(all).condition(), Base: p.BaseURL, Made: now.In(schedule.Calendar.Zone)}
	for _, e := range sel.selected(all) {
		list.Schools = append(list.Schools, e.SchoolParticipation)
	}
	var file bytes.Buffer
	if err := sheet.WriteTurnout(&file, list); err != nil {
		return fmt.Errorf("write the list of schools: %w", err)
	}
	detail := fmt.Sprintf("tình hình tham gia (Excel), %s trường", survey.Count(len(list.Schools)))
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, round.ID, detail); err != nil {
		return err
	}
	setAttachment(c, "tham-gia-"+string(round.ID)+fileEnding)
	return c.Send(file.Bytes())
}
