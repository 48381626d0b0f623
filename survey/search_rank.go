package survey

import (
	"cmp"
	"slices"
	"strings"
)

// How well a typed word fits one of the index; it multiplies the weight.
const (
	fitsWhole = 3
	fitsBegin = 2
	fitsNear  = 1
)

// best gives the entries that have at least so many of the words that count,
// the best first. When forgiving, up to half of those words may have a slip.
func (s *Search) best(asked []string, need int32, forgiving bool) []int32 {
	sure := need
	if forgiving {
		sure -= max(1, need/2)
	}
	phrase := " " + strings.Join(asked, " ") + " "
	points, hits, whole := s.points(asked, forgiving)
	var found []int32
	for i := range s.entries {
		if hits[i] >= need && whole[i] >= sure {
			points[i] += s.entries[i].extra(asked, phrase)
			found = append(found, int32(i))
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		return cmp.Or(cmp.Compare(hits[b], hits[a]), cmp.Compare(points[b], points[a]), cmp.Compare(a, b))
	})
	return found
}

// points gives for every entry what its words are worth, how many of those
// that count it has, and how many of these without a slip.
func (s *Search) points(asked []string, forgiving bool) (points, hits, whole []int32) {
	points, hits, whole = make([]int32, len(s.entries)), make([]int32, len(s.entries)), make([]int32, len(s.entries))
	once := make([]int32, len(s.entries))
	for _, word := range asked {
		clear(once)
		s.fits(word, once)
		for i, p := range once {
			if p > 0 && !isLoose(word) {
				whole[i]++
			}
		}
		if forgiving {
			s.fitsAlmost(word, once)
		}
		for i, p := range once {
			points[i] += p
			if p > 0 && !isLoose(word) {
				hits[i]++
			}
		}
	}
	return points, hits, whole
}

// extra is for what single words do not tell: their order, and whether
// anything of the school's name or commune is missing.
func (e searchEntry) extra(asked []string, phrase string) int32 {
	points := -2 * int32(max(0, e.own-len(asked)))
	if strings.Contains(e.name, phrase) {
		points += 2 * inName
	}
	for _, w := range e.words {
		if spellOut[w] != nil && !slices.Contains(asked, w) {
			points -= 3 // a level that nobody asked for
		}
	}
	for _, whole := range [][]string{e.words, e.place} {
		if !slices.ContainsFunc(whole, func(w string) bool { return !isLoose(w) && !slices.Contains(asked, w) }) {
			points += inName
		}
	}
	return points
}

// fits notes for every entry how well the word fits it. A kind of school is no
// beginning of another: TH is not THCS.
func (s *Search) fits(word string, points []int32) {
	note(points, s.joined[word], fitsWhole)
	at, _ := slices.BinarySearchFunc(s.words, word, func(t searchTerm, w string) int { return cmp.Compare(t.word, w) })
	for ; at < len(s.words) && strings.HasPrefix(s.words[at].word, word); at++ {
		if s.words[at].word == word {
			note(points, s.words[at].in, fitsWhole)
		} else if len(word) > 1 && spellOut[word] == nil {
			note(points, s.words[at].in, fitsBegin)
		}
	}
}

// fitsAlmost is fits for words with a slip.
func (s *Search) fitsAlmost(word string, points []int32) {
	for _, t := range s.words {
		if oneSlip(word, t.word) {
			note(points, t.in, fitsNear)
		}
	}
}

func note(points []int32, in []posting, times int32) {
	for _, p := range in {
		points[p.entry] = max(points[p.entry], times*p.weight)
	}
}

// oneSlip says whether one sign was changed, left out, added or swapped with
// the next. Words of three signs keep their first one; shorter ones are not
// forgiven anything.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 3 || len(a) == 3 && a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return false // the same
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
