package office_test

import (
	"fmt"
	"testing"

	"hailong/survey"
)

// What makes a page usable by keyboard and by ear.
func TestPagesAreMarkedUp(t *testing.T) {
	s := newSite(t, func(s *site) { s.history = newHistory(250) })
	pages := map[string]node{"login": parse(t, s.visit("/so/dang-nhap", "", nil).body)}
	for _, path := range []string{"/so/", "/so/?q=khong+co", "/so/?trang=tat-ca"} {
		pages[path] = s.page(path)
	}
	for name, page := range pages {
		for _, fault := range page.faults() {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func (n node) faults() []string {
	var faults []string
	blame := func(bad bool, format string, args ...any) {
		if bad {
			faults = append(faults, fmt.Sprintf(format, args...))
		}
	}
	blame(n.all("html")[0].attr("lang") != "vi", "the page's language is %q", n.all("html")[0].attr("lang"))
	blame(len(n.all("h1")) != 1, "%d first headings", len(n.all("h1")))
	blame(len(n.all("style")) > 0, "style in the page")
	for _, script := range n.all("script") {
		blame(script.attr("src") == "", "script in the page")
	}
	labels, ids := map[string]bool{}, map[string]bool{}
	for _, l := range n.all("label") {
		labels[l.attr("for")] = true
	}
	for d := range n.Descendants() {
		id := node{d}.attr("id")
		blame(id != "" && ids[id], "two elements are named %s", id)
		ids[id] = true
		blame(node{d}.attr("style") != "", "style on %s", d.Data)
	}
	for _, field := range append(n.all("input"), n.all("select")...) {
		blame(field.attr("type") != "hidden" && !labels[field.attr("id")], "no label for %s", field.attr("name"))
	}
	for _, table := range n.all("table") {
		blame(len(table.all("caption")) != 1, "a table without a caption")
		for _, th := range table.all("th") {
			blame(th.attr("scope") == "", "no scope on «%s»", th.text())
		}
	}
	return faults
}

func TestBoardIsSmall(t *testing.T) {
	s := newSite(t, func(s *site) { s.history = newHistory(survey.MaxEnrolment / 8) })
	res := s.visit("/so/", s.login("lan"), nil)
	t.Logf("100 of 1.250 schools: %d bytes", len(res.body))
	if len(res.body) > 60<<10 {
		t.Errorf("the board has %d bytes", len(res.body))
	}
}
