package office_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

func (s *site) visitFrom(path, cookie, origin string) *http.Response {
	s.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(""))
	r.Host = testHost
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", origin)
	r.Header.Set("Cookie", cookie)
	res, err := s.app.Test(r, -1)
	if err != nil {
		s.Fatal(err)
	}
	return res
}

func (s *site) try(name, typed string) answer {
	s.Helper()
	return s.visit("/so/dang-nhap", "", url.Values{"ten": {name}, "mat-khau": {typed}})
}

func TestSessionCookie(t *testing.T) {
	for base, want := range map[string]http.Cookie{
		"https://ykien.example.vn": {Name: "__Host-hl", Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode},
		"http://127.0.0.1:8080":    {Name: "hl", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode},
	} {
		s := newSite(t, func(s *site) { s.baseURL = base })
		res := s.try("lan", password)
		if len(res.Cookies()) != 1 {
			t.Fatalf("%s: %d cookies after the login, want 1", base, len(res.Cookies()))
		}
		got := *res.Cookies()[0]
		if got.Value == "" || got.MaxAge != 0 || !got.Expires.IsZero() || got.Domain != "" {
			t.Errorf("%s: cookie %q is not one of this browser session", base, got.Raw)
		}
		got = http.Cookie{Name: got.Name, Path: got.Path, Secure: got.Secure, HttpOnly: got.HttpOnly, SameSite: got.SameSite}
		if got.String() != want.String() {
			t.Errorf("%s: cookie %s, want %s", base, got.String(), want.String())
		}
	}
}

func TestEveryLoginIsANewSession(t *testing.T) {
	s := newSite(t)
	if first, second := s.login("lan"), s.login("lan"); first == second {
		t.Errorf("both logins gave %s", first)
	}
}

func TestLogoutEndsTheSession(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	res := s.visit("/so/dang-xuat", cookie, url.Values{})
	if res.StatusCode != http.StatusSeeOther || len(s.people.sessions) != 0 {
		t.Errorf("logout: %d, %d sessions left", res.StatusCode, len(s.people.sessions))
	}
	if cleared := res.Cookies()[0]; cleared.Value != "" || cleared.Expires.After(now) {
		t.Errorf("the browser keeps %q", cleared.Raw)
	}
	if res := s.visit("/so/", cookie, nil); res.StatusCode != http.StatusSeeOther {
		t.Errorf("the old cookie still opens the board: %d", res.StatusCode)
	}
}

func TestWrongLoginSaysTheSame(t *testing.T) {
	const sentence = "Tên đăng nhập hoặc mật khẩu không đúng"
	for _, c := range [][2]string{{"lan", "sai"}, {"khong-co", password}, {"có dấu", password}, {"", ""}, {strings.Repeat("a", 300), password}} {
		s := newSite(t)
		res := s.try(c[0], c[1])
		if res.StatusCode != http.StatusUnprocessableEntity || len(res.Cookies()) > 0 {
			t.Errorf("login as %q: %d with %d cookies, want 422 and none", c[0], res.StatusCode, len(res.Cookies()))
		}
		page := parse(t, res.body)
		name, secret := page.all("input")[0], page.all("input")[1]
		if name.attr("value") != c[0] || secret.attr("value") != "" || name.attr("aria-describedby") != "ten-loi" {
			t.Errorf("login as %q: the name comes back as %q, the password as %q", c[0], name.attr("value"), secret.attr("value"))
		}
		if said := page.all("form")[0].all("p")[0]; said.text() != sentence || said.attr("id") != "ten-loi" {
			t.Errorf("login as %q says %q", c[0], said.text())
		}
		if title := page.all("title")[0].text(); title != "Lỗi: Đăng nhập" {
			t.Errorf("title %q", title)
		}
	}
}

func TestLoginFaultIsNotAWrongPassword(t *testing.T) {
	s := newSite(t, func(s *site) { s.people.fail = errDisk })
	if res := s.try("lan", password); res.StatusCode != http.StatusInternalServerError || strings.Contains(res.body, "disk") {
		t.Errorf("a fault of the store: %d", res.StatusCode)
	}
	s.people.fail = survey.Refuse(survey.Busy, "Đang bận", "Busy")
	s.now = s.now.Add(time.Hour)
	if res := s.try("lan", password); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a busy store: %d, want 503", res.StatusCode)
	}
}

func TestLoginNeedsItsTwoFields(t *testing.T) {
	s := newSite(t)
	for _, form := range []url.Values{{"ten": {"lan", "minh"}, "mat-khau": {password}}, {"ten": {"lan"}, "mat-khau": {password}, "vai-tro": {"office"}}} {
		if res := s.visit("/so/dang-nhap", "", form); res.StatusCode != http.StatusUnprocessableEntity || s.people.checks != 0 {
			t.Errorf("%v: %d after %d checks", form, res.StatusCode, s.people.checks)
		}
	}
}

func TestLoginWaitsGrow(t *testing.T) {
	s := newSite(t)
	for i, wait := range []string{"1", "2", "4", "8", "16", "32", "60", "60"} {
		if res := s.try("Lan", "sai"); res.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("failure %d: %d, want 422", i+1, res.StatusCode)
		}
		res := s.try("lan ", password)
		if res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") != wait || !strings.Contains(res.body, "Thử lại sau "+wait+" giây") {
			t.Errorf("after failure %d: %d, Retry-After %q, want 429 and %s", i+1, res.StatusCode, res.Header.Get("Retry-After"), wait)
		}
		seconds, _ := time.ParseDuration(wait + "s")
		s.now = s.now.Add(seconds)
	}
	if s.people.checks != 8 {
		t.Errorf("%d passwords were checked, want 8", s.people.checks)
	}
	s.login("lan") // the wait is over: never locked out
	s.try("lan", "sai")
	if res := s.try("lan", password); res.Header.Get("Retry-After") != "1" {
		t.Errorf("after a login the waits go on at %q, want 1", res.Header.Get("Retry-After"))
	}
}

func TestLoginWaitsAreOfOneAccount(t *testing.T) {
	s := newSite(t)
	s.try("lan", "sai")
	s.login("minh")
}

func TestLoginWaitsAreForgotten(t *testing.T) {
	s := newSite(t)
	for range 5 {
		s.try("lan", "sai")
		s.now = s.now.Add(time.Minute)
	}
	s.now = s.now.Add(15 * time.Minute)
	s.try("lan", "sai")
	if res := s.try("lan", password); res.Header.Get("Retry-After") != "1" {
		t.Errorf("a quarter of an hour later the wait is %q, want 1", res.Header.Get("Retry-After"))
	}
}
