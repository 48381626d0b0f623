package office

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// Values by which the list is narrowed; without one it has those that stand.
const (
	endedOnly   = "thoi"
	alsoEnded   = "tat-ca"
	endingField = "tt"
)

// schoolChoice is which schools the list shows, and how: what its address says.
type schoolChoice struct {
	selection // the round means nothing here
	Level     survey.Level
	Ending    string
}

// schoolColumns are those of the list, by their keys among the board's.
var schoolColumns = []string{"ma", "ten", "xa", "loai", "si-so"}

func readSchoolChoice(value func(name string) string) schoolChoice {
	s := schoolChoice{selection: readSelection(value), Level: survey.Level(value(levelField)), Ending: value(endingField)}
	s.Round, s.State = "", ""
	if !slices.Contains(schoolColumns, s.Sort) {
		s.Sort, s.Down = defaultSort, false
	}
	if !slices.Contains(survey.Levels(), s.Level) {
		s.Level = ""
	}
	if s.Ending != endedOnly && s.Ending != alsoEnded {
		s.Ending = ""
	}
	return s
}

// query is what stands behind the «?» of an address with this choice.
func (s schoolChoice) query() string {
	v := url.Values{}
	for _, f := range []page.Field{{Name: "q", Value: s.Search}, {Name: "xa", Value: string(s.Area)}, {Name: "loai", Value: string(s.Kind)},
		{Name: levelField, Value: string(s.Level)}, {Name: endingField, Value: s.Ending}, {Name: "xep", Value: s.order()}} {
		if f.Value != "" {
			v.Set(f.Name, f.Value)
		}
	}
	switch {
	case s.Page == 0:
		v.Set("trang", wholeList)
	case s.Page > 1:
		v.Set("trang", strconv.Itoa(s.Page))
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func (s schoolChoice) onPage(number int) schoolChoice {
	s.Page = number
	return s
}

// among gives the schools that the choice lets through, in its order.
func (s schoolChoice) among(all []entry, today survey.Day) []entry {
	return slices.DeleteFunc(s.selected(all), func(e entry) bool {
		ended := e.School.Until != 0 && e.School.Until <= today
		return s.Level != "" && e.School.Enrolment[s.Level] == 0 || s.Ending == "" && ended || s.Ending == endedOnly && !ended
	})
}

// schoolsPage is the list of all schools.
type schoolsPage struct {
	page.Head
	schoolList
	Levels   []choice
	Changing bool // the account may change schools
	Reading  bool // the account may read of every school
	Empty    bool // there is no list yet
	Made     string
}

func (p *Pages) listSchools(c *fiber.Ctx, account survey.Account) error {
	chosen := readSchoolChoice(func(name string) string { return c.Query(name) })
	all, err := p.schoolEntries(c, account)
	if err != nil {
		return err
	}
	view := schoolsPage{Head: p.head(c, "Trường", account), Changing: account.Role.Changes(), Reading: account.Role.ReadsAll(), Empty: len(all) == 0,
		Made: p.Clock().In(p.zone()).Format("15:04 ngày 02/01/2006")}
	for _, l := range survey.Levels() {
		view.Levels = append(view.Levels, choice{string(l), l.Name(), l == chosen.Level})
	}
	view.schoolList = p.schoolList(chosen, all)
	return p.set.Render(c, http.StatusOK, "schools", view)
}

// schoolEntries gives every school that the account may read of.
func (p *Pages) schoolEntries(c *fiber.Ctx, account survey.Account) ([]entry, error) {
	schools, err := p.Registry.Schools(c.UserContext())
	if err != nil {
		return nil, err
	}
	var own []survey.Turnout
	for _, s := range schools {
		if account.Sees(s.Area.Code) {
			own = append(own, survey.Turnout{SchoolParticipation: survey.SchoolParticipation{School: s, Participation: survey.Participation{Enrolment: s.Enrolment.Total()}}})
		}
	}
	return entries(own), nil
}

func (p *Pages) schoolList(chosen schoolChoice, all []entry) schoolList {
	rows := chosen.among(all, p.today())
	whole := schoolChoice{selection: selection{Sort: chosen.Sort, Down: chosen.Down, Page: 1}}
	l := schoolList{Asked: len(all), Selected: len(rows), Narrowed: chosen.narrowed() || chosen.Level != "" || chosen.Ending != "", Everything: schoolsPath + whole.query(),
		Base: p.BaseURL, Filter: chosen.filter(all), File: schoolsFile + chosen.onPage(1).query()}
	l.Filter.States = []choice{{"", "Đang hoạt động", chosen.Ending == ""}, {endedOnly, "Đã thôi hoạt động", chosen.Ending == endedOnly}, {alsoEnded, "Tất cả", chosen.Ending == alsoEnded}}
	l.Condition = chosen.condition(l.Filter)
	pages := (len(rows) + rowsPerPage - 1) / rowsPerPage
	chosen.Page = min(chosen.Page, max(pages, 1))
	from, to := 0, len(rows)
	if chosen.Page > 0 {
		from = (chosen.Page - 1) * rowsPerPage
		to = min(from+rowsPerPage, to)
	}
	l.Rows, l.First, l.Last = rows[from:to], min(from+1, to), to
	l.Headers = chosen.heads()
	for number := 1; pages > 1 && number <= pages; number++ {
		l.Turns = append(l.Turns, turn{number, schoolsPath + chosen.onPage(number).query(), number == chosen.Page})
	}
	if pages > 1 && chosen.Page > 0 {
		l.OnePage = schoolsPath + chosen.onPage(0).query()
	}
	return l
}

// condition says in words which schools the list has.
func (s schoolChoice) condition(f filter) string {
	f.States = nil
	words := f.condition()
	for _, more := range []string{string(s.Level), map[string]string{endedOnly: "đã thôi hoạt động", alsoEnded: "cả trường đã thôi hoạt động"}[s.Ending]} {
		if more != "" && words != "" {
			words += ", "
		}
		words += more
	}
	return words
}

func (s schoolChoice) heads() []header {
	var out []header
	for _, key := range schoolColumns {
		c, _ := columnOf(key)
		sorted := s
		sorted.selection = s.by(key)
		h := header{column: c, Path: schoolsPath + sorted.query()}
		if key == s.Sort {
			h.Order = map[bool]string{false: "ascending", true: "descending"}[s.Down]
		}
		out = append(out, h)
	}
	return out
}

// schoolsWorkbook hands over the list as it is shown, all pages of it.
func (p *Pages) schoolsWorkbook(c *fiber.Ctx, account survey.Account) error {
	chosen := readSchoolChoice(func(name string) string { return c.Query(name) })
	all, err := p.schoolEntries(c, account)
	if err != nil {
		return err
	}
	book := sheet.SchoolBook{Condition: p.schoolList(chosen, all).Condition, Base: p.BaseURL, Made: p.Clock().In(p.zone())}
	for _, e := range chosen.among(all, p.today()) {
		book.Schools = append(book.Schools, e.School)
	}
	var file bytes.Buffer
	if err := sheet.WriteSchools(&file, book); err != nil {
		return fmt.Errorf("write the list of schools: %w", err)
	}
	setAttachment(c, "danh-sach-truong.xlsx", workbookType)
	return c.Send(file.Bytes())
}

// emptyList hands over an empty list to fill in.
func (p *Pages) emptyList(c *fiber.Ctx, _ survey.Account) error {
	areas, err := p.Registry.Areas(c.UserContext())
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheet.WriteSchoolTemplate(&file, areas); err != nil {
		return fmt.Errorf("write the empty list: %w", err)
	}
	setAttachment(c, "mau-danh-sach-truong.xlsx", workbookType)
	return c.Send(file.Bytes())
}
