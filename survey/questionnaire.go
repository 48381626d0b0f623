package survey

import (
	_ "embed" // the built-in questionnaire
	"encoding/json"
	"slices"
	"strings"
)

//go:embed questionnaires/mau-tham-khao-2026.json
var builtInQuestionnaire []byte

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

// Levels of the scale of satisfaction; 4 and 5 count as satisfied.
const (
	ScaleLevels    = 5
	satisfiedLevel = 4
)

// Questionnaire (bộ câu hỏi) is all forms of one version.
type Questionnaire struct {
	Version Version
	Title   string
	Notice  string // whose wording it is; shown wherever the set is offered
	Scale   [ScaleLevels]string
	Unknown string // the answer «Tôi không rõ / không áp dụng»
	Groups  []Group
	Forms   []*Form
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
	Code  ItemCode
	Group GroupCode
	Text  string
	Short string
}

// Percent is the question for the percentage of expectations met: 0 to Max.
type Percent struct {
	Code  ItemCode
	Text  string
	Short string
	Max   int
}

// Comment is the open question; Max is in characters.
type Comment struct {
	Code ItemCode
	Text string
	Max  int
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

// BuiltInQuestionnaire gives the set that ships with the program. Its wording
// is the project's own.
func BuiltInQuestionnaire() *Questionnaire {
	q, err := ParseQuestionnaire(builtInQuestionnaire)
	if err != nil {
		panic("built-in questionnaire: " + err.Error())
	}
	return q
}

// questionnaireFile is how a questionnaire is written down.
type questionnaireFile struct {
	Version Version             `json:"version"`
	Title   string              `json:"title"`
	Notice  string              `json:"notice"`
	Scale   [ScaleLevels]string `json:"scale"`
	Unknown string              `json:"unknown"`
	Groups  []struct {
		Code  GroupCode           `json:"code"`
		Name  string              `json:"name"`
		Names map[FormCode]string `json:"names,omitempty"`
	} `json:"groups"`
	Forms []struct {
		Code       FormCode   `json:"code"`
		Level      Level      `json:"level"`
		Respondent Respondent `json:"respondent"`
		Name       string     `json:"name"`
		Address    string     `json:"address"`
	} `json:"forms"`
	Items       []questionFile `json:"items"`
	Expectation questionFile   `json:"expectation"`
	Overall     questionFile   `json:"overall"`
	Comment     questionFile   `json:"comment"`
}

type questionFile struct {
	Code  ItemCode            `json:"code"`
	Group GroupCode           `json:"group,omitempty"`
	Forms []FormCode          `json:"forms,omitempty"`
	Text  string              `json:"text"`
	Texts map[FormCode]string `json:"texts,omitempty"`
	Short string              `json:"short"`
	Max   int                 `json:"max,omitempty"`
}

func (q questionFile) text(form FormCode) string {
	if t, ok := q.Texts[form]; ok {
		return t
	}
	return q.Text
}

func (q questionFile) item(form FormCode) Item {
	return Item{Code: q.Code, Group: q.Group, Text: q.text(form), Short: q.Short}
}

// ParseQuestionnaire reads a questionnaire as BuiltInQuestionnaire's file and
// the store have it, and checks that it can be asked.
func ParseQuestionnaire(data []byte) (*Questionnaire, error) {
	var file questionnaireFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, &Error{Kind: Invalid, Message: "Không đọc được bộ câu hỏi", English: "The questionnaire cannot be read", Err: err}
	}
	q := &Questionnaire{Version: file.Version, Title: file.Title, Notice: file.Notice, Scale: file.Scale, Unknown: file.Unknown}
	for _, g := range file.Groups {
		q.Groups = append(q.Groups, Group{Code: g.Code, Name: g.Name})
	}
	for i := range file.Forms {
		q.Forms = append(q.Forms, file.form(i))
	}
	return q, q.check()
}

// BuiltInQuestionnaireData gives the built-in set as the store keeps it.
func BuiltInQuestionnaireData() []byte { return slices.Clone(builtInQuestionnaire) }

func (file *questionnaireFile) form(i int) *Form {
	head := file.Forms[i]
	f := &Form{Code: head.Code, Level: head.Level, Respondent: head.Respondent, Name: head.Name, Address: head.Address,
		Overall: file.Overall.item(head.Code), index: map[ItemCode]int{},
		Expectation: Percent{Code: file.Expectation.Code, Text: file.Expectation.text(head.Code), Short: file.Expectation.Short, Max: file.Expectation.Max},
		Comment:     Comment{Code: file.Comment.Code, Text: file.Comment.text(head.Code), Max: file.Comment.Max}}
	for _, g := range file.Groups {
		name := g.Name
		if own, ok := g.Names[head.Code]; ok {
			name = own
		}
		f.Groups = append(f.Groups, Group{Code: g.Code, Name: name})
	}
	for _, item := range file.Items {
		if slices.Contains(item.Forms, head.Code) {
			f.index[item.Code] = len(f.Items)
			f.Items = append(f.Items, item.item(head.Code))
			f.groupOf = append(f.groupOf, f.group(item.Group))
		}
	}
	f.index[f.Overall.Code] = len(f.Items)
	return f
}

// maxItems bounds a form's items, and with them the size of a tally.
const maxItems = 60

func (q *Questionnaire) check() error {
	if q.Version == "" || len(q.Forms) == 0 || len(q.Groups) == 0 {
		return Refuse(Invalid, "Bộ câu hỏi thiếu tên phiên bản, phiếu hoặc nhóm câu hỏi", "The questionnaire lacks a version, forms or groups")
	}
	for _, f := range q.Forms {
		switch {
		case len(f.Items) == 0 || len(f.Items) > maxItems:
			return Refuse(Invalid, "Phiếu %s có %d câu; cần từ 1 đến %d câu", "Form %s has %d items; 1 to %d are needed", f.Code, len(f.Items), maxItems)
		case len(f.index) != len(f.Items)+1 || slices.Contains(f.groupOf, -1):
			return Refuse(Invalid, "Phiếu %s có mã câu trùng nhau hoặc câu không thuộc nhóm nào", "Form %s repeats an item code or has an item without a group", f.Code)
		case f.Expectation.Max < 100 || f.Expectation.Max > 999 || f.Comment.Max < 1 || f.Comment.Max > 1000:
			return Refuse(Invalid, "Phiếu %s có giới hạn phần trăm hoặc độ dài góp ý không đúng", "Form %s has a wrong limit for the percentage or the comment", f.Code)
		}
	}
	return nil
}
