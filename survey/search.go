package survey

import (
	"cmp"
	"slices"
	"strings"
)

const (
	maxQuery = 80 // letters of a query that are read
	maxFound = 20 // schools that one query shows
)

// Search finds schools by what people without a link type: part of a name, a
// commune, the code on the poster. It is made once from a directory and then
// only read, by any number of requests at once.
//
// That a name leads to a link is no loss: names are public, the code hangs at
// the school's gate and opens the form and nothing else. What must not become
// possible is to find codes without knowing a school. So part of a code finds
// nothing, a query shows at most 20 schools and has no second page, and one
// that names no school or commune («trường», a single letter) shows none.
type Search struct {
	province string // folded
	links    map[LinkCode]Link
	entries  []searchEntry        // in the order in which equals are shown
	words    []searchTerm         // sorted by word
	joined   map[string][]posting // words written together: «eakar»
	alike    map[string][]int32   // entries by what their code looks like
}

type searchEntry struct {
	school School
	name   string   // words of the name in between blanks
	words  []string // the same
	place  []string // words of the commune, without its type
	own    int      // words that only say which school it is
}

type searchTerm struct {
	word string
	in   []posting
}

// posting says how much a word says about an entry.
type posting struct{ entry, weight int32 }

// Weights of the places in which a word stands.
const (
	inName  = 10
	inKind  = 8
	inPlace = 6
	inShort = 5 // initials, words written together
	inLong  = 3 // what an abbreviation in the name stands for
)

// NewSearch indexes the schools whose links are in use.
func NewSearch(d *Directory) *Search {
	s := &Search{province: Fold(d.Province), links: d.Links, joined: map[string][]posting{}, alike: map[string][]int32{}}
	schools := inOrder(d)
	words := map[string]map[int32]int32{}
	for i, school := range schools {
		s.add(school, int32(i), words)
		s.addFormer(d.Formerly[school.Code], int32(i), words)
	}
	for word, in := range words {
		term := searchTerm{word: word}
		for entry, weight := range in {
			term.in = append(term.in, posting{entry, weight})
		}
		s.words = append(s.words, term)
	}
	slices.SortFunc(s.words, func(a, b searchTerm) int { return cmp.Compare(a.word, b.word) })
	return s
}

// inOrder gives the schools whose links are in use by name, then commune.
func inOrder(d *Directory) []School {
	type keyed struct {
		key    string
		school School
	}
	var list []keyed
	for _, link := range d.Links {
		if !link.Revoked && link.School.Link != "" {
			list = append(list, keyed{Fold(link.School.Name) + "\x00" + Fold(link.School.Area.Name) + "\x00" + string(link.School.Link), link.School})
		}
	}
	slices.SortFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	schools := make([]School, len(list))
	for i, k := range list {
		schools[i] = k.school
	}
	return schools
}

func (s *Search) add(school School, entry int32, words map[string]map[int32]int32) {
	put := func(word string, weight int32) {
		if words[word] == nil {
			words[word] = map[int32]int32{}
		}
		words[word][entry] = max(words[word][entry], weight)
	}
	name, place := searchWords(school.Name), searchWords(school.Area.Title())
	initials, own := "", 0
	for _, w := range name {
		put(w, inName)
		for _, long := range spellOut[w] {
			put(long, inLong)
		}
		if !isLoose(w) && spellOut[w] == nil {
			initials, own = initials+w[:1], own+1
		}
	}
	for _, w := range place {
		put(w, inPlace)
	}
	for _, w := range kindWords(school) {
		put(w, inKind)
	}
	for _, list := range [][]string{name, place} {
		for _, together := range writtenTogether(list) {
			s.joined[together] = append(s.joined[together], posting{entry, inShort})
		}
	}
	if len(initials) > 1 {
		put(initials, inShort)
	}
	shape := codeShape(string(school.Link))
	s.alike[shape] = append(s.alike[shape], entry)
	s.entries = append(s.entries, searchEntry{school: school, name: " " + strings.Join(name, " ") + " ", words: name,
		place: slices.DeleteFunc(place, isLoose), own: own})
}

// addFormer finds a school by the names that it had before, after those that
// have them now.
func (s *Search) addFormer(names []string, entry int32, words map[string]map[int32]int32) {
	for _, name := range names {
		list := searchWords(name)
		for _, w := range list {
			if words[w] == nil {
				words[w] = map[int32]int32{}
			}
			words[w][entry] = max(words[w][entry], inLong)
		}
		for _, together := range writtenTogether(list) {
			s.joined[together] = append(s.joined[together], posting{entry, inLong})
		}
	}
}

// Found is what a query finds.
type Found struct {
	Code    LinkCode // the query is this code, in use or replaced; nothing else is set
	Schools []School // the best first, at most 20
	More    int      // how many others there are
	Near    bool     // none is quite what was typed
}

// Query is what somebody typed, made safe to work with: one line of at most 80
// letters.
type Query string

// ParseQuery reads a query. Whatever was typed is a query.
func ParseQuery(typed string) Query {
	line := []rune(CleanLine(typed[:min(len(typed), 16*maxQuery)]))
	return Query(strings.TrimSpace(string(line[:min(len(line), maxQuery)])))
}

// Find looks for schools. Accents, case, the order of words and the usual
// abbreviations do not matter; when nothing fits, a slip in a word or one word
// too much is forgiven. A query that could mean any school is refused as
// Invalid.
func (s *Search) Find(q Query) (Found, error) {
	code := codeIn(string(q))
	if _, known := s.links[LinkCode(code)]; known {
		return Found{Code: LinkCode(code)}, nil
	}
	asked := searchWords(strings.ReplaceAll(Fold(string(q)), "tinh "+s.province, "")) // every school is in it
	sure := slices.DeleteFunc(slices.Clone(asked), isLoose)
	switch {
	case len(strings.Join(asked, "")) < 2:
		return Found{}, onQuery(Refuse(Invalid, "Gõ ít nhất 2 chữ cái của tên trường hoặc tên xã, phường", "Type at least 2 letters of the school's or the commune's name"))
	case len(sure) == 0:
		return Found{}, onQuery(Refuse(Invalid, "Gõ thêm tên riêng của trường hoặc tên xã, phường", "Add the school's own name or the commune's"))
	}
	need := int32(len(sure))
	if found := s.best(asked, need, false); len(found) > 0 {
		return s.show(found, false), nil
	}
	if alike := s.alike[codeShape(code)]; len(code) == linkLength && len(alike) > 0 {
		return s.show(alike, true), nil
	}
	found := s.best(asked, need, true)
	if len(found) == 0 && need > 2 {
		found = s.best(asked, need-1, true)
	}
	return s.show(found, true), nil
}

// onQuery says beside which field the refusal belongs.
func onQuery(e *Error) error {
	e.Fields = []FieldError{*e.on("q")}
	return e
}

func (s *Search) show(found []int32, near bool) Found {
	out := Found{Near: near && len(found) > 0, More: max(0, len(found)-maxFound)}
	for _, i := range found[:min(len(found), maxFound)] {
		out.Schools = append(out.Schools, s.entries[i].school)
	}
	return out
}
