package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Assets are the static files of all audiences, in memory. Each has an address
// with a hash of its content, so that browsers may keep it for ever.
type Assets struct {
	urls  map[string]string // by name
	files map[string]asset  // by hash/name
}

type asset struct {
	kind string
	body []byte
}

// siteStyle is what the style sheet of every audience begins with, so that a
// page asks for one.
const siteStyle = "static/site.css"

// NewAssets reads static/* of the shared files and of those given. Names are
// unique over all of them. A style sheet of those given is sent behind the
// shared one, in one file.
func NewAssets(sources ...fs.FS) (*Assets, error) {
	a := &Assets{urls: map[string]string{}, files: map[string]asset{}}
	for _, source := range append([]fs.FS{shared}, sources...) {
		names, err := fs.Glob(source, "static/*")
		if err != nil {
			return nil, fmt.Errorf("list static files: %w", err)
		}
		for _, name := range names {
			if err := a.add(source, name); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

func (a *Assets) add(source fs.FS, file string) error {
	body, err := fs.ReadFile(source, file)
	if err != nil {
		return fmt.Errorf("read static file %s: %w", file, err)
	}
	name := path.Base(file)
	if body, err = withSite(source, name, body); err != nil {
		return err
	}
	if _, taken := a.urls[name]; taken {
		return fmt.Errorf("two static files are named %s", name)
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		return fmt.Errorf("static file %s has no known type", name)
	}
	sum := sha256.Sum256(body)
	key := hex.EncodeToString(sum[:8]) + "/" + name
	a.urls[name] = "/static/" + key
	a.files[key] = asset{kind: kind, body: body}
	return nil
}

// withSite puts the shared style sheet before that of an audience.
func withSite(source fs.FS, name string, body []byte) ([]byte, error) {
	if source == fs.FS(shared) || path.Ext(name) != ".css" {
		return body, nil
	}
	site, err := shared.ReadFile(siteStyle)
	if err != nil {
		return nil, fmt.Errorf("read the shared style: %w", err)
	}
	return append(append(site, '\n'), body...), nil
}

// URL gives the address of a file by its name; templates call it as asset.
func (a *Assets) URL(name string) (string, error) {
	url, ok := a.urls[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return url, nil
}

// Routes serves the files.
func (a *Assets) Routes(r fiber.Router) {
	r.Get("/static/:hash/:name", func(c *fiber.Ctx) error {
		file, ok := a.files[strings.Clone(c.Params("hash")+"/"+c.Params("name"))]
		if !ok {
			return fiber.ErrNotFound
		}
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		c.Set(fiber.HeaderContentType, file.kind)
		return c.Send(file.body)
	})
}
