package web_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// What a screen reader is told of the first step: each question a group with
// its words for a name, in it the six answers by name, nothing twice.
func TestWhatAScreenReaderIsTold(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.tap("=Bắt đầu")
	var want []string
	form := p.form()
	for i, item := range form.ItemsOf(form.Groups[0].Code) {
		want = append(want, fmt.Sprintf("group %d. %s", i+1, item.Text))
		for _, label := range s.dir.Questionnaire.Scale {
			want = append(want, "radio "+label)
		}
		want = append(want, "radio "+s.dir.Questionnaire.Unknown)
	}
	var got []string
	p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		nodes, err := accessibility.GetFullAXTree().Do(ctx)
		for _, n := range nodes {
			if role := axText(n.Role); !n.Ignored && (role == "group" || role == "radiogroup" || role == "radio") {
				got = append(got, strings.Replace(role, "radiogroup", "group", 1)+" "+axText(n.Name))
			}
		}
		return err
	}))
	if diff := cmp.Diff(want, inOrder(want, got)); diff != "" {
		t.Errorf("the tree (-want +got):\n%s", diff)
	}
}

func axText(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	text, err := strconv.Unquote(string(v.Value))
	if err != nil {
		return string(v.Value)
	}
	return text
}

// inOrder puts the tree, which comes level by level, as the page reads: what
// is there as often as wanted in the wanted order, the rest at the end.
func inOrder(want, got []string) []string {
	left := slices.Clone(got)
	var out []string
	for _, w := range want {
		if i := slices.Index(left, w); i >= 0 {
			out, left = append(out, w), slices.Delete(left, i, i+1)
		}
	}
	return append(out, left...)
}

// spaced is the text spacing of WCAG 1.4.12.
const spaced = `document.querySelectorAll("*").forEach(e => { for (const [name, value] of [["line-height", "1.5"], ["letter-spacing", ".12em"], ["word-spacing", ".16em"]]) e.style.setProperty(name, value, "important"); if (e.tagName == "P") e.style.setProperty("margin-bottom", "2em", "important") });`

func TestWideTextSpacingCutsNothing(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.do(emulation.SetDeviceMetricsOverride(320, 480, 1, true))
	check := func(where string) {
		t.Helper()
		if found := ask[string](p.window, spaced+`getComputedStyle(document.querySelector("h1")).letterSpacing == "normal" ? "not spaced" : `+misfits+"(320.5)"); found != "" {
			t.Errorf("%s: %s", where, found)
		}
	}
	check("intro")
	p.tap("=Bắt đầu")
	check("step")
	p.tap("=Tiếp tục")
	check("blanks")
	p.tap("=Bỏ qua, đi tiếp")
	p.skipToTheEnd()
	p.tap(`label[for="F1-hon"]`)
	check("last step")
	for _, path := range []string{"/k/" + oneForm + "/cam-on", "/?q=minh+khai", "/k/" + allForms, "/k/" + unknown} {
		p.open(p.addr + path)
		check(path)
	}
}

// smallTargets lists what a thumb would miss: anything to press under 44 by 44.
const smallTargets = `[...document.querySelectorAll("a,button,summary,textarea,input[type=text],.t,label.x")].map(e => [e, e.getBoundingClientRect()])
	.filter(([e, r]) => r.width && e.className != "skip" && (r.width < 43.9 || r.height < 43.9)).map(([e, r]) => e.tagName + " " + Math.round(r.width) + "x" + Math.round(r.height) + " " + e.textContent).join("\n")`

func TestTargetsAreLargeEnough(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	check := func(where string) {
		t.Helper()
		if found := ask[string](p.window, smallTargets); found != "" {
			t.Errorf("%s: %s", where, found)
		}
	}
	check("intro")
	p.tap("=Bắt đầu")
	check("step")
	p.tap("=Tiếp tục")
	check("blanks")
	p.tap("=Bỏ qua, đi tiếp")
	p.skipToTheEnd()
	check("last step")
	for _, path := range []string{"/", "/?q=minh+khai", "/?q=khong+co", "/?q=a", "/k/" + allForms, "/k/" + oneForm + "/cam-on", "/k/" + unknown, "/k/" + revoked} {
		p.open(p.addr + path)
		check(path)
	}
}

func TestEveryQuestionFitsOneScreen(t *testing.T) {
	s := newSite(t)
	w := browse(t, 360, 640).withoutScript()
	addr := s.serve()
	for _, asked := range s.dir.Links[allForms].Forms {
		w.open(addr + "/k/" + allForms + "/" + string(asked.Form.Code))
		found := ask[string](w, `[...document.querySelectorAll("fieldset")].filter(e => !e.querySelector(".p")).map(e => [e.id, e.getBoundingClientRect().height, e.querySelector("legend").getBoundingClientRect().height])
			.filter(([id, high, legend]) => high > 400 || legend > 3 * 1.45 * 16 + 1).join("\n")`)
		if found != "" {
			t.Errorf("%s: too high (question, its height, that of its words): %s", asked.Form.Code, found)
		}
		for _, item := range append(asked.Form.Items, asked.Form.Overall) {
			if n := len([]rune(item.Text)); n > 90 {
				t.Errorf("%s: %s has %d letters", asked.Form.Code, item.Code, n)
			}
		}
	}
}

// contrasts are the colours of the parents' style, and on what they lie.
var contrasts = []struct {
	ink, ground string
	least       float64
}{
	{"#111", "#fff", 7}, {"#111", "#e3eefb", 7}, {"#3d464d", "#fff", 7}, {"#0b4f9c", "#fff", 7}, {"#fff", "#0b4f9c", 7}, {"#8c1d00", "#fff", 7},
	{"#5b6770", "#fff", 3}, {"#0b4f9c", "#e3eefb", 3}, // the edges of tiles
}

func TestColoursHaveContrast(t *testing.T) {
	known := map[string]bool{}
	for _, c := range contrasts {
		known[c.ink], known[c.ground] = true, true
		if got := contrast(c.ink, c.ground); got < c.least {
			t.Errorf("%s on %s has %.2f, want %.1f", c.ink, c.ground, got, c.least)
		}
	}
	files, _ := filepath.Glob("parent/static/*/*.css")
	for _, file := range append(files, "page/static/plain.css") {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, colour := range regexp.MustCompile(`#[0-9a-f]{3,6}\b`).FindAllString(string(source), -1) {
			if !known[colour] {
				t.Errorf("%s: nothing is known of the contrast of %s", file, colour)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(colour string) float64 {
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, _ := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		v := float64(n) / 255
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// With colours that the person forces, what is chosen is still seen: by the
// browser's own dot and by weight.
func TestForcedColoursShowWhatIsChosen(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve())
	p.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
	p.tap("=Bắt đầu")
	p.choose("A1", 3)
	got := ask[string](p.window, `(e => { const c = getComputedStyle(e), l = getComputedStyle(e.nextElementSibling); return [matchMedia("(forced-colors:active)").matches, c.appearance, c.opacity, e.getBoundingClientRect().width, l.fontWeight, l.borderTopWidth].join(" ") })(document.querySelector("#A1 :checked"))`)
	if got != "true auto 1 22 700 2px" {
		t.Errorf("the chosen tile is %q", got)
	}
}

// Letters of the languages of the highlands have glyphs: none looks like a
// character that no font has.
func TestLettersHaveGlyphs(t *testing.T) {
	s := newSite(t)
	w := browse(t, 360, 640)
	w.open(s.serve() + formOfOne)
	missing := ask[string](w, `(() => {
		const draw = text => { const c = document.createElement("canvas"); c.width = c.height = 48; const g = c.getContext("2d");
			g.font = "32px " + getComputedStyle(document.body).fontFamily; g.fillText(text, 4, 36); return c.toDataURL() };
		const tofu = draw("\uffff\u0378"), tofu1 = draw("\u0378");
		return ["ƀ", "Ƀ", "Č", "č", "ĕ", "ĭ", "ŏ", "ŭ", "ê̆", "ô̆", "ơ̆", "ư̆", "Đ", "ạ"].filter(c => [tofu, tofu1, draw("")].includes(draw(c))).join(" ");
	})()`)
	if missing != "" {
		t.Errorf("no glyph for %s", missing)
	}
}

// Every script keeps to what old browsers inside messengers can read.
func TestEveryScriptIsOld(t *testing.T) {
	s := newSite(t)
	s.closeAt(now)
	closed := s.get(formOfOne).body
	s.round(func(r *survey.Round) { r.State, r.ClosedAt = survey.Open, time.Time{} })
	for name, body := range map[string]string{"form": s.get(formOfOne).body, "helped": s.get(s.helpAddress(oneForm, survey.Beside)).body, "closed": closed} {
		scripts := all(parseHTML(t, body).root, "script")
		if len(scripts) == 0 {
			t.Errorf("%s has no script", name)
		}
		for _, script := range scripts {
			checkOld(t, name, content(script))
		}
	}
	files, _ := filepath.Glob("school/static/*.js")
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		checkOld(t, file, regexp.MustCompile(`(?m)//.*$`).ReplaceAllString(string(source), ""))
	}
}

func checkOld(t *testing.T, name, source string) {
	t.Helper()
	for _, word := range append(newerThanES5.FindAllString(source, -1), "unload") {
		if newerThanES5.MatchString(word) || strings.Contains(source, word) {
			t.Errorf("%s has %q in it", name, word)
		}
	}
}

// Sentences have at most 20 words, here as they are written: syllables.
func TestSentencesAreShort(t *testing.T) {
	data, err := os.ReadFile("page/texts/vi.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		_, said, ok := strings.Cut(line, "=")
		if !ok || line[0] == '#' {
			continue
		}
		for _, sentence := range regexp.MustCompile(`[.?:]\s`).Split(said+" ", -1) {
			if n := len(strings.Fields(sentence)); n > 20 {
				t.Errorf("%d words: %s", n, sentence)
			}
		}
	}
}

// check is a row of CHECKS.md: a number, and the tests that do it.
var (
	checkRow  = regexp.MustCompile(`(?m)^\| (\d+) \|`)
	checkTest = regexp.MustCompile("`((?:Test|Fuzz|Benchmark)\\w+)`")
)

// The list of checks names tests that are there, and leaves out no number.
func TestTheListOfChecksIsTrue(t *testing.T) {
	list, err := os.ReadFile(filepath.Join("testdata", "CHECKS.md"))
	if err != nil {
		t.Fatal(err)
	}
	there := testsOfTheProject(t)
	for _, found := range checkTest.FindAllStringSubmatch(string(list), -1) {
		if !there[found[1]] && !strings.HasPrefix(found[1], "Benchmark") {
			t.Errorf("%s is not there", found[1])
		}
	}
	listed := map[string]bool{}
	for _, found := range checkRow.FindAllStringSubmatch(string(list), -1) {
		listed[found[1]] = true
	}
	for n := 1; n <= 45; n++ {
		if !listed[strconv.Itoa(n)] {
			t.Errorf("check %d is not in the list", n)
		}
	}
}
