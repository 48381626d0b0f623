package web

import (
	"context"
	"io"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/api"
	"hailong/web/office"
	"hailong/web/page"
	"hailong/web/parent"
	"hailong/web/results"
	"hailong/web/school"
)

// routeAudiences adds the pages of each audience. Audiences know nothing of
// each other.
func routeAudiences(app *fiber.App, f frame, assets *page.Assets) error {
	reception := desk{f.cfg}
	parents, err := parent.New(parent.Config{BaseURL: strings.TrimRight(f.cfg.BaseURL, "/"), Desk: reception, Assets: assets, Texts: f.cfg.Texts, Sounds: f.cfg.Sounds})
	if err != nil {
		return err
	}
	parents.Routes(app)
	api.New(reception).Routes(app)
	if f.cfg.Releases != nil {
		public, err := results.New(results.Config{Directory: f.cfg.Directory, Releases: f.cfg.Releases, Assets: assets})
		if err != nil {
			return err
		}
		public.Routes(app)
	}
	if f.cfg.Accounts == nil || f.cfg.Rounds == nil || f.cfg.Journal == nil || f.cfg.Schools == nil {
		return nil
	}
	return routeStaff(app, f, assets)
}

// routeStaff adds the pages of those who run a round.
func routeStaff(app *fiber.App, f frame, assets *page.Assets) error {
	base, secure := strings.TrimRight(f.cfg.BaseURL, "/"), f.origin.scheme == "https"
	offices, err := office.New(office.Config{BaseURL: base, Secure: secure, Directory: f.cfg.Directory, Clock: f.cfg.Clock,
		Accounts: f.cfg.Accounts, People: f.cfg.People, Opinions: f.cfg.Opinions, Rounds: f.cfg.Rounds, Journal: f.cfg.Journal, Planning: f.cfg.Planning, Trials: f.cfg.Trials, Library: f.cfg.Library, Texts: f.cfg.Texts, Workbook: writeWorkbook, Registry: f.cfg.Registry,
		Releases: f.cfg.Releases, Secrets: f.cfg.Secrets, Work: f.cfg.Work, Log: f.cfg.Log, Assets: assets})
	if err != nil {
		return err
	}
	schools, err := school.New(school.Config{BaseURL: base, Secure: secure, Directory: f.cfg.Directory, Clock: f.cfg.Clock,
		Access: f.cfg.Schools, Rounds: f.cfg.Rounds, Aims: aimsOf(f.cfg), Releases: f.cfg.Releases, Pass: desk{f.cfg}.Pass, Assets: assets})
	if err != nil {
		return err
	}
	app.Hooks().OnShutdown(func() error { offices.Close(); return nil })
	offices.Routes(app)
	schools.Routes(app)
	return nil
}

// writeWorkbook writes the office's workbook of a round.
func writeWorkbook(ctx context.Context, w io.Writer, results survey.Results, tell func(done, rows int)) error {
	return sheet.ProvinceBook{Results: results, Progress: tell}.Write(ctx, w)
}

// aimsOf gives the targets, if the service knows any.
func aimsOf(cfg Config) school.Aims {
	if cfg.Planning == nil {
		return nil
	}
	return cfg.Planning
}
