package office

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// auditLines is how many entries a page shows, auditFileLines how many a
// workbook holds.
const (
	auditLines     = 100
	auditFileLines = 100_000
)

// Journal is the audit log: the entries that are asked for, the newest first,
// and everybody who has one.
type Journal interface {
	AuditLog(ctx context.Context, q survey.AuditQuery) ([]survey.AuditEntry, error)
	AuditActors(ctx context.Context) ([]string, error)
}

// auditFilter is what an address asks of the audit log.
type auditFilter struct {
	Search, Actor, Action string
	From, Until           string // days as a browser writes them, 2026-10-31; empty when they mean nothing
	before                int64
	query                 survey.AuditQuery
}

// auditPage is a part of the audit log.
type auditPage struct {
	page.Head
	Zone    *time.Location
	Filter  auditFilter
	Actors  []choice
	Actions []choice
	Entries []survey.AuditEntry
	Latest  bool   // the newest entries are shown
	Older   string // address of the older ones, if there may be some
	File    string // address of the workbook
}

// At is when an entry was made, in the province's time.
func (v auditPage) At(e survey.AuditEntry) string {
	return e.At.In(v.Zone).Format("15:04:05 02/01/2006")
}

// Narrowed says whether anything is asked for.
func (f auditFilter) Narrowed() bool { return len(f.values()) > 0 }

func (f auditFilter) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": f.Search, "ai": f.Actor, "viec": f.Action, "tu": f.From, "den": f.Until} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// readAuditFilter reads an address; values that mean nothing ask nothing.
func readAuditFilter(query func(name string) string, zone *time.Location) (f auditFilter, ok bool) {
	f.Search, f.Actor = survey.CleanLine(cutBytes(query("q"), maxSearch)), cutBytes(query("ai"), maxSearch)
	if action := query("viec"); slices.Contains(survey.AuditActions(), action) {
		f.Action = action
	}
	f.query = survey.AuditQuery{Words: strings.Fields(survey.Fold(f.Search)), Actor: f.Actor, Action: f.Action}
	if day, err := time.ParseInLocation(time.DateOnly, query("tu"), zone); err == nil {
		f.From, f.query.From = query("tu"), day
	}
	if day, err := time.ParseInLocation(time.DateOnly, query("den"), zone); err == nil {
		f.Until, f.query.Until = query("den"), day.AddDate(0, 0, 1)
	}
	if text := query("truoc"); text != "" {
		before, err := strconv.ParseInt(text, 10, 64)
		if err != nil || before < 0 {
			return f, false
		}
		f.before, f.query.Before = before, before
	}
	return f, true
}

func (p *Pages) auditFilter(c *fiber.Ctx) (auditFilter, bool) {
	return readAuditFilter(func(name string) string { return c.Query(name) }, p.Directory().Calendar.Zone)
}

func (p *Pages) audit(c *fiber.Ctx, account survey.Account) error {
	f, ok := p.auditFilter(c)
	if !ok {
		return fiber.ErrNotFound
	}
	f.query.Limit = auditLines + 1
	log, err := p.Journal.AuditLog(c.UserContext(), f.query)
	if err != nil {
		return err
	}
	actors, err := p.Journal.AuditActors(c.UserContext())
	if err != nil {
		return err
	}
	view := auditPage{Head: p.head(c, "Nhật ký", account), Zone: p.Directory().Calendar.Zone, Filter: f, Entries: log[:min(len(log), auditLines)], Latest: f.before == 0}
	if values := f.values(); len(log) > auditLines {
		values.Set("truoc", strconv.FormatInt(log[auditLines-1].Seq, 10))
		view.Older = auditPath + "?" + values.Encode()
	}
	view.File = withQuery(auditPath+fileEnding, f.values())
	for _, name := range actors {
		view.Actors = append(view.Actors, choice{name, name, name == f.Actor})
	}
	for _, action := range survey.AuditActions() {
		view.Actions = append(view.Actions, choice{action, survey.AuditEntry{Action: action}.Done(), action == f.Action})
	}
	slices.SortFunc(view.Actions, func(a, b choice) int { return strings.Compare(survey.Fold(a.Text), survey.Fold(b.Text)) })
	return p.set.Render(c, http.StatusOK, "audit", view)
}

func withQuery(path string, values url.Values) string {
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// auditFile hands over the entries that the page's filter asks for, all pages
// of them, as a workbook. Taking it is an entry itself.
func (p *Pages) auditFile(c *fiber.Ctx, account survey.Account) error {
	f, ok := p.auditFilter(c)
	if !ok {
		return fiber.ErrNotFound
	}
	f.query.Limit = auditFileLines
	log, err := p.Journal.AuditLog(c.UserContext(), f.query)
	if err != nil {
		return err
	}
	now := p.Clock().In(p.Directory().Calendar.Zone)
	var file bytes.Buffer
	if err := sheet.WriteAudit(&file, sheet.Audit{Condition: f.condition(), Made: now, Entries: log}); err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	detail := fmt.Sprintf("nhật ký (Excel), %s dòng", survey.Count(len(log)))
	if err := p.Rounds.NoteDownload(c.UserContext(), account.Name, "", detail); err != nil {
		return err
	}
	setAttachment(c, "nhat-ky-"+now.Format(time.DateOnly)+fileEnding, workbookType)
	return c.Send(file.Bytes())
}

// condition says in words which entries are asked for; empty: all.
func (f auditFilter) condition() string {
	var parts []string
	for _, part := range [][2]string{{"tìm", f.Search}, {"ai", f.Actor}, {"việc", survey.AuditEntry{Action: f.Action}.Done()}, {"từ ngày", f.From}, {"đến ngày", f.Until}} {
		if part[1] != "" {
			parts = append(parts, part[0]+" «"+part[1]+"»")
		}
	}
	return strings.Join(parts, ", ")
}
