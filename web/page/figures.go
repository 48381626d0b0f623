package page

import (
	"bytes"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
)

// Figures makes what pages show of a round's results: the released ones for
// the public, the communes and the schools, all of them for the office. Places
// stand in the order of their names, never by their results.
type Figures struct {
	survey.Tables
	Path string // of the round's pages; a commune is at Path/xa/…, a form at /phieu/…, a school at /truong/…
}

// Taken is how many people a line rests on, of all who were asked. Where the
// line leaves some out, Shown is their share among those whose answers are in
// it: both rest on the same answers, so neither tells how many are left out.
type Taken struct{ Responses, Rate, Shown string }

func takenBy(l survey.Line, asked int) Taken {
	t := Taken{Responses: survey.Count(l.Responses), Rate: rateOf(l.Responses, asked)}
	if l.Enrolment < asked {
		t.Shown = rateOf(l.Responses, l.Enrolment)
	}
	return t
}

func rateOf(responses, enrolment int) string {
	rate, ok := (survey.Participation{Enrolment: enrolment, Responses: responses}).Rate()
	if !ok {
		return "–"
	}
	return survey.Decimal(rate, 1) + "%"
}

// Expected is how much of what people expect is met.
type Expected struct {
	Shown   bool
	N       string
	Mean    string // empty: not shown
	Reached string
}

func (f Figures) expected(l survey.Line) Expected {
	e := f.Threshold.ShowExpected(l.Expectation)
	out := Expected{Shown: !e.Hidden, N: survey.Count(e.N), Reached: e.Reached.String()}
	if e.HasMean {
		out.Mean = survey.Decimal(e.Mean, 0) + "%"
	}
	return out
}

// table gives an empty table.
func (f Figures) table(id, caption, first string) BarTable {
	return BarTable{ID: id, Caption: caption, First: first, Scale: f.Questionnaire.Scale, Few: f.Threshold.Few()}
}

func (f Figures) short(id, caption, first string) BarTable {
	t := f.table(id, caption, first)
	t.Short = true
	return t
}

// overall is a row of those who are satisfied overall.
func (f Figures) overall(l survey.Line, name, path string) Bar {
	b := NewBar(name, f.Threshold.Show(l.Overall, l.Responses))
	b.Path = path
	return b
}

// Overview is the whole province: {{template "overview" .}}.
type Overview struct {
	Taken    Taken
	Expected Expected
	Gap      survey.Gap
	Scale    [survey.ScaleLevels]string
	Overall  BarTable
	Groups   BarTable
	Areas    BarTable
}

// Overview gives the whole province.
func (f Figures) Overview() Overview {
	all := f.Province()
	o := Overview{Taken: takenBy(all, f.AskedEnrolment("", "")), Expected: f.expected(all), Gap: f.GapOf(""), Scale: f.Questionnaire.Scale,
		Overall: f.short("bang-cap", "Hài lòng chung, theo cấp học", "Cấp học"),
		Groups:  f.table("bang-nhom", "Các nhóm nội dung, toàn tỉnh", "Nội dung"),
		Areas:   f.short("bang-xa", "Hài lòng chung, theo xã, phường (xếp theo tên)", "Xã, phường")}
	o.Overall.Rows = append([]Bar{f.overall(all, "Toàn tỉnh", "")}, f.levels()...)
	o.Groups.Rows = f.groups(all, nil)
	for _, a := range byName(f.Release.Areas()) {
		o.Areas.Rows = append(o.Areas.Rows, f.overall(f.OfArea(a.Code), a.Title(), f.Path+"/xa/"+string(a.Code)))
	}
	return o
}

// levels gives the levels that were asked; where a level has several forms,
// these stand below it. Each form has a page of its items.
func (f Figures) levels() []Bar {
	var rows []Bar
	for _, level := range survey.Levels() {
		forms := slices.DeleteFunc(slices.Clone(f.Questionnaire.Forms), func(form *survey.Form) bool { return form.Level != level || !f.Asks(form.Code) })
		switch {
		case len(forms) == 1:
			rows = append(rows, f.overall(f.OfForm(forms[0].Code), level.Name(), f.formPath(forms[0])))
		case len(forms) > 1:
			rows = append(rows, f.overall(f.OfLevel(level), level.Name(), ""))
			for _, form := range forms {
				row := f.overall(f.OfForm(form.Code), form.Name, f.formPath(form))
				row.Under = true
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func (f Figures) formPath(form *survey.Form) string { return f.Path + "/phieu/" + string(form.Code) }

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

// FormFigures is what those said who were asked with one form:
// {{template "formfigures" .}}.
type FormFigures struct {
	Name     string
	Shown    bool
	Where    string // where answers are counted that have no line of their own
	Taken    Taken
	Word     survey.Standing
	Scale    [survey.ScaleLevels]string
	Overall  BarTable
	Items    BarTable
	Expected Expected
}

// Form gives one form over the whole province.
func (f Figures) Form(form *survey.Form) FormFigures {
	l := f.OfForm(form.Code)
	out := f.items(l, form)
	out.Taken = takenBy(l, f.AskedEnrolment("", form.Code))
	return out
}

// items gives the overall item and all others of a line.
func (f Figures) items(l survey.Line, form *survey.Form) FormFigures {
	out := FormFigures{Name: form.Name, Shown: !l.Empty(), Taken: takenBy(l, l.Enrolment), Expected: f.expected(l), Scale: f.Questionnaire.Scale,
		Overall: f.table("chung-"+string(form.Code), "Hài lòng chung", "Câu hỏi"),
		Items:   f.table("cau-"+string(form.Code), "Từng nhóm nội dung và từng câu, nhiều người không hài lòng xếp trước", "Nội dung")}
	out.Overall.Rows = []Bar{NewBar(form.Overall.Text, f.Threshold.Show(l.Overall, l.Responses))}
	out.Items.Rows = f.groups(l, form)
	return out
}

// groups makes the rows of a line: each group, with its items behind it where
// the line has them; most dissatisfied first.
func (f Figures) groups(l survey.Line, form *survey.Form) []Bar {
	names := f.Questionnaire.Groups
	if form != nil {
		names = form.Groups
	}
	var heads []Bar
	items := map[string][]Bar{}
	for g, group := range names {
		head := NewBar(group.Name, f.Threshold.Show(l.Groups[g], l.Responses))
		if form != nil && l.Items != nil {
			items[group.Name] = f.itemRows(l, form, group.Code)
		}
		if l.Schools+l.Few < 2 && form == nil || slices.ContainsFunc(items[group.Name], Bar.meanless) {
			head.Mean = "" // with the others' it would give the one that is not shown
		}
		heads = append(heads, head)
	}
	ByDissatisfied(heads)
	var rows []Bar
	for _, head := range heads {
		rows = append(append(rows, head), items[head.Name]...)
	}
	return rows
}

func (f Figures) itemRows(l survey.Line, form *survey.Form, group survey.GroupCode) []Bar {
	var rows []Bar
	for i, item := range form.Items {
		if item.Group == group {
			row := NewBar(item.Text, f.Threshold.Show(l.Items[i], l.Responses))
			row.Under = true
			rows = append(rows, row)
		}
	}
	ByDissatisfied(rows)
	return rows
}
