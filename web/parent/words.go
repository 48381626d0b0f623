package parent

import (
	"unicode"
	"unicode/utf8"

	"hailong/survey"
)

// words are the words that depend on who is addressed.
type words struct {
	You    string // at the beginning of a sentence: Ông/Bà, Em, Anh/Chị
	Class  string // whose class the form does not ask for
	Affect string // on what the answers have no effect
	Other  string // where people go who opened the wrong school
}

func wordsFor(f *survey.Form) words {
	w := words{You: firstUpper(f.Address), Class: f.Address, Affect: "việc học của " + f.Address, Other: "Không phải trường của " + f.Address + "?"}
	if f.Respondent == survey.Parents {
		w.Class, w.Affect, w.Other = "con", "con", "Không phải trường của con?"
	}
	return w
}

func firstUpper(s string) string { return mapFirst(s, unicode.ToUpper) }
func firstLower(s string) string { return mapFirst(s, unicode.ToLower) }

func mapFirst(s string, change func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(change(r)) + s[size:]
}

// onlyParents says whether every form of the school is for parents; then a
// family may have a second child to answer for.
func onlyParents(forms []survey.AskedForm) bool {
	for _, f := range forms {
		if f.Form.Respondent != survey.Parents {
			return false
		}
	}
	return true
}
