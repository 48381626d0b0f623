package survey

import (
	"slices"
	"strings"
	"time"
)

// AuditQuery says which entries of the audit log are wanted. Empty fields ask
// nothing.
type AuditQuery struct {
	Before int64    // entries with smaller numbers; 0: from the newest on
	Limit  int      // at most so many
	Words  []string // folded; all of them are in who, what, to what and the detail
	Actor  string
	Action string
	From   time.Time // the first moment
	Until  time.Time // the first moment after
}

// Keeps says whether an entry is one of those asked for.
func (q AuditQuery) Keeps(e AuditEntry) bool {
	switch {
	case q.Actor != "" && e.Actor != q.Actor, q.Action != "" && e.Action != q.Action:
		return false
	case !q.From.IsZero() && e.At.Before(q.From), !q.Until.IsZero() && !e.At.Before(q.Until):
		return false
	case len(q.Words) == 0:
		return true
	}
	text := Fold(e.Actor + " " + e.Done() + " " + e.Object + " " + e.Detail)
	return !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(text, w) })
}
