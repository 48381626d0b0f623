// Package web is what people and programs see over HTTP: it parses, asks the
// survey to decide and the store to remember, and speaks. It is the only
// package that knows fiber; no *fiber.Ctx leaves it. Every address that it
// writes comes from the configured base URL or is relative, never from what a
// request says about its host.
package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/office"
	"hailong/web/page"
	"hailong/web/parent"
	"hailong/web/results"
	"hailong/web/school"
)

// Responses is where responses are kept. Accept returns after the durable
// commit; fresh is false when the same form was there already. It refuses with
// Conflict (same id, other answers) and Busy (try again).
type Responses interface {
	Accept(ctx context.Context, in survey.Delivery) (fresh bool, err error)
	// Known says whether the same form with the same answers was stored before;
	// with other answers it is a Conflict.
	Known(ctx context.Context, in survey.Delivery) (bool, error)
}

// Releases is what is released of the rounds' results, for every audience.
type Releases interface {
	results.Releases
	office.Releases
	school.Releases
}

// Config is what the service needs. All fields but BaseURL, TrustedProxies,
// Ready and those of the office and the schools are required.
type Config struct {
	BaseURL        string // https://ykien.example.vn; empty: any host is served
	Directory      func() *survey.Directory
	Responses      Responses
	Secret         []byte // seals the forms' ids; at least 32 bytes
	Clock          func() time.Time
	Random         io.Reader
	Log            *slog.Logger
	Sounds         parent.Sounds // the recordings of questionnaires; nil: there are none
	Texts          *page.Catalog // nil: the languages that come with the program
	TrustedProxies []string      // addresses whose X-Real-IP is believed
	Ready          func() error  // nil when responses can be taken

	// The pages of the office and of the schools; without any of these the
	// service has parents' pages only.
	Accounts office.Accounts
	People   office.People
	Opinions office.Opinions
	Rounds   office.Rounds
	Journal  office.Journal
	Planning office.Planning
	Library  office.Library
	Trials   Trials // nil: there is never a trial
	Schools  school.Access
	Registry office.Registry // nil: no pages about schools
	// Releases is what is released of the rounds' results; nil: there are no
	// pages of results.
	Releases Releases

	// Secrets renews the addresses of schools' own pages; nil: the office has no
	// activation sheets.
	Secrets office.Secrets
	// Work is the folder for the files of work that takes longer than a page,
	// readable by this user alone; empty: one among the system's temporary ones.
	Work string
}

// New builds the service. It listens to nothing yet.
func New(cfg Config) (*fiber.App, error) {
	origin, err := parseOrigin(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	assets, err := page.NewAssets(office.Files(), school.Files(), results.Files())
	if err != nil {
		return nil, err
	}
	failures, err := page.NewFailures(assets, cfg.Texts)
	if err != nil {
		return nil, err
	}
	f := frame{cfg: cfg, origin: origin, headers: headersOf(origin), failures: failures}
	app := fiber.New(f.settings())
	app.Server().CloseOnShutdown = true
	app.Server().HeaderReceived = sizeOf
	f.install(app)
	assets.Routes(app)
	routeHealth(app, cfg)
	routeTrial(app, cfg)
	return app, routeAudiences(app, f, assets)
}

func (cfg Config) check() error {
	if cfg.Directory == nil || cfg.Responses == nil || cfg.Clock == nil || cfg.Random == nil || cfg.Log == nil {
		return errors.New("web: the directory, responses, clock, random source and log are required")
	}
	if len(cfg.Secret) < 32 {
		return errors.New("web: the secret needs at least 32 bytes")
	}
	return nil
}
