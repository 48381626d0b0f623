package office

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// Opinions is the comments of the rounds and what the office decides of them.
type Opinions interface {
	Remarks(ctx context.Context, id survey.RoundID) (survey.Remarks, error)
	DecideRemark(ctx context.Context, actor string, round survey.RoundID, id string, v survey.CommentVerdict) error
}

// commentFilter is which comments an address asks for.
type commentFilter struct {
	Round  survey.RoundID // empty: the current one, or the last that has opened
	Search string
	query  survey.CommentQuery
	sort   string // key of a column
	down   bool
	page   int // from 1
}

// readCommentFilter reads an address; values that mean nothing ask nothing.
func readCommentFilter(query func(name string) string) commentFilter {
	f := commentFilter{Round: survey.RoundID(query("dot")), Search: survey.CleanLine(cutBytes(query("q"), maxSearch)), page: 1}
	f.query = survey.CommentQuery{School: survey.SchoolCode(query("truong")), Area: survey.AreaCode(query("xa")), Level: survey.Level(query("cap")),
		Words: strings.Fields(survey.Fold(f.Search))}
	if state := query("tt"); slices.ContainsFunc(lookedFor, func(c choice) bool { return c.Value == state }) {
		f.query.State = state
	}
	key, down := strings.CutPrefix(query("xep"), "-")
	if f.sort = commentSorts[0].key; slices.ContainsFunc(commentSorts, func(c commentSort) bool { return c.key == key }) {
		f.sort, f.down = key, down
	}
	if number, err := strconv.Atoi(query("trang")); err == nil && number > 0 {
		f.page = number
	}
	return f
}

// lookedFor is the states by which comments are looked for.
var lookedFor = []choice{{Text: "Tất cả"}, {Value: survey.LookForNew, Text: "Mới, chưa đọc"}, {Value: string(survey.CommentRead), Text: "Đã đọc, chưa quyết định"},
	{Value: string(survey.CommentReleased), Text: "Phát hành"}, {Value: string(survey.CommentWithheld), Text: "Không phát hành"}, {Value: survey.LookForUrgent, Text: "Khẩn: an toàn của trẻ"}}

func (f commentFilter) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"dot": string(f.Round), "q": f.Search, "truong": string(f.query.School), "xa": string(f.query.Area), "cap": string(f.query.Level), "tt": f.query.State, "xep": f.order()} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// order is the column by which the list is sorted, as the address says it.
func (f commentFilter) order() string {
	switch {
	case f.down:
		return "-" + f.sort
	case f.sort == commentSorts[0].key:
		return ""
	}
	return f.sort
}

// narrowed says whether anything but the round is asked for.
func (f commentFilter) narrowed() bool {
	v := f.values()
	v.Del("dot")
	v.Del("xep")
	return len(v) > 0
}

// at gives an address with the filter behind it.
func (f commentFilter) at(path string) string { return withQuery(path, f.values()) }

// opinions is the comments of a round as an account may read them.
type opinions struct {
	commentFilter
	survey.Remarks
	schedule survey.Schedule
	account  survey.Account
}

// opinions reads the comments of the round that an address asks for.
func (p *Pages) opinions(c *fiber.Ctx, account survey.Account) (opinions, error) {
	return p.opinionsOf(c, account, readCommentFilter(func(name string) string { return c.Query(name) }))
}

func (p *Pages) opinionsOf(c *fiber.Ctx, account survey.Account, asked commentFilter) (o opinions, err error) {
	o.commentFilter, o.account = asked, account
	if o.schedule, err = p.Rounds.Rounds(c.UserContext()); err != nil {
		return o, err
	}
	round, err := roundOfComments(o.schedule, o.commentFilter.Round)
	if err != nil || round.ID == "" {
		return o, err
	}
	o.Remarks, err = p.Opinions.Remarks(c.UserContext(), round.ID)
	o.arrange()
	return o, err
}

// roundOfComments gives the round asked for, or the last one that has opened;
// none when none has.
func roundOfComments(sc survey.Schedule, id survey.RoundID) (survey.Round, error) {
	if id == "" {
		for i := len(sc.Rounds) - 1; i >= 0; i-- {
			if !sc.Rounds[i].OpenedAt.IsZero() {
				return sc.Rounds[i], nil
			}
		}
		return survey.Round{}, nil
	}
	round, err := sc.Round(id)
	if err != nil || round.OpenedAt.IsZero() {
		return round, survey.Refuse(survey.NotFound, "Không có đợt này, hoặc đợt chưa mở", "There is no such round, or it has not opened")
	}
	return round, nil
}

// readable is what the account may read of a comment: the office all of it,
// others only what a person has masked.
func (o opinions) readable(r survey.Remark) string {
	switch {
	case o.account.Role.Changes():
		return r.Text
	case r.State == survey.CommentNew:
		return ""
	}
	return r.Masked
}

// chosen gives the comments that the filter lets through. The office searches
// what was written and what is shown of it.
func (o opinions) chosen() (list []survey.Remark) {
	for _, r := range o.List {
		text := o.readable(r)
		if o.account.Role.Changes() && r.State != survey.CommentNew {
			text += " " + r.Masked
		}
		if o.query.Keeps(r, o.Strata[r.Stratum], text) {
			list = append(list, r)
		}
	}
	return list
}

// counts counts the comments that the filter lets through, whatever their state.
func (o opinions) counts() (n survey.CommentCount) {
	o.query.State = ""
	for _, r := range o.chosen() {
		n.Add(r)
	}
	return n
}

// next gives the first comment that nobody has read after the one named, in the
// part that the filter lets through, going round once.
func (o opinions) next(after string) (survey.Remark, bool) {
	o.query.State = ""
	list := o.chosen()
	from := slices.IndexFunc(list, func(r survey.Remark) bool { return r.ID == after }) + 1
	for i := range list {
		if r := list[(from+i)%len(list)]; r.State == survey.CommentNew && r.ID != after {
			return r, true
		}
	}
	return survey.Remark{}, false
}

// condition says in words which comments the filter lets through.
func (o opinions) condition() string {
	var words []string
	if o.Search != "" {
		words = append(words, "tìm «"+o.Search+"»")
	}
	for _, list := range [][]choice{o.areas(), o.schools(), o.levels(), o.states()} {
		for _, c := range list {
			if c.Chosen && c.Value != "" {
				words = append(words, c.Text)
			}
		}
	}
	return strings.Join(words, ", ")
}

// areas, schools, levels and states are what there is to choose from.
func (o opinions) areas() []choice {
	return o.options(func(s survey.Stratum) choice {
		return choice{string(s.School.Area.Code), s.School.Area.Title(), s.School.Area.Code == o.query.Area}
	})
}

func (o opinions) schools() []choice {
	return o.options(func(s survey.Stratum) choice {
		if o.query.Area != "" && s.School.Area.Code != o.query.Area {
			return choice{}
		}
		return choice{string(s.School.Code), s.School.Name + " (" + s.School.Area.Title() + ")", s.School.Code == o.query.School}
	})
}

func (o opinions) levels() []choice {
	levels := o.options(func(s survey.Stratum) choice {
		return choice{string(s.Form.Level), s.Form.Level.Name(), s.Form.Level == o.query.Level}
	})
	order := survey.Levels()
	slices.SortStableFunc(levels, func(a, b choice) int {
		return slices.Index(order, survey.Level(a.Value)) - slices.Index(order, survey.Level(b.Value))
	})
	return levels
}

func (o opinions) states() []choice {
	states := slices.Clone(lookedFor)
	for i := range states {
		states[i].Chosen = states[i].Value == o.query.State
	}
	return states
}

// options gives one choice for each value among the schools that wrote.
func (o opinions) options(of func(survey.Stratum) choice) (list []choice) {
	seen := map[string]bool{"": true}
	for _, r := range o.List {
		if c := of(o.Strata[r.Stratum]); !seen[c.Value] {
			seen[c.Value], list = true, append(list, c)
		}
	}
	return list
}
