package page

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
)

// AreaFigures is one commune with its schools: {{template "areafigures" .}}.
type AreaFigures struct {
	Taken   Taken
	Gap     survey.Gap
	Scale   [survey.ScaleLevels]string
	Overall BarTable
	Schools BarTable
	Groups  BarTable
}

// OfCommune gives a commune with its schools.
func (f Figures) OfCommune(area survey.Area) AreaFigures {
	l := f.OfArea(area.Code)
	a := AreaFigures{Taken: takenBy(l, f.AskedEnrolment(area.Code, "")), Gap: f.GapOf(area.Code), Scale: f.Questionnaire.Scale,
		Overall: f.short("bang-xa", "Hài lòng chung", "Phiếu của"),
		Groups:  f.table("bang-nhom", "Các nhóm nội dung", "Nội dung"),
		Schools: f.schoolTable("Hài lòng chung, theo trường (xếp theo tên)")}
	a.Overall.Rows = []Bar{f.overall(l, "Cả xã, phường", "")}
	for _, form := range f.Forms() {
		if of := f.OfAreaForm(area.Code, form.Code); !of.Empty() {
			row := f.overall(of, form.Name, "")
			row.Under = true
			a.Overall.Rows = append(a.Overall.Rows, row)
		}
	}
	if !l.Empty() {
		a.Groups.Rows = f.groups(l, nil)
	}
	for _, s := range f.Ordered(func(s survey.ReleasedSchool) bool { return s.Area.Code == area.Code }) {
		a.Schools.Rows = append(a.Schools.Rows, f.schoolRows(s, false)...)
	}
	a.Schools.Rows = append(a.Schools.Rows, f.buckets(area.Code)...)
	return a
}

// schoolTable is a table of schools with the words that compare them.
func (f Figures) schoolTable(caption string) BarTable {
	t := f.short("bang-truong", caption, "Trường")
	t.Words = true
	return t
}

// Ordered gives the schools that are asked for, by name as in Vietnamese: «số
// 2» before «số 10».
func (f Figures) Ordered(in func(survey.ReleasedSchool) bool) []survey.ReleasedSchool {
	order, keys := collate.New(language.Vietnamese, collate.Numeric), map[survey.SchoolCode][]byte{}
	var buffer collate.Buffer
	var schools []survey.ReleasedSchool
	for _, s := range f.Schools {
		if in(s) {
			schools = append(schools, s)
			keys[s.Code] = order.KeyFromString(&buffer, s.Name)
		}
	}
	slices.SortStableFunc(schools, func(a, b survey.ReleasedSchool) int { return bytes.Compare(keys[a.Code], keys[b.Code]) })
	return schools
}

// schoolRows gives a row for each form of a school.
func (f Figures) schoolRows(s survey.ReleasedSchool, withArea bool) []Bar {
	var rows []Bar
	for _, asked := range s.Forms {
		form, ok := f.Questionnaire.Form(string(asked.Form))
		if !ok {
			continue
		}
		l := f.OfSchool(s.Code, form.Code)
		row := f.overall(l, s.Name, f.Path+"/truong/"+string(s.Code))
		row.Note = string(s.Code) + " · " + form.Name
		if withArea {
			row.Note = s.Area.Title() + " · " + row.Note
		}
		row.Word = f.Threshold.Standing(l, f.OfForm(form.Code))
		rows = append(rows, row)
	}
	return rows
}

// buckets gives a row for the schools of a commune that have few answers each,
// where they have enough together.
func (f Figures) buckets(area survey.AreaCode) []Bar {
	var rows []Bar
	for _, form := range f.Forms() {
		if l := f.OfBucket(area, form.Code); !l.Empty() {
			row := f.overall(l, "Các trường có ít phiếu", "")
			row.Note = strconv.Itoa(l.Few) + " trường tính chung · " + form.Name
			rows = append(rows, row)
		}
	}
	return rows
}

// mostFound bounds the schools that a search shows.
const mostFound = 40

// Found is the schools that a search names: {{template "found" .}}.
type Found struct {
	Search  string
	Asked   bool // something was asked for
	Schools BarTable
	Count   int
	More    bool // there are more than are shown
	Scale   [survey.ScaleLevels]string
}

// Find gives the schools whose code, name or commune has all words typed; case
// and accents do not matter.
func (f Figures) Find(typed string) Found {
	out := Found{Search: survey.CleanLine(typed), Schools: f.schoolTable("Hài lòng chung (xếp theo tên)"), Scale: f.Questionnaire.Scale}
	if r := []rune(out.Search); len(r) > 100 {
		out.Search = string(r[:100])
	}
	words := strings.Fields(survey.Fold(out.Search))
	out.Asked = len(words) > 0
	found := f.Ordered(func(s survey.ReleasedSchool) bool {
		text := survey.Fold(string(s.Code) + " " + s.Name + " " + s.Area.Title())
		return out.Asked && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
	out.Count, out.More = len(found), len(found) > mostFound
	for _, s := range found[:min(len(found), mostFound)] {
		out.Schools.Rows = append(out.Schools.Rows, f.schoolRows(s, true)...)
	}
	return out
}

// Of gives what was said of a school, a part for each of its forms.
func (f Figures) Of(s survey.ReleasedSchool) []FormFigures {
	var forms []FormFigures
	for _, asked := range s.Forms {
		form, ok := f.Questionnaire.Form(string(asked.Form))
		if !ok {
			continue
		}
		l := f.OfSchool(s.Code, form.Code)
		part := f.items(l, form)
		part.Word, part.Where = f.Threshold.Standing(l, f.OfForm(form.Code)), where(asked.Place)
		forms = append(forms, part)
	}
	return forms
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

// Terms are the words that say how to read the figures of a round:
// {{template "terms" .}}.
type Terms struct {
	Title     string
	Window    string
	Made      string
	Number    int
	Threshold survey.Threshold
	Formula   string
	Notice    string // whose wording the questionnaire is
	Internal  bool
}

// Terms gives them; made says when the figures were frozen or read.
func (f Figures) Terms(made string) Terms {
	return Terms{Title: f.Release.Title, Window: f.Opens.String() + " đến " + f.Last.String(), Made: made, Number: f.Number, Threshold: f.Threshold,
		Formula: f.Formula, Notice: f.Questionnaire.Notice, Internal: f.Threshold == survey.Internal}
}
