package web_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hailong/survey"
)

// silence is a second of nothing: 38 frames of MPEG layer III, 32 kbit/s, mono.
func silence() []byte {
	frame := append([]byte{0xFF, 0xFB, 0x10, 0xC4}, make([]byte, 100)...)
	return bytes.Repeat(frame, 38)
}

// mp3s are recordings that a browser can play.
type mp3s struct{ sounds }

func (m mp3s) Sound(ctx context.Context, id survey.RecordingID) ([]byte, string, error) {
	_, _, err := m.sounds.Sound(ctx, id)
	return silence(), "audio/mpeg", err
}

// Somebody in the middle of the form changes the language: the answers and the
// step stay, and a recording is fetched when it is asked for, not before.
func TestTheLanguageIsChangedOnTheWay(t *testing.T) {
	s := newSite(t)
	kept := s.speak()
	for i := range s.dir.Questionnaire.Recordings {
		s.dir.Questionnaire.Recordings[i].Type = "audio/mpeg"
	}
	s.cfg.Sounds = mp3s{kept}
	s.build()
	p := newPhone(t, s, s.serve())
	p.tap("=Bắt đầu")
	items := p.form().Items
	for _, item := range items[:5] {
		p.choose(item.Code, 4)
	}
	p.tap("=Tiếp tục")
	p.choose(items[5].Code, 2)
	step := p.step()
	p.tap("=Ê Đê")
	p.until(`document.querySelector("nav [aria-current]").lang == "rad" && document.body.className == "k j"`)
	if got := p.step(); got != step {
		t.Errorf("the step was %q and is %q", step, got)
	}
	if n := ask[int](p.window, `document.querySelectorAll(":checked").length`); n != 6 {
		t.Errorf("%d answers are left of 6", n)
	}
	const fetched = `performance.getEntriesByType("resource").filter(e => e.name.includes("/am/")).length`
	if n := ask[int](p.window, fetched); n != 0 {
		t.Errorf("%d recordings were fetched before anybody asked", n)
	}
	p.tap("#" + string(items[5].Code) + " p .l")
	p.until(`document.querySelectorAll(".l.i").length == 1 && ` + fetched + ` == 1`)
	p.until(`document.querySelectorAll(".l.i").length == 0`) // it has ended
	p.tap("#" + string(items[5].Code) + " .v .l")
	p.until(fetched + ` == 2`)
	if at := ask[string](p.window, `location.pathname + " " + document.querySelectorAll(":checked").length`); !strings.HasPrefix(at, "/k/") || !strings.HasSuffix(at, " 6") {
		t.Errorf("playing leads away, or answers: %s", at)
	}
	if found := ask[string](p.window, misfits+"(360.5)"); found != "" {
		t.Error(found)
	}
	p.tap("=English")
	p.until(`document.documentElement.lang == "en" && document.body.className == "k j"`)
	if got := p.step(); !strings.HasPrefix(got, "Part 2 of 6") {
		t.Errorf("in English the step is %q", got)
	}
	p.tap("=Continue")
	p.until(`document.querySelector(".on .err") != null`)
	if said := ask[string](p.window, `document.querySelector(".on .err").innerText`); !strings.Contains(said, "Questions not answered in this part: ") || !strings.Contains(said, "Question 7. English ƀ ê̆") {
		t.Errorf("what is blank: %q", said)
	}
}

// No rule of accessibility is broken where there are languages and recordings.
func TestLanguagesAreAccessible(t *testing.T) {
	source := axeSource(t)
	s := newSite(t)
	s.cfg.Sounds = mp3s{s.speak()}
	s.build()
	p := newPhone(t, s, s.serve())
	for _, lang := range []string{"vi", "en", "cmo", "rad"} {
		for _, path := range []string{"/k/" + oneForm, "/k/" + allForms, "/k/" + oneForm + "/cam-on", "/"} {
			p.open(p.addr + path + "?tieng=" + lang)
			p.accessible(path+" in "+lang, source)
			if found := ask[string](p.window, misfits+"(360.5)"); found != "" {
				t.Errorf("%s in %s: %s", path, lang, found)
			}
		}
	}
	p.open(p.addr + "/k/" + oneForm + "?tieng=rad")
	p.tap("=Bắt đầu")
	p.accessible("a step with recordings", source)
	p.open(p.addr + "/k/" + oneForm + "?tieng=cmo")
	p.tap("=Bắt đầu")
	p.accessible("a step in foreign words", source)
}

// Without script the links change the language, and a recording is a file.
func TestLanguagesWithoutScript(t *testing.T) {
	s := newSite(t)
	s.cfg.Sounds = mp3s{s.speak()}
	s.build()
	w := browse(t, 360, 640).withoutScript()
	w.open(s.serve() + formOfOne)
	w.press(`nav a[lang="en"]`)
	w.do(chromedp.WaitReady(`html[lang="en"]`, chromedp.ByQuery))
	w.press(`#A1 .t:nth-of-type(4)`)
	w.press("form .b")
	w.do(chromedp.WaitReady(`a[href="tel:111"]`, chromedp.ByQuery))
	if got := s.shelf.only(t); got.Response.Marks[0] != 4 {
		t.Errorf("%+v", got)
	}
}
