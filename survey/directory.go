package survey

import (
	"cmp"
	"slices"
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
	Stage         Stage // to whom the round's results are released; empty: nobody
	Questionnaire *Questionnaire
	Links         map[LinkCode]Link
	Lineage       Lineage                 // what became of schools
	Formerly      map[SchoolCode][]string // the names that schools had before, the latest last
}

// Link is what a link code opens.
type Link struct {
	School  School
	Revoked bool
	Forms   []AskedForm // in the questionnaire's order; empty when this round does not ask the school
	Pledges []string    // «Nhà trường sẽ làm», once the results are public
}

// AskedForm is a form that a school is asked in the round.
type AskedForm struct {
	Form    *Form
	Stratum int64 // 0 while the round has not opened
}

// Find gives what a link code opens. An unknown code is not found, a revoked
// one is closed for good; whose it was comes with the refusal, and no forms.
func (d *Directory) Find(code LinkCode) (Link, error) {
	link, ok := d.Links[code]
	switch {
	case !ok:
		return Link{}, errNoLink()
	case link.Revoked:
		return Link{School: link.School, Revoked: true}, Refuse(Closed, "Địa chỉ này đã được thay bằng địa chỉ mới. Hỏi nhà trường địa chỉ đang dùng",
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

// Left is what to say of a school that is no more where its link is opened.
type Left struct {
	School School
	By     Succession
	Still  bool     // its day is still to come; the round that comes does not ask it
	Heirs  []School // that stand in its place, with their links; maybe none
}

// Left says whether a link belongs to a school that has ended and is not being
// asked any more: a round that was open when it ended goes on asking it.
func (d *Directory) Left(link Link, now time.Time) (Left, bool) {
	today := d.Calendar.Today(now)
	by, ended := d.Lineage.Until(link.School.Code)
	if !ended {
		return Left{}, false
	}
	forms := len(d.inUse(link).Forms)
	if forms > 0 && (d.Round.State == Open || today < by.Day) {
		return Left{}, false
	}
	left := Left{School: link.School, By: by, Still: today < by.Day}
	heirs := d.Lineage.Heirs(link.School.Code, max(today, by.Day))
	for _, other := range d.Links {
		if !other.Revoked && slices.Contains(heirs, other.School.Code) {
			left.Heirs = append(left.Heirs, other.School)
		}
	}
	slices.SortFunc(left.Heirs, func(a, b School) int { return cmp.Compare(a.Name, b.Name) })
	return left, true
}

// inUse gives the link that a school has now; of one that was revoked, the one
// after it.
func (d *Directory) inUse(link Link) Link {
	if !link.Revoked {
		return link
	}
	for _, other := range d.Links {
		if !other.Revoked && other.School.Code == link.School.Code {
			return other
		}
	}
	return link
}

// What says in one sentence what became of the school.
func (l Left) What() string {
	when := "đã"
	if l.Still {
		when = "sẽ"
	}
	switch l.By.Kind {
	case Merging:
		return "Trường này " + when + " sáp nhập từ " + l.By.Day.String()
	case Parting:
		return "Trường này " + when + " chia tách từ " + l.By.Day.String()
	}
	return "Trường này " + when + " giải thể từ " + l.By.Day.String()
}

// Refusal says the same to programs.
func (l Left) Refusal() *Error {
	names, ways := "", ""
	for i, s := range l.Heirs {
		if i > 0 {
			names, ways = names+", ", ways+", "
		}
		names += s.Name + " (/k/" + string(s.Link) + ")"
		ways += "/k/" + string(s.Link)
	}
	if names == "" {
		return Refuse(Closed, "%[1]s. Không còn phiếu cho trường này; tìm trường khác ở trang đầu", "This school is no more (%[2]s); find another school at /", l.What(), l.By.Day)
	}
	return Refuse(Closed, "%[1]s. Mở phiếu của trường tiếp nhận: %[2]s", "This school is no more (%[3]s); its successors: %[4]s", l.What(), names, l.By.Day, ways)
}
