package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// backKey presses the phone's Back key.
func (p phone) backKey() {
	p.Helper()
	_ = chromedp.Run(p.ctx, chromedp.Evaluate(`history.back(); 0`, nil)) // the page may be gone before it answers
	p.do(chromedp.Sleep(100 * time.Millisecond))
}

// inStep waits for a step by the beginning of its heading; "" is the start.
func (p phone) inStep(heading string) {
	p.Helper()
	p.until(`(s => ` + jsString(heading) + ` ? s.startsWith(` + jsString(heading) + `) : s == "")([...document.querySelectorAll("section h2")].filter(e => e.getClientRects().length).map(e => e.textContent).join("|"))`)
}

func jsString(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

func TestTheBackKeyLeadsToTheStepBefore(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.tap("=Bắt đầu")
	p.choose("A1", 2)
	for range 2 {
		p.tap("=Tiếp tục")
		p.tap("=Bỏ qua, đi tiếp")
	}
	p.inStep("Phần 3")
	p.tap("=Quay lại")
	p.inStep("Phần 2")
	p.backKey()
	p.inStep("Phần 1")
	if got := p.chosen(); got != "A12|" {
		t.Errorf("the answers are %q", got)
	}
	p.tap("=Tiếp tục")
	p.inStep("Phần 2")
	p.backKey()
	p.inStep("Phần 1")
	p.backKey()
	p.inStep("")
	if !ask[bool](p.window, `document.forms[0] != null`) {
		t.Error("left the form")
	}
}

// A page that the phone threw away, or that was loaded anew, is where it was.
func TestAReloadKeepsTheStep(t *testing.T) {
	p, id := interrupted(t)
	p.inStep("Phần 2")
	p.do(chromedp.Reload(), chromedp.WaitReady("main", chromedp.ByQuery))
	p.inStep("Phần 2")
	if got := p.chosen(); got != "A12 A25|Sân ngập" || p.id() != id {
		t.Errorf("after loading anew: %q, id %s", got, p.id())
	}
	p.backKey()
	p.inStep("Phần 1")
}

// Back from the page of thanks does not lead into the form that was sent.
func TestBackFromThanksLeavesTheForm(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.open(p.addr + "/")
	p.open(p.addr + "/k/" + oneForm)
	p.hurry()
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.thanked()
	p.backKey()
	p.until(`location.pathname == "/" && document.querySelector("#q") != null`)
	s.shelf.only(t)
}

// A draft that was taken up and left again is taken up with what was added.
func TestADraftIsTakenUpAsItIsByNow(t *testing.T) {
	p, _ := interrupted(t)
	p.reopen()
	p.tap("=Làm tiếp")
	p.inStep("Phần 2")
	item := p.form().ItemsOf(p.form().Groups[1].Code)[0].Code
	p.choose(item, 4)
	for _, step := range []string{"Phần 1", ""} {
		p.backKey()
		p.inStep(step)
	}
	p.tap("=Làm tiếp")
	if got := p.chosen(); got != "A12 A25 "+string(item)+"4|Sân ngập" {
		t.Errorf("taken up again: %q", got)
	}
	for _, step := range []string{"Phần 1", ""} {
		p.backKey()
		p.inStep(step)
	}
	p.tap("=Xóa, làm lại từ đầu")
	if got := p.chosen(); got != "|" {
		t.Errorf("after starting anew: %q", got)
	}
}
