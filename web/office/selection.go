package office

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hailong/survey"
)

// state is something to which the list can be narrowed.
type state struct {
	key, text string
	holds     func(entry) bool
}

// remindOnly narrows the list to the schools that should be reminded.
const remindOnly = "can-nhac"

// silentOnly narrows it to those of which nothing has come.
const silentOnly = "chua-co"

var states = []state{
	{remindOnly, "Cần nhắc", func(e entry) bool { return e.Reason != "" }},
	{silentOnly, "Chưa có phiếu", func(e entry) bool { return e.Responses == 0 }},
	{"duoi-10", "Dưới " + strconv.Itoa(fewResponses) + " phiếu", func(e entry) bool { return e.Responses < fewResponses }},
	{"chua-dat", "Chưa đạt mức", func(e entry) bool { return e.Asked() && !e.Reached() }},
	{"dat", "Đã đạt mức", func(e entry) bool { return e.Reached() }},
}

func narrowing(key string) (state, bool) {
	i := slices.IndexFunc(states, func(s state) bool { return s.key == key })
	if i < 0 {
		return state{}, false
	}
	return states[i], true
}

const (
	fewResponses = 10
	rowsPerPage  = 100
	wholeList    = "tat-ca"
	maxSearch    = 100 // bytes of a search that are looked at
)

// selection is which round and which schools the board shows, and how: what
// its address says. Values that mean nothing are as if they were not there.
type selection struct {
	Round  survey.RoundID // empty: the current one
	Search string
	Area   survey.AreaCode
	Kind   survey.SchoolKind
	Level  survey.Level
	State  string
	Sort   string // key of a column
	Down   bool
	Page   int // from 1; 0: the whole list on one page
}

const defaultSort = "xa"

func readSelection(query func(name string) string) selection {
	s := selection{Round: survey.RoundID(query("dot")), Search: survey.CleanLine(cutBytes(query("q"), maxSearch)),
		Area: survey.AreaCode(query("xa")), Kind: survey.SchoolKind(query("loai")), Sort: defaultSort, Page: 1}
	if state, known := narrowing(query("tt")); known {
		s.State = state.key
	}
	if level := survey.Level(query("cap")); slices.Contains(survey.Levels(), level) {
		s.Level = level
	}
	key, down := strings.CutPrefix(query("xep"), "-")
	if _, ok := columnOf(key); ok {
		s.Sort, s.Down = key, down
	}
	if number, err := strconv.Atoi(query("trang")); err == nil && number > 0 {
		s.Page = number
	}
	if query("trang") == wholeList {
		s.Page = 0
	}
	return s
}

// cutBytes keeps a text short; CleanLine mends a letter that is cut in two.
func cutBytes(s string, n int) string { return s[:min(len(s), n)] }

// path is the address at which the board shows the selection.
func (s selection) path() string {
	v := url.Values{}
	add := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	add("dot", string(s.Round))
	add("q", s.Search)
	add("xa", string(s.Area))
	add("loai", string(s.Kind))
	add("cap", string(s.Level))
	add("tt", s.State)
	add("xep", s.order())
	switch {
	case s.Page == 0:
		add("trang", wholeList)
	case s.Page > 1:
		add("trang", strconv.Itoa(s.Page))
	}
	if len(v) == 0 {
		return home
	}
	return home + "?" + v.Encode()
}

// file is the address of the selection as a workbook, which has no pages.
func (s selection) file() string {
	return listPath + strings.TrimPrefix(s.onPage(1).path(), home)
}

// order is the value of «xep», or "" for the usual order.
func (s selection) order() string {
	switch {
	case s.Down:
		return "-" + s.Sort
	case s.Sort == defaultSort:
		return ""
	}
	return s.Sort
}

// onPage gives the same selection at another page.
func (s selection) onPage(number int) selection {
	s.Page = number
	return s
}

// by gives the selection sorted by a column; sorted by it already, the other
// way round. It begins at the first page, unless the whole list is shown.
func (s selection) by(key string) selection {
	s.Down = s.Sort == key && !s.Down
	s.Sort = key
	s.Page = min(s.Page, 1)
	return s
}

// narrowed says whether some schools are left out.
func (s selection) narrowed() bool {
	return s.Search != "" || s.Area != "" || s.Kind != "" || s.Level != "" || s.State != ""
}

// whole gives the selection with no school left out.
func (s selection) whole() selection {
	return selection{Round: s.Round, Sort: s.Sort, Down: s.Down, Page: 1}
}
