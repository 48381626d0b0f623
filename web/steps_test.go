package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hailong/survey"
)

func TestTheFormInSteps(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	if bottom := ask[float64](p.window, `[...document.querySelectorAll("button")].find(e => e.textContent == "Bắt đầu").getBoundingClientRect().bottom`); bottom > 560 {
		t.Errorf("the start button ends at %.0f, below a messenger's screen", bottom)
	}
	steps := 0
	marks := p.toTheEnd(func() {
		steps++
		if step := p.step(); !strings.HasPrefix(step, fmt.Sprintf("Phần %d trên ", steps)) || strings.Contains(step, "|") {
			t.Errorf("step %d is %q", steps, step)
		}
		if got := ask[string](p.window, `document.activeElement.tagName + " " + scrollY + " " + (document.querySelector("h1").getClientRects().length > 0)`); got != "H2 0 true" {
			t.Errorf("step %d: focus, scroll, h1: %s", steps, got)
		}
		if found := ask[string](p.window, misfits+"(360.5)"); found != "" {
			t.Errorf("step %d: %s", steps, found)
		}
	})
	if n := ask[int](p.window, `performance.getEntriesByType("resource").length`); n != 0 {
		t.Errorf("the page asked for %d more", n)
	}
	if p.drafts() != 1 {
		t.Error("no draft while answering")
	}
	p.tap("=Gửi ý kiến")
	p.thanked()
	kept := s.shelf.only(t).Response
	if got := survey.EncodeMarks(kept.Marks); got != marks || kept.Expectation != 80 {
		t.Errorf("kept %s, %d; want %s, 80", got, kept.Expectation, marks)
	}
	// Nothing costs a thumb more than the start, each question and each step.
	if most := 1 + p.form().Questions() + steps; *p.taps > most {
		t.Errorf("%d taps, want at most %d", *p.taps, most)
	}
	t.Logf("%d taps for %d questions in %d steps", *p.taps, p.form().Questions(), steps)
	if p.drafts() != 0 {
		t.Error("the draft is still there")
	}
	p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		cookies, err := storage.GetCookies().Do(ctx)
		if len(cookies) > 0 {
			t.Errorf("cookies: %v", cookies)
		}
		return err
	}))
}

func TestASecondChild(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	var ids []string
	for range 2 {
		p.hurry()
		ids = append(ids, p.id())
		p.tap("=Gửi ý kiến")
		p.tap("=Bỏ qua, gửi ý kiến")
		p.thanked()
		p.tap("=Trả lời cho một con khác")
		p.until(`document.querySelector("form") && document.body.className == "k"`)
	}
	if len(s.shelf.kept) != 2 || ids[0] == ids[1] || ask[bool](p.window, `document.querySelector(":checked") != null`) {
		t.Errorf("%d responses of forms %v", len(s.shelf.kept), ids)
	}
}

func TestBlanksAreAskedForOnce(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.tap("=Bắt đầu")
	items := p.form().ItemsOf(p.form().Groups[0].Code)
	p.choose(items[0].Code, 3)
	p.tap("=Tiếp tục")
	if p.focus() != "err n" {
		t.Errorf("the focus is on %q", p.focus())
	}
	box := `document.querySelector(".on .err")`
	if got := ask[string](p.window, box+".innerText"); !strings.HasPrefix(got, fmt.Sprintf("Phần này còn %d câu chưa trả lời", len(items)-1)) || !strings.Contains(got, "Câu 2. ") {
		t.Errorf("says %q", got)
	}
	p.tap(`.on .err a`)
	if got := ask[string](p.window, "document.activeElement.name"); got != string(items[1].Code) {
		t.Errorf("the link leads to %q", got)
	}
	p.choose(items[1].Code, 3)
	if got := ask[int](p.window, box+`.querySelectorAll("li").length`); got != len(items)-2 {
		t.Errorf("%d are left, want %d", got, len(items)-2)
	}
	p.tap("=Bỏ qua, đi tiếp")
	p.tap("=Quay lại")
	p.tap("=Tiếp tục")
	if !strings.HasPrefix(p.step(), "Phần 2") {
		t.Errorf("asked again: %s", p.step())
	}
}

func TestATapLeadsToTheNextQuestion(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.tap("=Bắt đầu")
	items := p.form().ItemsOf(p.form().Groups[0].Code)
	p.choose(items[0].Code, 3)
	quiet := `new Promise(done => setTimeout(() => done(scrollY), 600))`
	still := func(why string, act func()) {
		t.Helper()
		before := ask[float64](p.window, "scrollY")
		act()
		var after float64
		p.do(chromedp.Evaluate(quiet, &after, awaited))
		if after != before {
			t.Errorf("%s: scrolled from %v to %v", why, before, after)
		}
	}
	still("with less motion", func() {})
	p.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}}))
	still("an answer that changes", func() { p.choose(items[0].Code, 2) })
	still("arrows", func() { p.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowUp)) })
	p.do(chromedp.Evaluate("scrollTo(0,0)", nil))
	p.do(chromedp.Focus("#"+string(items[1].Code)+" input", chromedp.ByQuery))
	still("a first answer by key", func() { p.do(chromedp.KeyEvent(" ")) })
	p.choose(items[2].Code, 3)
	p.until(fmt.Sprintf(`Math.abs(document.getElementById(%q).getBoundingClientRect().top - 12) < 2`, items[3].Code))
}

func TestStepsFitASmallScreen(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve(), impatient)
	p.do(emulation.SetDeviceMetricsOverride(320, 480, 1, true))
	check := func(where string) {
		t.Helper()
		if found := ask[string](p.window, misfits+"(320.5)"); found != "" {
			t.Errorf("%s: %s", where, found)
		}
	}
	check("intro")
	p.tap("=Bắt đầu")
	check("step")
	p.tap("=Tiếp tục")
	check("blanks")
	p.do(chromedp.Evaluate(`document.documentElement.style.fontSize="200%"`, nil))
	check("blanks, text twice as large")
	p.tap("=Bỏ qua, đi tiếp")
	check("step, text twice as large")
	p.do(chromedp.Evaluate(`document.documentElement.style.fontSize=""`, nil))
	p.skipToTheEnd()
	p.tap(`label[for="F1-hon"]`)
	check("last step")
	p.offline(true)
	p.tap("=Gửi ý kiến")
	check("last step, blanks")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(notSent)
	check("not sent")
	p.leave()
	p.offline(false)
	p.open(p.addr + "/k/" + longest + "/CMTHPT")
	check("longest name")
	p.tap("=Bắt đầu")
	check("longest name, step")
}

// TestKeysToTheEnd fills and sends the form without a finger or a mouse.
func TestKeysToTheEnd(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	keys := func(which ...string) {
		for _, key := range which {
			p.do(chromedp.KeyEvent(key))
		}
	}
	for p.focus() != "b n" { // past nothing but the links that come before
		keys(kb.Tab)
	}
	keys(kb.Enter)
	for _, g := range p.form().Groups {
		for _, item := range p.form().ItemsOf(g.Code) {
			keys(kb.Tab, " ", kb.ArrowDown)
			if got := ask[string](p.window, "document.activeElement.name + document.activeElement.value"); got != string(item.Code)+"2" {
				t.Fatalf("the keys lead to %q, want item %s", got, item.Code)
			}
		}
		if len(p.form().ItemsOf(g.Code)) > 0 {
			keys(kb.Tab, kb.Enter)
		}
	}
	keys(kb.Tab, " ", kb.Tab, " ", kb.Tab, "T", kb.Tab, kb.Enter)
	p.thanked()
	kept := s.shelf.only(t).Response
	if want := strings.Repeat("2", len(p.form().Items)) + "1"; survey.EncodeMarks(kept.Marks) != want || kept.Expectation != 0 || kept.Comment != "T" {
		t.Errorf("kept %+v", kept)
	}
}

// TestWhatTheServerRefuses: its own page says why, at the step where it is.
func TestWhatTheServerRefuses(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.hurry()
	id := p.id()
	p.tap(`label[for="F1-hon"]`)
	p.choose("F2", 4)
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(`document.title.startsWith("Lỗi: ") && document.body.className == "k j" && document.activeElement.id == "loi" && document.forms[0].elements.id != null`)
	if !strings.Contains(p.step(), "Đánh giá chung") || p.id() != id {
		t.Errorf("focus %q, step %q, id %s", p.focus(), p.step(), p.id())
	}
	p.tap("#loi a")
	p.do(chromedp.SendKeys("#F1-so", "150", chromedp.ByQuery))
	p.tap("=Gửi ý kiến")
	p.thanked()
	if kept := s.shelf.only(t); kept.Response.Expectation != 150 || string(kept.ID) != id || p.drafts() != 0 {
		t.Errorf("kept %+v, %d drafts", kept, p.drafts())
	}
}

func TestTheCommentsCounter(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.hurry()
	for n, want := range map[int]string{10: "", 800: "", 850: "Còn 150 chữ cái", 1012: "Dài quá 12 chữ cái"} {
		got := ask[string](p.window, fmt.Sprintf(`(e => { e.value = "ý".repeat(%d); e.dispatchEvent(new Event("input", {bubbles: true})); return e.nextElementSibling.textContent })(document.querySelector("textarea"))`, n))
		if got != want {
			t.Errorf("%d letters: %q, want %q", n, got, want)
		}
	}
}
