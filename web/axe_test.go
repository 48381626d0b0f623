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

// A rule that is broken must be found, else the tests that use it prove nothing.
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
