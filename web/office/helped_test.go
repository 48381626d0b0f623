package office_test

import (
	"strings"
	"testing"
)

// The board counts apart what was answered with help.
func TestBoardCountsHelp(t *testing.T) {
	s := newSite(t)
	if body := s.page("/so/").text(); strings.Contains(body, "người giúp") {
		t.Error("speaks of help where nobody had any")
	}
	s.history.strata["2026-10"][0].Tally.Helped = 12
	page := s.page("/so/")
	if got := page.all("dl")[0].text(); !strings.Contains(got, "Trong đó có người giúp12") {
		t.Errorf("figures %q", got)
	}
	if got := page.text(); strings.Count(got, "12 có người giúp") != 1 {
		t.Errorf("the list says %q", got)
	}
}
