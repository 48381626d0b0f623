package survey

import (
	"strings"
	"time"
)

// Directory is what a parent's request needs, kept in memory: which school a
// link opens, which round it is, which forms are asked. It is never changed;
// a newer one takes its place.
type Directory struct {
	Revision      int64 // of the stored data it was read from
	Read          time.Time
	Province      string
	Office        string // the office that asks
	Helpline      string // telephone number, may be empty
	Calendar      Calendar
	Round         Round // the round that is open, was last open or comes next
	RoundTitle    string
	Questionnaire *Questionnaire
	Links         map[LinkCode]Link
}

// Link is what a link code opens.
type Link struct {
	School  School
	Revoked bool
	Forms   []AskedForm // in the questionnaire's order; empty when this round does not ask the school
}

// AskedForm is a form that a school is asked in the round.
type AskedForm struct {
	Form    *Form
	Stratum int64 // 0 while the round has not opened
}

// Find gives what a link code opens. An unknown code is not found, a revoked
// one is closed for good.
func (d *Directory) Find(code LinkCode) (Link, error) {
	link, ok := d.Links[code]
	switch {
	case !ok:
		return Link{}, errNoLink()
	case link.Revoked:
		return Link{}, Refuse(Closed, "Địa chỉ này đã được thay bằng địa chỉ mới. Hỏi nhà trường địa chỉ đang dùng",
			"This address has been replaced; ask the school for the new one")
	}
	return link, nil
}

// Form gives the form with that code among those that the school is asked.
func (l Link) Form(code string) (AskedForm, error) {
	for _, f := range l.Forms {
		if strings.EqualFold(string(f.Form.Code), code) {
			return f, nil
		}
	}
	return AskedForm{}, Refuse(NotFound, "Trường này không có phiếu «%s». Mở địa chỉ của trường để chọn phiếu",
		"This school has no form %q; open the school's address to choose one", cut(code))
}
