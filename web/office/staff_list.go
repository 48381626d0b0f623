package office

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// staffSort is a column by which accounts can be sorted.
type staffSort struct {
	key, name string
	value     func(a survey.AccountRecord, zone *time.Location) string
}

// staffSorts are these columns; the first is the usual one.
var staffSorts = []staffSort{
	{"ten", "Tên đăng nhập", func(a survey.AccountRecord, _ *time.Location) string { return a.Name }},
	{"vai-tro", "Vai trò", func(a survey.AccountRecord, _ *time.Location) string { return a.Role.Name() }},
	{"xa", "Xã, phường", func(a survey.AccountRecord, _ *time.Location) string { return a.AreaTitle }},
	{"ma", "Mã bước hai", func(a survey.AccountRecord, _ *time.Location) string { return factorWord(a) }},
	{"tt", "Tình trạng", stateOf},
}

func factorWord(a survey.AccountRecord) string {
	if a.Factor {
		return "Đang bật"
	}
	return "Chưa bật"
}

// staffFilter is which accounts an address asks for, and in which order.
type staffFilter struct {
	Search string
	Role   survey.Role
	sort   staffSort
	down   bool
}

func readStaffFilter(query func(name string) string) staffFilter {
	f := staffFilter{Search: survey.CleanLine(cutBytes(query("q"), maxSearch)), sort: staffSorts[0]}
	if role, err := survey.ParseRole(query("vai-tro")); err == nil {
		f.Role = role
	}
	key, down := strings.CutPrefix(query("xep"), "-")
	if i := slices.IndexFunc(staffSorts, func(s staffSort) bool { return s.key == key }); i >= 0 {
		f.sort, f.down = staffSorts[i], down
	}
	return f
}

// Narrowed says whether not all accounts are asked for.
func (f staffFilter) Narrowed() bool { return f.Search != "" || f.Role != "" }

func (f staffFilter) at(path string) string {
	v := url.Values{}
	order := f.sort.key
	if f.down {
		order = "-" + order
	}
	if order == staffSorts[0].key {
		order = ""
	}
	for name, value := range map[string]string{"q": f.Search, "vai-tro": string(f.Role), "xep": order} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return withQuery(path, v)
}

// heads are the columns' heads with the addresses that sort by them.
func (f staffFilter) heads() (heads []commentHead) {
	for _, s := range staffSorts {
		by := f
		by.sort, by.down = s, f.sort.key == s.key && !f.down
		h := commentHead{Name: s.name, Path: by.at(staffPath)}
		if f.sort.key == s.key {
			h.Order = map[bool]string{false: "ascending", true: "descending"}[f.down]
		}
		heads = append(heads, h)
	}
	return heads
}

// chosen gives the accounts that the filter lets through, in its order.
func (f staffFilter) chosen(all []survey.AccountRecord, zone *time.Location) (list []survey.AccountRecord) {
	words := strings.Fields(survey.Fold(f.Search))
	for _, a := range all {
		text := survey.Fold(a.Name + " " + a.Role.Name() + " " + a.AreaTitle + " " + stateOf(a, zone))
		if (f.Role == "" || a.Role == f.Role) && hasAll(text, words) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b survey.AccountRecord) int {
		order := strings.Compare(survey.Fold(f.sort.value(a, zone)), survey.Fold(f.sort.value(b, zone)))
		if f.down {
			order = -order
		}
		return cmp.Or(order, strings.Compare(a.Name, b.Name))
	})
	return list
}

// condition says in words which accounts the filter lets through.
func (f staffFilter) condition() string {
	var words []string
	if f.Search != "" {
		words = append(words, "tìm «"+f.Search+"»")
	}
	if f.Role != "" {
		words = append(words, f.Role.Name())
	}
	return strings.Join(words, ", ")
}

// staffFile hands over the list of accounts as it is shown.
func (p *Pages) staffFile(c *fiber.Ctx, account survey.Account) error {
	all, err := p.People.Staff.AccountList(c.UserContext())
	if err != nil {
		return err
	}
	zone := p.Directory().Calendar.Zone
	f := readStaffFilter(func(name string) string { return c.Query(name) })
	list := sheet.AccountList{Condition: f.condition(), Made: p.Clock().In(zone)}
	for _, a := range f.chosen(all, zone) {
		list.Rows = append(list.Rows, sheet.AccountRow{Name: a.Name, Role: a.Role.Name(), Area: a.AreaTitle, Factor: a.Factor, State: stateOf(a, zone)})
	}
	var file bytes.Buffer
	if err := sheet.WriteAccounts(&file, list); err != nil {
		return fmt.Errorf("write the accounts: %w", err)
	}
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, "", fmt.Sprintf("tài khoản (Excel), %s dòng", survey.Count(len(list.Rows)))); err != nil {
		return err
	}
	setAttachment(c, "tai-khoan-"+list.Made.Format(time.DateOnly)+fileEnding, workbookType)
	return c.Send(file.Bytes())
}
