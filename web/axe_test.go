package web_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeFile is the environment variable that says where axe.min.js of the npm
// package axe-core lies.
const axeFile = "HAILONG_AXE"

// axe runs every rule of axe-core that it runs by default and gives what is
// violated, a line each.
const axe = `axe.run(document).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(", ")).join("\n"))`

// accessible lets axe-core look at the page as it is now.
func (w window) accessible(where, source string) {
	w.Helper()
	var found string
	w.do(chromedp.Evaluate(source+";0", nil), chromedp.Evaluate(axe, &found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
	if found != "" {
		w.Errorf("%s:\n%s", where, found)
	}
}

func axeSource(t *testing.T) string {
	t.Helper()
	name := os.Getenv(axeFile)
	if name == "" {
		if os.Getenv("HAILONG_TEST_TOOLS") == "required" {
			t.Fatalf("%s does not say where axe.min.js is", axeFile)
		}
		t.Skipf("%s does not say where axe.min.js of axe-core is", axeFile)
	}
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// Every state of the parents' pages, with axe-core.
func TestEveryStateIsAccessible(t *testing.T) {
	source := axeSource(t)
	s := newSite(t)
	p := newPhone(t, s, s.serve(), impatient)
	p.accessible("intro", source)
	p.tap("=Bắt đầu")
	p.accessible("step", source)
	p.tap("=Tiếp tục")
	p.accessible("blanks", source)
	p.tap("=Bỏ qua, đi tiếp")
	p.skipToTheEnd()
	p.tap(`label[for="F1-hon"]`)
	p.accessible("last step", source)
	p.choose("F2", 4)
	p.do(chromedp.SetValue("#G1", strings.Repeat("a", 900), chromedp.ByQuery))
	p.offline(true)
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(notSent)
	p.accessible("not sent", source)
	p.leave()
	p.offline(false)
	p.open(p.addr + "/")
	p.do(chromedp.Evaluate(`localStorage.clear()`, nil)) // else the form is sent as soon as it is opened
	p.open(p.addr + "/k/" + oneForm)
	p.tap("=Bắt đầu")
	p.choose(p.form().Items[0].Code, 3)
	p.reopen()
	p.accessible("draft", source)
	for name, path := range map[string]string{"choice": "/k/" + allForms, "thanks": "/k/" + oneForm + "/cam-on", "unknown": "/k/" + unknown,
		"revoked": "/k/" + revoked, "search": "/", "found": "/?q=truong+tieu+hoc", "nothing found": "/?q=khong+co+truong+nay", "too short": "/?q=a"} {
		p.open(p.addr + path)
		p.accessible(name, source)
	}
}

// A rule that is broken must be found, else the test above proves nothing.
func TestAxeFinds(t *testing.T) {
	source := axeSource(t)
	s := newSite(t)
	w := browse(t, 360, 640)
	w.open(s.serve() + "/")
	var found string
	w.do(chromedp.Evaluate(`document.querySelector("label").remove(); 0`, nil), chromedp.Evaluate(source+";0", nil),
		chromedp.Evaluate(axe, &found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if !strings.Contains(found, "label: ") {
		t.Errorf("a field without a label passes: %q", found)
	}
}
