package office

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// auditLines is how many entries a page shows.
const auditLines = 100

// Journal is the audit log: up to limit entries before the number given, or
// the last ones when it is 0, the newest first.
type Journal interface {
	AuditLog(ctx context.Context, before int64, limit int) ([]survey.AuditEntry, error)
}

// auditPage is a part of the audit log.
type auditPage struct {
	page.Head
	Zone    *time.Location
	Entries []survey.AuditEntry
	Latest  bool  // the newest entries are shown
	Before  int64 // number of the oldest entry shown, if there are older ones
}

// At is when an entry was made, in the province's time.
func (p auditPage) At(e survey.AuditEntry) string {
	return e.At.In(p.Zone).Format("15:04:05 02/01/2006")
}

func (p *Pages) audit(c *fiber.Ctx, account survey.Account) error {
	before, err := strconv.ParseInt(c.Query("truoc", "0"), 10, 64)
	if err != nil || before < 0 {
		return fiber.ErrNotFound
	}
	log, err := p.Journal.AuditLog(c.UserContext(), before, auditLines)
	if err != nil {
		return err
	}
	view := auditPage{Head: p.head(c, "Nhật ký", account), Zone: p.Directory().Calendar.Zone, Entries: log, Latest: before == 0}
	if n := len(log); n > 0 && log[n-1].Seq > 1 {
		view.Before = log[n-1].Seq
	}
	return p.set.Render(c, http.StatusOK, "audit", view)
}
