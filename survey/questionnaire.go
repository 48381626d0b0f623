package survey

import (
	"slices"
	"strings"
)

// Version names a questionnaire; a version that a round has opened with never
// changes.
type Version string

// ItemCode names a question; it keeps its meaning across versions.
type ItemCode string

// GroupCode names a group of items.
type GroupCode string

// FormCode names a form (phiếu): one kind of respondent at one level.
type FormCode string

// Respondent is who answers a form.
type Respondent string

// The respondents.
const (
	Parents  Respondent = "cha-me"
	Pupils   Respondent = "hoc-sinh"
	Learners Respondent = "hoc-vien"
)

// Name is the respondent in Vietnamese.
func (r Respondent) Name() string {
	switch r {
	case Parents:
		return "Cha mẹ học sinh"
	case Pupils:
		return "Học sinh"
	case Learners:
		return "Học viên"
	}
	return string(r)
}

// ScaleLevels is the number of levels of satisfaction; 4 and 5 count as
// satisfied.
const ScaleLevels = 5

// Questionnaire (bộ câu hỏi) is all forms of one version.
type Questionnaire struct {
	Version Version
	Title   string
	Notice  string // whose wording it is; shown wherever the set is offered
	Scale   [ScaleLevels]string
	Unknown string // the answer «Tôi không rõ / không áp dụng»
	Groups  []Group
	Forms   []*Form

	Heard        [ScaleLevels + 1]string // recordings of the answers by level, 0 is Unknown; empty: none
	Recordings   []Recording             // every file that is named, here and in the translations, by its name
	Default      Language                // in which its forms open; empty is Vietnamese
	Translations []Translation
}

// Group is a group of items (nhóm).
type Group struct {
	Code GroupCode
	Name string
}

// Form is one respondent's form: scored items in order, the overall item, the
// percentage of expectations met, and the comment.
type Form struct {
	Code        FormCode
	Level       Level
	Respondent  Respondent
	Name        string
	Address     string // how the respondent is addressed: Ông/Bà, em, Anh/Chị
	Groups      []Group
	Items       []Item
	Overall     Item
	Expectation Percent
	Comment     Comment

	groupOf []int // index in Groups of each item
	index   map[ItemCode]int
}

// Item is one scored question.
type Item struct {
	Code      ItemCode
	Group     GroupCode
	Text      string
	Short     string
	Hint      string // under the question; may be empty
	Recording string // name of the file in which it is spoken; may be empty
}

// Percent is the question for the percentage of expectations met: 0 to Max.
type Percent struct {
	Code      ItemCode
	Text      string
	Short     string
	Max       int
	Hint      string
	Recording string
}

// Comment is the open question; Max is in characters.
type Comment struct {
	Code      ItemCode
	Text      string
	Max       int
	Hint      string
	Recording string
}

// Form gives the form with that code, whatever its case.
func (q *Questionnaire) Form(code string) (*Form, bool) {
	for _, f := range q.Forms {
		if strings.EqualFold(string(f.Code), code) {
			return f, true
		}
	}
	return nil, false
}

// FormsOf gives the forms that a school is asked: those of its levels.
func (q *Questionnaire) FormsOf(s School) []*Form {
	var forms []*Form
	for _, f := range q.Forms {
		if s.Enrolment[f.Level] > 0 {
			forms = append(forms, f)
		}
	}
	return forms
}

// Group gives the index of a group in the form, or -1.
func (f *Form) group(code GroupCode) int {
	return slices.IndexFunc(f.Groups, func(g Group) bool { return g.Code == code })
}

// ItemsOf gives the items of a group, in order.
func (f *Form) ItemsOf(code GroupCode) []Item {
	var items []Item
	for _, item := range f.Items {
		if item.Group == code {
			items = append(items, item)
		}
	}
	return items
}

// Questions is the number of questions asked, the comment left out.
func (f *Form) Questions() int { return len(f.Items) + 2 }
