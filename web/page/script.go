package page

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

// inlineScripts gives the scripts inside pages, made small, by the page's name:
// static/x/*.js in the order of their names are the parts of one function, so
// that nothing in them is global. The Site layout links its scripts and has
// none inside.
func inlineScripts(layout Layout, files fs.FS) (map[string]string, error) {
	scripts := map[string]string{}
	if layout != Plain {
		return scripts, nil
	}
	names, err := fs.Glob(files, "static/*/*.js")
	if err != nil {
		return nil, fmt.Errorf("list scripts: %w", err)
	}
	for _, name := range names {
		part, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read script %s: %w", name, err)
		}
		scripts[path.Base(path.Dir(name))] += string(part) + "\n"
	}
	for name, parts := range scripts {
		if scripts[name], err = small("(function(){" + parts + "})()"); err != nil {
			return nil, fmt.Errorf("make the script of %s small: %w", name, err)
		}
	}
	return scripts, nil
}

// small shortens a script. Version 5 keeps the minifier from newer syntax than
// the source's.
func small(source string) (string, error) {
	m := minify.New()
	m.Add("text/javascript", &js.Minifier{Version: 5})
	out, err := m.String("text/javascript", source)
	if err == nil && (strings.Contains(out, "</") || strings.Contains(out, "<!--")) {
		return "", errors.New("it would end inside the page")
	}
	return out, err
}
