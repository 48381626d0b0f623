package office

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/survey"
)

// commentSort is a column by which the list of comments can be sorted.
type commentSort struct {
	key, name string
	compare   func(o opinions, a, b survey.Remark) int
}

// commentSorts are these columns; the first is the usual one. There is none for
// the day or the order of arrival.
var commentSorts = []commentSort{
	{"truong", "Trường", func(opinions, survey.Remark, survey.Remark) int { return 0 }},
	{"tt", "Tình trạng", func(_ opinions, a, b survey.Remark) int {
		return cmp.Compare(slices.Index(survey.CommentStates(), a.State), slices.Index(survey.CommentStates(), b.State))
	}},
	{"cap", "Cấp học", func(o opinions, a, b survey.Remark) int {
		levels := survey.Levels()
		return cmp.Compare(slices.Index(levels, o.Strata[a.Stratum].Form.Level), slices.Index(levels, o.Strata[b.Stratum].Form.Level))
	}},
}

// commentHead is the head of a column with the address that sorts by it.
type commentHead struct{ Name, Path, Order string }

// heads are the columns' heads, in the order of commentSorts.
func (o opinions) heads() (heads []commentHead) {
	for _, c := range commentSorts {
		f := o.commentFilter
		f.sort, f.down = c.key, o.sort == c.key && !o.down
		h := commentHead{Name: c.name, Path: f.at(commentsPath)}
		if o.sort == c.key {
			h.Order = map[bool]string{false: "ascending", true: "descending"}[o.down]
		}
		heads = append(heads, h)
	}
	return heads
}

// arrange puts the comments into the order asked for; those that are equal in
// it stand by commune and school, and within a school as they stood, which
// means nothing.
func (o opinions) arrange() {
	order := collate.New(language.Vietnamese, collate.Numeric)
	var buffer collate.Buffer
	keys := map[int64][]byte{}
	for id, s := range o.Strata {
		keys[id] = bytes.Clone(order.KeyFromString(&buffer, s.School.Area.Name+"\n"+s.School.Name+"\n"+string(s.School.Code)))
		buffer.Reset()
	}
	i := slices.IndexFunc(commentSorts, func(c commentSort) bool { return c.key == o.sort })
	slices.SortStableFunc(o.List, func(a, b survey.Remark) int {
		school := bytes.Compare(keys[a.Stratum], keys[b.Stratum])
		first := commentSorts[i].compare(o, a, b)
		if i == 0 {
			first = school
		}
		if o.down {
			first = -first
		}
		return cmp.Or(first, school, strings.Compare(a.ID, b.ID))
	})
}
