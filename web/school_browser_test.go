package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hailong/survey"
)

// A clerk loads a list and merges a school in a browser that runs no script,
// by keyboard.
func TestAListIsLoadedInABrowserWithoutScript(t *testing.T) {
	p := newProvince(t)
	cookie, _ := p.cookieOf("office")
	addr := serveApp(t, p.app)
	fresh := survey.School{Code: "C-1", Name: "Trường Mầm non Cúc", Kind: "MN", Area: p.a.Area, Enrolment: survey.Enrolment{survey.LevelMN: 90}}
	name := filepath.Join(t.TempDir(), "danh sách.xlsx")
	if err := os.WriteFile(name, listOf(t, []survey.School{p.a, p.b, fresh}), 0o600); err != nil {
		t.Fatal(err)
	}
	w := browse(t, 1366, 768).withoutScript()
	w.as(cookie, addr)
	w.open(addr + "/so/truong")
	w.follow(`a[href="/so/truong/nap"]`, "Nạp danh sách trường")
	w.do(chromedp.SetUploadFiles("#tep", []string{name}, chromedp.ByQuery))
	w.follow("main form button", "Xem trước, chưa ghi gì")
	if n := len(p.schools()); n != 2 {
		t.Fatalf("%d schools before the button", n)
	}
	w.follow("main form button", "Đã nạp danh sách")
	if n := len(p.schools()); n != 3 {
		t.Fatalf("%d schools after the button", n)
	}
	w.open(addr + "/so/truong/C-1?mo=viec")
	w.do(chromedp.Focus("#truong-khac", chromedp.ByQuery), chromedp.KeyEvent("A-1"+kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent("QĐ 12"))
	w.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".empty", chromedp.ByQuery))
	if s := p.school("C-1"); s.Until == 0 {
		t.Error("the school was not merged")
	}
}

// follow presses Enter on a link or a button, and waits for the page whose
// first heading is that.
func (w window) follow(selector, heading string) {
	w.Helper()
	w.do(chromedp.Focus(selector, chromedp.ByQuery), chromedp.KeyEvent(kb.Enter))
	w.do(chromedp.WaitVisible(`//h1[contains(., "`+strings.TrimSpace(heading)+`")]`, chromedp.BySearch))
}
