package survey

import (
	_ "embed" // the built-in questionnaire
	"encoding/json"
	"slices"
	"strings"
)

//go:embed questionnaires/mau-tham-khao-2026.json
var builtInQuestionnaire []byte

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
	Version     Version             `json:"version"`
	Title       string              `json:"title"`
	Notice      string              `json:"notice"`
	Scale       [ScaleLevels]string `json:"scale"`
	Unknown     string              `json:"unknown"`
	Groups      []groupFile         `json:"groups"`
	Forms       []formFile          `json:"forms"`
	Items       []questionFile      `json:"items"`
	Expectation questionFile        `json:"expectation"`
	Overall     questionFile        `json:"overall"`
	Comment     questionFile        `json:"comment"`

	Heard        []string          `json:"heard,omitempty"`
	Recordings   []Recording       `json:"recordings,omitempty"`
	Default      Language          `json:"default,omitempty"`
	Translations []translationFile `json:"translations,omitempty"`
}

type translationFile struct {
	Code       Language           `json:"code"`
	Name       string             `json:"name"`
	SpokenOnly bool               `json:"spokenOnly,omitempty"`
	File       *questionnaireFile `json:"questionnaire"`
}

type groupFile struct {
	Code  GroupCode           `json:"code"`
	Name  string              `json:"name"`
	Names map[FormCode]string `json:"names,omitempty"`
}

type formFile struct {
	Code       FormCode   `json:"code"`
	Level      Level      `json:"level"`
	Respondent Respondent `json:"respondent"`
	Name       string     `json:"name"`
	Address    string     `json:"address"`
}

type questionFile struct {
	Code  ItemCode            `json:"code"`
	Group GroupCode           `json:"group,omitempty"`
	Forms []FormCode          `json:"forms,omitempty"`
	Text  string              `json:"text"`
	Texts map[FormCode]string `json:"texts,omitempty"`
	Short string              `json:"short"`
	Max   int                 `json:"max,omitempty"`

	Hint       string              `json:"hint,omitempty"`
	Hints      map[FormCode]string `json:"hints,omitempty"`
	Recording  string              `json:"recording,omitempty"`
	Recordings map[FormCode]string `json:"recordings,omitempty"`
}

// of gives the text of one form, or else the common one.
func of(form FormCode, own map[FormCode]string, common string) string {
	if t, ok := own[form]; ok {
		return t
	}
	return common
}

func (q questionFile) item(form FormCode) Item {
	return Item{Code: q.Code, Group: q.Group, Text: of(form, q.Texts, q.Text), Short: q.Short,
		Hint: of(form, q.Hints, q.Hint), Recording: of(form, q.Recordings, q.Recording)}
}

func (q questionFile) percent(form FormCode) Percent {
	i := q.item(form)
	return Percent{Code: i.Code, Text: i.Text, Short: i.Short, Max: q.Max, Hint: i.Hint, Recording: i.Recording}
}

func (q questionFile) comment(form FormCode) Comment {
	i := q.item(form)
	return Comment{Code: i.Code, Text: i.Text, Max: q.Max, Hint: i.Hint, Recording: i.Recording}
}

// ParseQuestionnaire reads a questionnaire as BuiltInQuestionnaire's file and
// the store have it, and checks that it can be asked.
func ParseQuestionnaire(data []byte) (*Questionnaire, error) {
	var file questionnaireFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, &Error{Kind: Invalid, Message: "Không đọc được bộ câu hỏi", English: "The questionnaire cannot be read", Err: err}
	}
	q := file.questionnaire()
	return q, q.check()
}

func (file *questionnaireFile) questionnaire() *Questionnaire {
	q := &Questionnaire{Version: file.Version, Title: file.Title, Notice: file.Notice, Scale: file.Scale, Unknown: file.Unknown,
		Recordings: file.Recordings, Default: file.Default}
	copy(q.Heard[:], file.Heard)
	for _, g := range file.Groups {
		q.Groups = append(q.Groups, Group{Code: g.Code, Name: g.Name})
	}
	for i := range file.Forms {
		q.Forms = append(q.Forms, file.form(i))
	}
	for _, t := range file.Translations {
		if t.File != nil {
			q.Translations = append(q.Translations, Translation{Tongue{t.Code, t.Name}, t.SpokenOnly, t.File.questionnaire()})
		}
	}
	return q
}

// BuiltInQuestionnaireData gives the built-in set as the store keeps it.
func BuiltInQuestionnaireData() []byte { return slices.Clone(builtInQuestionnaire) }

func (file *questionnaireFile) form(i int) *Form {
	head := file.Forms[i]
	f := &Form{Code: head.Code, Level: head.Level, Respondent: head.Respondent, Name: head.Name, Address: head.Address,
		Overall: file.Overall.item(head.Code), index: map[ItemCode]int{},
		Expectation: file.Expectation.percent(head.Code), Comment: file.Comment.comment(head.Code)}
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

// MaxItems bounds a form's items, and with them the size of a tally; there are
// no more groups than items.
const MaxItems = 60

// maxCode bounds the code of a question, in characters.
const maxCode = 20

func (q *Questionnaire) check() error {
	switch {
	case q.Version == "" || len(q.Forms) == 0 || len(q.Groups) == 0:
		return Refuse(Invalid, "Bộ câu hỏi thiếu tên phiên bản, phiếu hoặc nhóm câu hỏi", "The questionnaire lacks a version, forms or groups")
	case len(q.Groups) > MaxItems || repeats(q.Groups, func(g Group) string { return string(g.Code) }):
		return Refuse(Invalid, "Bộ câu hỏi có mã nhóm trống, trùng nhau, hoặc quá %d nhóm", "The questionnaire has a group code missing or twice, or more than %d groups", MaxItems)
	case repeats(q.Forms, func(f *Form) string { return strings.ToUpper(string(f.Code)) }):
		return Refuse(Invalid, "Bộ câu hỏi có mã phiếu trống hoặc trùng nhau", "The questionnaire has a form code missing or twice")
	}
	for _, f := range q.Forms {
		if err := f.check(); err != nil {
			return err
		}
	}
	return q.checkTranslations()
}

func (f *Form) check() error {
	switch {
	case len(f.Items) == 0 || len(f.Items) > MaxItems:
		return Refuse(Invalid, "Phiếu %s có %d câu; cần từ 1 đến %d câu", "Form %s has %d items; 1 to %d are needed", f.Code, len(f.Items), MaxItems)
	case f.codeRepeats() || slices.Contains(f.groupOf, -1):
		return Refuse(Invalid, "Phiếu %s có mã câu trùng nhau hoặc câu không thuộc nhóm nào", "Form %s repeats an item code or has an item without a group", f.Code)
	case slices.ContainsFunc(f.codes(), wrongCode):
		return Refuse(Invalid, "Phiếu %s có mã câu không đúng. Mã gồm 1 đến %d chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối",
			"Form %s has a wrong item code; codes have 1 to %d letters, digits, points or hyphens", f.Code, maxCode)
	case f.Expectation.Max < MinPercentage || f.Expectation.Max > MaxPercentage || f.Comment.Max < 1 || f.Comment.Max > MaxComment:
		return Refuse(Invalid, "Phiếu %s có giới hạn phần trăm hoặc độ dài góp ý không đúng", "Form %s has a wrong limit for the percentage or the comment", f.Code)
	case !slices.Contains(Levels(), f.Level):
		return Refuse(Invalid, "Phiếu %s thuộc cấp học không có", "Form %s has an unknown level", f.Code)
	}
	return nil
}

// codes gives the codes of all questions: each is the name of a field.
func (f *Form) codes() []ItemCode {
	codes := []ItemCode{f.Overall.Code, f.Expectation.Code, f.Comment.Code}
	for _, item := range f.Items {
		codes = append(codes, item.Code)
	}
	return codes
}

func (f *Form) codeRepeats() bool {
	codes := f.codes()
	slices.Sort(codes)
	return len(slices.Compact(codes)) < len(f.Items)+3
}

func wrongCode(code ItemCode) bool {
	return code == "" || len(code) > maxCode || strings.IndexFunc(string(code), notCodeSign) >= 0
}

// repeats says whether a code is missing or stands there twice.
func repeats[T any](list []T, code func(T) string) bool {
	seen := map[string]bool{"": true}
	for _, one := range list {
		if seen[code(one)] {
			return true
		}
		seen[code(one)] = true
	}
	return false
}
