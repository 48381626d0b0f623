package web_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hailong/survey"
)

// places are where everything on the page stands, and where the focus is.
const places = `[...document.querySelectorAll("main *")].map(e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.height].join() }).join(";") + document.activeElement.id`

// seen makes the page hidden or seen again, as changing the tab does.
const seen = `(hidden => { Object.defineProperty(document, "hidden", {get: () => hidden, configurable: true}); document.dispatchEvent(new Event("visibilitychange")) })`

// The board's numbers grow by themselves, in their places; nothing moves, and
// the focus stays where somebody is typing.
func TestTheBoardsNumbersStayFresh(t *testing.T) {
	p := newProvince(t)
	addr := (&site{T: t, app: p.app}).serve()
	w := browseFor(t, 1366, 768, time.Minute)
	cookie, _ := p.cookieOf("viewer")
	w.as(cookie, addr)
	w.open(addr + "/so/")
	w.do(chromedp.Focus("#q", chromedp.ByQuery))
	number := func() string { return ask[string](w, `document.querySelector("[data-so=phieu]").textContent`) }
	before, at := number(), ask[string](w, places)
	p.one("form-of-a-watcher-1")
	want := survey.Count(p.responses("2026-10"))
	w.do(chromedp.Evaluate(seen+"(true)", nil), chromedp.Evaluate(seen+"(false)", nil))
	for end := time.Now().Add(20 * time.Second); number() != want; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the number went from %s to %s, want %s", before, number(), want)
		}
	}
	if now := ask[string](w, places); now != at {
		t.Errorf("something on the page moved:\n%s\n%s", at, now)
	}
}

// one stores a response of school A.
func (p *province) one(id survey.FormID) {
	p.Helper()
	ctx := context.Background()
	strata, err := p.store.Strata(ctx, "2026-10")
	if err != nil {
		p.Fatal(err)
	}
	for _, s := range strata {
		if s.School.Code != p.a.Code {
			continue
		}
		response := survey.Response{Expectation: survey.NoPercent, Marks: make([]survey.Mark, len(s.Form.Items)+1)}
		for i := range response.Marks {
			response.Marks[i] = 5
		}
		if _, err := p.store.Accept(ctx, survey.Delivery{ID: id, Stratum: s.ID, Day: survey.DayOf(p.now, zone), Response: response}); err != nil {
			p.Fatal(err)
		}
		return
	}
}

// A round is extended with the keyboard alone: the act is opened, filled in,
// read and agreed to.
func TestARoundIsExtendedByKeyboard(t *testing.T) {
	p := newProvince(t)
	addr := (&site{T: t, app: p.app}).serve()
	w := browseFor(t, 1366, 768, time.Minute)
	cookie, _ := p.cookieOf("office")
	w.as(cookie, addr)
	w.open(addr + "/so/dot/2026-10")
	w.tabTo(`document.activeElement.textContent === "Gia hạn"`)
	w.do(chromedp.KeyEvent(kb.Enter))
	w.tabTo(`document.activeElement.name === "den"`)
	w.do(chromedp.KeyEvent("15/12/2026"))
	w.tabTo(`document.activeElement.name === "ly-do"`)
	w.do(chromedp.KeyEvent("bão"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".effects", chromedp.ByQuery))
	w.tabTo(`document.activeElement.textContent === "Gia hạn"`)
	w.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".done", chromedp.ByQuery))
	if r := p.roundNow("2026-10"); r.Closes != survey.NewDay(2026, 12, 15) {
		t.Errorf("it closes on %s", r.Closes)
	}
}

// tabTo presses Tab until the focus is where it should be.
func (w window) tabTo(there string) {
	w.Helper()
	for range 80 {
		if ask[bool](w, there) {
			return
		}
		w.do(chromedp.KeyEvent(kb.Tab))
	}
	w.Fatalf("Tab does not lead to where %s", there)
}
