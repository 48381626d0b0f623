package web_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web"
)

// chromium finds the browser, or leaves the test out where tools may be missing.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("HAILONG_TEST_TOOLS") == "required" {
		t.Fatal("cần chromium: không tìm thấy trong PATH")
	}
	t.Skip("cần chromium: không tìm thấy trong PATH")
	return ""
}

// serve runs the site on a free port and gives its address.
func (s *site) serve() string {
	s.Helper()
	return serveApp(s.T, s.app)
}

// serveApp runs a service on a free port and gives its address.
func serveApp(t *testing.T, app *fiber.App) string {
	t.Helper()
	l, err := web.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- web.Serve(ctx, app, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return "http://" + l.Addr().String()
}

// window is a browser of a phone's size that reaches nothing but this machine.
type window struct {
	*testing.T
	ctx context.Context
}

func browse(t *testing.T, width, height int64, more ...chromedp.ExecAllocatorOption) window {
	t.Helper()
	return browseFor(t, width, height, 60*time.Second, more...)
}

// browseFor is a browser that is closed after some time.
func browseFor(t *testing.T, width, height int64, longest time.Duration, more ...chromedp.ExecAllocatorOption) window {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"))
	alloc, cancel1 := chromedp.NewExecAllocator(context.Background(), append(opts, more...)...)
	ctx, cancel2 := chromedp.NewContext(alloc)
	ctx, cancel3 := context.WithTimeout(ctx, longest)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("close the browser: %v", err)
		}
		cancel3()
		cancel2()
		cancel1()
		chromedp.FromContext(ctx).Allocator.Wait()
	})
	w := window{t, ctx}
	w.do(emulation.SetDeviceMetricsOverride(width, height, 1, true), emulation.SetTouchEmulationEnabled(true))
	return w
}

// withoutScript is how the form is where no script runs.
func (w window) withoutScript() window {
	w.Helper()
	w.do(emulation.SetScriptExecutionDisabled(true))
	return w
}

func (w window) do(actions ...chromedp.Action) {
	w.Helper()
	if err := chromedp.Run(w.ctx, actions...); err != nil {
		w.Fatal(err)
	}
}

func (w window) open(url string) {
	w.Helper()
	w.do(chromedp.Navigate(url), chromedp.WaitReady("main", chromedp.ByQuery))
}

// press clicks where a finger would; what lies above it gets the click.
func (w window) press(selector string) {
	w.Helper()
	w.do(chromedp.ScrollIntoView(selector, chromedp.ByQuery), chromedp.Click(selector, chromedp.ByQuery))
}

// ask evaluates an expression in the page.
func ask[T any](w window, expression string) T {
	w.Helper()
	var out T
	w.do(chromedp.Evaluate(expression, &out))
	return out
}

// misfits lists what is wider than a screen, and targets too small to touch.
// The screen's width comes from outside: on a phone the window's own grows with
// what is too wide for it.
const misfits = `((wide) => {
	const out = [];
	if (document.documentElement.scrollWidth > wide) out.push("page " + document.documentElement.scrollWidth + " wide");
	for (const e of document.querySelectorAll("h1,h2,p,li,legend,label,span,input,textarea,button,a")) {
		const r = e.getBoundingClientRect();
		if (e.className == "skip") continue; // comes into sight with the focus
		if (r.width && (r.right > wide || r.left < -0.5)) out.push(e.tagName + " from " + r.left + " to " + r.right);
		if (e.tagName != "INPUT" && e.scrollWidth > e.clientWidth + 1 && e.clientWidth) out.push("cut: " + e.tagName + " " + e.textContent);
		if (/SPAN|LABEL|BUTTON|LEGEND|H1|H2/.test(e.tagName) && e.clientHeight && e.scrollHeight > e.clientHeight + 2) out.push("cut below: " + e.tagName + " " + e.textContent);
	}
	for (const e of document.querySelectorAll(".t span,label.x,.b,summary,textarea,input[type=text]")) {
		const r = e.getBoundingClientRect();
		if (r.width && r.height < 47.9) out.push("low: " + e.tagName + " " + r.height + " " + e.textContent);
	}
	return out.join("\n");
})`

func TestFitsSmallScreens(t *testing.T) {
	s := newSite(t)
	addr := s.serve()
	pages := []string{"/", "/?q=x", "/?q=ea+kar", "/?q=khong+dau", "/k/" + longest, "/k/" + longest + "/CMTHPT", "/k/" + allForms + "/GDTX", "/k/" + oneForm + "/cam-on", "/k/" + unknown}
	for _, size := range [][2]int64{{360, 640}, {320, 480}} {
		w := browse(t, size[0], size[1]).withoutScript()
		check := fmt.Sprintf("%s(%d.5)", misfits, size[0])
		for _, path := range pages {
			w.open(addr + path)
			if found := ask[string](w, check); found != "" {
				t.Errorf("%s at %d: %s", path, size[0], found)
			}
			if found := ask[string](w, `document.documentElement.style.fontSize="200%";`+check); found != "" {
				t.Errorf("%s at %d with text twice as large: %s", path, size[0], found)
			}
		}
	}
}

func TestAQuestionFitsOneScreen(t *testing.T) {
	s := newSite(t)
	w := browse(t, 360, 640).withoutScript()
	w.open(s.serve() + "/k/" + allForms + "/THCS")
	highest := ask[float64](w, `Math.max(...[...document.querySelectorAll("fieldset")].filter(e => e.id != "F1").map(e => e.getBoundingClientRect().height))`)
	t.Logf("highest question: %.0f px", highest)
	if highest > 400 {
		t.Errorf("a question is %.0f px high, want at most 400", highest)
	}
}

// TestAParentWithoutScript answers by pressing, is told of a fault, mends it and
// lands on the page of thanks.
func TestAParentWithoutScript(t *testing.T) {
	s := newSite(t)
	w := browse(t, 360, 640).withoutScript()
	w.open(s.serve() + "/k/" + oneForm)
	form := s.dir.Links[oneForm].Forms[0].Form
	want := ""
	for i, item := range form.Items {
		level := string(rune('0' + i%6))
		w.press("#" + string(item.Code) + ` input[value="` + level + `"] + span`)
		want += level
	}
	w.press(`#F2 input[value="5"] + span`)
	w.press(`label[for="F1-hon"]`)
	w.press("#G1")
	w.do(chromedp.SendKeys("#G1", "Trường ở buôn Ƀ, Krông Pắc", chromedp.ByQuery))
	w.press("button")
	w.do(chromedp.WaitVisible("#loi", chromedp.ByQuery))
	if id := ask[string](w, "document.activeElement.id"); id != "loi" {
		t.Errorf("the focus is on %q", id)
	}
	w.do(chromedp.SendKeys("#F1-so", "150", chromedp.ByQuery))
	w.press("button")
	w.do(chromedp.WaitVisible(`a[href="/k/`+oneForm+`"]`, chromedp.ByQuery))
	if title := ask[string](w, "document.title"); title != "Đã gửi xong" {
		t.Errorf("landed on %q", title)
	}
	kept := s.shelf.only(t).Response
	if got := survey.EncodeMarks(kept.Marks); got != want+"5" || kept.Expectation != 150 || !strings.Contains(kept.Comment, "buôn Ƀ") {
		t.Errorf("kept %s, %d, %q; want %s5, 150", got, kept.Expectation, kept.Comment, want)
	}
	if requests := ask[float64](w, `performance.getEntriesByType("resource").length`); requests != 0 {
		t.Errorf("the page asked for %v more", requests)
	}
}

// TestKeysWithoutScript: arrows move within a question, Tab to the next.
func TestKeysWithoutScript(t *testing.T) {
	s := newSite(t)
	w := browse(t, 360, 640).withoutScript()
	w.open(s.serve() + "/k/" + oneForm)
	w.do(chromedp.Focus(`#A1 input`, chromedp.ByQuery), chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.ArrowDown))
	if got := ask[string](w, `document.querySelector("#A1 input:checked").value`); got != "2" {
		t.Errorf("the arrow leads to %q", got)
	}
	w.do(chromedp.KeyEvent(kb.Tab))
	if got := ask[string](w, "document.activeElement.name"); got != "A2" {
		t.Errorf("Tab leads to %q", got)
	}
}
