package web_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"hailong/survey"
)

// phone is a window with the form of the primary school, where the script runs.
type phone struct {
	window
	site *site
	addr string
	taps *int
	// faults is what went wrong in the page's own scripts.
	faults *faults
}

// faults are errors that nobody caught.
type faults struct {
	mu   sync.Mutex
	said []string
}

func (f *faults) listen(ctx context.Context) {
	chromedp.ListenTarget(ctx, func(event any) {
		if thrown, ok := event.(*runtime.EventExceptionThrown); ok {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.said = append(f.said, thrown.ExceptionDetails.Error())
		}
	})
}

func (f *faults) all() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.said, "\n")
}

// newPhone opens the form. Before are scripts that run before the page's own.
// Nothing moves smoothly, so that taps hit what they aim at.
func newPhone(t *testing.T, s *site, addr string, before ...string) phone {
	t.Helper()
	p := phone{window: browse(t, 360, 640), site: s, addr: addr, taps: new(int), faults: &faults{}}
	p.faults.listen(p.ctx)
	p.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}))
	for _, source := range before {
		p.inject(source)
	}
	p.open(addr + "/k/" + oneForm)
	return p
}

// inject runs a script before those of the pages opened from now on.
func (p phone) inject(source string) {
	p.Helper()
	p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(source).Do(ctx)
		return err
	}))
}

// impatient makes seconds of waiting tenths.
const impatient = `(real => { window.setTimeout = (act, ms) => real(act, ms >= 1000 ? ms / 10 : ms) })(window.setTimeout)`

// spot finds what a person sees under these words or this selector.
const spot = `(what => {
	const seen = e => e.getClientRects().length && (what[0] != "=" || e.textContent.trim() == what.slice(1));
	const e = [...document.querySelectorAll(what[0] == "=" ? "button,a" : what)].find(seen);
	if (!e) return null;
	let r = e.getBoundingClientRect();
	if (r.top < 0 || r.bottom > innerHeight) e.scrollIntoView({block: "center"});
	r = e.getBoundingClientRect();
	return [r.left + r.width / 2, r.top + r.height / 2];
})`

// tap presses what has a selector, or with = the button with these words.
func (p phone) tap(what string) {
	p.Helper()
	var at []float64
	for before := []float64{-1}; !slices.Equal(at, before); { // until it stands still
		before = at
		if at = ask[[]float64](p.window, fmt.Sprintf("%s(%q)", spot, what)); at == nil {
			p.Fatalf("nothing to tap at %q in step %q", what, p.step())
		}
	}
	*p.taps++
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

func (p phone) form() *survey.Form { return p.site.dir.Links[oneForm].Forms[0].Form }

// choose answers an item.
func (p phone) choose(item survey.ItemCode, level int) {
	p.Helper()
	p.tap(fmt.Sprintf(`#%s input[value="%d"] + span`, item, level))
}

// step is the heading of the step that shows.
func (p phone) step() string {
	return ask[string](p.window, `[...document.querySelectorAll("section h2")].filter(e => e.getClientRects().length).map(e => e.textContent).join("|")`)
}

func (p phone) focus() string {
	return ask[string](p.window, `(e => e.id || e.className || e.tagName)(document.activeElement)`)
}

// leave closes the form as a phone does that ends the program: it sends
// nothing any more. Without that, the end of the emulated outage reaches the
// page before it is gone.
func (p phone) leave() {
	p.Helper()
	p.do(chromedp.Evaluate(`window.fetch = () => new Promise(() => {}); 0`, nil), chromedp.Navigate("about:blank"))
}

func (p phone) id() string { return ask[string](p.window, `document.forms[0].elements.id.value`) }

func (p phone) drafts() int { return ask[int](p.window, `localStorage.length`) }

// until waits for an expression to be true.
func (p phone) until(expression string) {
	p.Helper()
	var now bool
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		if err := chromedp.Run(p.ctx, chromedp.Evaluate(expression, &now)); err == nil && now {
			return
		}
		p.do(chromedp.Sleep(20 * time.Millisecond)) // and in between, pages come and go
	}
	p.Fatalf("never %s; the page says %s", expression, ask[string](p.window, "document.body.innerText"))
}

func (p phone) thanked() {
	p.Helper()
	p.until(`document.title == "Đã gửi xong"`)
}

// toTheEnd answers everything, step by step, and comes to the last step with
// its two questions; marks is what was chosen.
func (p phone) toTheEnd(perStep func()) (marks string) {
	p.Helper()
	p.tap("=Bắt đầu")
	i := 0
	for _, g := range p.form().Groups {
		items := p.form().ItemsOf(g.Code)
		if len(items) == 0 {
			continue
		}
		perStep()
		for _, item := range items {
			p.choose(item.Code, i%6)
			marks += fmt.Sprint(i % 6)
			i++
		}
		p.tap("=Tiếp tục")
	}
	perStep()
	p.tap(`#F1 input[value="80"] + span`)
	p.choose("F2", 4)
	return marks + "4"
}

// hurry skips every step but answers one question.
func (p phone) hurry() {
	p.Helper()
	p.tap("=Bắt đầu")
	p.choose(p.form().Items[0].Code, 3)
	p.skipToTheEnd()
}

func (p phone) skipToTheEnd() {
	p.Helper()
	for range 9 {
		if p.step() == "" || ask[bool](p.window, `document.querySelector("section.on #F2") != null`) {
			return
		}
		p.tap("=Tiếp tục")
		p.tap("=Bỏ qua, đi tiếp")
	}
	p.Fatal("the last step does not come")
}
