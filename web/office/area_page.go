package office

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// areasPage is all communes, with forms to add one and to merge two.
type areasPage struct {
	page.Head
	Areas    []areaRow
	Headers  []header
	File     string // address of the list as a workbook
	Order    string // value of «xep»; empty: the usual order
	Search   string
	All      int
	Changing bool
	Form     areaForm // of a commune to add
	Merge    mergeForm
	Standing []survey.Area
}

type areaRow struct {
	survey.AreaRecord
	Schoolpath string // of its schools
	IntoTitle  string
}

// areaForm is a commune as it is typed.
type areaForm struct{ Code, Kind, Name, Reason string }

// Kinds are what a commune can be.
func (f areaForm) Kinds() []choice {
	var out []choice
	for _, t := range survey.AreaTypes() {
		out = append(out, choice{t, t, t == f.Kind})
	}
	return out
}

// mergeForm is a merger of communes as it is typed.
type mergeForm struct{ From, Into, Day, Reason string }

func (p *Pages) listAreas(c *fiber.Ctx, account survey.Account) error {
	return p.areasPage(c, account, nil, func(*areasPage) {})
}

func (p *Pages) areasPage(c *fiber.Ctx, account survey.Account, problem error, fill func(*areasPage)) error {
	records, err := p.Registry.AreaRecords(c.UserContext())
	if err != nil {
		return err
	}
	chosen := readAreaChoice(c)
	v := areasPage{Head: p.head(c, "Xã, phường", account), Search: chosen.Search, All: len(records), Changing: account.Role.Changes(),
		Headers: chosen.heads(), File: areasFile + chosen.query(), Order: chosen.order(),
		Form: areaForm{Kind: survey.AreaTypes()[0]}, Merge: mergeForm{Day: p.today().String()}}
	title := map[survey.AreaCode]string{}
	for _, r := range records {
		title[r.Code] = r.Title()
		if r.Until == 0 {
			v.Standing = append(v.Standing, r.Area)
		}
	}
	for _, r := range chosen.among(records) {
		v.Areas = append(v.Areas, areaRow{r, schoolsPath + "?" + url.Values{"xa": {string(r.Code)}}.Encode(), title[r.Into]})
	}
	fill(&v)
	v.Problems = page.ProblemsOf(problem)
	return p.set.Render(c, statusOf(problem), "areas", v)
}

func (p *Pages) addArea(c *fiber.Ctx, account survey.Account) error {
	form, err := fieldsOf(c, survey.CodeField, survey.TypeField, survey.NameField, survey.ReasonField)
	if err != nil {
		return err
	}
	typed := areaForm{form.Get(survey.CodeField), form.Get(survey.TypeField), form.Get(survey.NameField), form.Get(survey.ReasonField)}
	area, reason, err := typed.read()
	if err == nil {
		err = renamed(p.Registry.AddArea(c.UserContext(), account.Name, reason, area), map[string]string{"": survey.CodeField})
	}
	return p.areasAnswer(c, account, err, func(v *areasPage) { v.Form = typed })
}

func (f areaForm) read() (survey.Area, string, error) {
	area, wrong := survey.ParseArea(f.Code, f.Kind, f.Name)
	reason, noReason := survey.ParseReason(f.Reason)
	return area, reason, survey.JoinFields(wrong, noReason)
}

func (p *Pages) areasAnswer(c *fiber.Ctx, account survey.Account, err error, fill func(*areasPage)) error {
	switch {
	case err == nil:
		return page.SeeOther(c, areasPath)
	case !mendable(err):
		return err
	}
	return p.areasPage(c, account, err, fill)
}

// Fields of the form that merges communes.
const (
	mergeFrom   = "nhap"
	mergeInto   = "vao"
	mergeReason = "nhap-ly-do"
)

func (p *Pages) mergeArea(c *fiber.Ctx, account survey.Account) error {
	form, err := fieldsOf(c, mergeFrom, mergeInto, survey.DayField, mergeReason)
	if err != nil {
		return err
	}
	typed := mergeForm{form.Get(mergeFrom), form.Get(mergeInto), form.Get(survey.DayField), form.Get(mergeReason)}
	merger, err := typed.read()
	if err == nil {
		_, err = p.Registry.MergeArea(c.UserContext(), account.Name, merger)
		err = renamed(err, map[string]string{"": mergeFrom})
	}
	return p.areasAnswer(c, account, err, func(v *areasPage) { v.Merge = typed })
}

func (f mergeForm) read() (survey.AreaMerger, error) {
	m := survey.AreaMerger{From: survey.AreaCode(f.From), Into: survey.AreaCode(f.Into)}
	var wrongDay, wrongReason error
	m.Day, wrongDay = survey.ParseDay(f.Day)
	m.Reason, wrongReason = survey.ParseReason(f.Reason)
	return m, survey.JoinFields(renamed(wrongDay, map[string]string{"": survey.DayField}), renamed(wrongReason, map[string]string{survey.ReasonField: mergeReason}))
}

// areaPage is the form for the name of one commune.
type areaPage struct {
	page.Head
	Area survey.Area
	Form areaForm
}

// area gives the commune that an address names.
func (p *Pages) area(c *fiber.Ctx) (survey.Area, error) {
	records, err := p.Registry.AreaRecords(c.UserContext())
	if err != nil {
		return survey.Area{}, err
	}
	i := slices.IndexFunc(records, func(r survey.AreaRecord) bool { return string(r.Code) == c.Params("code") })
	if i < 0 {
		return survey.Area{}, fiber.ErrNotFound
	}
	return records[i].Area, nil
}

func (p *Pages) showArea(c *fiber.Ctx, account survey.Account) error {
	area, err := p.area(c)
	if err != nil {
		return err
	}
	return p.set.Render(c, http.StatusOK, "area", areaPage{p.head(c, area.Title(), account), area, areaForm{Kind: area.Type, Name: area.Name}})
}

func (p *Pages) editArea(c *fiber.Ctx, account survey.Account) error {
	area, err := p.area(c)
	if err != nil {
		return err
	}
	form, err := fieldsOf(c, survey.TypeField, survey.NameField, survey.ReasonField)
	if err != nil {
		return err
	}
	typed := areaForm{string(area.Code), form.Get(survey.TypeField), form.Get(survey.NameField), form.Get(survey.ReasonField)}
	to, reason, err := typed.read()
	if err == nil {
		err = p.Registry.EditArea(c.UserContext(), account.Name, reason, to)
	}
	switch {
	case err == nil:
		return page.SeeOther(c, areasPath)
	case !mendable(err):
		return err
	}
	view := areaPage{p.head(c, area.Title(), account), area, typed}
	view.Problems = page.ProblemsOf(err)
	return p.set.Render(c, statusOf(err), "area", view)
}
