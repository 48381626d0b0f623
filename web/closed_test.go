package web_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// afterClosing leaves a form on the phone, unfinished or not sent for want of
// a network, and opens the address again when the round is over.
func afterClosing(t *testing.T, unsent bool, hours int) (*site, phone) {
	t.Helper()
	s := newSite(t)
	p := newPhone(t, s, s.serve(), impatient, clockAt(now))
	p.hurry()
	if unsent {
		p.offline(true)
		p.tap("=Gửi ý kiến")
		p.tap("=Bỏ qua, gửi ý kiến")
		p.until(notSent)
	}
	p.leave()
	p.offline(false)
	s.closeAt(now.Add(time.Minute))
	s.now = now.Add(time.Duration(hours) * time.Hour)
	p.inject(clockAt(s.now))
	p.do(chromedp.Navigate(p.addr + "/k/" + oneForm))
	return s, p
}

// clockAt sets the phone's clock.
func clockAt(t time.Time) string {
	return fmt.Sprintf(`(real => { const shift = %d - real(); Date.now = () => real() + shift })(Date.now)`, t.UnixMilli())
}

func TestAnUnsentFormGoesOutAfterTheClosing(t *testing.T) {
	s, p := afterClosing(t, true, 20)
	p.thanked()
	if s.shelf.only(t); p.drafts() != 0 {
		t.Error("the copy is still there")
	}
}

func TestAnUnfinishedFormWaitsToBeAsked(t *testing.T) {
	s, p := afterClosing(t, false, 20)
	p.until(`document.querySelector("#con p").innerText.includes("còn được nhận đến 09:31 21/10/2026")`)
	if s.shelf.count() != 0 {
		t.Fatal("sent unasked")
	}
	p.tap("=Gửi phần đã trả lời")
	p.thanked()
	if s.shelf.only(t); p.drafts() != 0 {
		t.Error("the copy is still there")
	}
}

// Too late is said, and the copy stays until it is deleted.
func TestAFormThatIsTooLateStaysOnThePhone(t *testing.T) {
	s, p := afterClosing(t, true, 30)
	p.until(`document.querySelector("#con p").innerText.startsWith("Phiếu trên máy này chưa kịp gửi, nay không nhận nữa.")`)
	if p.drafts() != 1 || s.shelf.count() != 0 {
		t.Errorf("%d drafts, %d responses", p.drafts(), s.shelf.count())
	}
	if ask[bool](p.window, `[...document.querySelectorAll("#con button")].filter(b => b.getClientRects().length).length != 1`) {
		t.Error("still offers to send")
	}
	p.tap("=Xóa khỏi máy này")
	if p.drafts() != 0 || ask[bool](p.window, `document.querySelector("#con").children.length > 0`) {
		t.Error("it is still there")
	}
}

// A page that stayed open sends within the day, and after it keeps the copy.
func TestAnOpenPageAfterTheClosing(t *testing.T) {
	for hours, want := range map[int]int{20: 1, 30: 0} {
		s := newSite(t)
		p := newPhone(t, s, s.serve(), impatient, clockAt(now))
		p.hurry()
		s.closeAt(now.Add(time.Minute))
		s.now = now.Add(time.Duration(hours) * time.Hour)
		p.tap("=Gửi ý kiến")
		p.tap("=Bỏ qua, gửi ý kiến")
		if want == 1 {
			p.thanked()
		} else {
			p.until(`document.querySelector("#con p") && document.querySelector("#con p").innerText.startsWith("Phiếu trên máy này chưa kịp gửi")`)
		}
		if s.shelf.count() != want || p.drafts() != 1-want {
			t.Errorf("after %d hours: %d responses, %d drafts", hours, s.shelf.count(), p.drafts())
		}
	}
}

func TestNothingIsOfferedWhereNothingIsLeft(t *testing.T) {
	s := newSite(t)
	s.closeAt(now)
	p := newPhone(t, s, s.serve(), `Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError") }})`)
	if got := ask[int](p.window, `document.querySelector("#con").children.length`); got != 0 {
		t.Errorf("%d things are offered", got)
	}
}
