package survey

import "slices"

// maxTranslations bounds the languages beside Vietnamese; the page has a link
// for each.
const maxTranslations = 8

// checkTranslations says whether every language asks the same questions.
func (q *Questionnaire) checkTranslations() error {
	if len(q.Translations) > maxTranslations {
		return Refuse(Invalid, "Bộ câu hỏi có %d tiếng; nhiều nhất là %d", "The questionnaire has %d languages, more than %d", len(q.Translations)+1, maxTranslations+1)
	}
	seen := []Language{LangVI}
	for _, t := range q.Translations {
		switch _, err := ParseLanguage(string(t.Code)); {
		case err != nil:
			return err
		case slices.Contains(seen, t.Code) || t.Name == "":
			return Refuse(Invalid, "Tiếng %s có hai lần hoặc không có tên", "Language %s is there twice or has no name", t.Code)
		case !slices.EqualFunc(q.questions(), t.Questionnaire.questions(), sameQuestion) || t.Questionnaire.lacksWords() && !q.lacksWords():
			return Refuse(Invalid, "Bộ câu hỏi tiếng %s không đủ câu như tiếng Việt", "The questionnaire in %s does not have the same questions", t.Name)
		}
		seen = append(seen, t.Code)
	}
	if q.Default != "" && !slices.Contains(seen, q.Default) {
		return Refuse(Invalid, "Bộ câu hỏi không có tiếng %s để mở đầu", "The questionnaire lacks its default language %s", q.Default)
	}
	return nil
}

// asked is a question with what all languages share.
type asked struct {
	form FormCode
	item Item
	most int
}

func sameQuestion(a, b asked) bool {
	return a.form == b.form && a.item.Code == b.item.Code && a.item.Group == b.item.Group && a.most == b.most && (a.item.Text == "") == (b.item.Text == "")
}

// questions are those of all forms, in their order.
func (q *Questionnaire) questions() []asked {
	var out []asked
	for _, f := range q.Forms {
		for _, item := range f.all() {
			most := map[ItemCode]int{f.Expectation.Code: f.Expectation.Max, f.Comment.Code: f.Comment.Max}[item.Code]
			out = append(out, asked{f.Code, item, most})
		}
	}
	return out
}

// all are the questions of a form: the items, then the three beside them.
func (f *Form) all() []Item {
	return append(slices.Clone(f.Items), f.Overall, f.Expectation.item(), f.Comment.item())
}

func (q *Questionnaire) lacksWords() bool {
	return q.Unknown == "" || slices.Contains(q.Scale[:], "")
}
