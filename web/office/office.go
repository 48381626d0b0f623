// Package office is the pages of the office under /so/: signing in, who has
// taken part, and the files of a round. It shows participation only; what
// people answered is in the files, never on these pages.
package office

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

//go:embed all:html static
var files embed.FS

// Files gives the static files of these pages, for page.NewAssets.
func Files() fs.FS { return files }

// Addresses of the office.
const (
	home       = "/so/"
	loginPath  = "/so/dang-nhap"
	logoutPath = "/so/dang-xuat"
	listPath   = "/so/tham-gia.xlsx"
	auditPath  = "/so/nhat-ky"
)

// Accounts is who may come in. CheckPassword refuses with Forbidden, with one
// sentence for a wrong name and a wrong password; SignedIn refuses a session
// that is not alive with Forbidden.
type Accounts interface {
	CheckPassword(ctx context.Context, name, password string) (survey.Account, error)
	SignIn(ctx context.Context, account survey.Account) (secret string, err error)
	SignedIn(ctx context.Context, secret string) (survey.Account, error)
	SignOut(ctx context.Context, secret string) error
}

// Rounds is what is known of the rounds.
type Rounds interface {
	Rounds(ctx context.Context) (survey.Schedule, error)
	Strata(ctx context.Context, id survey.RoundID) ([]survey.Stratum, error)
	Results(ctx context.Context, id survey.RoundID) (survey.Results, error)
	NoteDownload(ctx context.Context, actor string, id survey.RoundID, detail string) error
}

// Config is what the pages need; all of it but BaseURL.
type Config struct {
	BaseURL   string // of the addresses that schools hand out, no slash at its end
	Secure    bool   // people come over TLS
	Directory func() *survey.Directory
	Clock     func() time.Time
	Accounts  Accounts
	Rounds    Rounds
	Journal   Journal
	// Workbook writes the round's figures as a workbook, tells now and then how
	// many of its rows are written, and stops when ctx ends.
	Workbook func(ctx context.Context, w io.Writer, results survey.Results, tell func(done, rows int)) error
	Secrets  Secrets // nil: no activation sheets
	Work     string  // folder for the files of work under way; empty: one of the system's
	Log      *slog.Logger
	Assets   *page.Assets
}

// Pages serves the office.
type Pages struct {
	Config
	set      *page.Set
	cookie   page.SessionCookie
	throttle *throttle
	folder   *workFolder
	jobs     *registry
}

// New parses the pages.
func New(cfg Config) (*Pages, error) {
	set, err := page.NewSet(page.Site, files, cfg.Assets)
	if err != nil {
		return nil, err
	}
	folder, err := newWorkFolder(cfg.Work)
	if err != nil {
		return nil, err
	}
	return &Pages{Config: cfg, set: set, cookie: page.NewSessionCookie("hl", "/", cfg.Secure),
		throttle: newThrottle(cfg.Clock), folder: folder, jobs: newRegistry(folder, cfg.Clock, cfg.Log)}, nil
}

// Close ends the work under way and waits until it has ended.
func (p *Pages) Close() { p.jobs.close() }

// Routes adds the pages' addresses, each with the least that it asks of whoever
// comes: reading, changing or own. Only the login needs no session. What the
// menu shows of them is in menu.go.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/so", func(c *fiber.Ctx) error { return page.SeeOther(c, home) })
	r.Get(loginPath, p.showLogin)
	r.Post(loginPath, p.login)
	r.Post(logoutPath, p.logout)
	r.Get(home, p.own(p.board))
	r.Get(listPath, p.own(p.turnout))
	r.Get(auditPath, p.reading(p.audit))
	r.Get(packPath, p.own(p.showPack))
	r.Post(packPath, p.own(p.beginPack))
	r.Get(jobsPath, p.own(p.listJobs))
	r.Post(jobsPath+"/bang-ket-qua", p.reading(p.beginWorkbook))
	r.Get(jobsPath+"/:id", p.own(p.showJob))
	r.Get(jobsPath+"/:id/tien-do", p.own(p.jobProgress))
	r.Get(jobsPath+"/:id/tep", p.own(p.takeFile))
	r.Post(jobsPath+"/:id/dung", p.own(p.stopJob))
	r.All("/so/*", p.signedIn(func(*fiber.Ctx, survey.Account) error { return fiber.ErrNotFound }))
}
