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

//go:embed all:html static help
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

	codePath     = "/so/dang-nhap/ma"
	startPath    = "/so/bat-dau"
	activatePath = "/so/kich-hoat"
	provePath    = "/so/xac-nhan"
	selfPath     = "/so/toi"
	factorPath   = "/so/toi/ma"
	staffPath    = "/so/tai-khoan"
	settingsPath = "/so/cai-dat"
)

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
	People    People
	Opinions  Opinions
	Rounds    Rounds
	Journal   Journal
	Planning  Planning
	Library   Library
	Texts     *page.Catalog // in which languages the pages of those who answer speak
	Trials    Trials        // nil: no pages about a trial
	// Workbook writes the round's figures as a workbook, tells now and then how
	// many of its rows are written, and stops when ctx ends.
	Workbook func(ctx context.Context, w io.Writer, results survey.Results, tell func(done, rows int)) error
	Registry Registry // nil: no pages about schools
	Releases Releases // nil: no pages of results
	Secrets  Secrets  // nil: no activation sheets
	Work     string   // folder for the files of work under way; empty: one of the system's
	Log      *slog.Logger
	Assets   *page.Assets
}

// Pages serves the office.
type Pages struct {
	Config
	set      *page.Set
	cookie   page.SessionCookie
	throttle *throttle
	callers  *callers
	folder   *workFolder
	jobs     *registry
	drafts   *drafts
	help     []helpText // a section for each page
	handbook helpText
	lists    *listDesk
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
	sections, handbook, err := readHelp(files)
	if err != nil {
		return nil, err
	}
	return &Pages{Config: cfg, drafts: newDrafts(), help: sections, handbook: handbook, set: set, cookie: page.NewSessionCookie("hl", "/", cfg.Secure),
		throttle: newThrottle(cfg.Clock), callers: newCallers(cfg.Clock), folder: folder, jobs: newRegistry(folder, cfg.Clock, cfg.Log), lists: newListDesk(cfg.Clock)}, nil
}

// Close ends the work under way and waits until it has ended.
func (p *Pages) Close() { p.jobs.close() }

// Routes adds the pages' addresses, each with the least that it asks of whoever
// comes: reading, changing or own. The login and the addresses that
// work once need no session. What the
// menu shows of them is in menu.go.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/so", func(c *fiber.Ctx) error { return page.SeeOther(c, home) })
	r.Get(loginPath, p.showLogin)
	r.Post(loginPath, p.login)
	r.Post(logoutPath, p.logout)
	r.Get(codePath, p.showCode)
	r.Post(codePath, p.passCode)
	r.Get(startPath+"/:token", p.showDoor)
	r.Post(startPath+"/:token", p.openDoor)
	r.Get(activatePath+"/:token", p.showDoor)
	r.Post(activatePath+"/:token", p.openDoor)
	r.Get(provePath, p.own(p.showProve))
	r.Post(provePath, p.own(p.prove))
	r.Get(selfPath, p.own(p.self))
	r.Post(selfPath+"/mat-khau", p.own(p.changePassword))
	r.Post(selfPath+"/phien", p.own(p.endSession))
	r.Get(factorPath, p.own(p.factor))
	r.Post(factorPath+"/moi", p.own(p.offerFactor))
	r.Post(factorPath+"/bat", p.own(p.confirmFactor))
	r.Post(factorPath+"/du-phong", p.own(p.renewRecovery))
	r.Post(factorPath+"/tat", p.own(p.dropFactor))
	r.Get(commentsPath, p.reading(p.comments))
	r.Post(jobsPath+"/gop-y", p.reading(p.beginComments))
	r.Get(commentsPath+"/nguyen-van"+fileEnding, p.changing(p.proven(p.commentSource)))
	r.Get(commentsPath+"/tiep", p.changing(p.nextComment))
	r.Get(commentsPath+"/:id", p.reading(p.comment))
	r.Post(commentsPath+"/:id", p.changing(p.decideComment))
	r.Get(staffPath, p.changing(p.staff))
	r.Get(staffPath+fileEnding, p.changing(p.staffFile))
	r.Post(staffPath, p.changing(p.invite))
	r.Get(staffPath+"/:name", p.changing(p.member))
	r.Post(staffPath+"/:name/mat-khau", p.changing(p.reinvite))
	r.Post(staffPath+"/:name/ma", p.changing(p.dropMembersFactor))
	r.Post(staffPath+"/:name/ngung", p.changing(p.endMember))
	r.Get(settingsPath, p.changing(p.settings))
	r.Post(settingsPath, p.changing(p.saveSettings))
	r.Get(home, p.own(p.board))
	r.Get(livePath, p.own(p.live))
	r.Get(listPath, p.own(p.turnout))
	r.Get(letterPath, p.reading(p.letter))
	p.routeTrial(r)
	p.routePlanning(r)
	p.routeLibrary(r)
	r.Get(auditPath, p.reading(p.audit))
	r.Get(auditPath+fileEnding, p.reading(p.proven(p.auditFile)))
	r.Get(packPath, p.own(p.showPack))
	r.Post(packPath, p.own(p.beginPack))
	r.Get(helpPath, p.own(p.showHelp))
	r.Get(handbookPath, p.own(p.showHandbook))
	r.Get(jobsPath, p.own(p.listJobs))
	r.Post(jobsPath+"/bang-ket-qua", p.reading(p.proven(p.beginWorkbook)))
	r.Get(jobsPath+"/:id", p.own(p.showJob))
	r.Get(jobsPath+"/:id/tien-do", p.own(p.jobProgress))
	r.Get(jobsPath+"/:id/tep", p.own(p.takeFile))
	r.Post(jobsPath+"/:id/dung", p.own(p.stopJob))
	if p.Registry != nil {
		p.schoolRoutes(r)
	}
	if p.Releases != nil {
		p.routeResults(r)
	}
	r.All("/so/*", p.signedIn(func(*fiber.Ctx, survey.Account) error { return fiber.ErrNotFound }))
}
