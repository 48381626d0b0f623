package office

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
)

// entry is a school in the list, ready to be searched and sorted.
type entry struct {
	survey.Turnout
	coarse     bool   // counts are in steps
	words      string // folded: code, name and commune
	name, area []byte // how the texts sort in Vietnamese
}

func (e entry) rate() float64 {
	rate, _ := e.Rate()
	return rate
}

// Percent is the rate as people read it.
func (e entry) Percent() string { return e.share().Percent }

// Text is the responses as people read them.
func (e entry) Text() string { return e.share().Text }

func (e entry) share() share {
	if e.coarse {
		return steppedShare(e.Participation)
	}
	return shareOf(e.Participation)
}

// Why is the reason to remind the school, in words.
func (e entry) Why() string {
	if e.coarse && e.Reason == survey.NoResponse {
		return "Dưới " + strconv.Itoa(survey.CountStep) + " phiếu"
	}
	return e.Reason.Text()
}

// entries prepares the schools; «số 2» comes before «số 10».
func entries(schools []survey.Turnout) []entry {
	order := collate.New(language.Vietnamese, collate.Numeric)
	var buffer collate.Buffer
	out := make([]entry, len(schools))
	for i, s := range schools {
		out[i] = entry{Turnout: s, words: survey.Fold(string(s.School.Code) + " " + s.School.Name + " " + s.School.Area.Title()),
			name: order.KeyFromString(&buffer, s.School.Name), area: order.KeyFromString(&buffer, s.School.Area.Name)}
	}
	return out
}

// column is one of the list's columns, by which it can be sorted.
type column struct {
	Key     string
	Name    string
	Number  bool
	compare func(a, b entry) int
}

var columns = []column{
	{"ma", "Mã trường", false, func(a, b entry) int { return cmp.Compare(a.School.Code, b.School.Code) }},
	{"ten", "Tên trường", false, func(a, b entry) int { return bytes.Compare(a.name, b.name) }},
	{"xa", "Xã/Phường", false, func(a, b entry) int { return bytes.Compare(a.area, b.area) }},
	{"loai", "Loại hình", false, func(a, b entry) int { return cmp.Compare(a.School.Kind, b.School.Kind) }},
	{"si-so", "Sĩ số", true, func(a, b entry) int { return cmp.Compare(a.Enrolment, b.Enrolment) }},
	{"phieu", "Phiếu", true, func(a, b entry) int { return cmp.Compare(a.Responses, b.Responses) }},
	{"ty-le", "Tỷ lệ (%)", true, func(a, b entry) int { return cmp.Compare(a.rate(), b.rate()) }},
	{"thieu", "Còn thiếu", true, func(a, b entry) int { return cmp.Compare(a.Missing, b.Missing) }},
	{latelyColumn, "7 ngày qua", true, func(a, b entry) int { return cmp.Compare(a.Latest, b.Latest) }},
}

// latelyColumn is the column of the last days, which only an open round has.
const latelyColumn = "7-ngay"

func columnOf(key string) (column, bool) {
	i := slices.IndexFunc(columns, func(c column) bool { return c.Key == key })
	if i < 0 {
		return column{}, false
	}
	return columns[i], true
}

// selected gives the schools that the selection names, in its order. Schools
// that are equal in it stand by name, then by code.
func (s selection) selected(all []entry) []entry {
	words := strings.Fields(survey.Fold(s.Search))
	var out []entry
	for _, e := range all {
		if s.keeps(e) && hasAll(e.words, words) {
			out = append(out, e)
		}
	}
	by, _ := columnOf(s.Sort)
	slices.SortStableFunc(out, func(a, b entry) int {
		first := by.compare(a, b)
		if s.Down {
			first = -first
		}
		return cmp.Or(first, bytes.Compare(a.name, b.name), cmp.Compare(a.School.Code, b.School.Code))
	})
	return out
}

func (s selection) keeps(e entry) bool {
	switch {
	case s.Area != "" && e.School.Area.Code != s.Area, s.Kind != "" && e.School.Kind != s.Kind:
		return false
	case s.Level != "" && !e.teaches(s.Level):
		return false
	}
	state, chosen := narrowing(s.State)
	return !chosen || state.holds(e)
}

// teaches says whether the round asks the school at a level; outside a round,
// whether it has learners there.
func (e entry) teaches(level survey.Level) bool {
	if len(e.Forms) == 0 {
		return e.School.Enrolment[level] > 0
	}
	return slices.ContainsFunc(e.Forms, func(f survey.FormParticipation) bool { return f.Form.Level == level })
}

func hasAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// areasOf gives the communes of the schools, in the order of their names.
func areasOf(all []entry) []survey.Area {
	byName := slices.Clone(all)
	slices.SortStableFunc(byName, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.area, b.area), cmp.Compare(a.School.Area.Code, b.School.Area.Code))
	})
	var areas []survey.Area
	for _, e := range byName {
		areas = append(areas, e.School.Area)
	}
	return slices.Compact(areas)
}

// kindsOf gives the kinds that there are, in their usual order.
func kindsOf(all []entry) []survey.SchoolKind {
	return slices.DeleteFunc(survey.SchoolKinds(), func(k survey.SchoolKind) bool {
		return !slices.ContainsFunc(all, func(e entry) bool { return e.School.Kind == k })
	})
}

// levelsOf gives the levels at which the round asks schools, in their usual order.
func levelsOf(all []entry) []survey.Level {
	return slices.DeleteFunc(survey.Levels(), func(l survey.Level) bool {
		return !slices.ContainsFunc(all, func(e entry) bool { return e.teaches(l) })
	})
}
