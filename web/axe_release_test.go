package web_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/gofiber/fiber/v2/middleware/adaptor"

	"hailong/survey"
)

// Every page of results, as everybody, a school, a commune and the office see
// it, on a phone and on a screen: axe-core finds nothing and nothing is wider
// than the window.
func TestResultsAreAccessible(t *testing.T) {
	source := axeSource(t)
	p := newProvince(t)
	p.answer(p.a, 40, 5)
	p.answer(p.b, 6, 1)
	p.over()
	server := httptest.NewServer(adaptor.FiberApp(p.app))
	t.Cleanup(server.Close)
	pages := map[string][]string{
		"anonymous": {"/ket-qua/", "/ket-qua/2026-10", "/ket-qua/2026-10/phieu/TH", "/ket-qua/2026-10/xa/" + string(p.a.Area.Code), "/ket-qua/2026-10/truong?q=an", "/ket-qua/2026-10/truong/A-1", "/ket-qua/2026-10/truong/B-1", "/k/" + string(p.a.Link)},
		"school A":  {"/truong/", "/truong/ket-qua"},
		"school B":  {"/truong/ket-qua"},
		"commune":   {"/so/ket-qua", "/so/ket-qua/2026-10"},
		"office":    {"/so/ket-qua", "/so/ket-qua/2026-10", "/so/ket-qua/2026-10/cong-bo", "/so/ket-qua/2026-10/se-lam", "/so/ket-qua/2026-10/xem-truoc/truong/B-1"},
	}
	p.step(survey.SchoolsStage, "")
	p.step(survey.PublicStage, "CV 12")
	lines, _ := survey.ParsePledges([]string{"Sửa nhà vệ sinh"})
	if err := p.store.SetPledges(context.Background(), "2026-10", "A-1", lines); err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int64{{360, 640}, {1366, 768}} {
		w := browse(t, size[0], size[1])
		for who, paths := range pages {
			w.do(network.ClearBrowserCookies())
			cookies, _ := p.cookieOf(who)
			for cookie := range strings.SplitSeq(cookies, "; ") {
				if name, value, ok := strings.Cut(cookie, "="); ok {
					w.do(network.SetCookie(name, value).WithURL(server.URL))
				}
			}
			for _, path := range paths {
				w.open(server.URL + path)
				w.accessible(who+" "+path, source)
				var over int
				w.do(chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &over))
				if over > 0 {
					t.Errorf("%s %s at %d: %d pixels too wide", who, path, size[0], over)
				}
			}
		}
	}
}
