package page

import "strings"

// Failure is the page "failure" for everything that went wrong. It is made by
// the one error handler.
type Failure struct {
	Head
	Says
	Request string // id of the request, for whoever is asked for help
	Link    MenuLink
}

// Says is a message taken apart: what happened, and what to do.
type Says struct{ What, Then string }

// Say takes a message of whole sentences apart after the first.
func Say(message string) Says {
	what, then, _ := strings.Cut(message, ". ")
	if then != "" {
		then += "."
	}
	return Says{what, then}
}

// NewFailures parses the page of failures.
func NewFailures(assets *Assets, texts *Catalog) (*Set, error) {
	return NewPlainSet(shared, assets, texts)
}

// Answered is an error for the log only: the person has a page already.
type Answered struct{ Err error }

// Error gives the cause.
func (a *Answered) Error() string { return a.Err.Error() }

// Unwrap gives the cause.
func (a *Answered) Unwrap() error { return a.Err }
