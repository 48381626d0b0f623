package survey

import (
	"errors"
	"fmt"
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
}

// FieldError is what is wrong with one field of a form.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	English string `json:"-"`
}

// Refuse makes an Error; both sentences are formatted with the same arguments.
func Refuse(kind Kind, vi, en string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(vi, args...), English: fmt.Sprintf(en, args...)}
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
