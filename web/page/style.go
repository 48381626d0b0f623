package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
)

// inlineStyle gives the style sheet of the Plain layout, made small.
func inlineStyle() (string, error) {
	source, err := shared.ReadFile("static/plain.css")
	if err != nil {
		return "", fmt.Errorf("read the plain style: %w", err)
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	out, err := m.String("text/css", string(source))
	if err != nil {
		return "", fmt.Errorf("make the plain style small: %w", err)
	}
	return out, nil
}

// plainPolicy is the content security policy of a document that brings its
// style along, and maybe a script that speaks with this service alone, and
// loads nothing.
func plainPolicy(style, script string) string {
	allowed := ""
	if script != "" {
		allowed = "; script-src " + hashed(script) + "; connect-src 'self'"
	}
	return "default-src 'none'; style-src " + hashed(style) + allowed + "; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

func hashed(inline string) string {
	sum := sha256.Sum256([]byte(inline))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
