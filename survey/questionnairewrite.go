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
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", " ")
	if err := w.Encode(q.file()); err != nil {
		return nil, fmt.Errorf("write questionnaire %s: %w", q.Version, err)
	}
	return b.Bytes(), nil
}

func (q *Questionnaire) file() *questionnaireFile {
	file := &questionnaireFile{Version: q.Version, Title: q.Title, Notice: q.Notice, Scale: q.Scale, Unknown: q.Unknown,
		Recordings: q.Recordings, Default: q.Default}
	if q.Heard != [ScaleLevels + 1]string{} {
		file.Heard = q.Heard[:]
	}
	for _, t := range q.Translations {
		file.Translations = append(file.Translations, translationFile{t.Code, t.Name, t.SpokenOnly, t.Questionnaire.file()})
	}
	for _, g := range q.Groups {
		file.Groups = append(file.Groups, q.groupFile(g))
	}
	first := q.Forms[0]
	file.Overall = first.Overall.file()
	file.Expectation, file.Expectation.Max = first.Expectation.item().file(), first.Expectation.Max
	file.Comment, file.Comment.Max = first.Comment.item().file(), first.Comment.Max
	for _, f := range q.Forms {
		file.Forms = append(file.Forms, formFile{Code: f.Code, Level: f.Level, Respondent: f.Respondent, Name: f.Name, Address: f.Address})
		file.Overall.reword(f.Code, f.Overall)
		file.Expectation.reword(f.Code, f.Expectation.item())
		file.Comment.reword(f.Code, f.Comment.item())
		file.merge(f)
	}
	return file
}

func (i Item) file() questionFile {
	return questionFile{Code: i.Code, Group: i.Group, Text: i.Text, Short: i.Short, Hint: i.Hint, Recording: i.Recording}
}

// item is what the question has in common with the others.
func (p Percent) item() Item {
	return Item{Code: p.Code, Text: p.Text, Short: p.Short, Hint: p.Hint, Recording: p.Recording}
}

// item is what the question has in common with the others.
func (c Comment) item() Item {
	return Item{Code: c.Code, Text: c.Text, Hint: c.Hint, Recording: c.Recording}
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

// reword notes what one form has otherwise than all.
func (q *questionFile) reword(form FormCode, own Item) {
	otherwise(&q.Texts, form, own.Text, q.Text)
	otherwise(&q.Hints, form, own.Hint, q.Hint)
	otherwise(&q.Recordings, form, own.Recording, q.Recording)
}

func otherwise(to *map[FormCode]string, form FormCode, own, common string) {
	if own == common {
		return
	}
	if *to == nil {
		*to = map[FormCode]string{}
	}
	(*to)[form] = own
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
			file.Items = slices.Insert(file.Items, at, item.file())
		}
		at += i + 1
		entry := &file.Items[at-1]
		entry.Forms = append(entry.Forms, f.Code)
		entry.reword(f.Code, item)
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
