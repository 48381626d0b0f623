package survey

import (
	"slices"
	"strings"
)

const maxSearchWords = 12 // of a query that are looked for

// abbreviations are the words that people write short and long, both folded.
// The long forms come in the order in which they are tried.
var abbreviations = []struct {
	short string
	long  []string
}{
	{"thcs", []string{"trung hoc co so", "cap 2", "cap ii", "c2"}},
	{"thpt", []string{"trung hoc pho thong", "cap 3", "cap iii", "c3"}},
	{"th", []string{"tieu hoc", "cap 1", "cap i", "c1"}},
	{"mn", []string{"mam non", "mau giao", "nha tre", "mg"}},
	{"ptdtnt", []string{"pho thong dan toc noi tru", "dan toc noi tru", "dtnt", "noi tru"}},
	{"ptdtbt", []string{"pho thong dan toc ban tru", "dan toc ban tru", "dtbt", "ban tru"}},
	{"gdtx", []string{"giao duc thuong xuyen", "ttgdtx", "bo tuc"}},
	{"gdnn", []string{"giao duc nghe nghiep"}},
	{"buon ma thuot", []string{"bmt"}},
}

// loose are words that say nothing by themselves: a query need not be right
// about them.
var loose = []string{"truong", "va", "xa", "phuong", "huien", "tinh", "tp", "tt"}

func isLoose(word string) bool { return slices.Contains(loose, word) }

// spellOut gives the words that a short form stands for, so that half of them
// finds it too.
var spellOut = func() map[string][]string {
	out := map[string][]string{}
	for _, a := range abbreviations[:8] {
		out[a.short] = strings.Fields(soundsLike(a.long[0]))
	}
	return out
}()

// searchWords are the words of a text as the search compares them: folded,
// with the usual abbreviations, each once, at most 12.
func searchWords(text string) []string {
	folded := " " + Fold(text) + " "
	for _, a := range abbreviations {
		for _, long := range a.long {
			folded = strings.ReplaceAll(folded, " "+long+" ", " "+a.short+" ")
		}
	}
	var words []string
	for _, w := range strings.Fields(soundsLike(folded)) {
		if !slices.Contains(words, w) && len(words) < maxSearchWords {
			words = append(words, w)
		}
	}
	return words
}

// soundsLike takes out what spelling leaves open: Mỹ and Mĩ, Đắk and Đắc.
func soundsLike(folded string) string {
	return strings.NewReplacer("y", "i", "k", "c").Replace(folded)
}

// writtenTogether gives what a list of words becomes without blanks: pairs,
// threes and the whole («eakar», «cumgar»).
func writtenTogether(words []string) []string {
	words = slices.DeleteFunc(slices.Clone(words), isLoose)
	out := []string{strings.Join(words, "")}
	for n := 2; n <= 4; n++ {
		for i := 0; i+n <= len(words); i++ {
			out = append(out, strings.Join(words[i:i+n], ""))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// kindWords are the abbreviations of what a school is, also where its name
// does not say so.
func kindWords(school School) []string {
	words := searchWords(string(school.Kind))
	for _, l := range school.Levels() {
		words = append(words, strings.ToLower(string(l)))
	}
	return words
}

// codeIn gives what of a query could be a link code: the whole of it without
// blanks, points and hyphens, or what follows /k/ in an address.
func codeIn(query string) string {
	if _, after, ok := strings.Cut(query, "/k/"); ok {
		query, _, _ = strings.Cut(after, "/")
		query, _, _ = strings.Cut(query, "?")
	}
	return strings.ToUpper(strings.ReplaceAll(Fold(query), " ", ""))
}

// codeShape makes codes equal that look alike on paper. Signs that no code has
// (0 O 1 I L) stand for what they are a misreading of.
func codeShape(code string) string {
	return strings.NewReplacer("0", "D", "O", "D", "Q", "D", "1", "J", "I", "J", "L", "J", "7", "J", "T", "J",
		"8", "B", "5", "S", "2", "Z", "V", "U", "Y", "U", "6", "G", "C", "G").Replace(code)
}
