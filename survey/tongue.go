package survey

import (
	"regexp"
	"slices"
)

// languageCode is a language as BCP 47 names it: rad, cmo, jra, en-GB.
var languageCode = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$`)

// ParseLanguage reads the code of a language, such as vi, en, rad (Ê Đê) or cmo
// (M'Nông).
func ParseLanguage(s string) (Language, error) {
	if !languageCode.MatchString(s) {
		return "", Refuse(Invalid, "Mã tiếng «%s» không đúng. Mã gồm 2 hoặc 3 chữ thường, ví dụ vi, en, rad", "There is no language code %q; it has 2 or 3 small letters, such as vi, en or rad", cut(s))
	}
	return Language(s), nil
}

// Tongue is a language of a questionnaire: rad, «Ê Đê».
type Tongue struct {
	Code Language
	Name string // in that language
}

// Vietnamese is the language that every questionnaire has.
func Vietnamese() Tongue { return Tongue{LangVI, "Tiếng Việt"} }

// Translation is the whole questionnaire in one further language: the same
// forms, questions and codes in other words and with other recordings.
type Translation struct {
	Tongue
	SpokenOnly    bool // it has recordings only; its words are the Vietnamese ones
	Questionnaire *Questionnaire
}

// Tongues are the languages of the questionnaire, Vietnamese first.
func (q *Questionnaire) Tongues() []Tongue {
	out := []Tongue{Vietnamese()}
	if q == nil {
		return out
	}
	for _, t := range q.Translations {
		out = append(out, t.Tongue)
	}
	return out
}

// Speaks gives the language asked for, if the questionnaire has it, else the
// one in which its forms open. No questionnaire speaks Vietnamese.
func (q *Questionnaire) Speaks(asked Language) Language {
	switch {
	case q == nil || asked == LangVI:
		return LangVI
	case slices.ContainsFunc(q.Translations, func(t Translation) bool { return t.Code == asked }):
		return asked
	case q.Default != "":
		return q.Default
	}
	return LangVI
}

// In gives the questionnaire in a language that it has, and the language of its
// words: Vietnamese where there are recordings only.
func (q *Questionnaire) In(code Language) (words *Questionnaire, written Language) {
	if q == nil {
		return nil, LangVI
	}
	for _, t := range q.Translations {
		switch {
		case t.Code != code:
		case t.SpokenOnly:
			return t.Questionnaire, LangVI
		default:
			return t.Questionnaire, code
		}
	}
	return q, LangVI
}
