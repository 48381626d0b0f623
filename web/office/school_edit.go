package office

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

const seenField = "da-xem" // mark of the entry that is changed

// schoolForm is the entry of a school as it is typed.
type schoolForm struct {
	Entry  survey.SchoolEntry
	Kinds  []choice
	Areas  []choice
	Levels []levelEntry
	Seen   string
	Why    string
}

// levelEntry is the field with the enrolment of one level.
type levelEntry struct{ Field, Name, Value string }

func newSchoolForm(e survey.SchoolEntry, areas survey.Areas) schoolForm {
	f := schoolForm{Entry: e}
	for _, k := range survey.SchoolKinds() {
		f.Kinds = append(f.Kinds, choice{string(k), string(k), string(k) == e.Kind})
	}
	for _, a := range areas.All() {
		f.Areas = append(f.Areas, choice{string(a.Code), a.Title(), string(a.Code) == e.Area})
	}
	for _, l := range survey.Levels() {
		f.Levels = append(f.Levels, levelEntry{survey.LearnersField(l), l.Name(), e.Learners[l]})
	}
	return f
}

// entryFields are the fields of a school's entry.
func entryFields() []string {
	fields := []string{survey.CodeField, survey.NameField, survey.KindField, survey.AreaField, survey.AddressField, survey.FromField}
	for _, l := range survey.Levels() {
		fields = append(fields, survey.LearnersField(l))
	}
	return fields
}

func entryOf(form page.Form) survey.SchoolEntry {
	e := survey.SchoolEntry{Code: form.Get(survey.CodeField), Name: form.Get(survey.NameField), Kind: form.Get(survey.KindField), Area: form.Get(survey.AreaField),
		Address: form.Get(survey.AddressField), From: form.Get(survey.FromField), Learners: map[survey.Level]string{}}
	for _, l := range survey.Levels() {
		e.Learners[l] = form.Get(survey.LearnersField(l))
	}
	return e
}

// fieldsOf reads a form that has these fields and no others.
func fieldsOf(c *fiber.Ctx, names ...string) (page.Form, error) {
	form, err := page.ReadForm(c)
	if err != nil {
		return nil, err
	}
	return form, form.Only(names...)
}

// addPage is the form for a new school.
type addPage struct {
	page.Head
	schoolForm
}

func (p *Pages) showAdd(c *fiber.Ctx, account survey.Account) error {
	return p.addPage(c, account, survey.SchoolEntry{}, "", nil)
}

func (p *Pages) addPage(c *fiber.Ctx, account survey.Account, e survey.SchoolEntry, why string, problem error) error {
	areas, err := p.Registry.Areas(c.UserContext())
	if err != nil {
		return err
	}
	view := addPage{Head: p.head(c, "Thêm trường", account), schoolForm: newSchoolForm(e, areas)}
	view.Why, view.Problems = why, page.ProblemsOf(problem)
	return p.set.Render(c, statusOf(problem), "schooladd", view)
}

// statusOf is that of a page that shows a form again, with what is wrong.
func statusOf(problem error) int {
	switch survey.KindOf(problem) {
	case 0:
		return http.StatusOK
	case survey.Conflict:
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// mendable says whether a form is shown again with this refusal beside it.
func mendable(err error) bool {
	kind := survey.KindOf(err)
	return kind == survey.Invalid || kind == survey.Conflict || kind == survey.NotFound
}

func (p *Pages) addSchool(c *fiber.Ctx, account survey.Account) error {
	form, err := fieldsOf(c, append(entryFields(), survey.ReasonField)...)
	if err != nil {
		return err
	}
	entry, why := entryOf(form), form.Get(survey.ReasonField)
	school, reason, err := p.parseEntry(c, entry, why)
	if err == nil {
		_, err = p.Registry.AddSchool(c.UserContext(), account.Name, reason, school)
	}
	if err != nil && mendable(err) {
		return p.addPage(c, account, entry, why, err)
	}
	if err != nil {
		return err
	}
	return page.SeeOther(c, schoolPath(school.Code)+schoolSaved)
}

// parseEntry reads an entry and its reason; what is wrong with either comes at
// once.
func (p *Pages) parseEntry(c *fiber.Ctx, entry survey.SchoolEntry, why string) (survey.School, string, error) {
	areas, err := p.Registry.Areas(c.UserContext())
	if err != nil {
		return survey.School{}, "", err
	}
	school, wrong := entry.Parse(areas)
	reason, noReason := survey.ParseReason(why)
	return school, reason, survey.JoinFields(wrong, noReason)
}

func (p *Pages) editSchool(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	form, err := fieldsOf(c, append(entryFields(), survey.ReasonField, seenField)...)
	if err != nil {
		return err
	}
	entry, why := entryOf(form), form.Get(survey.ReasonField)
	entry.Code = string(r.Code)
	school, reason, err := p.parseEntry(c, entry, why)
	if err == nil {
		_, err = p.Registry.EditSchool(c.UserContext(), account.Name, survey.SchoolEdit{School: school, Seen: form.Get(seenField), Reason: reason})
	}
	return p.answer(c, account, r, err, func(v *schoolPage) {
		kinds := newSchoolForm(entry, survey.NewAreas(nil))
		v.Entry, v.Levels, v.schoolForm.Kinds, v.Why, v.Unfolded = entry, kinds.Levels, kinds.Kinds, why, "sua"
		for i := range v.Areas {
			v.Areas[i].Chosen = v.Areas[i].Value == entry.Area
		}
	})
}

// answer goes back to the school's page after a change; when it was refused,
// it shows the page again with what was typed, which fill puts in.
func (p *Pages) answer(c *fiber.Ctx, account survey.Account, r survey.SchoolRecord, err error, fill func(*schoolPage)) error {
	if err == nil {
		return page.SeeOther(c, schoolPath(r.Code)+schoolSaved)
	}
	if !mendable(err) {
		return err
	}
	view, failed := p.schoolPage(c, account, r)
	if failed != nil {
		return failed
	}
	fill(&view)
	view.Problems = page.ProblemsOf(err)
	return p.set.Render(c, statusOf(err), "school", view)
}
