package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The bar of a job moves by itself, nothing else does, and the focus stays; in
// the end it stands on the file.
func TestAJobIsWatched(t *testing.T) {
	p := newTour(t)
	addr := (&site{T: t, app: p.app}).serve()
	w := browseFor(t, 1366, 768, 2*time.Minute)
	w.as(p.cookies["office"], addr)
	w.open(addr + "/so/tai-lieu?loai=TH")
	w.press(`button:not(.quiet)[type=submit], main form[method=post] button`)
	w.do(chromedp.WaitVisible("#dung", chromedp.ByQuery), chromedp.Focus("#dung button", chromedp.ByQuery))
	top := ask[float64](w, `document.querySelector("progress").getBoundingClientRect().top`)
	seen := map[float64]bool{}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		now := ask[string](w, `[document.querySelector("progress").value, document.activeElement.textContent, document.querySelector("progress").getBoundingClientRect().top, !!document.querySelector("#dung")].join("|")`)
		var value, at float64
		parts := strings.Split(now, "|")
		fmt.Sscan(parts[0], &value)
		fmt.Sscan(parts[2], &at)
		seen[value] = true
		if at != top {
			t.Fatalf("the bar moved from %v to %v", top, at)
		}
		if parts[3] == "false" {
			break
		}
		if parts[1] != "Dừng việc này" {
			t.Fatalf("the focus went to %q", parts[1])
		}
	}
	if len(seen) < 3 || !seen[100] {
		t.Errorf("the bar stood at %v", seen)
	}
	if focus := ask[string](w, "document.activeElement.textContent"); !strings.HasPrefix(focus, "Tải về: bo-tai-lieu-2026-10-20.zip (") {
		t.Errorf("in the end the focus is on %q", focus)
	}
}

// Without script the page says how to look again, and the job can be stopped.
func TestAJobWithoutScript(t *testing.T) {
	p := newTour(t)
	addr := (&site{T: t, app: p.app}).serve()
	w := browseFor(t, 360, 640, 2*time.Minute).withoutScript()
	w.as(p.cookies["office"], addr)
	path := p.post("/so/tai-lieu", url.Values{"to-dan": {"co"}, "xac-nhan": {"co"}}).Header.Get("Location")
	w.open(addr + path)
	w.do(chromedp.WaitVisible(`noscript a`, chromedp.ByQuery), chromedp.Focus("#dung button", chromedp.ByQuery))
	if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		w.open(addr + path)
		if said := ask[string](w, `document.querySelector("#trang-thai").textContent`); strings.HasPrefix(said, "Đã dừng") {
			return
		}
	}
	t.Error("the job was not stopped")
}
