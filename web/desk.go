package web

import (
	"context"
	"fmt"
	"io"
	"time"

	"hailong/survey"
)

// desk hands out forms and takes them in, in the same way for pages and for
// programs.
type desk struct{ cfg Config }

// Directory gives the schools, forms and round of now.
func (d desk) Directory() *survey.Directory { return d.cfg.Directory() }

// Now is the service's time.
func (d desk) Now() time.Time { return d.cfg.Clock() }

// Mint makes the id of a form that is handed out now.
func (d desk) Mint() (survey.FormID, error) { return d.mint(survey.MintFormID) }

// MintHelped makes the id of a form that is filled in with help.
func (d desk) MintHelped() (survey.FormID, error) { return d.mint(survey.MintHelpedFormID) }

func (d desk) mint(make func(secret, random []byte, now time.Time) survey.FormID) (survey.FormID, error) {
	var random [16]byte
	if _, err := io.ReadFull(d.cfg.Random, random[:]); err != nil {
		return "", fmt.Errorf("read random bytes for a form's id: %w", err)
	}
	return make(d.cfg.Secret, random[:], d.cfg.Clock()), nil
}

// Pass makes the address part that opens helped forms of a link from today.
func (d desk) Pass(link survey.LinkCode, kind survey.HelpKind) (text string, lastDay survey.Day) {
	p := survey.HelpPass{Kind: kind, Made: d.Directory().Calendar.Today(d.Now())}
	return p.Seal(d.cfg.Secret, link), p.LastDay()
}

// ReadPass reads what Pass made for that link; it may be too old.
func (d desk) ReadPass(link survey.LinkCode, text string) (survey.HelpPass, error) {
	return survey.ReadHelpPass(d.cfg.Secret, link, text)
}

// Take accepts a form that was sent, or refuses it. It returns after the
// commit; fresh is false when the very same form was taken before, which holds
// after the closing too.
func (d desk) Take(ctx context.Context, a survey.Arrival) (fresh bool, err error) {
	a.At = d.cfg.Clock()
	a.Opened, a.Helped = a.ID.Opened(d.cfg.Secret)
	delivery, refusal := d.cfg.Directory().Receive(a)
	if refusal != nil && delivery.ID == "" {
		return false, refusal
	}
	if refusal != nil {
		return false, d.unlessKnown(ctx, delivery, refusal)
	}
	fresh, err = d.cfg.Responses.Accept(ctx, delivery)
	if err != nil {
		return false, fmt.Errorf("take a response: %w", err)
	}
	return fresh, nil
}

// unlessKnown keeps a refusal unless the form was stored before.
func (d desk) unlessKnown(ctx context.Context, in survey.Delivery, refusal error) error {
	known, err := d.cfg.Responses.Known(ctx, in)
	if err != nil {
		return fmt.Errorf("look for a response: %w", err)
	}
	if known {
		return nil
	}
	return refusal
}
