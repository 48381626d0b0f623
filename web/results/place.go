package results

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
	"hailong/web/page"
)

// areaPage is one commune with its schools.
type areaPage struct {
	round
	Area    string
	Taken   taken
	Overall page.BarTable
	Groups  page.BarTable
	Schools page.BarTable
	Gap     survey.Gap
}

func (p *Pages) area(c *fiber.Ctx, v view) ([]byte, error) {
	areas := v.Areas()
	i := slices.IndexFunc(areas, func(a survey.Area) bool { return string(a.Code) == c.Params("area") })
	if i < 0 {
		return nil, fiber.ErrNotFound
	}
	area, l := areas[i], v.OfArea(areas[i].Code)
	o := areaPage{round: p.round(v, area.Title()+" · "+v.Release.Title), Area: area.Title(), Taken: takenBy(l), Gap: v.GapOf(area.Code)}
	o.Overall = o.table("bang-xa", "Hài lòng chung", "Phiếu của")
	o.Overall.Short = true
	o.Overall.Rows = []page.Bar{overall(v.Tables, l, "Cả xã, phường", "")}
	for _, f := range v.Forms() {
		if of := v.OfAreaForm(area.Code, f.Code); !of.Empty() {
			row := overall(v.Tables, of, f.Name, "")
			row.Under = true
			o.Overall.Rows = append(o.Overall.Rows, row)
		}
	}
	o.Groups = o.table("bang-nhom", "Các nhóm nội dung", "Nội dung")
	if !l.Empty() {
		o.Groups.Rows = page.Groups(v.Tables, l, nil)
	}
	o.Schools = o.schools("Hài lòng chung, theo trường (xếp theo tên)")
	for _, s := range v.ordered(func(s survey.ReleasedSchool) bool { return s.Area.Code == area.Code }) {
		o.Schools.Rows = append(o.Schools.Rows, v.schoolRows(s, false)...)
	}
	o.Schools.Rows = append(o.Schools.Rows, v.buckets(area.Code)...)
	return p.set.Execute("area", o)
}

// schools is a table of schools with the words that compare them.
func (r round) schools(caption string) page.BarTable {
	t := r.table("bang-truong", caption, "Trường")
	t.Short, t.Words = true, true
	return t
}

// ordered gives the schools that are asked for, by name as in Vietnamese: «số
// 2» before «số 10».
func (v view) ordered(in func(survey.ReleasedSchool) bool) []survey.ReleasedSchool {
	order, keys := collate.New(language.Vietnamese, collate.Numeric), map[survey.SchoolCode][]byte{}
	var buffer collate.Buffer
	var schools []survey.ReleasedSchool
	for _, s := range v.Schools {
		if in(s) {
			schools = append(schools, s)
			keys[s.Code] = order.KeyFromString(&buffer, s.Name)
		}
	}
	slices.SortStableFunc(schools, func(a, b survey.ReleasedSchool) int { return bytes.Compare(keys[a.Code], keys[b.Code]) })
	return schools
}

// schoolRows gives a row for each form of a school.
func (v view) schoolRows(s survey.ReleasedSchool, withArea bool) []page.Bar {
	var rows []page.Bar
	for _, asked := range s.Forms {
		f, ok := v.Questionnaire.Form(string(asked.Form))
		if !ok {
			continue
		}
		l := v.OfSchool(s.Code, f.Code)
		row := overall(v.Tables, l, s.Name, v.path+"/truong/"+string(s.Code))
		row.Note = string(s.Code) + " · " + f.Name
		if withArea {
			row.Note = s.Area.Title() + " · " + row.Note
		}
		row.Word = v.Threshold.Standing(l, v.OfForm(f.Code))
		rows = append(rows, row)
	}
	return rows
}

// buckets gives a row for the schools of a commune that have few answers each,
// where they have enough together.
func (v view) buckets(area survey.AreaCode) []page.Bar {
	var rows []page.Bar
	for _, f := range v.Forms() {
		if l := v.OfBucket(area, f.Code); !l.Empty() {
			row := overall(v.Tables, l, "Các trường có ít phiếu", "")
			row.Note = strconv.Itoa(l.Few) + " trường tính chung · " + f.Name
			rows = append(rows, row)
		}
	}
	return rows
}

// searchPage finds a school.
type searchPage struct {
	round
	Search  string
	Asked   bool // something was asked for
	Found   int
	More    bool // there are more than are shown
	Schools page.BarTable
}

// mostFound bounds the schools that a search shows.
const mostFound = 40

func (p *Pages) search(c *fiber.Ctx, v view) ([]byte, error) {
	o := searchPage{round: p.round(v, "Tìm trường · "+v.Release.Title), Search: cut(survey.CleanLine(c.Query("q")))}
	o.Menu[2].Current = true
	words := strings.Fields(survey.Fold(o.Search))
	o.Asked = len(words) > 0
	o.Schools = o.schools("Hài lòng chung (xếp theo tên)")
	found := v.ordered(func(s survey.ReleasedSchool) bool {
		text := survey.Fold(string(s.Code) + " " + s.Name + " " + s.Area.Title())
		return o.Asked && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
	o.Found, o.More = len(found), len(found) > mostFound
	for _, s := range found[:min(len(found), mostFound)] {
		o.Schools.Rows = append(o.Schools.Rows, v.schoolRows(s, true)...)
	}
	return p.set.Execute("search", o)
}

// cut keeps what was searched for at a length that fits the field.
func cut(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:100])
	}
	return s
}

// schoolPage is one school.
type schoolPage struct {
	round
	School   string
	Area     string
	AreaPath string
	Forms    []schoolForm
	Pledges  []string
}

// schoolForm is what those said who were asked with one form.
type schoolForm struct {
	Name     string
	Shown    bool
	Where    string // where the answers are counted that have no line of their own
	Taken    taken
	Word     survey.Standing
	Overall  page.BarTable
	Items    page.BarTable
	Expected expected
}

func (p *Pages) school(c *fiber.Ctx, v view) ([]byte, error) {
	s, err := v.School(survey.SchoolCode(c.Params("code")))
	if err != nil {
		return nil, err
	}
	o := schoolPage{round: p.round(v, s.Name+" · "+v.Release.Title), School: s.Name, Area: s.Area.Title(), AreaPath: v.path + "/xa/" + string(s.Area.Code)}
	for _, asked := range s.Forms {
		if f, ok := v.Questionnaire.Form(string(asked.Form)); ok {
			o.Forms = append(o.Forms, p.schoolForm(v, s, asked, f, o.round))
		}
	}
	pledges, err := p.Releases.Pledges(c.UserContext(), v.Round, s.Code)
	if err != nil {
		return nil, err
	}
	for _, line := range pledges {
		if !line.Hidden {
			o.Pledges = append(o.Pledges, line.Text)
		}
	}
	return p.set.Execute("school", o)
}

func (p *Pages) schoolForm(v view, s survey.ReleasedSchool, asked survey.ReleasedForm, f *survey.Form, r round) schoolForm {
	l := v.OfSchool(s.Code, f.Code)
	out := schoolForm{Name: f.Name, Shown: !l.Empty()}
	if !out.Shown {
		out.Where = where(asked.Place)
		return out
	}
	out.Taken, out.Expected, out.Word = takenBy(l), expectedOf(v.Tables, l), v.Threshold.Standing(l, v.OfForm(f.Code))
	out.Overall, out.Items = p.itemTables(v, l, f, r)
	return out
}

// where says in which line answers are that are too few for one of their own.
func where(place survey.Place) string {
	switch place {
	case survey.AreaBucket:
		return "Phiếu của trường được tính chung với các trường có ít phiếu trong xã, phường."
	case survey.ProvinceBucket:
		return "Phiếu của trường được tính chung trong kết quả toàn tỉnh."
	}
	return ""
}
