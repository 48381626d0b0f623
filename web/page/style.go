package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"

	"hailong/survey"
)

// styles are the style sheets that a page of the Plain layout has inside: that
// of all pages together with its own, and that of languages and recordings,
// where there are some.
type styles struct{ plain, more string }

// inlineStyles gives a page's style sheets, made small.
func inlineStyles(layout Layout, files fs.FS, page string) (s styles, err error) {
	if layout != Plain {
		return s, nil
	}
	if s.plain, err = inlineStyle("static/plain.css", files, page); err != nil {
		return s, err
	}
	s.more, err = inlineStyle("static/more.css", nil, page)
	return s, err
}

// inlineStyle gives a shared style sheet, and behind it those that files have
// for the page.
func inlineStyle(name string, files fs.FS, page string) (string, error) {
	source, err := shared.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read the style %s: %w", name, err)
	}
	if files == nil {
		return smallStyle(page, source)
	}
	own, err := fs.Glob(files, "static/"+page+"/*.css")
	if err != nil {
		return "", fmt.Errorf("list the styles of %s: %w", page, err)
	}
	for _, name := range own {
		more, err := fs.ReadFile(files, name)
		if err != nil {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
		source = append(source, more...)
	}
	return smallStyle(page, source)
}

func smallStyle(page string, source []byte) (string, error) {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	out, err := m.String("text/css", string(source))
	if err != nil {
		return "", fmt.Errorf("make the style of %s small: %w", page, err)
	}
	return out, nil
}

// listening is the script that plays recordings; pages with some may have it
// inside beside their own.
const listening = "listen"

// plainPolicies are those of a page in each language.
func plainPolicies(style styles, name string, all scripts) map[survey.Language]policies {
	out := map[survey.Language]policies{}
	for lang, scripts := range all {
		silent := plainPolicy(style, scripts[name])
		sounding := plainPolicy(style, scripts[name], scripts[listening]) + "; media-src 'self'"
		out[lang] = policies{[]byte(silent), []byte(sounding)}
	}
	return out
}

// plainPolicy is the content security policy of a document that brings its
// styles along, and maybe scripts that speak with this service alone, and
// loads nothing but pictures of ours.
func plainPolicy(style styles, scripts ...string) string {
	allowed, hashes := "", ""
	for _, script := range scripts {
		if script != "" {
			hashes += " " + hashed(script)
		}
	}
	if hashes != "" {
		allowed = "; script-src" + hashes + "; connect-src 'self'"
	}
	return "default-src 'none'; style-src " + hashed(style.plain) + " " + hashed(style.more) + allowed + "; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

func hashed(inline string) string {
	sum := sha256.Sum256([]byte(inline))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
