// Package page is what the pages of all audiences share: layouts, parts, style
// sheets, rendering, the reading of submitted forms, and the words of errors.
// It knows no audience, no store and no rule of the survey.
package page

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

//go:embed all:html static
var shared embed.FS

// Layout is the frame around a page.
type Layout string

// The layouts.
const (
	// Plain is one document with its style inside, allowed by hash: one request,
	// no cookie, no menu. For parents and for errors.
	Plain Layout = "plain"
	// Site has a linked style sheet, a menu and the name of who is signed in.
	Site Layout = "site"
)

// Set is the pages of one audience, parsed once. It is safe for concurrent use.
type Set struct {
	layout Layout
	pages  map[string]onePage
}

type onePage struct {
	template *template.Template
	policies map[survey.Language]policies // nil: the policy of every answer
}

// policies are a page's content security policy, without and with recordings.
type policies struct{ silent, sounding []byte }

var policyHeader = []byte(fiber.HeaderContentSecurityPolicy)

// NewSet parses html/*.html of files on top of the shared layouts and parts.
// Each file defines "main"; its name without .html names the page. A file
// whose name begins with _ holds parts for the others, and is embedded only
// by //go:embed all:html. static/x/*.css and *.js are the style and
// the script that the page x of a Plain layout has inside, the latter as
// {{script "x" .Lang}}; a page x-y has those of x too. Pages get a struct that
// embeds Head.
func NewSet(layout Layout, files fs.FS, assets *Assets) (*Set, error) {
	return newSet(layout, files, assets, nil)
}

// NewPlainSet is NewSet of pages with the Plain layout that speak the languages
// of the catalog.
func NewPlainSet(files fs.FS, assets *Assets, texts *Catalog) (*Set, error) {
	return newSet(Plain, files, assets, texts)
}

func newSet(layout Layout, files fs.FS, assets *Assets, texts *Catalog) (*Set, error) {
	scripts, err := inlineScripts(layout, files, texts)
	if err != nil {
		return nil, err
	}
	common := functions(assets, scripts)
	frame := template.New(string(layout)).Funcs(common)
	if frame, err = frame.ParseFS(shared, "html/_*.html"); err != nil {
		return nil, fmt.Errorf("parse shared layouts: %w", err)
	}
	s := &Set{layout: layout, pages: map[string]onePage{}}
	return s, s.parse(frame, common, files, scripts)
}

func (s *Set) parse(frame *template.Template, common template.FuncMap, files fs.FS, scripts scripts) error {
	if parts, _ := fs.Glob(files, "html/_*.html"); len(parts) > 0 {
		if _, err := frame.ParseFS(files, parts...); err != nil {
			return fmt.Errorf("parse parts: %w", err)
		}
	}
	names, err := fs.Glob(files, "html/[^_]*.html")
	if err != nil {
		return fmt.Errorf("list pages: %w", err)
	}
	for _, file := range names {
		t, err := frame.Clone()
		if err != nil {
			return fmt.Errorf("copy the layout for %s: %w", file, err)
		}
		if err := s.add(t, common, files, file, scripts); err != nil {
			return err
		}
	}
	return nil
}

// add makes one page on its copy of the layout.
func (s *Set) add(t *template.Template, common template.FuncMap, files fs.FS, file string, scripts scripts) error {
	name := strings.TrimSuffix(path.Base(file), ".html")
	style, err := inlineStyles(s.layout, files, name)
	if err != nil {
		return err
	}
	own := template.FuncMap{ // our own texts, see plain.css
		"page":  func() string { return name },
		"style": func() template.CSS { return template.CSS(style.plain) },
		"more":  func() template.CSS { return template.CSS(style.more) },
	}
	if t, err = t.ParseFS(files, file); err != nil {
		return fmt.Errorf("parse page %s: %w", file, err)
	}
	if t, err = lean(t, string(s.layout), common, own); err != nil {
		return fmt.Errorf("parse page %s: %w", file, err)
	}
	if err := tried(t, s.layout); err != nil {
		return fmt.Errorf("try page %s: %w", file, err)
	}
	p := onePage{template: t}
	if s.layout == Plain {
		p.policies = plainPolicies(style, name, scripts)
	}
	s.pages[name] = p
	return nil
}

// tried finds faults in the markup that html/template reports only when a page
// is first rendered. That there is no struct yet is no fault.
func tried(t *template.Template, layout Layout) error {
	var fault *template.Error
	if err := t.ExecuteTemplate(io.Discard, string(layout), nil); errors.As(err, &fault) {
		return fault
	}
	return nil
}

// functions are what templates may call.
func functions(assets *Assets, scripts scripts) template.FuncMap {
	return template.FuncMap{
		"add":     func(a, b int) int { return a + b },
		"asset":   assets.URL,                  // {{asset "site.css"}}
		"count":   survey.Count,                // 1.379
		"decimal": survey.Decimal,              // {{decimal .Rate 1}}: 47,3
		"dial":    dial,                        // tel:{{dial "0262 385 0000"}}
		"page":    func() string { return "" }, // the name of the page that is rendered
		"script":  func(name string, in survey.Language) template.JS { return template.JS(scripts[in][name]) },
		"style":   func() template.CSS { return "" }, // each page has its own
		"more":    func() template.CSS { return "" },
	}
}

// dial keeps of a telephone number what can be dialled.
func dial(number string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("+0123456789", r) {
			return r
		}
		return -1
	}, number)
}

// Execute renders a page into memory.
func (s *Set) Execute(name string, data any) ([]byte, error) {
	p, ok := s.pages[name]
	if !ok {
		return nil, fmt.Errorf("no page %q", name)
	}
	var b bytes.Buffer
	if err := p.template.ExecuteTemplate(&b, string(s.layout), data); err != nil {
		return nil, fmt.Errorf("render page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// Render renders a page and then answers with it; nothing is sent when
// rendering fails.
func (s *Set) Render(c *fiber.Ctx, status int, name string, data any) error {
	body, err := s.Execute(name, data)
	if err != nil {
		return err
	}
	return s.Send(c, status, ViewOf(name, data), body)
}

// View is what the policy of a rendered page depends on.
type View struct {
	Page   string
	Lang   survey.Language
	Sounds bool // it has recordings to play
}

// ViewOf tells from a page's struct, which embeds Head.
func ViewOf(name string, data any) View {
	v := View{Page: name, Lang: survey.LangVI}
	if spoken, ok := data.(interface{ Lang() survey.Language }); ok {
		v.Lang = spoken.Lang()
	}
	if heard, ok := data.(interface{ Sounding() bool }); ok {
		v.Sounds = heard.Sounding()
	}
	return v
}

// Send answers with a page that Execute made before and which may come in
// parts. They are copied.
func (s *Set) Send(c *fiber.Ctx, status int, v View, parts ...[]byte) error {
	c.Response().Header.SetContentType(fiber.MIMETextHTMLCharsetUTF8)
	if p, ok := s.pages[v.Page].policies[v.Lang]; ok && v.Sounds {
		c.Response().Header.SetCanonical(policyHeader, p.sounding)
	} else if ok {
		c.Response().Header.SetCanonical(policyHeader, p.silent)
	}
	c.Status(status).Response().ResetBody()
	for _, part := range parts {
		c.Response().AppendBody(part)
	}
	return nil
}

// SeeOther answers a POST that has done its work: the browser fetches the
// path, and reloading repeats nothing. The path begins with / and is ours.
func SeeOther(c *fiber.Ctx, path string) error {
	c.Set(fiber.HeaderLocation, path)
	return c.SendStatus(fiber.StatusSeeOther)
}
