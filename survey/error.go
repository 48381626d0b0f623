package survey

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// Kind says which sort of refusal an Error is; the web and the command line
// turn it into a status.
type Kind uint8

// The kinds of refusal.
const (
	Invalid   Kind = iota + 1 // the input is wrong; the person can mend it
	NotFound                  // there is no such thing
	Conflict                  // it contradicts what is already stored
	Closed                    // the time for it is over, for good
	Forbidden                 // not now, or not for this person
	Busy                      // the service cannot take it at the moment; try again
)

// Language is one in which the service speaks.
type Language string

// The languages of messages.
const (
	LangVI Language = "vi"
	LangEN Language = "en"
)

// Error is a refusal that a person may read: Message (Vietnamese) and English
// are whole sentences which say what to do. All field errors come at once.
// Any error that is not an *Error is internal and is never shown.
type Error struct {
	Kind    Kind
	Message string
	English string
	Fields  []FieldError
	Err     error

	pattern string // the Vietnamese sentence before its parts were put in
	parts   []any
}

// FieldError is what is wrong with one field of a form.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	English string `json:"-"`

	pattern string
	parts   []any
}

// Refuse makes an Error; both sentences are formatted with the same arguments.
func Refuse(kind Kind, vi, en string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(vi, args...), English: fmt.Sprintf(en, args...), pattern: vi, parts: args}
}

// Sentence gives the Vietnamese sentence with {1}, {2} … where its parts stand,
// and the parts. Files of further languages find their sentence by it.
func (e *Error) Sentence() (pattern string, parts []string) {
	return sentence(cmp.Or(e.pattern, e.Message), e.parts)
}

// Sentence is that of Error, for one field.
func (f FieldError) Sentence() (pattern string, parts []string) {
	return sentence(cmp.Or(f.pattern, f.Message), f.parts)
}

var verb = regexp.MustCompile(`%(?:\[(\d)\])?[a-z]`)

func sentence(pattern string, args []any) (string, []string) {
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = fmt.Sprint(a)
	}
	if len(args) == 0 {
		return pattern, parts
	}
	n := 0
	return verb.ReplaceAllStringFunc(pattern, func(s string) string {
		n++
		return "{" + cmp.Or(verb.FindStringSubmatch(s)[1], strconv.Itoa(n)) + "}"
	}), parts
}

// on says the sentence beside a field.
func (e *Error) on(field string) *FieldError {
	return &FieldError{Field: field, Message: e.Message, English: e.English, pattern: e.pattern, parts: e.parts}
}

// Error gives the sentence in Vietnamese and, if there is one, the cause.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// In gives the sentence in the language asked for.
func (e *Error) In(lang Language) string {
	if lang == LangEN && e.English != "" {
		return e.English
	}
	return e.Message
}

// In gives the sentence in the language asked for.
func (f FieldError) In(lang Language) string {
	if lang == LangEN && f.English != "" {
		return f.English
	}
	return f.Message
}

// KindOf gives the kind of the first *Error in err's chain, or 0.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}
