package results

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
	"hailong/web/page"
)

// overviewPage is the whole province in one round.
type overviewPage struct {
	round
	Taken    taken
	Overall  page.BarTable // satisfied overall: the province and its levels
	Groups   page.BarTable
	Expected expected
	Areas    page.BarTable
	Gap      survey.Gap
}

// taken is how many people a line rests on.
type taken struct {
	Responses string
	Rate      string
	Schools   int
	Few       int
}

func takenBy(l survey.Line) taken {
	t := taken{Responses: survey.Count(l.Responses), Schools: l.Schools, Few: l.Few, Rate: "–"}
	if rate, ok := (survey.Participation{Enrolment: l.Enrolment, Responses: l.Responses}).Rate(); ok {
		t.Rate = survey.Decimal(rate, 1) + "%"
	}
	return t
}

// expected is how much of what people expect is met.
type expected struct {
	Shown   bool
	N       string
	Mean    string // empty: not shown
	Reached string
}

func expectedOf(t survey.Tables, l survey.Line) expected {
	e := t.Threshold.ShowExpected(l.Expectation)
	out := expected{Shown: !e.Hidden, N: survey.Count(e.N), Reached: e.Reached.String()}
	if e.HasMean {
		out.Mean = survey.Decimal(e.Mean, 0) + "%"
	}
	return out
}

// table gives a table of the page's round.
func (r round) table(id, caption, first string) page.BarTable {
	return page.BarTable{ID: id, Caption: caption, First: first, Scale: r.Scale, Few: r.Threshold.Few()}
}

// overall is a row of those who are satisfied overall.
func overall(t survey.Tables, l survey.Line, name, path string) page.Bar {
	b := page.NewBar(name, t.Threshold.Show(l.Overall, l.Responses))
	b.Path = path
	return b
}

func (p *Pages) overview(_ *fiber.Ctx, v view) ([]byte, error) {
	all := v.Province()
	o := overviewPage{round: p.round(v, "Kết quả "+v.Release.Title), Taken: takenBy(all), Expected: expectedOf(v.Tables, all), Gap: v.GapOf("")}
	o.Menu[1].Current = true
	o.Overall = o.table("bang-cap", "Hài lòng chung, theo cấp học", "Cấp học")
	o.Overall.Short = true
	o.Overall.Rows = append([]page.Bar{overall(v.Tables, all, "Toàn tỉnh", "")}, v.levels()...)
	o.Groups = o.table("bang-nhom", "Các nhóm nội dung, toàn tỉnh", "Nội dung")
	o.Groups.Rows = page.Groups(v.Tables, all, nil)
	o.Areas = o.table("bang-xa", "Hài lòng chung, theo xã, phường (xếp theo tên)", "Xã, phường")
	o.Areas.Short = true
	for _, a := range byName(v.Areas()) {
		o.Areas.Rows = append(o.Areas.Rows, overall(v.Tables, v.OfArea(a.Code), a.Title(), v.path+"/xa/"+string(a.Code)))
	}
	return p.set.Execute("overview", o)
}

// levels gives the levels that were asked; where a level has several forms,
// these stand below it. Each form has a page of its items.
func (v view) levels() []page.Bar {
	var rows []page.Bar
	for _, level := range survey.Levels() {
		forms := slices.DeleteFunc(slices.Clone(v.Questionnaire.Forms), func(f *survey.Form) bool { return f.Level != level || !v.asks(f) })
		switch {
		case len(forms) == 1:
			rows = append(rows, overall(v.Tables, v.OfForm(forms[0].Code), level.Name(), v.formPath(forms[0])))
		case len(forms) > 1:
			rows = append(rows, overall(v.Tables, v.OfLevel(level), level.Name(), ""))
			for _, f := range forms {
				row := overall(v.Tables, v.OfForm(f.Code), f.Name, v.formPath(f))
				row.Under = true
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func (v view) formPath(f *survey.Form) string { return v.path + "/phieu/" + string(f.Code) }

// asks says whether any school was asked a form.
func (v view) asks(f *survey.Form) bool {
	return slices.ContainsFunc(v.Schools, func(s survey.ReleasedSchool) bool {
		return slices.ContainsFunc(s.Forms, func(r survey.ReleasedForm) bool { return r.Form == f.Code })
	})
}

// byName orders areas by their names, as in Vietnamese.
func byName(areas []survey.Area) []survey.Area {
	order, keys := collate.New(language.Vietnamese, collate.Numeric), map[survey.AreaCode][]byte{}
	var buffer collate.Buffer
	for _, a := range areas {
		keys[a.Code] = order.KeyFromString(&buffer, a.Name)
	}
	slices.SortStableFunc(areas, func(a, b survey.Area) int { return bytes.Compare(keys[a.Code], keys[b.Code]) })
	return areas
}

// formPage is one form over the whole province, with its items.
type formPage struct {
	round
	Form     string
	Taken    taken
	Overall  page.BarTable
	Items    page.BarTable
	Expected expected
}

func (p *Pages) form(c *fiber.Ctx, v view) ([]byte, error) {
	f, ok := v.Questionnaire.Form(c.Params("form"))
	if !ok || !v.asks(f) {
		return nil, fiber.ErrNotFound
	}
	l := v.OfForm(f.Code)
	o := formPage{round: p.round(v, f.Name+" · "+v.Release.Title), Form: f.Name, Taken: takenBy(l), Expected: expectedOf(v.Tables, l)}
	o.Overall, o.Items = p.itemTables(v, l, f, o.round)
	return p.set.Execute("form", o)
}

// itemTables gives the overall item and all others of a line.
func (p *Pages) itemTables(v view, l survey.Line, f *survey.Form, r round) (whole, items page.BarTable) {
	whole = r.table("chung-"+string(f.Code), "Hài lòng chung", "Câu hỏi")
	whole.Rows = []page.Bar{page.NewBar(f.Overall.Text, v.Threshold.Show(l.Overall, l.Responses))}
	items = r.table("cau-"+string(f.Code), "Từng nhóm nội dung và từng câu, nhiều người không hài lòng xếp trước", "Nội dung")
	items.Rows = page.Groups(v.Tables, l, f)
	return whole, items
}
