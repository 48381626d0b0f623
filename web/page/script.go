package page

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"hailong/survey"
)

// scripts are the scripts inside pages, by language and page.
type scripts map[survey.Language]map[string]string

// inlineScripts gives the scripts inside pages, made small, by the page's name:
// static/x/*.js in the order of their names are the parts of one function, so
// that nothing in them is global. The Site layout links its scripts and has
// none inside.
func inlineScripts(layout Layout, files fs.FS, texts *Catalog) (scripts, error) {
	out := scripts{}
	if layout != Plain {
		return out, nil
	}
	sources, err := scriptSources(files)
	if err != nil {
		return nil, err
	}
	for _, lang := range texts.languages() {
		out[lang] = map[string]string{}
		for name, source := range sources {
			if out[lang][name], err = small("(function(){" + texts.In(lang).script(source) + "})()"); err != nil {
				return nil, fmt.Errorf("make the script of %s small: %w", name, err)
			}
		}
	}
	return out, nil
}

func scriptSources(files fs.FS) (map[string]string, error) {
	sources := map[string]string{}
	names, err := fs.Glob(files, "static/*/*.js")
	if err != nil {
		return nil, fmt.Errorf("list scripts: %w", err)
	}
	for _, name := range names {
		part, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read script %s: %w", name, err)
		}
		sources[path.Base(path.Dir(name))] += string(part) + "\n"
	}
	extend(sources)
	return sources, nil
}

// extend puts the script of a page x before that of x-y. Where both declare a
// function, the later one is meant.
func extend(sources map[string]string) {
	for name, own := range sources {
		if base, _, more := strings.Cut(name, "-"); more {
			sources[name] = sources[base] + own
		}
	}
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
