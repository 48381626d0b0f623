package page_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"hailong/survey"
	"hailong/web/page"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func newAssets(t *testing.T, more ...fstest.MapFS) *page.Assets {
	t.Helper()
	var err error
	var a *page.Assets
	if len(more) == 0 {
		a, err = page.NewAssets()
	} else {
		a, err = page.NewAssets(more[0])
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSets(t *testing.T) {
	files := fstest.MapFS{
		"html/one.html":    file(`{{define "main"}}<h1>{{.Name}}</h1>{{template "part" .}}{{end}}`),
		"html/two.html":    file(`{{define "main"}}second {{count 1379}} {{decimal 47.25 1}}{{end}}`),
		"html/_parts.html": file(`{{define "part"}}<p>{{.Account}}</p>{{end}}`),
	}
	type view struct {
		page.Head
		Name string
	}
	in := view{page.Head{Title: "T", Office: "Sở", Account: "lan", Menu: []page.MenuLink{{Path: "/so/", Text: "Tổng quan", Current: true}}}, "<b>=1+1</b>"}
	for layout, wants := range map[page.Layout][]string{
		page.Plain: {"<style>", "&lt;b&gt;=1&#43;1&lt;/b&gt;", "<p>lan</p>"},
		page.Site:  {`<link rel="stylesheet" href="/static/`, `aria-current="page"`, "<span>lan</span>", "&lt;b&gt;"},
	} {
		set, err := page.NewSet(layout, files, newAssets(t))
		if err != nil {
			t.Fatal(err)
		}
		got, err := set.Execute("one", in)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(got), want) {
				t.Errorf("%s lacks %s:\n%s", layout, want, got)
			}
		}
		got, err = set.Execute("two", in)
		if err != nil || !strings.Contains(string(got), "second 1.379 47,3") {
			t.Errorf("%s: %v: %s", layout, err, got)
		}
		if _, err := set.Execute("three", in); err == nil {
			t.Error("a page that is not there is rendered")
		}
	}
}

// A page keeps every part that it may need, wherever it is included.
func TestPartsAreIncludedFromEverywhere(t *testing.T) {
	files := fstest.MapFS{
		"html/_parts.html": file(`{{define "a"}}A{{template "b" .}}{{end}}{{define "b"}}B{{end}}{{define "c"}}C{{end}}{{define "d"}}D{{end}}{{define "e"}}E{{end}}{{define "f"}}F{{end}}{{define "unused"}}U{{end}}`),
		"html/one.html": file(`{{define "main"}}<p>{{if .Title}}{{template "a" .}}{{else}}{{template "c" .}}{{end}}{{range .Menu}}x{{else}}{{template "d" .}}{{end}}` +
			`{{with .Office}}{{template "e" .}}{{else}}{{template "c" .}}{{end}}{{with .Account}}y{{else with .Title}}{{template "f" .}}{{end}}</p>{{end}}`),
	}
	set, err := page.NewSet(page.Plain, files, newAssets(t))
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]string{"T": "<p>ABDEF</p>", "": "<p>CDE</p>"} {
		got, err := set.Execute("one", struct{ page.Head }{page.Head{Title: title, Office: "Sở"}})
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("title %q: %v, want %s in\n%s", title, err, want, got)
		}
	}
}

func TestFaultsShowAtStart(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"syntax":    {"html/x.html": file(`{{define "main"}}{{.Name}`)},
		"markup":    {"html/x.html": file(`{{define "main"}}<p id={{.Title}}{{if .Office}} hidden{{end}}>{{end}}`)},
		"part":      {"html/_x.html": file(`{{define`)},
		"no assets": {"html/x.html": file(`{{define "main"}}{{nothing}}{{end}}`)},
	} {
		if _, err := page.NewSet(page.Plain, files, newAssets(t)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAssets(t *testing.T) {
	a := newAssets(t, fstest.MapFS{"static/office.css": file("a{}")})
	app := fiber.New()
	a.Routes(app)
	url, err := a.URL("office.css")
	if err != nil {
		t.Fatal(err)
	}
	res, err := app.Test(httptest.NewRequest("GET", url, nil))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	if site, sheet, _ := strings.Cut(string(body), "}\n\n"); sheet != "a{}" || !strings.Contains(site, "body{") || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Errorf("%s: %q %v", url, body, res.Header)
	}
	for _, path := range []string{"/static/0000000000000000/office.css", "/static/" + strings.Split(url, "/")[2] + "/site.css", "/static/..%2f/page.go"} {
		if res, err := app.Test(httptest.NewRequest("GET", path, nil)); err != nil || res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %v %v", path, res, err)
		}
	}
	other, err := newAssets(t, fstest.MapFS{"static/office.css": file("b{}")}).URL("office.css")
	if err != nil || other == url {
		t.Errorf("other content, same address %s", other)
	}
	if _, err := page.NewAssets(fstest.MapFS{"static/site.css": file("")}); err == nil {
		t.Error("a name may be taken twice")
	}
	if _, err := a.URL("nothing.css"); err == nil {
		t.Error("an address for nothing")
	}
}

// read sends a body to ReadForm.
func read(t *testing.T, kind, body string) (form page.Form, err error) {
	t.Helper()
	app := fiber.New()
	app.Post("/", func(c *fiber.Ctx) error {
		form, err = page.ReadForm(c)
		return nil
	})
	r := httptest.NewRequest("POST", "/?a=query", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	if _, e := app.Test(r); e != nil {
		t.Fatal(e)
	}
	return form, err
}

func TestReadForm(t *testing.T) {
	const kind = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		kind, body string
		want       page.Form
		fails      bool
	}{
		{kind, "a=1&b=x+y%20z&a=2&c", page.Form{{"a", "1"}, {"b", "x y z"}, {"a", "2"}, {"c", ""}}, false},
		{kind + "; charset=UTF-8", "t=%C4%90%E1%BA%AFk", page.Form{{"t", "Đắk"}}, false},
		{kind, "", nil, false},
		{kind, "&&a=1&", page.Form{{"a", "1"}}, false},
		{kind, "a=b=c", page.Form{{"a", "b=c"}}, false},
		{kind, "a=%", nil, true}, {kind, "%zz=1", nil, true}, {kind, "a=%ff", nil, true},
		{kind, strings.Repeat("a=1&", 301), nil, true},
		{"text/plain", "a=1", nil, true}, {"", "a=1", nil, true}, {kind + "; charset=latin1", "a=1", nil, true},
	} {
		got, err := read(t, c.kind, c.body)
		if (err != nil) != c.fails {
			t.Errorf("%.40s: %v", c.body, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" && !c.fails {
			t.Errorf("%.40s (-want +got):\n%s", c.body, diff)
		}
	}
}

func TestOnly(t *testing.T) {
	form := page.Form{{"a", "1"}, {"b", "2"}}
	if err := form.Only("a", "b", "c"); err != nil {
		t.Error(err)
	}
	if err := form.Only("a"); survey.KindOf(err) != survey.Invalid {
		t.Errorf("an unknown field: %v", err)
	}
	if err := append(form, page.Field{Name: "a"}).Only("a", "b"); survey.KindOf(err) != survey.Invalid {
		t.Errorf("a repeated field: %v", err)
	}
}

func TestProblems(t *testing.T) {
	err := &survey.Error{Kind: survey.Invalid, Message: "Có chỗ cần sửa", Fields: []survey.FieldError{{Field: "a", Message: "A"}, {Field: "b", Message: "B"}}}
	p := page.ProblemsOf(errors.Join(errors.New("around"), err))
	if diff := cmp.Diff(page.Problems{{"a", "A"}, {"b", "B"}}, p); diff != "" || p.Of("b") != "B" || p.Of("c") != "" {
		t.Error(diff)
	}
	if p := page.ProblemsOf(survey.Refuse(survey.Busy, "Bận", "Busy")); len(p) != 1 || p[0] != (page.Problem{Message: "Bận"}) {
		t.Errorf("got %v", p)
	}
	if p := page.ProblemsOf(survey.Refuse(survey.Busy, "Bận. Thử lại", "Busy")); p[0].Message != "Bận. Thử lại." {
		t.Errorf("two sentences: %q", p[0].Message)
	}
	if page.ProblemsOf(errors.New("disk on fire")) != nil {
		t.Error("an internal error becomes a sentence")
	}
}

func TestSay(t *testing.T) {
	if got := page.Say("Không tìm thấy phiếu. Xem lại địa chỉ, hoặc hỏi thầy cô"); got != (page.Says{"Không tìm thấy phiếu", "Xem lại địa chỉ, hoặc hỏi thầy cô."}) {
		t.Errorf("got %+v", got)
	}
	if got := page.Say("Xong"); got != (page.Says{What: "Xong"}) {
		t.Errorf("got %+v", got)
	}
}
