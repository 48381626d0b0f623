package office_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page gives a page of the office, parsed.
func (s *site) page(path string) node {
	s.Helper()
	res := s.visit(path, s.login("lan"), nil)
	if res.StatusCode != http.StatusOK {
		s.Fatalf("GET %s: %d\n%s", path, res.StatusCode, res.body)
	}
	return parse(s.T, res.body)
}

// node is an element of a page.
type node struct{ *html.Node }

func parse(t *testing.T, body string) node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return node{root}
}

// all gives the elements with that name below the node, in their order.
func (n node) all(name string) []node {
	var found []node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			found = append(found, node{d})
		}
	}
	return found
}

func (n node) attr(key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text gives the words of an element with single blanks.
func (n node) text() string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
