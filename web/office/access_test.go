package office_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// visitors are who may come: nobody known, a session that has ended, a school,
// a viewer and the office.
var visitors = []string{"anonymous", "stale", "school", "minh", "lan"}

// visit is one request of each visitor, with the statuses they get.
type visit struct {
	path string
	post bool
	want [5]int
}

// matrix is every route of the office with the answer to each visitor.
var matrix = []visit{
	{"/so", false, [5]int{303, 303, 303, 303, 303}},
	{"/so/dang-nhap", false, [5]int{200, 200, 200, 200, 200}},
	{"/so/dang-nhap", true, [5]int{422, 422, 422, 422, 422}},
	{"/so/", false, [5]int{303, 303, 303, 200, 200}},
	{"/so/", true, [5]int{403, 403, 403, 404, 404}},
	{"/so/?dot=2026-03", false, [5]int{303, 303, 303, 200, 200}},
	{"/so/?dot=2027-03", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/?dot=2031-03", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/?dot=%27", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/ket-qua/2026-10.xlsx", false, [5]int{303, 303, 303, 200, 200}},
	{"/so/ket-qua/2026-10.xlsx", true, [5]int{403, 403, 403, 404, 404}},
	{"/so/ket-qua/2027-03.xlsx", false, [5]int{303, 303, 303, 409, 409}},
	{"/so/ket-qua/2031-03.xlsx", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/ket-qua/2026-10", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/ket-qua/..%2f..%2fx.xlsx", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/nhat-ky", false, [5]int{303, 303, 303, 200, 200}},
	{"/so/nhat-ky?truoc=2", false, [5]int{303, 303, 303, 200, 200}},
	{"/so/nhat-ky?truoc=x", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/nhat-ky", true, [5]int{403, 403, 403, 404, 404}},
	{"/so/khac", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/khac", true, [5]int{403, 403, 403, 404, 404}},
	{"/so/dang-xuat", false, [5]int{303, 303, 303, 404, 404}},
	{"/so/dang-xuat", true, [5]int{403, 303, 303, 303, 303}},
}

func TestWhoMayOpenWhat(t *testing.T) {
	for _, c := range matrix {
		for i, who := range visitors {
			s := newSite(t)
			var form url.Values
			if c.post {
				form = url.Values{}
			}
			res := s.visit(c.path, s.cookieOf(who), form)
			if res.StatusCode != c.want[i] {
				t.Errorf("%s (POST: %v) as %s: %d, want %d", c.path, c.post, who, res.StatusCode, c.want[i])
			}
			refused := who != "minh" && who != "lan"
			if refused && res.StatusCode == http.StatusSeeOther && c.path != "/so" && res.Header.Get("Location") != "/so/dang-nhap" {
				t.Errorf("%s as %s leads to %q, want the login", c.path, who, res.Header.Get("Location"))
			}
			if refused && (strings.Contains(res.body, "Lê Quý Đôn") || strings.HasPrefix(res.body, "PK")) {
				t.Errorf("%s as %s shows what is the office's", c.path, who)
			}
		}
	}
}

// A route that nobody thought about here is one whose visitors nobody checked.
func TestMatrixHasEveryRoute(t *testing.T) {
	for _, route := range newSite(t).app.GetRoutes(true) {
		if !strings.HasPrefix(route.Path, "/so") || route.Method != http.MethodGet && route.Method != http.MethodPost {
			continue
		}
		known := slices.ContainsFunc(matrix, func(c visit) bool {
			path, _, _ := strings.Cut(c.path, "?")
			return c.post == (route.Method == http.MethodPost) && fiber.RoutePatternMatch(path, route.Path, fiber.Config{StrictRouting: true})
		})
		if !known {
			t.Errorf("%s %s is not in the matrix", route.Method, route.Path)
		}
	}
}

func (s *site) cookieOf(who string) string {
	switch who {
	case "anonymous":
		return ""
	case "stale":
		return "hl=secret-lan-7"
	case "school":
		return "hl=secret-school; hl-truong=secret-school"
	}
	return s.login(who)
}

func TestOtherSitesCannotPost(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	for _, path := range []string{"/so/dang-nhap", "/so/dang-xuat"} {
		res := s.visitFrom(path, cookie, "https://evil.example")
		if res.StatusCode != http.StatusForbidden {
			t.Errorf("%s posted from another site: %d, want 403", path, res.StatusCode)
		}
	}
	if len(s.people.sessions) != 1 {
		t.Error("another site ended the session")
	}
}
