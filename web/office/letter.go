package office

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hailong/export/word"
	"hailong/survey"
)

const (
	letterPath = "/so/thu-nhac.docx"
	wordType   = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// remindView is what the board offers for reminding schools.
type remindView struct {
	List   string // address of the schools to remind
	File   string // of the same as a workbook
	Letter string // of the letter; empty when there is nothing to write or nobody to sign it
	Area   string // the commune that is chosen in the list; empty: none
	ToArea string // address of the letter to that commune; empty as Letter
}

func (s shown) remind(account survey.Account) remindView {
	list := s.whole()
	list.State, list.Sort, list.Down = remindOnly, defaultSort, false
	v := remindView{List: list.path(), File: list.file()}
	if account.Role.ReadsAll() && s.open() && s.overview.Remind > 0 {
		v.Letter = letterPath + "?dot=" + string(s.round.ID)
		v.Area = s.remindedArea()
	}
	if v.Area != "" {
		v.ToArea = v.Letter + "&xa=" + url.QueryEscape(string(s.Area))
	}
	return v
}

// remindedArea names the commune that is chosen, if one of its schools should
// be reminded.
func (s shown) remindedArea() string {
	for _, school := range s.schools {
		if school.School.Area.Code == s.Area && school.Reason != "" {
			return school.School.Area.Title()
		}
	}
	return ""
}

// letter hands over the letter that reminds the schools of one commune or of
// all, by commune, as a draft for Word.
func (p *Pages) letter(c *fiber.Ctx, account survey.Account) error {
	s, err := p.shown(c, account)
	if err != nil {
		return err
	}
	if s.round.State != survey.Open {
		return survey.Refuse(survey.Conflict, "Đợt không còn nhận phiếu nên không có thư nhắc. Xem danh sách trường ở trang Tình hình", "The round takes no responses, so there is nobody to remind")
	}
	letter := p.reminder(s)
	if len(letter.Schools) == 0 {
		return survey.Refuse(survey.Conflict, "Không có trường nào cần nhắc. Xem danh sách trường ở trang Tình hình", "There is no school to remind")
	}
	var file bytes.Buffer
	if err := word.WriteReminder(&file, letter); err != nil {
		return fmt.Errorf("write the reminder: %w", err)
	}
	detail := fmt.Sprintf("thư nhắc (Word), %s trường", survey.Count(len(letter.Schools)))
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, s.round.ID, detail); err != nil {
		return err
	}
	setAttachment(c, "thu-nhac-"+string(s.round.ID)+".docx", wordType)
	return c.Send(file.Bytes())
}

func (p *Pages) reminder(s shown) word.Reminder {
	d := p.Directory()
	letter := word.Reminder{Office: d.Office, Province: d.Province, Helpline: d.Helpline, Round: s.schedule.Title(s.round),
		LastDay: s.schedule.Calendar.LastDay(s.round), Made: s.now.In(s.schedule.Calendar.Zone)}
	wanted := selection{State: remindOnly, Area: s.Area, Sort: defaultSort}
	rows := wanted.selected(entries(s.schools))
	slices.SortStableFunc(rows, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.area, b.area), cmp.Compare(a.School.Area.Code, b.School.Area.Code))
	})
	for _, e := range rows {
		letter.Schools = append(letter.Schools, e.Turnout)
		if s.Area != "" {
			letter.Area = e.School.Area.Title()
		}
	}
	return letter
}
