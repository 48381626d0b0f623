package office_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// withoutHelp are the pages of people who have not signed in.
var withoutHelp = []string{"login", "code", "door"}

// pagesOf gives the names of the office's pages.
func pagesOf(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir("html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".html"); !strings.HasPrefix(name, "_") && !slices.Contains(withoutHelp, name) {
			names = append(names, name)
		}
	}
	return names
}

// Every page has a section of the help, and the help is of nothing else.
func TestEveryPageHasHelp(t *testing.T) {
	s := newSite(t)
	help := s.page("/so/tro-giup")
	var sections []string
	for _, section := range help.all("section") {
		sections = append(sections, section.attr("id"))
		var heads []string
		for _, h := range section.all("h3") {
			heads = append(heads, h.text())
		}
		if !slices.Equal(heads, []string{"Trang này để làm gì", "Làm thế nào", "Hay gặp"}) {
			t.Errorf("the help of %s has the parts %q", section.attr("id"), heads)
		}
	}
	pages := pagesOf(t)
	for _, name := range pages {
		if !slices.Contains(sections, name) {
			t.Errorf("the page %s has no help: write help/NN-%s.md", name, name)
		}
	}
	for _, id := range sections {
		if !slices.Contains(pages, id) {
			t.Errorf("there is help for %s, which is no page", id)
		}
	}
}

// The link «Trợ giúp» of a page leads to the section of that page.
func TestPagesLeadToTheirHelp(t *testing.T) {
	s := newSite(t)
	for path, section := range map[string]string{"/so/": "board", "/so/nhat-ky": "audit", "/so/tai-lieu": "pack", "/so/viec": "jobs", "/so/tro-giup": "help"} {
		var found []string
		for _, a := range s.page(path).all("header")[0].all("a") {
			if a.text() == "Trợ giúp" {
				found = append(found, a.attr("href"))
			}
		}
		if !slices.Equal(found, []string{"/so/tro-giup#" + section}) {
			t.Errorf("%s leads to %v", path, found)
		}
	}
}

// Nothing on a page of the help leads beside it, and its words are plain
// (UX.md §5). Whether its links open is looked at over a real store, in
// web/tour_test.go.
func TestHelpIsSound(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	for _, path := range []string{"/so/tro-giup", "/so/tro-giup/so-tay"} {
		view := parse(t, s.visit(path, cookie, nil).body)
		ids := map[string]bool{}
		for d := range view.Descendants() {
			ids[node{d}.attr("id")] = true
		}
		for _, a := range view.all("main")[0].all("a") {
			target, part, _ := strings.Cut(a.attr("href"), "#")
			if target == "" && !ids[part] {
				t.Errorf("%s: «%s» leads to #%s, which is not there", path, a.text(), part)
			}
			if target != "" && !strings.HasPrefix(target, "/so/") {
				t.Errorf("%s: «%s» leads to %s, out of the office", path, a.text(), target)
			}
		}
		for _, kind := range []string{"p", "li", "h2", "h3"} {
			for _, n := range view.all("main")[0].all(kind) {
				for _, fault := range plainFaults(n.text()) {
					t.Errorf("%s: %s", path, fault)
				}
			}
		}
		for _, fault := range view.faults() {
			t.Errorf("%s: %s", path, fault)
		}
	}
}

// plainFaults are what makes a text hard to read. A sentence has at most 24
// syllables, which are about 20 words.
func plainFaults(text string) (faults []string) {
	for _, word := range []string{"vui lòng", "hệ thống", "hợp lệ", "bắt buộc", "không xác định", "submit", "click", "QLCL", "!", "[", "]", "**", "`"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			faults = append(faults, "«"+word+"» in: "+text)
		}
	}
	for sentence := range strings.SplitSeq(text, ". ") {
		words := strings.FieldsFunc(sentence, func(r rune) bool { return unicode.IsSpace(r) })
		if len(words) > 24 {
			faults = append(faults, "too long: "+sentence)
		}
	}
	return faults
}
