package office

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// schoolPage is one school: its entry, what can be done to it, its history.
type schoolPage struct {
	page.Head
	schoolForm
	School   survey.SchoolRecord
	Said     string // what was just done; empty: nothing
	Address  string // of its form
	Changing bool
	Ended    bool
	What     string // what ended it, when it has
	Heirs    []schoolLink
	Events   []eventRow
	Rounds   []askedRow
	History  []historyRow
	Change   changeForm
	Rename   renameForm
	Reason   string // of a withdrawal, as it was typed
	Unfolded string // the form that was refused: sua, ten, viec, huy
}

// What the address of a school's page ends in after a change.
const (
	schoolSaved = "?xong=luu"
	linkRotated = "?xong=lien-ket"
)

var schoolDone = map[string]string{schoolSaved: "Đã lưu.", linkRotated: "Đã đổi liên kết."}

// schoolLink leads to the page of another school.
type schoolLink struct{ Path, Code, Name string }

// eventRow is one thing that became of the school.
type eventRow struct {
	Day    survey.Day
	What   string
	Others []schoolLink
	Reason string
	ID     int64 // of a succession, which can be withdrawn; 0: none
}

// askedRow is what a round asked of the school.
type askedRow struct {
	Title   string
	Form    string
	Counted share
	Against string // what its answers may be compared with; on the first row of a round
}

type historyRow struct{ At, Actor, Detail string }

// changeForm is the form for a merger, a split or a closure, as it was typed.
type changeForm struct{ Kind, Others, Day, Reason string }

// Kinds are what can be chosen.
func (f changeForm) Kinds() []choice {
	var out []choice
	for _, k := range []survey.SuccessionKind{survey.Merging, survey.Parting, survey.Closing} {
		out = append(out, choice{string(k), map[survey.SuccessionKind]string{survey.Merging: "Nhập vào trường khác", survey.Parting: "Tách thành nhiều trường", survey.Closing: "Giải thể"}[k], string(k) == f.Kind})
	}
	return out
}

// renameForm is the form for a new name, as it was typed.
type renameForm struct{ Name, Day, Reason string }

func (p *Pages) zone() *time.Location { return p.Directory().Calendar.Zone }

func (p *Pages) today() survey.Day { return survey.DayOf(p.Clock(), p.zone()) }

func schoolPath(code survey.SchoolCode) string { return schoolsPath + "/" + string(code) }

// record gives the school that an address names; another commune's is as if it
// were not there.
func (p *Pages) record(c *fiber.Ctx, account survey.Account) (survey.SchoolRecord, error) {
	code, err := survey.ParseSchoolCode(c.Params("code"))
	if err != nil {
		return survey.SchoolRecord{}, fiber.ErrNotFound
	}
	r, err := p.Registry.SchoolRecord(c.UserContext(), code)
	if survey.KindOf(err) == survey.NotFound || err == nil && !account.Sees(r.Area.Code) {
		return r, survey.Refuse(survey.NotFound, "Không có trường này. Xem danh sách ở trang Trường", "There is no such school")
	}
	return r, err
}

func (p *Pages) showSchool(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	view, err := p.schoolPage(c, account, r)
	if err != nil {
		return err
	}
	view.Unfolded, view.Said = c.Query("mo"), schoolDone["?xong="+c.Query("xong")]
	return p.set.Render(c, http.StatusOK, "school", view)
}

func (p *Pages) schoolPage(c *fiber.Ctx, account survey.Account, r survey.SchoolRecord) (schoolPage, error) {
	areas, err := p.Registry.Areas(c.UserContext())
	if err != nil {
		return schoolPage{}, err
	}
	schools, err := p.Registry.Schools(c.UserContext())
	if err != nil {
		return schoolPage{}, err
	}
	name := map[survey.SchoolCode]string{}
	for _, s := range schools {
		name[s.Code] = s.Name
	}
	v := schoolPage{Head: p.head(c, r.Name, account), School: r, Address: p.BaseURL + "/k/" + string(r.Link), Changing: account.Role.Changes(),
		schoolForm: newSchoolForm(r.School.Entry(), areas), Rename: renameForm{Day: p.today().String()}, Change: changeForm{Kind: string(survey.Merging), Day: p.today().String()}}
	v.Seen = r.School.Mark()
	v.ended(r, name, p.today())
	v.events(r, name)
	v.rounds(r, account.Role.ReadsAll())
	for _, line := range r.History {
		v.History = append(v.History, historyRow{line.At.In(p.zone()).Format("15:04 02/01/2006"), line.Actor, line.Detail})
	}
	return v, nil
}

func (v *schoolPage) ended(r survey.SchoolRecord, name map[survey.SchoolCode]string, today survey.Day) {
	by, ended := r.Successions.Until(r.Code)
	if !ended {
		return
	}
	v.Ended = by.Day <= today
	v.What = survey.Left{By: by, Still: !v.Ended}.What()
	v.Heirs = linksTo(by.After, name)
}

// events gives what became of the school and of its name, the newest first.
func (v *schoolPage) events(r survey.SchoolRecord, name map[survey.SchoolCode]string) {
	for _, s := range r.Successions {
		row := eventRow{Day: s.Day, Reason: s.Reason, ID: s.ID, What: whatHappened(s), Others: linksTo(s.After, name)}
		if !slices.Contains(s.Before, r.Code) {
			row.What, row.Others = "Tiếp nhận từ", linksTo(s.Before, name)
		}
		v.Events = append(v.Events, row)
	}
	for _, n := range r.Names {
		v.Events = append(v.Events, eventRow{Day: n.Until, What: "Đổi tên, trước đó là «" + n.Name + "»", Reason: n.Reason})
	}
	for _, a := range r.Areas {
		v.Events = append(v.Events, eventRow{Day: a.Until, What: "Về " + r.Area.Title() + ", trước đó thuộc " + a.Area.Title(), Reason: "sáp nhập xã, phường"})
	}
	slices.SortStableFunc(v.Events, func(a, b eventRow) int { return int(b.Day - a.Day) })
}

// whatHappened says it before the names of the schools after it.
func whatHappened(s survey.Succession) string {
	switch {
	case s.Kind == survey.Merging:
		return "Sáp nhập vào"
	case s.Kind == survey.Parting:
		return "Tách thành"
	case len(s.After) > 0:
		return "Giải thể, tiếp nhận:"
	}
	return "Giải thể"
}

func linksTo(codes []survey.SchoolCode, name map[survey.SchoolCode]string) []schoolLink {
	var out []schoolLink
	for _, code := range codes {
		out = append(out, schoolLink{schoolPath(code), string(code), name[code]})
	}
	return out
}

func (v *schoolPage) rounds(r survey.SchoolRecord, exactly bool) {
	for _, one := range r.Rounds {
		for i, form := range one.Forms {
			row := askedRow{Title: "Tháng " + one.Round.Months(), Form: string(form.Form), Counted: shareOf(form.Participation)}
			if !exactly {
				row.Counted = steppedShare(form.Participation)
			}
			if i == 0 && one.Previous != "" {
				row.Against = against(one)
			}
			v.Rounds = append(v.Rounds, row)
		}
	}
}

// against says with what of the round before the answers may be compared.
func against(r survey.SchoolRound) string {
	k := r.Kin
	words := k.Bond.Name()
	switch {
	case k.Bond == survey.SameSchool:
		return "Cùng trường"
	case k.Bond == survey.Unfollowed:
		return "Không so được: có trường không được hỏi (" + survey.Codes(k.Missing) + ")"
	case !k.Bond.Comparable():
		return strings.ToUpper(words[:1]) + words[1:]
	case len(k.After) > 1:
		return survey.Codes(k.Before) + " → " + survey.Codes(k.After) + " (" + words + ")"
	}
	return survey.Codes(k.Before) + " (" + words + ")"
}
