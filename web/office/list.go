package office

import (
	"strings"

	"hailong/survey"
)

// schoolList is the list of schools as the board shows it: one page of those
// selected.
type schoolList struct {
	Asked       int // schools in all
	Selected    int
	First, Last int // of those shown, from 1; 0 when there are none
	Headers     []header
	Rows        []entry
	Turns       []turn
	Narrowed    bool
	Lately      bool   // the responses of the last days are shown
	Over        bool   // schools to remind were asked for, but the round takes no responses
	Pages       bool   // a school has a page
	Reasons     bool   // why to remind is shown
	Condition   string // by which it is narrowed, for the paper on which no form is
	Everything  string // address of the list with no school left out
	File        string // address of the list as a workbook
	OnePage     string // address of the whole list on one page; empty when it is
	Base        string // before /k/ in an address
	Filter      filter
	Remind      remindView
}

// header is a column's head: a link that sorts by it.
type header struct {
	column
	Path  string
	Order string // ascending, descending or empty
}

// turn is a link to a page of the list.
type turn struct {
	Number  int
	Path    string
	Current bool
}

// filter is the form that narrows the list.
type filter struct {
	Round  survey.RoundID
	Search string
	Order  string
	Areas  []choice
	Kinds  []choice
	Levels []choice
	States []choice
}

func (p *Pages) list(s shown) schoolList {
	sel, all := s.selection, s.entries()
	rows := sel.selected(all)
	l := schoolList{Asked: len(all), Selected: len(rows), Narrowed: sel.narrowed(), Reasons: sel.State == remindOnly, Everything: sel.whole().path(), Base: p.BaseURL, Filter: s.filter(all),
		Lately: s.open() && !s.coarse, Over: sel.State == remindOnly && !s.open(), Pages: p.Registry != nil}
	pages := (len(rows) + rowsPerPage - 1) / rowsPerPage
	sel.Page = min(sel.Page, max(pages, 1))
	from, to := 0, len(rows)
	if sel.Page > 0 {
		from = (sel.Page - 1) * rowsPerPage
		to = min(from+rowsPerPage, to)
	}
	l.Condition = l.Filter.condition()
	l.Rows, l.First, l.Last = rows[from:to], min(from+1, to), to
	l.Headers, l.File = sel.headers(l.Lately), sel.file()
	if pages > 1 {
		l.turn(sel, pages)
	}
	return l
}

func (l *schoolList) turn(sel selection, pages int) {
	for number := 1; number <= pages; number++ {
		l.Turns = append(l.Turns, turn{number, sel.onPage(number).path(), number == sel.Page})
	}
	if sel.Page > 0 {
		l.OnePage = sel.onPage(0).path()
	}
}

func (s selection) headers(lately bool) []header {
	var out []header
	for _, c := range columns {
		if c.Key == latelyColumn && !lately {
			continue
		}
		h := header{column: c, Path: s.by(c.Key).path()}
		if c.Key == s.Sort {
			h.Order = map[bool]string{false: "ascending", true: "descending"}[s.Down]
		}
		out = append(out, h)
	}
	return out
}

// condition says in words which schools the filter lets through.
func (f filter) condition() string {
	var words []string
	if f.Search != "" {
		words = append(words, "tìm «"+f.Search+"»")
	}
	for _, choices := range [][]choice{f.Areas, f.Kinds, f.Levels, f.States} {
		for _, c := range choices {
			if c.Chosen && c.Value != "" {
				words = append(words, c.Text)
			}
		}
	}
	return strings.Join(words, ", ")
}

func (s selection) filter(all []entry) filter {
	f := filter{Round: s.Round, Search: s.Search, Order: s.order()}
	for _, a := range areasOf(all) {
		f.Areas = append(f.Areas, choice{string(a.Code), a.Title(), a.Code == s.Area})
	}
	for _, k := range kindsOf(all) {
		f.Kinds = append(f.Kinds, choice{string(k), string(k), k == s.Kind})
	}
	for _, level := range levelsOf(all) {
		f.Levels = append(f.Levels, choice{string(level), level.Name(), level == s.Level})
	}
	f.States = []choice{{Text: "Tất cả", Chosen: s.State == ""}}
	for _, state := range states {
		f.States = append(f.States, choice{state.key, state.text, state.key == s.State})
	}
	return f
}
