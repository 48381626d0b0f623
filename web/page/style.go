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

// inlineStyle gives the style sheet that a page of the Plain layout has inside,
// made small: that of all pages, and its own.
func inlineStyle(layout Layout, files fs.FS, page string) (string, error) {
	if layout != Plain {
		return "", nil
	}
	source, err := shared.ReadFile("static/plain.css")
	if err != nil {
		return "", fmt.Errorf("read the plain style: %w", err)
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
func plainPolicies(style, name string, all scripts) map[survey.Language]policies {
	out := map[survey.Language]policies{}
	for lang, scripts := range all {
		silent := plainPolicy(style, scripts[name])
		sounding := plainPolicy(style, scripts[name], scripts[listening]) + "; media-src 'self'"
		out[lang] = policies{[]byte(silent), []byte(sounding)}
	}
	return out
}

// plainPolicy is the content security policy of a document that brings its
// style along, and maybe scripts that speak with this service alone, and
// loads nothing but pictures of ours.
func plainPolicy(style string, scripts ...string) string {
	allowed, hashes := "", ""
	for _, script := range scripts {
		if script != "" {
			hashes += " " + hashed(script)
		}
	}
	if hashes != "" {
		allowed = "; script-src" + hashes + "; connect-src 'self'"
	}
	return "default-src 'none'; style-src " + hashed(style) + allowed + "; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

func hashed(inline string) string {
	sum := sha256.Sum256([]byte(inline))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
