package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// hand is a person at a browser: it sees words, and clicks, or has a keyboard
// only.
type hand struct {
	*testing.T
	ctx   context.Context
	keys  bool   // no mouse
	saved string // folder of downloads
}

func newHand(t *testing.T, keys bool) hand {
	t.Helper()
	path, err := exec.LookPath("chromium")
	needs(t, err == nil, "chromium")
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE localhost"))
	alloc, cancel1 := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel2 := chromedp.NewContext(alloc)
	ctx, cancel3 := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("close the browser: %v", err)
		}
		cancel3()
		cancel2()
		cancel1()
		chromedp.FromContext(ctx).Allocator.Wait()
	})
	h := hand{t, ctx, keys, t.TempDir()}
	h.do(emulation.SetDeviceMetricsOverride(1366, 768, 1, false),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}),
		browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(h.saved))
	return h
}

func (h hand) do(actions ...chromedp.Action) {
	h.Helper()
	if err := chromedp.Run(h.ctx, actions...); err != nil {
		h.Fatal(err)
	}
}

func (h hand) open(url string) {
	h.Helper()
	h.do(chromedp.Navigate(url), chromedp.WaitReady("main", chromedp.ByQuery))
}

// seek marks what a person would find under these words: a field by its label,
// or what can be pressed. Words that are all of it come before words that it
// begins with.
const seek = `((kind, words) => {
	document.querySelectorAll("[data-hand]").forEach(e => e.removeAttribute("data-hand"));
	const said = e => (e.getAttribute("aria-label") || e.textContent).trim().replace(/\s+/g, " ");
	const seen = e => e.checkVisibility();
	const among = [...document.querySelectorAll(kind == "field" ? "label,legend" : "a,button,summary,label")].filter(seen);
	let e = among.find(e => said(e) == words) || among.find(e => said(e).startsWith(words));
	if (e && kind == "field") e = document.getElementById(e.htmlFor) || (e.closest("label,fieldset") || e).querySelector("input,select,textarea");
	if (e && e.tagName == "LABEL" && kind == "keys") e = document.getElementById(e.htmlFor) || e.querySelector("input");
	if (!e) return false;
	e.setAttribute("data-hand", "");
	return true;
})(%s, %s)`

const found = "[data-hand]"

// seekRow marks the link in the row of a table that has these words.
const seekRow = `(words => {
	document.querySelectorAll("[data-hand]").forEach(e => e.removeAttribute("data-hand"));
	const row = [...document.querySelectorAll("tbody tr")].find(r => r.textContent.includes(words));
	if (!row || !row.querySelector("a")) return false;
	row.querySelector("a").setAttribute("data-hand", "");
	return true;
})(%s)`

// find waits until there is something with these words.
func (h hand) find(kind, words string) {
	h.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); pause() {
		if h.there(kind, words) {
			return
		}
	}
	h.Fatalf("there is no «%s» on the page:\n%s", words, h.words())
}

// there says whether there is something with these words now.
func (h hand) there(kind, words string) (yes bool) {
	quoted, _ := json.Marshal(words)
	look := fmt.Sprintf(seek, `"`+kind+`"`, quoted)
	if kind == "row" {
		look = fmt.Sprintf(seekRow, quoted)
	}
	err := chromedp.Run(h.ctx, chromedp.Evaluate(look, &yes))
	return err == nil && yes
}

// words are what the page says; a page that is on its way says nothing.
func (h hand) words() (said string) {
	_ = chromedp.Run(h.ctx, chromedp.Evaluate(`location.pathname + "\n" + document.title + "\n" + ((document.querySelector("main") || document.body || {}).innerText || "").slice(0, 1500)`, &said))
	return said
}

// press clicks what has these words, or goes there by Tab and presses Enter or
// the space bar.
func (h hand) press(words string) {
	h.Helper()
	if h.keys {
		h.find("keys", words)
	} else {
		h.find("press", words)
	}
	h.pressFound()
}

// pressRow presses the link in the row with these words.
func (h hand) pressRow(words string) {
	h.Helper()
	h.find("row", words)
	h.pressFound()
}

func (h hand) pressFound() {
	h.Helper()
	if !h.keys {
		h.do(chromedp.ScrollIntoView(found, chromedp.ByQuery), chromedp.Click(found, chromedp.ByQuery))
		return
	}
	h.reach()
	key := kb.Enter
	if h.is("radio,checkbox") {
		key = " "
	}
	h.do(chromedp.KeyEvent(key))
}

// is says whether the thing found is an input of one of these kinds.
func (h hand) is(kinds string) (yes bool) {
	h.do(chromedp.Evaluate(`"`+kinds+`".split(",").includes(document.querySelector("`+found+`").type)`, &yes))
	return yes
}

// reach presses Tab until the focus is on the thing found. Of a group of radio
// buttons Tab reaches one; arrows lead on from there.
func (h hand) reach() {
	h.Helper()
	at := func(expression string) (yes bool) {
		h.do(chromedp.Evaluate(`(e => `+expression+`)(document.querySelector("`+found+`"))`, &yes))
		return yes
	}
	for range 600 {
		if at("document.activeElement === e") {
			return
		}
		key := kb.Tab
		if at(`e.type == "radio" && document.activeElement.type == "radio" && document.activeElement.name == e.name`) {
			key = kb.ArrowDown
		}
		h.do(chromedp.KeyEvent(key))
	}
	h.Fatalf("Tab never reaches what was looked for:\n%s", h.words())
}

// fill types into the field with this label, in place of what was there.
func (h hand) fill(label, text string) {
	h.Helper()
	h.find("field", label)
	if h.keys {
		h.reach()
	} else {
		h.do(chromedp.Click(found, chromedp.ByQuery))
	}
	h.do(chromedp.Evaluate(`document.activeElement.select && document.activeElement.select()`, nil), chromedp.SendKeys(found, text, chromedp.ByQuery))
}

// give hands a file over. The dialogue in which a file is chosen is the
// system's, so only the way to its button is tried.
func (h hand) give(label, file string) {
	h.Helper()
	h.find("field", label)
	if h.keys {
		h.reach()
	}
	h.do(chromedp.SetUploadFiles(found, []string{file}, chromedp.ByQuery))
}

// see waits until the page has a first heading that begins so.
func (h hand) see(heading string) {
	h.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); pause() {
		var said string
		if err := chromedp.Run(h.ctx, chromedp.Evaluate(`(document.querySelector("h1") || document.body).textContent.trim()`, &said)); err == nil && strings.HasPrefix(said, heading) {
			return
		}
	}
	h.Fatalf("the page is not «%s»:\n%s", heading, h.words())
}

// reads says whether the page has these words.
func (h hand) reads(words string) bool { return strings.Contains(h.words(), words) }

// file waits for a download and gives its name.
func (h hand) file(ending string) string {
	h.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); pause() {
		if names, _ := filepath.Glob(filepath.Join(h.saved, "*"+ending)); len(names) == 1 {
			return names[0]
		}
	}
	h.Fatalf("no file %s was saved", ending)
	return ""
}
