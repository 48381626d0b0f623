package office

import (
	"fmt"
	"testing"
	"time"
)

func TestDraftsAreTheirOwnersForAnHour(t *testing.T) {
	x, at := newDrafts(), time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	id := x.keep(draft{account: "lan", file: "a.xlsx", at: at})
	for _, c := range []struct {
		id, account string
		after       time.Duration
		want        bool
	}{{id, "lan", 0, true}, {id, "lan", draftTime - 1, true}, {id, "lan", draftTime, false}, {id, "minh", 0, false}, {id + "x", "lan", 0, false}, {"", "", 0, false}} {
		if d, ok := x.find(c.id, c.account, at.Add(c.after)); ok != c.want || ok && d.file != "a.xlsx" {
			t.Errorf("%+v: %v", c, ok)
		}
	}
	for i := range maxDrafts {
		x.keep(draft{account: "lan", file: fmt.Sprint(i), at: at.Add(time.Duration(i+1) * time.Minute)})
	}
	if _, ok := x.find(id, "lan", at); ok || len(x.kept) != maxDrafts {
		t.Errorf("%d drafts are kept, the oldest too: %v", len(x.kept), ok)
	}
	later := x.keep(draft{account: "lan", at: at.Add(time.Hour)})
	if x.forget(later); len(x.kept) != maxDrafts-1 {
		t.Errorf("%d drafts after one was taken over", len(x.kept))
	}
}
