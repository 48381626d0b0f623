package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
)

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// inlineStyle gives the style sheet of the Plain layout on one line. It is
// written so that a line break never stands for a blank.
func inlineStyle() (string, error) {
	css, err := shared.ReadFile("static/plain.css")
	if err != nil {
		return "", fmt.Errorf("read the plain style: %w", err)
	}
	var b strings.Builder
	for line := range strings.Lines(cssComment.ReplaceAllString(string(css), "")) {
		b.WriteString(strings.TrimSpace(line))
	}
	return b.String(), nil
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
