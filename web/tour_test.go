package web_test

import (
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const (
	mostBytes    = 40 << 10 // of a page, as it is sent
	mostRequests = 4        // the page itself and what it links
)

// Every page is small, asks for little, and its tables can be read by ear and
// moved by keyboard (UX.md §3, no 41 and 45).
func TestPagesAreSmallAndMarkedUp(t *testing.T) {
	p := newTour(t)
	for _, s := range stops {
		res, body := p.read(s)
		if want := s.status(); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", s.name(), res.StatusCode, want)
			continue
		}
		doc := parseHTML(t, body)
		requests := 1 + len(linked(doc.root))
		t.Logf("%6d bytes, %d requests: %s", len(body), requests, s.name())
		if len(body) > mostBytes || requests > mostRequests {
			t.Errorf("%s: %d bytes and %d requests", s.name(), len(body), requests)
		}
		for _, fault := range markupFaults(doc.root) {
			t.Errorf("%s: %s", s.name(), fault)
		}
	}
}

// status is what a stop has to answer.
func (s stop) status() int {
	switch {
	case s.route == "/so/*":
		return http.StatusNotFound
	case s.route == "/truong/" && s.who == "anonymous":
		return http.StatusForbidden
	}
	return http.StatusOK
}

// linked gives the addresses of what a browser fetches with a page; what lies
// in a part that is folded away comes when that is opened.
func linked(root *html.Node) (urls []string) {
	for _, tag := range []string{"link", "script", "img"} {
		for _, n := range all(root, tag) {
			target := attr(n, "src") + attr(n, "href")
			if target != "" && !strings.HasPrefix(target, "data:") && attr(n, "loading") != "lazy" {
				urls = append(urls, target)
			}
		}
	}
	return urls
}

func markupFaults(root *html.Node) (faults []string) {
	blame := func(bad bool, what string) {
		if bad {
			faults = append(faults, what)
		}
	}
	plain := len(linked(root)) == 0 // the page of failures brings its style along
	blame(len(all(root, "style")) > 0 && !plain, "style inside the page")
	for _, script := range all(root, "script") {
		blame(attr(script, "src") == "", "script inside the page")
	}
	blame(len(all(root, "h1")) != 1, "not one first heading")
	ids := map[string]bool{}
	for d := range root.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		id := attr(d, "id")
		blame(id != "" && ids[id], "two elements are named "+id)
		ids[id] = true
		blame(has(d, "style"), "style on "+d.Data)
	}
	for _, table := range all(root, "table") {
		faults = append(faults, tableFaults(table)...)
	}
	return faults
}

// tableFaults: a caption, a scope on each head, at most one sorted column, and
// a region around it that takes the focus and has a name.
func tableFaults(table *html.Node) (faults []string) {
	name := "the table"
	if captions := all(table, "caption"); len(captions) == 1 {
		name = "the table «" + text(captions[0]) + "»"
	} else {
		faults = append(faults, "a table without a caption")
	}
	sorted := 0
	for _, th := range all(table, "th") {
		if !slices.Contains([]string{"col", "row", "colgroup", "rowgroup"}, attr(th, "scope")) {
			faults = append(faults, name+": no scope on «"+text(th)+"»")
		}
		if has(th, "aria-sort") {
			sorted++
		}
	}
	for _, head := range all(table, "thead") {
		if links := all(head, "a"); len(links) > 0 && sorted != 1 {
			faults = append(faults, name+": its heads sort, and not one of them says how")
		}
	}
	region := table.Parent
	if attr(region, "role") != "region" || attr(region, "tabindex") != "0" || attr(region, "aria-labelledby")+attr(region, "aria-label") == "" {
		faults = append(faults, name+": no region around it that takes the focus")
	}
	return faults
}

// A page that is not on the tour is one at which nobody looks.
func TestTheTourHasEveryPage(t *testing.T) {
	p := newProvince(t)
	for _, route := range p.app.GetRoutes(true) {
		office := strings.HasPrefix(route.Path, "/so") || strings.HasPrefix(route.Path, "/truong") || strings.HasPrefix(route.Path, "/ket-qua")
		if route.Method != http.MethodGet || !office || path.Ext(route.Path) != "" || slices.Contains(notToured, route.Path) {
			continue
		}
		if !slices.ContainsFunc(stops, func(s stop) bool { return s.route == route.Path }) {
			t.Errorf("%s is not on the tour", route.Path)
		}
	}
}

// Every link of the help and of the handbook opens.
func TestTheHelpLeadsSomewhere(t *testing.T) {
	p := newTour(t)
	tried := map[string]bool{}
	for _, from := range []string{"/so/tro-giup", "/so/tro-giup/so-tay"} {
		_, body := p.read(stop{path: from})
		for _, a := range all(parseHTML(t, body).root, "a") {
			target, _, _ := strings.Cut(attr(a, "href"), "#")
			if target == "" || tried[target] {
				continue
			}
			tried[target] = true
			if res, _ := p.read(stop{path: target}); res.StatusCode != http.StatusOK {
				t.Errorf("%s: «%s» leads to %s: %d", from, text(a), target, res.StatusCode)
			}
		}
	}
	if len(tried) < 10 {
		t.Errorf("only %d links: %v", len(tried), tried)
	}
}
