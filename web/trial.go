package web

import (
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hailong/survey"
	"hailong/web/office"
)

// Trial is what serves the forms of a trial: everything of its own, so that an
// answer to one of its links can reach no other place.
type Trial struct {
	Directory func() *survey.Directory
	Responses Responses
	Secret    []byte // at least 32 bytes
}

// Trials is the trial that there may be, and what the office does about it.
type Trials interface {
	// Trial gives what serves the trial's forms; nil while there is none. The
	// same pointer is the same trial.
	Trial() *Trial
	office.Trials
}

// trialDoor leads who opens a link of the trial to a service of its own: the
// parents' pages once more, over the trial's store and nothing else. A link of
// the real rounds never goes this way.
type trialDoor struct {
	cfg Config

	mu      sync.Mutex
	of      *Trial
	handler fasthttp.RequestHandler
}

func (d *trialDoor) pass(c *fiber.Ctx) error {
	trial := d.cfg.Trials.Trial()
	if trial == nil {
		return c.Next()
	}
	code, err := survey.ParseLinkCode(linkIn(c.Path()))
	if err != nil {
		return c.Next()
	}
	if _, real := d.cfg.Directory().Links[code]; real {
		return c.Next()
	}
	if _, tried := trial.Directory().Links[code]; !tried {
		return c.Next()
	}
	handler, err := d.open(trial)
	if err != nil {
		return err
	}
	handler(c.Context())
	return nil
}

// linkIn finds the link code in an address.
func linkIn(path string) string {
	path = strings.TrimPrefix(path, "/api/v1")
	path = strings.TrimPrefix(strings.TrimPrefix(path, "/k/"), "/K/")
	code, _, _ := strings.Cut(path, "/")
	return code
}

// open gives the trial's service, made when it is needed for the first time.
func (d *trialDoor) open(trial *Trial) (fasthttp.RequestHandler, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of == trial {
		return d.handler, nil
	}
	app, err := New(Config{BaseURL: d.cfg.BaseURL, Directory: trial.Directory, Responses: trial.Responses, Secret: trial.Secret,
		Clock: d.cfg.Clock, Random: d.cfg.Random, Log: d.cfg.Log, Sounds: d.cfg.Sounds, Texts: d.cfg.Texts, TrustedProxies: d.cfg.TrustedProxies})
	if err != nil {
		return nil, err
	}
	d.of, d.handler = trial, app.Handler()
	return d.handler, nil
}

// routeTrial puts the door before the addresses of links.
func routeTrial(app *fiber.App, cfg Config) {
	if cfg.Trials == nil {
		return
	}
	door := &trialDoor{cfg: cfg}
	for _, path := range []string{"/k", "/K", "/api/v1/k"} {
		app.Use(path, door.pass)
	}
}
