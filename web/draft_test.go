package web_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// later sets the phone's clock forward.
func (p phone) later(hours int) {
	p.Helper()
	p.inject(fmt.Sprintf(`(real => { Date.now = () => real() + %d * 36e5 })(Date.now)`, hours))
	p.reopen()
}

// reopen opens the form as from the message, not as loaded anew.
func (p phone) reopen() {
	p.Helper()
	p.do(chromedp.Navigate("about:blank"))
	p.open(p.addr + "/k/" + oneForm)
}

// chosen is what the page holds: answers and comment.
func (p phone) chosen() string {
	return ask[string](p.window, `[...document.querySelectorAll("input:checked")].map(e => e.name + e.value).join(" ") + "|" + document.querySelector("textarea").value`)
}

// interrupted answers two questions and writes a comment, and opens the form
// anew in the second step.
func interrupted(t *testing.T) (p phone, id string) {
	t.Helper()
	s := newSite(t)
	p = newPhone(t, s, s.serve())
	id = p.id()
	p.do(chromedp.Evaluate(`(e => { e.value = "Sân ngập"; e.dispatchEvent(new Event("input", {bubbles: true})) })(document.querySelector("textarea"))`, nil))
	p.tap("=Bắt đầu")
	p.choose(p.form().Items[0].Code, 2)
	p.choose(p.form().Items[1].Code, 5)
	p.tap("=Tiếp tục")
	p.tap("=Bỏ qua, đi tiếp")
	return p, id
}

func TestADraftIsOffered(t *testing.T) {
	p, id := interrupted(t)
	step := p.step()
	p.reopen()
	if got := ask[string](p.window, `document.querySelector(".d").innerText`); got != "Ông/Bà đang làm dở phiếu này." {
		t.Errorf("offers %q", got)
	}
	if got := p.chosen(); got != "|" {
		t.Errorf("shows the answers before it is asked: %q", got)
	}
	p.tap("=Làm tiếp")
	if got := p.chosen(); got != "A12 A25|Sân ngập" || p.step() != step || p.id() != id {
		t.Errorf("restored %q in %q, id %s, want %s in %q", got, p.step(), p.id(), id, step)
	}
	p.reopen()
	fresh := p.id()
	p.tap("=Xóa, làm lại từ đầu")
	if got := p.chosen(); got != "|" || p.drafts() != 0 || p.id() != fresh || fresh == id {
		t.Errorf("after starting anew: %q, %d drafts, id %s", got, p.drafts(), p.id())
	}
}

func TestADraftGrowsOld(t *testing.T) {
	for _, c := range []struct {
		hours int
		want  string
	}{{23, "A12 A25|Sân ngập"}, {25, "A12 A25|"}, {71, "A12 A25|"}} {
		p, _ := interrupted(t)
		p.later(c.hours)
		p.tap("=Làm tiếp")
		if got := p.chosen(); got != c.want {
			t.Errorf("after %d hours: %q, want %q", c.hours, got, c.want)
		}
	}
	p, _ := interrupted(t)
	p.later(73)
	if p.drafts() != 0 || ask[bool](p.window, `document.querySelector(".d") != null`) {
		t.Error("a draft of 73 hours is still there")
	}
}

// TestWhatCouldNotBeSentIsKept: beyond the three days of a draft, though not for ever.
func TestWhatCouldNotBeSentIsKept(t *testing.T) {
	for _, c := range []struct{ hours, responses int }{{24 * 10, 1}, {24 * 3660, 0}} {
		s := newSite(t)
		p := newPhone(t, s, s.serve(), impatient, clockAt(now)) // the phone's clock is that of the round
		p.toTheEnd(func() {})
		p.offline(true)
		p.tap("=Gửi ý kiến")
		p.until(notSent)
		p.leave()
		p.offline(false)
		p.later(c.hours)
		if c.responses == 1 {
			p.thanked()
		}
		if s.shelf.count() != c.responses || p.drafts() != 0 {
			t.Errorf("after %d hours: %d responses, %d drafts", c.hours, s.shelf.count(), p.drafts())
		}
	}
}
