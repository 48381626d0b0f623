package office_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestTheListIsTakenAway(t *testing.T) {
	s := newSite(t)
	cookie := s.login("minh")
	rows := func(path string) int {
		t.Helper()
		res := s.visit(path, cookie, nil)
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Content-Disposition"), "tham-gia-2026-10.xlsx") {
			t.Fatalf("%s: %d %s", path, res.StatusCode, res.Header.Get("Content-Disposition"))
		}
		f, err := excelize.OpenReader(strings.NewReader(res.body))
		if err != nil {
			t.Fatal(err)
		}
		all, err := f.GetRows("Tham gia")
		if err != nil {
			t.Fatal(err)
		}
		return len(all) - 5
	}
	whole, silent := rows("/so/tham-gia.xlsx"), rows("/so/tham-gia.xlsx?tt=chua-co")
	if silent < 1 || silent >= whole {
		t.Errorf("%d schools, %d of them without a response", whole, silent)
	}
	if n := len(s.history.notes); n != 2 || !strings.HasPrefix(s.history.notes[1], "minh 2026-10 tình hình tham gia (Excel)") {
		t.Errorf("noted: %q", s.history.notes)
	}
	if page := s.visit("/so/?tt=chua-co&xep=-si-so", cookie, nil).body; !strings.Contains(page, `href="/so/tham-gia.xlsx?tt=chua-co&amp;xep=-si-so"`) {
		t.Error("the board does not lead to the file of what it shows")
	}
}
