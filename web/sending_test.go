package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"hailong/survey"
)

// awaited gives the value of a promise.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// count is how many responses there are, while the service works.
func (s *shelf) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.kept)
}

func (s *shelf) refuse(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = why
}

// fault is what a bad network does to a form that is sent.
type fault struct {
	arrives bool // it is lost on the way back only
	silent  bool // nothing is heard, instead of the connection being cut
}

// badNetwork stands before a service and loses the first forms that are sent.
func badNetwork(t *testing.T, addr string, lost int32, how fault) (string, *atomic.Int32) {
	t.Helper()
	target, err := url.Parse(addr)
	if err != nil {
		t.Fatal(err)
	}
	forward, posts := httputil.NewSingleHostReverseProxy(target), new(atomic.Int32)
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && posts.Add(1) <= lost {
			if how.arrives {
				forward.ServeHTTP(httptest.NewRecorder(), r)
			}
			if how.silent {
				io.Copy(io.Discard, r.Body)
				<-r.Context().Done()
			}
			panic(http.ErrAbortHandler)
		}
		forward.ServeHTTP(w, r)
	}))
	proxy.Config.SetKeepAlivesEnabled(false) // on a used connection the browser itself would try once more
	proxy.Start()
	t.Cleanup(proxy.Close)
	return proxy.URL, posts
}

func TestAFormThatIsLost(t *testing.T) {
	for _, how := range []fault{{}, {arrives: true}, {silent: true}, {arrives: true, silent: true}} {
		t.Run(fmt.Sprintf("%+v", how), func(t *testing.T) {
			s := newSite(t)
			lost := int32(3)
			if how.silent { // each costs the whole limit
				lost = 1
			}
			addr, posts := badNetwork(t, s.serve(), lost, how)
			p := newPhone(t, s, addr, impatient)
			p.toTheEnd(func() {})
			p.tap("=Gửi ý kiến")
			p.thanked()
			s.shelf.only(t)
			if posts.Load() != lost+1 || p.drafts() != 0 {
				t.Errorf("sent %d times, %d drafts", posts.Load(), p.drafts())
			}
		})
	}
}

func (p phone) offline(off bool) {
	p.Helper()
	p.do(network.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := network.EmulateNetworkConditionsByRule(off, []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: -1}}).Do(ctx)
		return err
	}), network.OverrideNetworkState(off, 0, -1, -1))
}

const notSent = `document.querySelector("[role=status]").innerText.startsWith("Chưa gửi được vì mạng yếu.\nCâu trả lời vẫn còn trong máy này.")`

func TestOfflineThenBack(t *testing.T) {
	back := map[string]func(phone){
		"by itself":  func(p phone) { p.offline(false) },
		"by a press": func(p phone) { p.offline(false); p.pressAgain() },
		"at the next opening": func(p phone) {
			p.leave()
			p.offline(false)
			p.do(chromedp.Navigate(p.addr + "/k/" + oneForm))
		},
	}
	for name, comeBack := range back {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			p := newPhone(t, s, s.serve(), impatient)
			marks := p.toTheEnd(func() {})
			id := p.id()
			p.do(chromedp.Evaluate(`tries = 0; (real => { window.fetch = (...all) => (tries++, real(...all)) })(window.fetch)`, nil))
			p.offline(true)
			p.tap("=Gửi ý kiến")
			p.until(`document.querySelector("[role=status]").innerText == "Đang gửi…"`)
			p.until(notSent)
			if tries := ask[int](p.window, "tries"); tries != 4 {
				t.Errorf("tried %d times, want once and after 2, 5 and 10 seconds", tries)
			}
			if s.shelf.count() != 0 || p.drafts() != 1 {
				t.Fatalf("%d responses, %d drafts while offline", s.shelf.count(), p.drafts())
			}
			comeBack(p)
			p.thanked()
			kept := s.shelf.only(t)
			if survey.EncodeMarks(kept.Response.Marks) != marks || string(kept.ID) != id || p.drafts() != 0 {
				t.Errorf("kept %+v, %d drafts", kept, p.drafts())
			}
		})
	}
}

// pressAgain presses, unless the form has gone out meanwhile.
func (p phone) pressAgain() {
	p.do(chromedp.Evaluate(`(b => b && b.textContent == "Gửi lại" && b.click())(document.querySelector("form button:not([type])"))`, nil))
}

func TestABusyServiceSaysWhen(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve(), impatient)
	p.hurry()
	s.shelf.refuse(survey.Refuse(survey.Busy, "Đang bận", "Busy"))
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(`document.querySelector("[role=status]").innerText.startsWith("Đang có nhiều người gửi.")`)
	said := time.Now()
	s.shelf.refuse(nil)
	p.thanked()
	s.shelf.only(t)
	if waited := time.Since(said); waited < 900*time.Millisecond { // ten seconds, made tenths
		t.Errorf("sent again after %v", waited)
	}
}

// TestAFormSentBefore: the first answers stay, and the phone lets go of the draft.
func TestAFormSentBefore(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.hurry()
	s.post(formOfOne, formMIME, "A1=5&id="+p.id())
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(`document.title == "Phiếu này đã được gửi"`)
	if s.shelf.only(t); p.drafts() != 0 {
		t.Error("the draft is still there")
	}
	p.tap("=Trả lời một phiếu mới")
	p.until(`document.body.className == "k"`)
}

// TestAPoorBrowser: whatever is missing, a form that is sent arrives.
func TestAPoorBrowser(t *testing.T) {
	for name, missing := range map[string]string{
		"storage forbidden": `Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError") }})`,
		"storage full":      `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }`,
		"no fetch":          `delete window.fetch`,
		"no FormData":       `delete window.FormData`,
		"no closest":        `delete Element.prototype.closest`,
		"a broken start":    `Document.prototype.addEventListener = undefined; EventTarget.prototype.addEventListener = undefined`,
		"a broken draft":    `localStorage.setItem("` + formOfOne + `", '{"v":{"A1":"3"}')`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			p := newPhone(t, s, s.serve(), missing)
			inSteps := ask[bool](p.window, `document.body.className != ""`)
			if inSteps {
				p.tap("=Bắt đầu")
			}
			if inSteps == (name == "a broken start") {
				t.Errorf("in steps: %v", inSteps)
			}
			p.choose("A1", 3)
			for ask[bool](p.window, `!document.querySelector("form button:not([type])").getClientRects().length`) {
				p.tap("=Tiếp tục")
				p.tap("=Bỏ qua, đi tiếp")
			}
			p.choose("F2", 5)
			p.tap("=Gửi ý kiến")
			if ask[bool](p.window, `document.querySelector(".on .err.n:not([hidden])") != null`) {
				p.tap("=Bỏ qua, gửi ý kiến")
			}
			p.thanked()
			if kept := s.shelf.only(t).Response; kept.Marks[0] != 3 || !strings.HasSuffix(survey.EncodeMarks(kept.Marks), "5") {
				t.Errorf("kept %v", kept)
			}
			if said := p.faults.all(); said != "" {
				t.Errorf("errors that nobody caught: %s", said)
			}
			if name != "storage forbidden" && name != "a broken draft" && p.drafts() != 0 {
				t.Error("a draft is left")
			}
		})
	}
}

func TestAFaultOfTheServiceKeepsTheAnswers(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve(), impatient)
	p.hurry()
	s.shelf.refuse(errors.New("disk on fire"))
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(`document.querySelector("[role=status]").className == "err"`)
	s.shelf.refuse(nil)
	p.tap("=Gửi lại")
	p.thanked()
	s.shelf.only(t)
}
