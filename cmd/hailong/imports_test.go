package main_test

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed says which packages of the project, and which outside ones, each
// part of the house may import.
var allowed = map[string]struct{ inside, outside []string }{
	"survey": {nil, []string{"golang.org/x/text"}},
	"store":  {[]string{"survey"}, []string{"golang.org/x/text", "golang.org/x/crypto", "modernc.org/sqlite"}},
	"export": {[]string{"survey", "export"}, []string{"golang.org/x/text", "github.com/xuri/excelize", "github.com/klauspost/compress", "codeberg.org/go-pdf/fpdf", "github.com/boombuler/barcode", "github.com/go-fonts/liberation", "golang.org/x/image"}},
	"web":    {[]string{"survey", "export", "web"}, []string{"golang.org/x/text", "golang.org/x/net", "github.com/gofiber/fiber", "github.com/valyala/fasthttp", "github.com/tdewolff/minify", "github.com/klauspost/compress", "github.com/molecule-man/go-brrr"}},
}

// closed are standard packages that survey may not know: it has no files, no
// network, no database and no chance.
var closed = []string{"os", "net", "net/http", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "log", "log/slog", "io/fs"}

func TestImportsGoOneWay(t *testing.T) {
	for _, wrong := range wrongImports(t, filepath.Join("..", "..")) {
		t.Error(wrong)
	}
}

func wrongImports(t *testing.T, root string) (wrong []string) {
	t.Helper()
	for part, may := range allowed {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() || d.Name() == "testdata" {
				return err
			}
			p, err := build.ImportDir(path, 0)
			if err != nil {
				return nil // a folder without Go files
			}
			for _, name := range p.Imports {
				if !fits(part, name, may.inside, may.outside) {
					wrong = append(wrong, filepath.ToSlash(path)+" imports "+name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return wrong
}

func fits(part, name string, inside, outside []string) bool {
	if rest, ours := strings.CutPrefix(name, "hailong/"); ours {
		top, _, _ := strings.Cut(rest, "/")
		return slices.Contains(inside, top) && audiencesApart(part, rest)
	}
	if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") {
		return slices.ContainsFunc(outside, func(p string) bool { return name == p || strings.HasPrefix(name, p+"/") })
	}
	return part != "survey" || !slices.Contains(closed, name)
}

// audiencesApart keeps export's kinds of document from importing each other;
// those of the web are looked at below.
func audiencesApart(part, rest string) bool {
	return part != "export" || !strings.HasPrefix(rest, "export/")
}

func TestAudiencesDoNotKnowEachOther(t *testing.T) {
	for _, audience := range []string{"parent", "school", "office", "api"} {
		p, err := build.ImportDir(filepath.Join("..", "..", "web", audience), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range p.Imports {
			if strings.HasPrefix(name, "hailong/web/") && name != "hailong/web/page" {
				t.Errorf("web/%s imports %s", audience, name)
			}
		}
	}
}

// The test above must be able to fail.
func TestAWrongImportIsSeen(t *testing.T) {
	for _, c := range []struct{ part, name string }{
		{"survey", "os"}, {"survey", "hailong/store"}, {"survey", "modernc.org/sqlite"}, {"store", "hailong/web"},
		{"store", "github.com/gofiber/fiber/v2"}, {"export", "hailong/store"}, {"web", "hailong/store"}, {"web", "modernc.org/sqlite"}, {"web", "hailong/cmd/hailong"}} {
		if fits(c.part, c.name, allowed[c.part].inside, allowed[c.part].outside) {
			t.Errorf("%s may import %s", c.part, c.name)
		}
	}
}
