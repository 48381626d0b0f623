package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// A page of failures leads the office's people back to the office's pages, not
// to the parents' search.
func TestFailuresOfTheOfficeLeadBack(t *testing.T) {
	p := newProvince(t)
	for _, c := range []struct {
		role, path string
		status     int
		back       string
	}{
		{"commune", "/so/cai-dat", 403, `href="/so/">Về trang Tình hình<`},
		{"office", "/so/gop-y/khongco", 404, `href="/so/">Về trang Tình hình<`},
		{"", "/so/kich-hoat/khongco", 404, `href="/so/dang-nhap">Về trang đăng nhập<`},
		{"", "/gi-do", 404, `href="/">Gõ mã của trường<`},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Host = testHost
		if c.role != "" {
			cookie, _ := p.cookieOf(c.role)
			r.Header.Set("Cookie", cookie)
		}
		res, err := p.app.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		body := new(strings.Builder)
		res.Write(body)
		if res.StatusCode != c.status || !strings.Contains(body.String(), c.back) || c.path != "/gi-do" && strings.Contains(body.String(), "Gõ mã của trường") {
			t.Errorf("%s by %q: %d without %s\n%s", c.path, c.role, res.StatusCode, c.back, body)
		}
	}
}
