package web_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"hailong/web/page"
)

// forbidden are calls of fiber that read what a stranger chose from more than
// one place, are lenient where we are strict, or believe the request about the
// host; and markup that escapes escaping.
var forbidden = regexp.MustCompile(`\bc\.(FormValue|BodyParser|QueryParser|ParamsParser|RedirectBack|BaseURL|Hostname|Body|SendFile|Format|Protocol|Secure|IPs)\(|template\.HTML\b|middleware/(csrf|session|limiter|filesystem|compress|cors|idempotency|cache|proxy)`)

func TestForbiddenCalls(t *testing.T) {
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(source), "\n") {
			if code, _, _ := strings.Cut(line, "//"); forbidden.MatchString(code) {
				t.Errorf("%s:%d: %s", path, i+1, strings.TrimSpace(line))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unsuited are words that a parent should not have to read.
var unsuited = regexp.MustCompile(`(?i)vui lòng|hệ thống|hợp lệ|bắt buộc|không xác định|submit|QLCL|!`)

func TestWordsOnTheParentsPages(t *testing.T) {
	s := newSite(t)
	pages := []string{"/", "/?q=x", "/?q=minh+khai", "/?q=minh+khaii", "/?q=khong+dau", formOfOne, "/k/" + allForms, "/k/" + allForms + "/HSTHPT", "/k/" + oneForm + "/cam-on", "/k/" + unknown, "/k/" + revoked, "/k/" + unasked}
	for _, path := range pages {
		checkWords(t, path, s.get(path).body)
	}
	checkWords(t, "refused", s.post(formOfOne, formMIME, "A1=9").body)
	s.notOpen()
	checkWords(t, "not open", s.get(formOfOne).body)
	s.closeAt(now)
	checkWords(t, "closed", s.get(formOfOne).body)
}

// The lint of the words covers every text of the pages, also those that only
// a script says.
func TestWordsOfTheTexts(t *testing.T) {
	data, err := page.Template()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if word := unsuited.FindString(line); word != "" && line[0] != '#' {
			t.Errorf("%q in %q", word, line)
		}
	}
}

// checkWords leaves out the notice about the questionnaire, which comes with it.
func checkWords(t *testing.T, name, body string) {
	t.Helper()
	d := parseHTML(t, body)
	for _, part := range []string{"h1", "h2", "p", "li", "label", "legend", "button", "summary"} {
		for _, n := range all(d.root, part) {
			if word := unsuited.FindString(text(n)); word != "" {
				t.Errorf("%s: %q in %q", name, word, text(n))
			}
			for sentence := range strings.SplitSeq(text(n), ". ") {
				if words := len(strings.Fields(sentence)); words > 25 && !strings.HasPrefix(sentence, "Bộ câu hỏi") {
					t.Errorf("%s: a sentence of %d words: %q", name, words, sentence)
				}
			}
		}
	}
}
