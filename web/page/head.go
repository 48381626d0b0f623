package page

import (
	"errors"
	"strings"

	"hailong/survey"
)

// Head is what every page has; page structs embed it.
type Head struct {
	*Texts // the language of the page; nil: Vietnamese

	Title    string // of the window; with problems it begins with «Lỗi: »
	Office   string // the office that asks
	Helpline string // telephone number, may be empty
	Problems Problems
	Card     *Card // nil: messengers show the title only

	// Only the Plain layout shows these.
	Languages []LanguageLink // empty when there is one only
	Sounds    bool           // there are recordings to play

	// Only the Site layout shows these.
	Account string // who is signed in; empty: nobody
	Menu    []MenuLink
	Token   string // of the session, for forms that change something
}

// NewHead gives the head of a page of this survey.
func NewHead(title string, d *survey.Directory) Head {
	return Head{Title: title, Office: d.Office, Helpline: d.Helpline}
}

// In gives the head for a page in that language.
func (h Head) In(t *Texts) Head {
	h.Texts = t
	return h
}

// Sounding says whether there are recordings to play.
func (h Head) Sounding() bool { return h.Sounds }

// LanguageLink leads to the same page in a language, by the language's own name.
type LanguageLink struct {
	Path    string
	Name    string
	Code    survey.Language
	Current bool
}

// MenuLink is one place to go to; Current marks the page that is shown.
type MenuLink struct {
	Path    string
	Text    string
	Current bool
}

// Problem is what is wrong with one field, in words that say what to do. Field
// is also the id of the element to go to; empty when there is none.
type Problem struct {
	Field   string
	Message string
}

// Problems is what is wrong with a form that was sent, in the form's order.
type Problems []Problem

// ProblemsOf gives what a refusal says: its fields, or else its sentence. Nil
// for any other error; that one is not for people.
func ProblemsOf(err error) Problems {
	e, p := refused(err)
	if e == nil {
		return nil
	}
	for _, f := range e.Fields {
		p = append(p, Problem{Field: f.Field, Message: f.Message})
	}
	if p == nil {
		p = Problems{{Message: ended(e.Message)}}
	}
	return p
}

// ended gives a message of several sentences its last full stop; a single one
// stands like a heading.
func ended(message string) string {
	if strings.Contains(message, ". ") && !strings.HasSuffix(message, ".") {
		return message + "."
	}
	return message
}

func refused(err error) (e *survey.Error, none Problems) {
	if !errors.As(err, &e) {
		return nil, nil
	}
	return e, nil
}

// At gives what is wrong with a field, or nil. In a template:
// {{with .Problems.At "ten"}}{{template "problem" .}}{{end}}.
func (p Problems) At(field string) *Problem {
	for i := range p {
		if p[i].Field == field {
			return &p[i]
		}
	}
	return nil
}

// Of gives the sentence about a field, or "". In a template:
// {{with .Problems.Of "ten"}}…{{end}}.
func (p Problems) Of(field string) string {
	for _, one := range p {
		if one.Field == field {
			return one.Message
		}
	}
	return ""
}
