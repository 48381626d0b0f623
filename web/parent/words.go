package parent

import (
	"unicode"
	"unicode/utf8"

	"hailong/survey"
)

// words are the words that depend on who is addressed.
type words struct {
	You     string // at the beginning of a sentence: Ông/Bà, Em, Anh/Chị
	Affect  string // on what the answers have no effect
	Readers string // who reads the answers
	Other   string // where people go who opened the wrong school
}

func (r reader) wordsFor(f *survey.Form) words {
	who := ".others"
	if f.Respondent == survey.Parents {
		who = ".parents"
	}
	return words{You: firstUpper(f.Address), Affect: r.texts.Say("form.effect"+who, "you", f.Address),
		Readers: r.texts.Say("form.readers"+who, "you", f.Address, "office", r.dir.Office), Other: r.texts.Say("form.wrong-school"+who, "you", f.Address)}
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
