package office

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the form for a new account; nameField is another.
const (
	roleField = "vai-tro"
	areaField = "xa"
)

// staffPage is the list of accounts and the form for a new one.
type staffPage struct {
	page.Head
	Zone     *time.Location
	Filter   staffFilter
	Wanted   []choice // roles to narrow the list by
	Heads    []commentHead
	Accounts []survey.AccountRecord
	File     string
	Name     string // as it was typed
	Roles    []choice
	Areas    []choice
}

// memberPage is one account; Address is shown once, when it was made.
type memberPage struct {
	page.Head
	Zone    *time.Location
	Member  survey.AccountRecord
	Self    bool // it is the account of whoever looks
	Address string
	Done    string // what was done just now
}

// once is what a page says once: a secret address, and what was done.
type once struct{ token, done string }

// State says how an account stands.
func stateOf(a survey.AccountRecord, zone *time.Location) string {
	switch {
	case !a.Ended.IsZero():
		return "Đã ngừng từ " + a.Ended.In(zone).Format("02/01/2006")
	case a.Active:
		return "Đang dùng"
	case !a.Invited.IsZero():
		return "Chưa đặt mật khẩu; địa chỉ dùng được đến " + a.Invited.In(zone).Format("15:04 02/01/2006")
	}
	return "Chưa đặt mật khẩu; địa chỉ đã hết hạn"
}

// StateOf says how an account stands.
func (v staffPage) StateOf(a survey.AccountRecord) string { return stateOf(a, v.Zone) }

// State says how the account stands.
func (v memberPage) State() string { return stateOf(v.Member, v.Zone) }

// Ended says whether the account has ended.
func (v memberPage) Ended() bool { return !v.Member.Ended.IsZero() }

func (p *Pages) staff(c *fiber.Ctx, account survey.Account) error {
	return p.showStaff(c, account, survey.Account{Role: survey.ViewerRole}, nil)
}

func (p *Pages) showStaff(c *fiber.Ctx, account, typed survey.Account, problems page.Problems) error {
	all, err := p.People.Staff.AccountList(c.UserContext())
	if err != nil {
		return err
	}
	areas, err := p.People.Staff.Areas(c.UserContext())
	if err != nil {
		return err
	}
	view := staffPage{Head: p.head(c, "Tài khoản", account), Zone: p.Directory().Calendar.Zone, Name: typed.Name}
	view.Filter = readStaffFilter(func(name string) string { return c.Query(name) })
	view.Heads, view.Accounts, view.File = view.Filter.heads(), view.Filter.chosen(all, view.Zone), view.Filter.at(staffPath+fileEnding)
	view.Problems = problems
	for _, r := range survey.Roles() {
		view.Roles = append(view.Roles, choice{string(r), r.Name(), r == typed.Role})
		view.Wanted = append(view.Wanted, choice{string(r), r.Name(), r == view.Filter.Role})
	}
	for _, a := range byName(areas.All()) {
		view.Areas = append(view.Areas, choice{string(a.Code), a.Name + " (" + a.Type + ")", a.Code == typed.Area})
	}
	return p.set.Render(c, statusWith(problems), "staff", view)
}

// statusWith is the answer to a form with or without problems.
func statusWith(problems page.Problems) int {
	if problems == nil {
		return http.StatusOK
	}
	return http.StatusUnprocessableEntity
}

// byName orders areas as people look for them.
func byName(areas []survey.Area) []survey.Area {
	order := collate.New(language.Vietnamese)
	var buffer collate.Buffer
	key := func(a survey.Area) []byte { return order.KeyFromString(&buffer, a.Name) }
	sorted := slices.Clone(areas)
	slices.SortStableFunc(sorted, func(a, b survey.Area) int { return bytes.Compare(key(a), key(b)) })
	return sorted
}

// invite makes an account and shows the address for its first password, once.
func (p *Pages) invite(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(nameField, roleField, areaField); err != nil {
		return err
	}
	typed, problems := readMember(form)
	if problems != nil {
		return p.showStaff(c, account, typed, problems)
	}
	token, err := p.People.Staff.InviteAccount(c.UserContext(), account.Name, typed)
	if kind := survey.KindOf(err); kind == survey.Conflict || kind == survey.Invalid {
		return p.showStaff(c, account, typed, problemAt(nameField, err))
	}
	if err != nil {
		return err
	}
	return p.showMember(c, account, typed.Name, once{token, "Đã thêm tài khoản " + typed.Name + "."})
}

// readMember reads the form for a new account; what was typed is given back
// with the faults.
func readMember(form page.Form) (a survey.Account, problems page.Problems) {
	a.Name, a.Area = survey.CleanLine(form.Get(nameField)), survey.AreaCode(form.Get(areaField))
	role, err := survey.ParseRole(form.Get(roleField))
	if a.Role = role; err != nil {
		problems = append(problems, page.Problem{Field: roleField, Message: "Chọn vai trò của tài khoản"})
	}
	if a.Role != survey.CommuneRole {
		a.Area = ""
	}
	name, err := survey.ParseAccountName(form.Get(nameField))
	if problems = append(problems, problemAt(nameField, err)...); err == nil {
		a.Name = name
	}
	if a.Role == survey.CommuneRole && a.Area == "" {
		problems = append(problems, page.Problem{Field: areaField, Message: "Chọn xã, phường của tài khoản này"})
	}
	return a, problems
}

func (p *Pages) member(c *fiber.Ctx, account survey.Account) error {
	return p.showMember(c, account, c.Params("name"), once{})
}

func (p *Pages) showMember(c *fiber.Ctx, account survey.Account, name string, says once) error {
	all, err := p.People.Staff.AccountList(c.UserContext())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(a survey.AccountRecord) bool { return a.Name == name })
	if i < 0 {
		return survey.Refuse(survey.NotFound, "Không có tài khoản này. Xem danh sách tài khoản", "There is no such account")
	}
	view := memberPage{Head: p.head(c, "Tài khoản "+name, account), Zone: p.Directory().Calendar.Zone, Member: all[i], Self: name == account.Name}
	if view.Done = says.done; view.Done == "" {
		view.Done = doneTo(view.Member, c.Query("xong"))
	}
	if says.token != "" {
		view.Address = p.BaseURL + activatePath + "/" + says.token
	}
	return p.set.Render(c, http.StatusOK, "member", view)
}

// doneTo says what was done to an account just now, if it is so.
func doneTo(a survey.AccountRecord, what string) string {
	switch {
	case what == "ngung" && !a.Ended.IsZero():
		return "Đã ngừng tài khoản " + a.Name + "."
	case what == "ma" && !a.Factor:
		return "Đã tắt mã bước hai của " + a.Name + "."
	}
	return ""
}

// reinvite ends a password and shows the address for a new one, once.
func (p *Pages) reinvite(c *fiber.Ctx, account survey.Account) error {
	name := c.Params("name")
	if name == account.Name {
		return page.SeeOther(c, selfPath)
	}
	token, err := p.People.Staff.RenewInvitation(c.UserContext(), account.Name, name)
	if err != nil {
		return err
	}
	return p.showMember(c, account, name, once{token, "Đã tạo địa chỉ đặt mật khẩu mới. Mật khẩu cũ của " + name + " không dùng được nữa."})
}

func (p *Pages) dropMembersFactor(c *fiber.Ctx, account survey.Account) error {
	name := c.Params("name")
	if name == account.Name {
		return page.SeeOther(c, factorPath)
	}
	if err := p.People.Factors.DropFactor(c.UserContext(), account.Name, name); err != nil {
		return err
	}
	return page.SeeOther(c, staffPath+"/"+name+"?xong=ma")
}

// endMember ends an account, for ever: it is asked about first.
func (p *Pages) endMember(c *fiber.Ctx, account survey.Account) error {
	sent, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := sent.Only(agreedField); err != nil {
		return err
	}
	name := c.Params("name")
	if sent.Get(agreedField) != "1" {
		return p.askEnd(c, account, name)
	}
	if err := p.People.Staff.EndAccount(c.UserContext(), account.Name, name); err != nil {
		return err
	}
	return page.SeeOther(c, staffPath+"/"+name+"?xong=ngung")
}

func (p *Pages) askEnd(c *fiber.Ctx, account survey.Account, name string) error {
	all, err := p.People.Staff.AccountList(c.UserContext())
	if err != nil {
		return err
	}
	if err := survey.MayEnd(all, name); err != nil {
		return err
	}
	at := staffPath + "/" + name
	return p.set.Render(c, http.StatusOK, "round_confirm", agreePage{Head: p.head(c, "Ngừng tài khoản "+name, account), Button: "Ngừng tài khoản " + name, Path: at + "/ngung", Back: at,
		Effects: []string{name + " không vào được nữa, ngay lập tức; mọi nơi đang đăng nhập phải dừng.", "Không mở lại được tài khoản này.", "Tên vẫn giữ trong nhật ký, không dùng lại cho người khác."}})
}
