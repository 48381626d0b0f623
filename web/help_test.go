package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hailong/survey"
)

// helpAddress is what the school's page hands out today.
func (s *site) helpAddress(link survey.LinkCode, kind survey.HelpKind) string {
	pass := survey.HelpPass{Kind: kind, Made: s.dir.Calendar.Today(s.now)}
	return "/k/" + string(link) + "/giup/" + pass.Seal(s.cfg.Secret, link)
}

func TestHelpIsMarkedWhereItWasGiven(t *testing.T) {
	s := newSite(t)
	at := s.helpAddress(oneForm, survey.Beside)
	helped, own := formID(t, s.get(at).body), formID(t, s.get(formOfOne).body)
	for _, c := range []struct {
		path, id string
		helped   bool
	}{
		{at + "/TH", helped, true},
		{formOfOne, own, false},
		{formOfOne, strings.Replace(helped, helped[:3], "xyz", 1), false}, // made up
		{at + "/TH", "0123456789abcdef", false},                           // the address alone marks nothing
	} {
		s.shelf.kept = map[survey.FormID]survey.Delivery{}
		got := s.post(c.path, formMIME, "A1=5&id="+c.id)
		if got.StatusCode != 303 {
			t.Fatalf("%s: status %d", c.path, got.StatusCode)
		}
		if kept := s.shelf.only(t); kept.Helped != c.helped {
			t.Errorf("%s with %s: helped %v, want %v", c.path, c.id, kept.Helped, c.helped)
		}
	}
	for _, extra := range []string{"&helped=1", "&giup=1"} { // a field marks nothing, it is refused
		if got := s.post(formOfOne, formMIME, "A1=5&id="+own+extra); got.StatusCode != 422 {
			t.Errorf("%s: status %d", extra, got.StatusCode)
		}
	}
}

func TestHelpedAddresses(t *testing.T) {
	s := newSite(t)
	beside, kiosk, many := s.helpAddress(oneForm, survey.Beside), s.helpAddress(oneForm, survey.Kiosk), s.helpAddress(allForms, survey.Kiosk)
	old := s.helpAddress(oneForm, survey.Beside)
	for _, c := range []struct {
		path   string
		status int
		says   string
	}{
		{beside, 200, "bấm theo lời người trả lời"},
		{beside + "/TH", 200, `action="` + beside + `/TH"`},
		{kiosk, 200, "Gửi xong, máy này xóa phiếu"},
		{many, 200, `href="` + many + `/CMTHPT"`},
		{many + "/CMTHPT", 200, `data-start="` + many + `"`},
		{beside + "/cam-on", 200, "Phiếu tiếp theo"},
		{beside + "/quen.gif", 200, "GIF89a"},
		{beside + "/MN", 404, "Trường này không có phiếu"},
		{strings.Replace(beside, oneForm, allForms, 1), 404, "Không tìm thấy phiếu có người giúp"}, // another school's
		{"/k/" + oneForm + "/giup/AAAAAAAAAAAAAAAAAAAA", 404, "Không tìm thấy phiếu có người giúp"},
		{strings.Replace(beside, oneForm, revoked, 1), 410, "Địa chỉ này đã được thay"},
	} {
		got := s.get(c.path)
		if got.StatusCode != c.status || !strings.Contains(got.body, c.says) {
			t.Errorf("%s: status %d, want %d with %q", c.path, got.StatusCode, c.status, c.says)
		}
		if got.Header.Get("Cache-Control") != "no-store" || len(got.Cookies()) > 0 || strings.Contains(got.body, "og:") {
			t.Errorf("%s: %v", c.path, got.Header)
		}
		if c.status == 200 && !strings.HasSuffix(c.path, ".gif") && !strings.Contains(got.body, "Phiếu có người giúp") {
			t.Errorf("%s does not say that there is help", c.path)
		}
		if refresh := got.Header.Get("Refresh"); refresh != "" {
			t.Errorf("%s goes on by itself: %s", c.path, refresh)
		}
	}
	if got := s.get(kiosk + "/cam-on").Header.Get("Refresh"); got != "15; url="+kiosk {
		t.Errorf("a kiosk's thanks lead to %q", got)
	}
	if got := s.get(formOfOne).body; strings.Contains(got, "người giúp") {
		t.Error("an ordinary form speaks of help")
	}
	s.now = s.now.AddDate(0, 0, 2)
	if got := s.get(old); got.StatusCode != 410 || !strings.Contains(got.body, "chỉ dùng đến hết ngày 21/10/2026") {
		t.Errorf("an old address: status %d", got.StatusCode)
	}
}

// A form that was opened in time is taken, and leads to thanks, however old
// its address has grown.
func TestAHelpedFormIsTakenAfterItsAddress(t *testing.T) {
	s := newSite(t)
	at := s.helpAddress(oneForm, survey.Kiosk)
	id := formID(t, s.get(at).body)
	s.now = s.now.AddDate(0, 0, 3)
	got := s.post(at+"/TH", formMIME, "A1=5&id="+id)
	if got.StatusCode != 303 || s.get(got.Header.Get("Location")).StatusCode != 200 || !s.shelf.only(t).Helped {
		t.Errorf("status %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
}

func TestARefusedHelpedFormStaysOne(t *testing.T) {
	s := newSite(t)
	at := s.helpAddress(oneForm, survey.Beside)
	got := s.post(at+"/TH", formMIME, "A1=9&G1=abc&id=")
	if got.StatusCode != 422 || !strings.Contains(got.body, "Phiếu có người giúp") || got.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("status %d, %v", got.StatusCode, got.Header)
	}
	again := parseHTML(t, got.body).values(t)
	again.Set("A1", "5")
	if got := s.post(at+"/TH", formMIME, again.Encode()); got.StatusCode != 303 || !s.shelf.only(t).Helped {
		t.Errorf("sent again: status %d", got.StatusCode)
	}
}

// helpedPhone opens a helped form.
func helpedPhone(t *testing.T, s *site, kind survey.HelpKind, before ...string) phone {
	t.Helper()
	p := phone{window: browse(t, 360, 640), site: s, addr: s.serve(), taps: new(int)}
	for _, source := range before {
		p.inject(source)
	}
	p.open(p.addr + "/")
	p.open(p.addr + s.helpAddress(oneForm, kind))
	return p
}

// shown lists which answers can be seen: chosen and not folded away.
const shown = `[...document.querySelectorAll("input:checked + *")].filter(e => e.getClientRects().length && getComputedStyle(e).fontWeight >= 600).map(e => e.previousElementSibling.name).join(" ")`

func TestHelpedAnswersAreFoldedAway(t *testing.T) {
	s := newSite(t)
	p := helpedPhone(t, s, survey.Beside)
	p.tap("=Bắt đầu")
	for i, code := range []survey.ItemCode{"A1", "A2", "A3"} {
		p.choose(code, 2)
		next := p.form().Items[i+1].Code
		p.until(fmt.Sprintf(`document.activeElement.id == %q`, next)) // the finger is led on
		if got := ask[string](p.window, shown); got != "" {
			t.Errorf("after %s one sees the answers to %q", code, got)
		}
	}
	bar := `(e => { const r = e.getBoundingClientRect(), m = document.querySelector("main").getBoundingClientRect(); return r.top >= 0 && r.bottom <= m.top && scrollY == 0 })(document.querySelector(".h"))`
	if !ask[bool](p.window, bar) {
		t.Error("what says that there is help is out of sight, or lies over the questions")
	}
	p.tap(`#A1 .u`)
	if got := ask[string](p.window, shown+` + document.activeElement.value`); got != "A12" {
		t.Errorf("to mend an answer shows %q", got)
	}
	p.tap("=Tiếp tục")
	p.tap("=Bỏ qua, đi tiếp")
	p.tap("=Quay lại")
	if got := ask[string](p.window, shown); got != "" {
		t.Errorf("back in the first step one sees %q", got)
	}
	if n := ask[int](p.window, "localStorage.length + sessionStorage.length"); n != 0 {
		t.Errorf("%d things are kept on the device", n)
	}
}

// Keys are not led anywhere; what they leave behind folds.
func TestHelpedAnswersByKeys(t *testing.T) {
	s := newSite(t)
	p := helpedPhone(t, s, survey.Beside)
	p.tap("=Bắt đầu")
	p.do(chromedp.Focus("#A1 input", chromedp.ByQuery), chromedp.KeyEvent(" "))
	if got := ask[string](p.window, shown+` + document.activeElement.name`); got != "A1A1" {
		t.Errorf("while it is answered one sees %q", got)
	}
	p.do(chromedp.Focus("#A2 input", chromedp.ByQuery))
	if got := ask[string](p.window, shown+` + document.activeElement.name`); got != "A2" {
		t.Errorf("afterwards one sees %q", got)
	}
}

// toThanks answers one question and sends the form.
func (p phone) toThanks() {
	p.Helper()
	p.hurry()
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.thanked()
}

const nobodysAnswers = `document.readyState == "complete" && !document.querySelector(":checked") && !(document.querySelector("textarea") || {}).value`

const nothingLeft = `document.forms[0] && document.body.className == "k" && !document.querySelector(":checked") && !document.querySelector("textarea").value`

func TestNothingIsLeftForTheNext(t *testing.T) {
	s := newSite(t)
	p := helpedPhone(t, s, survey.Beside)
	p.do(chromedp.Evaluate(`(e => { e.value = "Sân ngập"; e.dispatchEvent(new Event("input", {bubbles: true})) })(document.querySelector("textarea"))`, nil))
	first := p.id()
	p.toThanks()
	if kept := s.shelf.only(t); !kept.Helped || string(kept.ID) != first {
		t.Errorf("kept %+v", kept)
	}
	p.tap("=Phiếu tiếp theo")
	p.until(nothingLeft)
	second := p.id()
	if _, helped := survey.FormID(second).Opened(s.cfg.Secret); second == first || !helped {
		t.Errorf("the next form is %s", second)
	}
	if n := ask[int](p.window, "localStorage.length"); n != 0 {
		t.Errorf("%d things are kept on the device", n)
	}
	for range 3 { // however far back
		p.backKey()
		p.until(nobodysAnswers)
	}
}

func TestAKioskGoesBackToTheStart(t *testing.T) {
	s := newSite(t)
	p := helpedPhone(t, s, survey.Kiosk, `(real => { window.setTimeout = (act, ms) => real(act, ms >= 30000 ? ms / 60 : ms) })(window.setTimeout)`)
	p.hurry()
	first := p.id()
	p.until(`(e => e && e.getClientRects().length && e.innerText.startsWith("Còn ai đang trả lời không?"))(document.querySelector("header [role=alert]"))`)
	p.tap("=Tôi đang trả lời")
	if got := ask[bool](p.window, `document.querySelector("[role=alert]").getClientRects().length == 0`); !got || p.id() != first {
		t.Error("still asks")
	}
	p.until(`document.forms[0] && document.forms[0].elements.id && document.forms[0].elements.id.value != "` + first + `"`)
	p.until(nothingLeft)
	if s.shelf.count() != 0 {
		t.Error("what was left lying there was sent")
	}
	p.backKey()
	p.until(nobodysAnswers)
}

// A form that could not be sent is not thrown away by a kiosk.
func TestAKioskWaitsForTheNetwork(t *testing.T) {
	s := newSite(t)
	p := helpedPhone(t, s, survey.Kiosk, `(real => { window.setTimeout = (act, ms) => real(act, ms >= 1000 ? ms / 20 : ms) })(window.setTimeout)`)
	p.hurry()
	p.offline(true)
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(`document.querySelector("[role=status]").innerText.includes("Đừng đóng trang này.")`)
	p.do(chromedp.Sleep(9 * time.Second)) // more than the time after which a kiosk gives up
	p.offline(false)
	p.thanked()
	if !s.shelf.only(t).Helped {
		t.Error("not marked as helped")
	}
}

// Without script the answers are hidden as soon as one leaves their question,
// and nothing comes back.
func TestHelpWithoutScript(t *testing.T) {
	s := newSite(t)
	w := browse(t, 360, 640).withoutScript()
	at := s.helpAddress(oneForm, survey.Beside)
	w.open(s.serve() + at)
	w.press(`#A1 input[value="2"] + span`)
	if got := ask[string](w, shown); got != "A1" {
		t.Errorf("while it is answered one sees %q", got)
	}
	w.press(`#A2 input[value="4"] + span`)
	if got := ask[string](w, shown); got != "A2" {
		t.Errorf("afterwards one sees %q", got)
	}
	w.press("form button")
	w.do(chromedp.WaitVisible(`a[href="`+at+`"]`, chromedp.ByQuery))
	if !s.shelf.only(t).Helped {
		t.Error("not marked as helped")
	}
	p := phone{window: w, site: s}
	p.until(`document.images[0].complete`)
	p.backKey()
	p.until(`document.querySelector("#A1") != null`)
	p.until(nobodysAnswers)
}
