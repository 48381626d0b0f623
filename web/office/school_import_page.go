package office

import (
	"fmt"
	"slices"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// importPage is what was understood of a list, before it is taken and after.
type importPage struct {
	page.Head
	Path   string
	Import schoolImport
	Whole  bool // every school is named
	Header string
	Read   []importColumn
	Unread []importColumn
	Notes  []string // worth a look
	Faults []importFault

	Added, Unlisted, Ended []survey.School
	Changed                []survey.SchoolChange
	More                   int // schools that are not named
}

type importColumn struct{ Letter, Header, Title string }

type importFault struct {
	Row     int
	Column  string
	Value   string
	Message string
}

// fill sorts out what the page says.
func (v *importPage) fill() {
	list := v.Import.List
	v.Header = fmt.Sprintf("dòng %d", list.Header.First)
	if list.Header.Last > list.Header.First {
		v.Header = fmt.Sprintf("dòng %d đến %d", list.Header.First, list.Header.Last)
	}
	for _, c := range list.Columns {
		if c.Field == "" {
			v.Unread = append(v.Unread, importColumn{c.Letter, c.Header, ""})
			continue
		}
		v.Read = append(v.Read, importColumn{c.Letter, c.Header, c.Field.Title()})
	}
	for _, w := range list.Warnings {
		v.Notes = append(v.Notes, w.In(survey.LangVI))
	}
	for _, f := range v.Import.Faults {
		v.Faults = append(v.Faults, faultRow(f))
	}
	changes := v.Import.Changes
	v.Added, v.Changed = part(v, changes.Added), part(v, changes.Changed)
	v.Unlisted, v.Ended = part(v, changes.Unlisted), part(v, changes.Ended)
}

// part gives as much of a list as the page names.
func part[T any](v *importPage, all []T) []T {
	if v.Whole || len(all) <= importListed {
		return all
	}
	v.More += len(all) - importListed
	return slices.Clone(all[:importListed])
}

func faultRow(f sheet.Fault) importFault {
	column := f.Column
	if column != "" && f.Header != "" {
		column += " («" + f.Header + "»)"
	}
	return importFault{f.Row, column, f.Value, f.Message}
}

// Schools is how many schools were read.
func (v importPage) Schools() int { return len(v.Import.List.Rows) }

// Skipped is how many rows under the header were looked at and are no schools.
func (v importPage) Skipped() int { return len(v.Import.List.Skipped) }
