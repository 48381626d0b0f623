package page

import (
	"embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"hailong/survey"
)

//go:embed texts/*.txt
var textFiles embed.FS

// Texts is what the pages say to those who answer, in one language: a file of
// lines «name = text». The zero value speaks Vietnamese.
type Texts struct {
	Language survey.Language
	own      map[string]string
	names    []string // in the file's order
}

// builtIn are the languages that come with the program.
var builtIn = sync.OnceValue(func() map[survey.Language]*Texts {
	out := map[survey.Language]*Texts{}
	for _, code := range []survey.Language{survey.LangVI, survey.LangEN} {
		data, err := textFiles.ReadFile("texts/" + string(code) + ".txt")
		if err != nil {
			panic("built-in texts: " + err.Error())
		}
		t, problems := parseTexts(code, string(data))
		if len(problems) > 0 {
			panic("built-in texts: " + problems[0])
		}
		out[code] = t
	}
	return out
})

func vietnamese() *Texts { return builtIn()[survey.LangVI] }

// line is «name = text»; parts of a text that are put in stand in braces.
var (
	line = regexp.MustCompile(`^([a-z0-9.-]+)\s*=\s*(\S.*)$`)
	part = regexp.MustCompile(`\{[a-z0-9]+\}`)
)

// parseTexts reads a file. Lines that cannot be used are left out and named, in
// Vietnamese.
func parseTexts(code survey.Language, data string) (*Texts, []string) {
	t := &Texts{Language: code, own: map[string]string{}}
	var problems []string
	number := 0
	for text := range strings.Lines(strings.TrimPrefix(data, "\ufeff")) {
		number++
		text = survey.CleanLine(text)
		if text == "" || text[0] == '#' {
			continue
		}
		found := line.FindStringSubmatch(text)
		switch {
		case found == nil:
			problems = append(problems, fmt.Sprintf("dòng %d không có dạng «tên = câu»", number))
		case t.own[found[1]] != "":
			problems = append(problems, fmt.Sprintf("dòng %d: tên %s có hai lần", number, found[1]))
		default:
			t.own[found[1]] = found[2]
			t.names = append(t.names, found[1])
		}
	}
	return t, problems
}

// fit leaves out what has no place in Vietnamese, and names it and what is
// missing, in Vietnamese.
func (t *Texts) fit() (problems []string) {
	model := vietnamese()
	for _, name := range t.names {
		text, known := model.own[name]
		if !known {
			problems = append(problems, "không có câu nào tên "+name)
			delete(t.own, name)
			continue
		}
		for _, p := range part.FindAllString(t.own[name], -1) {
			if !strings.Contains(text, p) {
				problems = append(problems, fmt.Sprintf("câu %s có %s mà câu tiếng Việt không có", name, p))
				delete(t.own, name)
				break
			}
		}
	}
	var missing []string
	for _, name := range model.names {
		if t.own[name] == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		problems = append(problems, fmt.Sprintf("thiếu %d câu, dùng câu tiếng Việt: %s", len(missing), strings.Join(missing, ", ")))
	}
	return problems
}

// Lang is the code of the language, for the attribute lang.
func (t *Texts) Lang() survey.Language {
	if t == nil || t.Language == "" {
		return survey.LangVI
	}
	return t.Language
}

// Say gives a text by its name; a text that the language lacks comes in
// Vietnamese. parts are names and values of what is put in:
// {{.Say "form.last-day" "day" .LastDay}}.
func (t *Texts) Say(name string, parts ...any) string {
	text := t.text(name)
	for i := 0; i+1 < len(parts); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprint("{", parts[i], "}"), fmt.Sprint(parts[i+1]))
	}
	return text
}

func (t *Texts) text(name string) string {
	if t != nil && t.own[name] != "" {
		return t.own[name]
	}
	return vietnamese().own[name]
}

// refusals are the texts of refusals by what survey says in Vietnamese.
var refusals = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, name := range vietnamese().names {
		if strings.HasPrefix(name, "error.") {
			out[vietnamese().own[name]] = name
		}
	}
	return out
})

// refusal says a sentence of a refusal; one that is not in the files stays as it is.
func (t *Texts) refusal(said string, pattern string, values []string) string {
	name, known := refusals()[pattern]
	if !known {
		return said
	}
	var parts []any
	for i, v := range values {
		parts = append(parts, i+1, v)
	}
	return t.Say(name, parts...)
}

// Refusal says a refusal in the language, or as it is when the language does
// not know it.
func (t *Texts) Refusal(e *survey.Error) string {
	pattern, values := e.Sentence()
	return t.refusal(e.Message, pattern, values)
}

// Problems says what is wrong with a form that was sent, as ProblemsOf does.
func (t *Texts) Problems(err error) Problems {
	e, p := refused(err)
	if e == nil {
		return nil
	}
	for _, f := range e.Fields {
		pattern, values := f.Sentence()
		p = append(p, Problem{Field: f.Field, Message: t.refusal(f.Message, pattern, values)})
	}
	if p == nil {
		p = Problems{{Message: t.Refusal(e)}}
	}
	return p
}

// phrase is a text in a script: phrase('script.blank', how many).
var phrase = regexp.MustCompile(`\bphrase\('([a-z.-]+)'(?:, ([^()]+(?:\([^()]*\))?))?\)`)

// script puts the texts into a script, so that it brings its own language along.
func (t *Texts) script(source string) string {
	return phrase.ReplaceAllStringFunc(source, func(call string) string {
		found := phrase.FindStringSubmatch(call)
		words := part.Split(t.text(found[1]), -1)
		for i, w := range words {
			words[i] = "'" + template.JSEscapeString(w) + "'"
		}
		return strings.Join(words, "+("+found[2]+")+")
	})
}
