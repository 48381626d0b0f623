package office_test

import (
	"strings"
	"testing"
)

func TestTheAuditLogIsReadInPages(t *testing.T) {
	s := newSite(t)
	first := s.visit("/so/nhat-ky", s.cookieOf("minh"), nil).body
	for _, want := range []string{"&lt;b&gt;dòng 150&lt;/b&gt;", "dòng 51&lt;", "Tải tệp", "08:02:30 23/11/2026", `href="/so/nhat-ky?truoc=51"`} {
		if !strings.Contains(first, want) {
			t.Errorf("the first page does not have %q", want)
		}
	}
	if strings.Contains(first, "dòng 50&lt;") {
		t.Error("the first page has more than 100 entries")
	}
	last := s.visit("/so/nhat-ky?truoc=51", s.cookieOf("minh"), nil).body
	if !strings.Contains(last, "dòng 50&lt;") || !strings.Contains(last, "dòng 1&lt;") || strings.Contains(last, "?truoc=") {
		t.Errorf("the last page is not the rest:\n%s", last)
	}
}
