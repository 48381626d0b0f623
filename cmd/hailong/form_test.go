package main_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// visitor is a parent's browser without script: it reads a page, and sends its
// form as the page says.
type visitor struct {
	t    *testing.T
	base string
	http *http.Client
}

func newVisitor(t *testing.T, base string) visitor {
	return visitor{t, base, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// page is a page as a browser holds it.
type page struct {
	status int
	text   string
	root   *html.Node
}

func (v visitor) get(path string) page {
	v.t.Helper()
	answer, err := v.http.Get(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	return page{answer.StatusCode, string(body), root}
}

func (v visitor) send(address string, fields url.Values) (status int, location string) {
	v.t.Helper()
	answer, err := v.http.PostForm(v.base+address, fields)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, answer.Header.Get("Location")
}

// post sends JSON and gives the status and the answer.
func (v visitor) post(path string, body any) (int, map[string]any) {
	v.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		v.t.Fatal(err)
	}
	answer, err := v.http.Post(v.base+path, "application/json", bytes.NewReader(text))
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	got := map[string]any{}
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		v.t.Fatal(err)
	}
	return answer.StatusCode, got
}

// blank is a form as the page offers it: where it goes, its hidden fields, the
// choices of each radio group in their order.
type blank struct {
	action  string
	hidden  url.Values
	choices map[string][]string
	order   []string
	texts   []string
}

// form reads the page's form.
func (p page) form(t *testing.T) blank {
	t.Helper()
	b := blank{hidden: url.Values{}, choices: map[string][]string{}}
	for node := range p.root.Descendants() {
		name := attribute(node, "name")
		switch {
		case node.Data == "form" && attribute(node, "method") == "post":
			b.action = attribute(node, "action")
		case node.Data == "input" && attribute(node, "type") == "hidden":
			b.hidden.Set(name, attribute(node, "value"))
		case node.Data == "input" && attribute(node, "type") == "radio":
			if len(b.choices[name]) == 0 {
				b.order = append(b.order, name)
			}
			b.choices[name] = append(b.choices[name], attribute(node, "value"))
		case node.Data == "textarea" || node.Data == "input" && attribute(node, "type") == "text":
			b.texts = append(b.texts, name)
		}
	}
	if b.action == "" || len(b.order) == 0 {
		t.Fatalf("no form on the page:\n%s", p.text)
	}
	return b
}

// links gives the addresses that the page leads to below a path.
func (p page) links(below string) []string {
	var all []string
	for node := range p.root.Descendants() {
		if href := attribute(node, "href"); node.Data == "a" && strings.HasPrefix(href, below) {
			all = append(all, href)
		}
	}
	return all
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
