package school_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

const (
	local  = "http://127.0.0.1:8080"
	public = "https://ykien.example.vn"
)

func TestEnteringGivesACookieAndAnAddressWithoutTheSecret(t *testing.T) {
	for base, want := range map[string]http.Cookie{
		public: {Name: "__Secure-hl-truong", Value: "session-S001", Path: "/truong", MaxAge: 60 * 24 * 3600, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode},
		local:  {Name: "hl-truong", Value: "session-S001", Path: "/truong", MaxAge: 60 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode},
	} {
		res := newSite(t, base).get("/truong/"+token+primary, "")
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/truong/" || strings.Contains(res.body, token) {
			t.Errorf("%s: %d to %q", base, res.StatusCode, res.Header.Get("Location"))
		}
		if len(res.Cookies()) != 1 || res.Cookies()[0].String() != want.String() {
			t.Errorf("%s: cookies %v, want %s", base, res.Cookies(), want.String())
		}
	}
}

func TestWhoMaySeeASchoolsPage(t *testing.T) {
	s := newSite(t, local)
	for _, c := range []struct {
		path, cookie string
		status       int
		says         string
	}{
		{"/truong", "", 303, ""},
		{"/truong/", "", 403, "Mở địa chỉ riêng mà Sở Giáo dục và Đào tạo Đắk Lắk đã gửi cho trường"},
		{"/truong/", "hl-truong=made-up", 403, "Mở địa chỉ riêng"},
		{"/truong/", "hl=session-S001", 403, "Mở địa chỉ riêng"}, // the office's cookie opens no school
		{"/truong/wrong", "", 404, "Địa chỉ trang của trường không còn dùng"},
		{"/truong/wrong", "hl-truong=session-S001", 404, "không còn dùng"},
		{"/truong/S001", "", 404, "không còn dùng"}, // the code is no secret
		{"/truong/AAAA2222", "", 404, "không còn dùng"},
		{"/truong/", "hl-truong=session-S001", 200, "Trường Tiểu học Nơ Trang Lơng"},
		{"/truong/", "hl-truong=session-S999", 404, "Trường không còn trong danh sách"},
		{"/truong/x/y", "hl-truong=session-S001", 404, ""},
		{"/so/", "hl-truong=session-S001; hl=session-S001", 303, ""},
	} {
		res := s.get(c.path, c.cookie)
		if res.StatusCode != c.status || !strings.Contains(res.body, c.says) {
			t.Errorf("%s with %q: %d, want %d and «%s»", c.path, c.cookie, res.StatusCode, c.status, c.says)
		}
		if c.status != 200 && strings.Contains(res.body, "Nơ Trang Lơng") {
			t.Errorf("%s with %q shows the school", c.path, c.cookie)
		}
	}
}

func TestSchoolSeesItselfOnly(t *testing.T) {
	page := newSite(t, local).page(upper).text()
	for _, other := range []string{"Nơ Trang Lơng", "GDNN", "AAAA2222", "132", "130"} {
		if strings.Contains(page, other) {
			t.Errorf("the page of one school shows «%s» of another", other)
		}
	}
}

func TestCountsComeInSteps(t *testing.T) {
	s := newSite(t, local)
	for code, want := range map[string]string{
		primary:  "130 phiếu đã nhận trên 410 học sinh (31,7%)",
		upper:    "35 phiếu đã nhận trên 2.400 người được hỏi (1,5%)",
		learning: "dưới 5 phiếu đã nhận trên 90 học viên",
	} {
		if got := s.page(code).class("total"); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	var rows []string
	for _, tr := range s.page(upper).all("tbody")[0].all("tr") {
		rows = append(rows, tr.all("th")[0].text()+": "+tr.all("td")[0].text()+" / "+tr.all("td")[1].text()+" / "+tr.all("td")[2].text())
	}
	want := []string{"Cha mẹ học sinh trung học phổ thông: 30 / 1.200 / 2,5", "Học sinh trung học phổ thông: dưới 5 / 1.200 / –"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if bar := s.page(primary).all("progress")[0]; bar.attr("value") != "130" || bar.attr("max") != "410" {
		t.Errorf("the bar stands at %s of %s", bar.attr("value"), bar.attr("max"))
	}
}

// Nothing on the page moves when the 131st to 134th response arrives.
func TestNobodyCanWatchOneParentAnswer(t *testing.T) {
	s := newSite(t, local)
	seen := map[string]bool{}
	for n := 130; n < 135; n++ {
		s.rooms.strata[0].Tally.Responses = n
		seen[s.get("/truong/", "hl-truong=session-"+primary).body] = true
	}
	if len(seen) != 1 {
		t.Errorf("130 to 134 responses give %d different pages, want 1", len(seen))
	}
}

func TestPageShowsNoOpinion(t *testing.T) {
	s := newSite(t, local)
	for _, state := range []survey.State{survey.Open, survey.Shut} {
		s.dir.Round.State = state
		body := strings.ToLower(s.page(primary).all("main")[0].text())
		for _, word := range []string{"hài lòng", "điểm", "chỉ số"} {
			if strings.Contains(body, word) {
				t.Errorf("%s: the page speaks of «%s»", state, word)
			}
		}
	}
}

func TestStates(t *testing.T) {
	for want, change := range map[string]func(*site){
		"Đang nhận phiếu. Còn 7 ngày, ngày cuối là 30/11/2026.":         func(*site) {},
		"Đang nhận phiếu. Hôm nay, 30/11/2026, là ngày cuối.":           func(s *site) { s.now = now.AddDate(0, 0, 7) },
		"Chưa đến ngày trả lời. Phiếu mở từ 01/10/2026 đến 30/11/2026.": func(s *site) { s.dir.Round.State, s.rooms.strata = survey.Scheduled, nil },
		"Đợt hỏi ý kiến đã kết thúc ngày 20/11/2026.":                   func(s *site) { s.dir.Round.State, s.dir.Round.ClosedAt = survey.Shut, now.AddDate(0, 0, -3) },
	} {
		s := newSite(t, local)
		change(s)
		if got := s.page(primary).all("main")[0].all("b")[0].text(); got != want {
			t.Errorf("the page says %q, want %q", got, want)
		}
	}
}

func TestAddressComesFromTheSettingsOnly(t *testing.T) {
	s := newSite(t, local)
	s.host = "localhost:9" // also this machine, so it is served
	if got := s.page(primary).class("address"); got != local+"/k/AAAA2222" {
		t.Errorf("address %q", got)
	}
}

func TestFaultsOfTheStore(t *testing.T) {
	s := newSite(t, local)
	s.rooms.fail = errors.New("disk on fire")
	if res := s.get("/truong/", "hl-truong=session-S001"); res.StatusCode != http.StatusInternalServerError || strings.Contains(res.body, "disk") {
		t.Errorf("a fault of the store: %d, want 500", res.StatusCode)
	}
}

func TestPageIsMarkedUpAndSmall(t *testing.T) {
	s := newSite(t, local)
	res := s.get("/truong/", "hl-truong=session-"+upper)
	if len(res.body) > 40<<10 {
		t.Errorf("the page has %d bytes", len(res.body))
	}
	page := s.page(upper)
	if page.all("html")[0].attr("lang") != "vi" || len(page.all("h1")) != 1 || len(page.all("style")) > 0 {
		t.Error("language, heading or style are wrong")
	}
	for _, script := range page.all("script") {
		if !strings.HasPrefix(script.attr("src"), "/static/") || script.text() != "" {
			t.Errorf("script from %q", script.attr("src"))
		}
	}
	labels := map[string]bool{}
	for _, l := range page.all("label") {
		labels[l.attr("for")] = true
	}
	for _, area := range page.all("textarea") {
		if !labels[area.attr("id")] {
			t.Errorf("no label for %s", area.attr("id"))
		}
	}
	for _, table := range page.all("table") {
		for _, th := range table.all("th") {
			if len(table.all("caption")) != 1 || th.attr("scope") == "" {
				t.Errorf("no caption or no scope at «%s»", th.text())
			}
		}
	}
	if files := len(page.all("script")) + len(page.all("link")); files > 4 {
		t.Errorf("%d files beside the page", files)
	}
}

func TestStaticFiles(t *testing.T) {
	s := newSite(t, local)
	page := s.page(primary)
	for _, address := range []string{page.all("script")[0].attr("src"), page.all("link")[1].attr("href")} {
		res := s.get(address, "")
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %s", address, res.StatusCode, res.Header.Get("Cache-Control"))
		}
	}
}

func TestTimeZoneOfTheProvinceDecides(t *testing.T) {
	s := newSite(t, local)
	s.now = time.Date(2026, 11, 29, 18, 0, 0, 0, time.UTC) // the 30th has begun in the province
	if got := s.page(primary).all("main")[0].all("b")[0].text(); !strings.Contains(got, "Hôm nay, 30/11/2026, là ngày cuối") {
		t.Errorf("the page says %q", got)
	}
}
