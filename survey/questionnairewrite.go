package survey

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Data gives the questionnaire as ParseQuestionnaire reads it and the store
// keeps it. Questionnaires with the same content give the same bytes. There
// must be at least one form.
func (q *Questionnaire) Data() ([]byte, error) {
	file := questionnaireFile{Version: q.Version, Title: q.Title, Notice: q.Notice, Scale: q.Scale, Unknown: q.Unknown}
	for _, g := range q.Groups {
		file.Groups = append(file.Groups, q.groupFile(g))
	}
	first := q.Forms[0]
	file.Overall = questionFile{Code: first.Overall.Code, Text: first.Overall.Text, Short: first.Overall.Short}
	file.Expectation = questionFile{Code: first.Expectation.Code, Text: first.Expectation.Text, Short: first.Expectation.Short, Max: first.Expectation.Max}
	file.Comment = questionFile{Code: first.Comment.Code, Text: first.Comment.Text, Max: first.Comment.Max}
	for _, f := range q.Forms {
		file.Forms = append(file.Forms, formFile{Code: f.Code, Level: f.Level, Respondent: f.Respondent, Name: f.Name, Address: f.Address})
		file.Overall.reword(f.Code, f.Overall.Text)
		file.Expectation.reword(f.Code, f.Expectation.Text)
		file.Comment.reword(f.Code, f.Comment.Text)
		file.merge(f)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", " ")
	if err := w.Encode(file); err != nil {
		return nil, fmt.Errorf("write questionnaire %s: %w", q.Version, err)
	}
	return b.Bytes(), nil
}

// groupFile is a group with the names that differ in some forms.
func (q *Questionnaire) groupFile(g Group) groupFile {
	out := groupFile{Code: g.Code, Name: g.Name}
	for _, f := range q.Forms {
		if i := f.group(g.Code); i >= 0 && f.Groups[i].Name != g.Name {
			if out.Names == nil {
				out.Names = map[FormCode]string{}
			}
			out.Names[f.Code] = f.Groups[i].Name
		}
	}
	return out
}

// reword notes the wording of one form, if it is not the common one.
func (q *questionFile) reword(form FormCode, text string) {
	if text == q.Text {
		return
	}
	if q.Texts == nil {
		q.Texts = map[FormCode]string{}
	}
	q.Texts[form] = text
}

// merge adds a form's items to the common list, which keeps the order of every
// form: an item that stands elsewhere in another form is listed once more.
func (file *questionnaireFile) merge(f *Form) {
	at := 0 // the first place that the next item may take
	for _, item := range f.Items {
		i := slices.IndexFunc(file.Items[at:], func(q questionFile) bool {
			return q.Code == item.Code && q.Group == item.Group && q.Short == item.Short
		})
		if i < 0 {
			i = 0
			file.Items = slices.Insert(file.Items, at, questionFile{Code: item.Code, Group: item.Group, Text: item.Text, Short: item.Short})
		}
		at += i + 1
		entry := &file.Items[at-1]
		entry.Forms = append(entry.Forms, f.Code)
		entry.reword(f.Code, item.Text)
	}
}

// SameContent says whether both ask the same in the same words.
func (q *Questionnaire) SameContent(other *Questionnaire) (bool, error) {
	a, err := q.Data()
	if err != nil {
		return false, err
	}
	b, err := other.Data()
	return bytes.Equal(a, b), err
}
