package office

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// commentsPath is where comments are read.
const commentsPath = "/so/gop-y"

// commentsPage is the list of comments.
type commentsPage struct {
	page.Head
	Round   string // its title; empty: no round has opened
	ID      survey.RoundID
	Search  string
	Others  []choice
	Areas   []choice
	Schools []choice
	Levels  []choice
	States  []choice
	Count   survey.CommentCount
	Order   string // as the address says it
	Heads   []commentHead
	Rows    []commentRow
	Found   int
	First   int
	Last    int
	Turns   []turn
	Narrow  bool
	Changes bool         // whoever looks may decide
	Next    string       // address of the next unread comment; empty: there is none
	Asked   []page.Field // the filter, as a form sends it on
	Source  string       // address of the file with the comments as they were written; empty: not for this account
}

// commentRow is one comment in the list. Text is empty when it may not be read.
type commentRow struct {
	Path   string
	School survey.School
	Level  string
	State  string
	New    bool
	Urgent bool
	Text   string
}

func (o opinions) row(r survey.Remark) commentRow {
	s := o.Strata[r.Stratum]
	row := commentRow{Path: o.at(commentsPath + "/" + r.ID), School: s.School, Level: s.Form.Level.Name(), State: r.State.Name(), New: r.State == survey.CommentNew, Urgent: r.Urgent, Text: o.readable(r)}
	if !row.New {
		row.Text = r.Masked
	}
	return row
}

func (p *Pages) comments(c *fiber.Ctx, account survey.Account) error {
	o, err := p.opinions(c, account)
	if err != nil {
		return err
	}
	view := commentsPage{Head: p.head(c, "Góp ý", account), Round: o.Title, ID: o.commentFilter.Round, Search: o.Search, Others: choices(o.schedule, o.Remarks.Round), Changes: account.Role.Changes(),
		Areas: o.areas(), Schools: o.schools(), Levels: o.levels(), States: o.states(), Count: o.counts(), Narrow: o.narrowed(), Order: o.order(), Heads: o.heads()}
	if view.Changes {
		view.Source = o.at(commentsPath + "/nguyen-van" + fileEnding)
		if _, ok := o.next(""); ok {
			view.Next = o.at(commentsPath + "/tiep")
		}
	}
	for name, values := range o.values() {
		view.Asked = append(view.Asked, page.Field{Name: name, Value: values[0]})
	}
	slices.SortFunc(view.Asked, func(a, b page.Field) int { return strings.Compare(a.Name, b.Name) })
	view.fill(o, o.chosen())
	return p.set.Render(c, http.StatusOK, "comments", view)
}

// fill takes the rows of one page of the list.
func (v *commentsPage) fill(o opinions, list []survey.Remark) {
	pages := max(1, (len(list)+rowsPerPage-1)/rowsPerPage)
	at := min(o.page, pages)
	from := (at - 1) * rowsPerPage
	to := min(from+rowsPerPage, len(list))
	for _, r := range list[from:to] {
		v.Rows = append(v.Rows, o.row(r))
	}
	v.Found, v.First, v.Last = len(list), min(from+1, to), to
	for number := 1; pages > 1 && number <= pages; number++ {
		values := o.values()
		values.Set("trang", strconv.Itoa(number))
		v.Turns = append(v.Turns, turn{number, commentsPath + "?" + values.Encode(), number == at})
	}
}

// nextComment leads to the next comment that nobody has read, or back to the list.
func (p *Pages) nextComment(c *fiber.Ctx, account survey.Account) error {
	o, err := p.opinions(c, account)
	if err != nil {
		return err
	}
	if r, ok := o.next(c.Query("sau")); ok {
		return page.SeeOther(c, o.at(commentsPath+"/"+r.ID))
	}
	return page.SeeOther(c, o.at(commentsPath))
}
