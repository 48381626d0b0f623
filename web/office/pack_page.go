package office

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// packPath is where the pack for schools is ordered.
const packPath = "/so/tai-lieu"

// packPage is the choice of what goes into the pack, and for which schools.
type packPage struct {
	page.Head
	Asked, Selected int
	First, Last     int
	Rows            []packRow
	Turns           []turn
	Narrowed        bool
	Search          string
	Areas           []choice
	Kinds           []choice
	Levels          []choice
	Hidden          []page.Field
	Parts           []packOption
	Renewable       bool   // the account may have activation sheets
	Renew           bool   // they are wanted
	Local           string // the address that is printed opens only on this machine
}

type packRow struct {
	survey.School
	Ticked bool
}

type packOption struct {
	Field, Text string
	Wanted      bool
}

func (p *Pages) showPack(c *fiber.Ctx, account survey.Account) error {
	return p.renderPack(c, account, readPackChoice(func(name string) string { return c.Query(name) }), nil)
}

func (p *Pages) renderPack(c *fiber.Ctx, account survey.Account, choice packChoice, problems page.Problems) error {
	all := packEntries(p.Directory(), account)
	view := packPage{Head: p.head(c, "Bộ tài liệu cho trường", account), Asked: len(all), Narrowed: len(choice.values()) > 0, Search: choice.Search,
		Hidden: choice.values(), Renewable: p.Secrets != nil && account.Role.Changes(), Renew: choice.Renew}
	view.Problems = problems
	if origin, err := survey.ParseOrigin(p.BaseURL); err != nil || onlyHere(origin) {
		view.Local = cmp.Or(p.BaseURL, "(chưa đặt)")
	}
	view.offer(choice, all)
	view.page(choice, choice.among(all))
	status := http.StatusOK
	if problems != nil {
		status = http.StatusUnprocessableEntity
	}
	return p.set.Render(c, status, "pack", view)
}

// offer fills in what can be chosen.
func (v *packPage) offer(chosen packChoice, all []entry) {
	f := chosen.filter(all)
	v.Areas, v.Kinds = f.Areas, f.Kinds
	for _, l := range survey.Levels() {
		v.Levels = append(v.Levels, choice{string(l), l.Name(), l == chosen.Level})
	}
	for _, part := range packParts {
		v.Parts = append(v.Parts, packOption{part.field, part.text, *part.in(&chosen.Contents)})
	}
}

// page fills in one page of the schools.
func (v *packPage) page(chosen packChoice, rows []entry) {
	pages := max(1, (len(rows)+rowsPerPage-1)/rowsPerPage)
	at := min(max(chosen.Page, 1), pages)
	from, to := (at-1)*rowsPerPage, min(at*rowsPerPage, len(rows))
	v.Selected, v.First, v.Last = len(rows), min(from+1, to), to
	for _, e := range rows[from:to] {
		v.Rows = append(v.Rows, packRow{e.School, slices.Contains(chosen.Ticked, string(e.School.Code))})
	}
	for number := 1; pages > 1 && number <= pages; number++ {
		v.Turns = append(v.Turns, turn{number, chosen.path(number), number == at})
	}
}

// onlyHere says whether an address opens on this machine alone.
func onlyHere(o survey.Origin) bool {
	return strings.HasPrefix(o.Host, "localhost") || strings.HasPrefix(o.Host, "127.") || strings.HasPrefix(o.Host, "[::1]")
}

// packEntries gives the schools whose handouts the account may have.
func packEntries(d *survey.Directory, account survey.Account) []entry {
	var schools []survey.Turnout
	for _, link := range d.Links {
		if _, left := d.Left(link, d.Read); !left && !link.Revoked && account.Sees(link.School.Area.Code) {
			schools = append(schools, survey.Turnout{SchoolParticipation: survey.SchoolParticipation{School: link.School}})
		}
	}
	return entries(schools)
}

// confirmPage asks whether the schools' own pages shall get new addresses, or
// whether the pack is really for all schools.
type confirmPage struct {
	page.Head
	Schools int
	Renew   bool
	Prove   bool // the password is asked for too
	Hidden  []page.Field
}

func (p *Pages) askPack(c *fiber.Ctx, account survey.Account, status int, problems page.Problems, view confirmPage) error {
	title := "Làm cho tất cả các trường"
	if view.Renew {
		title = "Đổi địa chỉ trang riêng của trường"
	}
	view.Head = p.head(c, title, account)
	view.Problems = problems
	return p.set.Render(c, status, "packconfirm", view)
}

// beginPack begins the pack; new addresses, and a pack for all schools that
// nobody chose, are asked about first.
func (p *Pages) beginPack(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	chosen, err := readPackForm(form)
	if err != nil {
		return err
	}
	if chosen.Back {
		return p.renderPack(c, account, chosen, nil)
	}
	d := p.Directory()
	rows, err := chosen.schools(packEntries(d, account))
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return p.renderPack(c, account, chosen, page.Problems{{Field: "q", Message: "Không có trường nào như vậy. Bỏ bớt điều kiện lọc rồi làm lại"}})
	}
	if _, err := survey.ParseOrigin(p.BaseURL); err != nil {
		return survey.Refuse(survey.Conflict, "Chưa đặt địa chỉ in trên tờ dán. Hỏi người quản lý máy chủ để chạy dịch vụ với --base-url", "The service has no base URL to print; start it with --base-url")
	}
	if chosen.Renew && (p.Secrets == nil || !account.Role.Changes()) {
		return errNotAllowed()
	}
	begin := func() error { return p.began(c, account, p.packWork(d, account, chosen, rows)) }
	view := confirmPage{Schools: len(rows), Renew: chosen.Renew, Hidden: form.Without(confirmField, passwordField)}
	switch {
	case chosen.Renew:
		return p.renewed(c, account, form, view, begin)
	case !chosen.Confirmed && chosen.everything() && len(rows) > 1:
		return p.askPack(c, account, http.StatusOK, nil, view)
	}
	return begin()
}

// renewed begins a pack with new addresses once that was confirmed, by somebody
// who has given the password lately or gives it now.
func (p *Pages) renewed(c *fiber.Ctx, account survey.Account, form page.Form, view confirmPage, begin func() error) error {
	lately, err := p.provenLately(c)
	if err != nil {
		return err
	}
	view.Prove = !lately
	switch {
	case form.Get(confirmField) == "":
		return p.askPack(c, account, http.StatusOK, nil, view)
	case lately:
		return begin()
	}
	status, problems, err := p.givePassword(c, account, form.Get(passwordField))
	if err != nil {
		return err
	}
	if problems != nil {
		return p.askPack(c, account, status, problems, view)
	}
	return begin()
}

func (p *Pages) packWork(d *survey.Directory, account survey.Account, chosen packChoice, rows []entry) *packWork {
	var links []survey.Link
	for _, e := range rows {
		links = append(links, d.Links[e.School.Link])
	}
	now := p.Clock().In(d.Calendar.Zone)
	w := &packWork{pages: p, pack: NewPack(d, links, p.BaseURL), actor: account.Name, renew: chosen.Renew, begun: now}
	w.pack.Contents, w.pack.Now = chosen.Contents, now
	return w
}
