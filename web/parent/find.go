package parent

import (
	"net/url"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// searchPage is for those who come without a link. What was typed goes into
// this page and nowhere else: no log, no cookie.
type searchPage struct {
	page.Head
	reader  reader
	Typed   string
	Asked   bool // something was typed that could be looked for
	Count   int
	Near    bool
	Schools []foundSchool
	More    int
}

type foundSchool struct {
	Path, Name, Area, Levels string
	Formerly                 string // the name before; empty when it never had another
}

// search finds a school by its name, its commune or its code.
func (p *Pages) search(c *fiber.Ctx) error {
	r := p.reader(c)
	q := survey.ParseQuery(c.Query("q"))
	view := searchPage{Head: r.head(r.texts.Say("search.title"), typed(q), ""), reader: r, Typed: string(q)}
	if q == "" {
		return p.set.Render(c, fiber.StatusOK, "search", view)
	}
	found, err := p.index.of(r.dir).Find(q)
	if err != nil {
		view.Problems = r.texts.Problems(err)
		return p.set.Render(c, fiber.StatusUnprocessableEntity, "search", view)
	}
	if found.Code != "" {
		return page.SeeOther(c, r.to("/k/"+string(found.Code)))
	}
	view.show(found)
	return p.set.Render(c, fiber.StatusOK, "search", view)
}

// Language is the one to stay in, when it is not the usual one.
func (v searchPage) Language() survey.Language {
	if v.reader.to("") == "" {
		return ""
	}
	return v.reader.code
}

func typed(q survey.Query) url.Values {
	if q == "" {
		return nil
	}
	return url.Values{"q": {string(q)}}
}

func (v *searchPage) show(found survey.Found) {
	v.Asked, v.Near, v.More, v.Count = true, found.Near, found.More, len(found.Schools)+found.More
	for _, s := range found.Schools {
		one := foundSchool{Path: v.reader.to("/k/" + string(s.Link)), Name: s.Name, Area: s.Area.Title(), Levels: levelNames(s)}
		if names := v.reader.dir.Formerly[s.Code]; len(names) > 0 {
			one.Formerly = names[len(names)-1]
		}
		v.Schools = append(v.Schools, one)
	}
	switch {
	case v.Count == 0:
		v.Title = v.Say("search.none")
	case !v.Near:
		v.Title = v.Say("search.found", "n", survey.Count(v.Count))
	}
}

// levelNames says what kind of school it is: by whom it teaches, else by what
// the office's list says.
func levelNames(s survey.School) string {
	levels := s.Levels()
	if len(levels) == 0 {
		levels = s.Kind.UsualLevels()
	}
	if len(levels) == 1 {
		return firstLower(levels[0].Name())
	}
	names := make([]string, len(levels))
	for i, l := range levels {
		names[i] = string(l)
	}
	return strings.Join(names, ", ")
}

// index keeps the search of the directory that is in use.
type index struct {
	mu     sync.Mutex
	dir    *survey.Directory
	search *survey.Search
}

// of gives the search of a directory. Whoever comes first after a change makes
// it, in about 20 ms for a province; the others wait for that.
func (x *index) of(d *survey.Directory) *survey.Search {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.dir != d {
		x.dir, x.search = d, survey.NewSearch(d)
	}
	return x.search
}
