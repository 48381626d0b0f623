package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// document is a parsed page.
type document struct{ root *html.Node }

func parseHTML(t *testing.T, body string) document {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return document{root}
}

// all gives the elements with that name below a node.
func all(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			out = append(out, d)
		}
	}
	return out
}

func (d document) byID(id string) *html.Node {
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == id {
			return n
		}
	}
	return nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// values gives what a browser would send for the page's one form.
func (d document) values(t *testing.T) url.Values {
	t.Helper()
	forms := all(d.root, "form")
	if len(forms) != 1 {
		t.Fatalf("%d forms", len(forms))
	}
	v := url.Values{}
	for _, in := range all(forms[0], "input") {
		if attr(in, "type") != "radio" || has(in, "checked") {
			v.Add(attr(in, "name"), attr(in, "value"))
		}
	}
	for _, area := range all(forms[0], "textarea") {
		v.Add(attr(area, "name"), strings.ReplaceAll(content(area), "\n", "\r\n"))
	}
	return v
}

func content(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return strings.ReplaceAll(n.FirstChild.Data, "\r\n", "\n")
}

func TestEveryFormIsWellMade(t *testing.T) {
	s := newSite(t)
	for _, asked := range s.dir.Links[allForms].Forms {
		t.Run(string(asked.Form.Code), func(t *testing.T) {
			d := parseHTML(t, s.get("/k/"+allForms+"/"+string(asked.Form.Code)).body)
			if got := attr(all(d.root, "html")[0], "lang"); got != "vi" {
				t.Errorf("lang %q", got)
			}
			if h1 := all(d.root, "h1"); len(h1) != 1 || !strings.Contains(text(h1[0]), "Trường TH, THCS và THPT Hoàng Việt (xã Ea Kar)") {
				t.Errorf("%d h1", len(h1))
			}
			form := all(d.root, "form")[0]
			if attr(form, "method") != "post" || !has(form, "novalidate") || attr(form, "action") != "/k/"+allForms+"/"+string(asked.Form.Code) {
				t.Errorf("form has %v", form.Attr)
			}
			checkGroups(t, form, len(asked.Form.Items)+2)
			checkLabels(t, d, form)
			checkIDs(t, d)
		})
	}
}

// checkGroups: each question is a fieldset with a legend and its own radios,
// none chosen, in the order of the scale.
func checkGroups(t *testing.T, form *html.Node, want int) {
	t.Helper()
	sets := all(form, "fieldset")
	if len(sets) != want {
		t.Fatalf("%d fieldsets, want %d", len(sets), want)
	}
	for i, set := range sets {
		legend := all(set, "legend")
		if len(legend) != 1 || set.FirstChild != legend[0] || len([]rune(text(legend[0]))) > 110 {
			t.Errorf("question %d: legend %q", i+1, text(set))
		}
		var values []string
		for _, in := range all(set, "input") {
			if attr(in, "type") != "radio" {
				continue
			}
			values = append(values, attr(in, "value"))
			if attr(in, "name") != attr(set, "id") || has(in, "checked") || has(in, "required") {
				t.Errorf("question %s: radio %v", attr(set, "id"), in.Attr)
			}
		}
		if got := strings.Join(values, " "); got != "1 2 3 4 5 0" && got != "0 10 20 30 40 50 60 70 80 90 100 hon-100" {
			t.Errorf("question %s: values %s", attr(set, "id"), got)
		}
	}
}

// checkLabels: every field that is seen has a label with words.
func checkLabels(t *testing.T, d document, form *html.Node) {
	t.Helper()
	labelled := map[*html.Node]bool{}
	for _, label := range all(form, "label") {
		if text(label) == "" {
			t.Error("a label without words")
		}
		if id := attr(label, "for"); id != "" {
			labelled[d.byID(id)] = true
		}
		for _, in := range all(label, "input") {
			labelled[in] = true
		}
	}
	for _, field := range append(all(form, "input"), all(form, "textarea")...) {
		if !labelled[field] && attr(field, "type") != "hidden" {
			t.Errorf("no label: %v", field.Attr)
		}
	}
}

// checkIDs: ids are unique, and what refers to one finds it.
func checkIDs(t *testing.T, d document) {
	t.Helper()
	seen := map[string]bool{}
	for n := range d.root.Descendants() {
		if id := attr(n, "id"); id != "" {
			if seen[id] {
				t.Errorf("id %q twice", id)
			}
			seen[id] = true
		}
	}
	for n := range d.root.Descendants() {
		refs := strings.Fields(attr(n, "aria-describedby"))
		if target, ok := strings.CutPrefix(attr(n, "href"), "#"); ok {
			refs = append(refs, target)
		}
		for _, ref := range append(refs, attr(n, "for")) {
			if ref != "" && !seen[ref] {
				t.Errorf("%s refers to %q, which is not there", n.Data, ref)
			}
		}
	}
}

func TestARefusedFormSaysWhere(t *testing.T) {
	s := newSite(t)
	id := formID(t, s.get(formOfOne).body)
	long := url.QueryEscape(strings.Repeat("ý ", 700))
	d := parseHTML(t, s.post(formOfOne, formMIME, "id="+id+"&A1=9&B3=x&F1=hon-100&G1="+long).body)
	if title := text(all(d.root, "title")[0]); !strings.HasPrefix(title, "Lỗi: ") {
		t.Errorf("title %q", title)
	}
	summary := d.byID("loi")
	if summary == nil || attr(summary, "tabindex") != "-1" || !has(summary, "autofocus") {
		t.Fatalf("no summary that takes the focus")
	}
	links := all(summary, "a")
	if len(links) != 4 {
		t.Errorf("%d links in the summary, want 4: %s", len(links), text(summary))
	}
	for _, link := range links {
		field := strings.TrimPrefix(attr(link, "href"), "#")
		beside := d.byID(field + "-loi")
		if beside == nil || text(beside) != text(link) {
			t.Errorf("%s: summary says %q, beside the field %v", field, text(link), beside)
		}
		if at := d.byID(field); at == nil || !strings.Contains(attr(at, "aria-describedby"), field+"-loi") {
			t.Errorf("%s is not described by its problem", field)
		}
	}
	checkIDs(t, d)
	if got := d.values(t).Get("id"); got != id {
		t.Errorf("id %q became %q", id, got)
	}
}

func TestOtherPagesAreWellMade(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/?q=x", "/?q=ea+kar", "/?q=khong+dau", "/k/" + allForms, "/k/" + oneForm + "/cam-on", "/k/" + unknown, "/k/" + unasked} {
		d := parseHTML(t, s.get(path).body)
		if len(all(d.root, "h1")) != 1 || len(all(d.root, "main")) != 1 || text(all(d.root, "title")[0]) == "" {
			t.Errorf("%s: not one h1, one main and a title", path)
		}
		checkLabels(t, d, d.root)
		checkIDs(t, d)
	}
}

func TestSmallPagesAreSmall(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/k/" + oneForm + "/cam-on", "/k/" + unknown} {
		if n := gzipSize(t, s.get(path).body); n > 2<<10 {
			t.Errorf("%s: %d bytes compressed, want at most 2048", path, n)
		}
	}
}
