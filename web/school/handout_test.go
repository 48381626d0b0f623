package school_test

import (
	"strings"
	"testing"
)

func TestHandoutsOfTheOwnSchool(t *testing.T) {
	s := newSite(t, local)
	for name, want := range map[string]struct{ kind, begins string }{
		"to-dan.pdf":    {"application/pdf", "%PDF-"},
		"phieu-nho.pdf": {"application/pdf", "%PDF-"},
		"ma-qr.svg":     {"image/svg+xml", "<svg "},
		"ma-qr.png":     {"image/png", "\x89PNG"},
	} {
		own := s.get("/truong/"+name, "hl-truong=session-"+primary)
		if own.StatusCode != 200 || own.Header.Get("Content-Type") != want.kind || !strings.HasPrefix(own.body, want.begins) {
			t.Errorf("%s: %d %s", name, own.StatusCode, own.Header.Get("Content-Type"))
		}
		if other := s.get("/truong/"+name, "hl-truong=session-"+upper); other.body == own.body {
			t.Errorf("%s is the same for another school", name)
		}
		if none := s.get("/truong/"+name, ""); none.StatusCode != 403 || strings.HasPrefix(none.body, want.begins) {
			t.Errorf("%s without a session: %d", name, none.StatusCode)
		}
		var linked bool
		for _, tag := range []string{"a", "img"} {
			for _, n := range s.page(primary).all(tag) {
				linked = linked || n.attr("href") == "/truong/"+name || n.attr("src") == "/truong/"+name
			}
		}
		if !linked {
			t.Errorf("the school's page does not lead to %s", name)
		}
	}
}
