package survey

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

// Arrival is a form as it was sent: the codes from its address, what it
// contains, and when.
type Arrival struct {
	Link       string // link code as typed
	Form       string // code of the form, whatever its case
	ID         FormID // not yet checked
	Helped     bool   // the ID says so
	Opened     time.Time
	At         time.Time
	Submission Submission
}

// Receive decides what becomes of a form that was sent: a delivery for the
// store or a refusal. What speaks against the address comes first, then the
// days of the round, then every wrong field at once. When only the closing
// speaks against it, the delivery comes with the refusal: one that was stored
// before gets its receipt again all the same.
func (d *Directory) Receive(a Arrival) (Delivery, error) {
	link, err := d.Open(a.Link)
	if err != nil {
		return Delivery{}, err
	}
	asked, err := link.Form(a.Form)
	if err != nil {
		return Delivery{}, err
	}
	late := d.Calendar.Receives(d.Round, a.At, a.Opened)
	if late != nil && KindOf(late) != Closed {
		return Delivery{}, late
	}
	id, wrongID := ParseFormID(string(a.ID))
	response, err := asked.Form.Accept(a.Submission)
	if err := bothFields(wrongID, err); err != nil {
		return Delivery{}, cmp.Or(late, err)
	}
	return Delivery{ID: id, Stratum: asked.Stratum, Day: d.Calendar.Today(a.At), Response: response, Helped: a.Helped}, late
}

// bothFields joins the fields of two refusals, so that they come at once.
func bothFields(a, b error) error {
	var first, second *Error
	if !errors.As(a, &first) || !errors.As(b, &second) {
		return cmp.Or(a, b)
	}
	joined := *second
	joined.Fields = slices.Concat(first.Fields, second.Fields)
	return &joined
}

// Open gives what a link code opens, as a person typed it.
func (d *Directory) Open(typed string) (Link, error) {
	code, err := ParseLinkCode(typed)
	if err != nil {
		return Link{}, err
	}
	return d.Find(code)
}
