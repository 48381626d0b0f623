package web_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"hailong/survey"
)

// sounds are the recordings of the tests.
type sounds map[survey.RecordingID][]byte

func (s sounds) Sound(_ context.Context, id survey.RecordingID) ([]byte, string, error) {
	if content, ok := s[id]; ok {
		return content, "audio/mp4", nil
	}
	return nil, "", survey.Refuse(survey.NotFound, "Không có bản ghi âm này", "There is no such recording")
}

// speak gives the site a questionnaire in Vietnamese, English, M'Nông without
// texts of the pages, and Ê Đê in recordings only: of every question and answer.
func (s *site) speak() sounds {
	s.Helper()
	kept := sounds{}
	q := survey.BuiltInQuestionnaire()
	for _, f := range q.Forms {
		f.Items[0].Hint = "Học phí và các khoản khác"
		f.Overall.Hint, f.Comment.Hint = "Nghĩ đến cả năm học", "Một điều là đủ"
	}
	for _, tongue := range []survey.Tongue{{Code: "en", Name: "English"}, {Code: "cmo", Name: "Bunong"}, {Code: "rad", Name: "Ê Đê"}} {
		own := survey.BuiltInQuestionnaire()
		record := func(name string) string {
			content := []byte(fmt.Sprintf("\x00\x00\x00\x20ftypM4A ....mp4a....%-15000s", name))
			r, err := survey.NewRecording(name+".m4a", content)
			if err != nil {
				s.Fatal(err)
			}
			if _, known := q.Recording(r.Name); !known {
				q.Recordings, kept[r.ID] = append(q.Recordings, r), content
			}
			return r.Name
		}
		if tongue.Code == "rad" {
			for i := range own.Heard {
				own.Heard[i] = record(fmt.Sprint("mức ", i))
			}
			for _, f := range own.Forms {
				for i := range f.Items {
					f.Items[i].Recording = record(string(f.Items[i].Code))
				}
				f.Overall.Recording, f.Expectation.Recording, f.Comment.Recording = record("F2"), record("F1"), record("G1")
			}
		} else {
			word := func(text *string) { *text = tongue.Name + " ƀ ê̆ " + *text }
			for i := range own.Scale {
				word(&own.Scale[i])
			}
			word(&own.Unknown)
			for _, f := range own.Forms {
				word(&f.Name)
				for i := range f.Groups {
					word(&f.Groups[i].Name)
				}
				for i := range f.Items {
					word(&f.Items[i].Text)
				}
				word(&f.Overall.Text)
				word(&f.Expectation.Text)
				word(&f.Comment.Text)
				f.Overall.Hint = tongue.Name + " hint"
			}
		}
		q.Translations = append(q.Translations, survey.Translation{Tongue: tongue, SpokenOnly: tongue.Code == "rad", Questionnaire: own})
	}
	data, err := q.Data()
	if err != nil {
		s.Fatal(err)
	}
	if q, err = survey.ParseQuestionnaire(data); err != nil {
		s.Fatal(err)
	}
	s.dir = directoryWith(q)
	s.cfg.Sounds = kept
	s.build()
	return kept
}

func TestTheLanguageSwitchIsThereForSeveralLanguages(t *testing.T) {
	s := newSite(t)
	pages := []string{formOfOne, "/k/" + oneForm, "/k/" + allForms, "/k/" + oneForm + "/cam-on", "/", "/?q=minh+khai"}
	for _, path := range pages {
		if body := s.get(path).body; strings.Contains(body, "<nav") || strings.Contains(body, "tieng=") {
			t.Errorf("%s has a choice of one language", path)
		}
	}
	s.speak()
	for _, path := range pages {
		got := s.get(path)
		links := all(all(parseHTML(t, got.body).root, "nav")[0], "a")
		var names []string
		for _, a := range links {
			names = append(names, attr(a, "lang")+" "+text(a)+" "+attr(a, "aria-current"))
		}
		if want := "vi Tiếng Việt true|en English |cmo Bunong |rad Ê Đê "; strings.Join(names, "|") != want {
			t.Errorf("%s: %q", path, names)
		}
		if len(got.Cookies()) > 0 {
			t.Errorf("%s sets a cookie", path)
		}
		joined := path + "?tieng=en"
		if strings.Contains(path, "?") {
			joined = path + "&tieng=en"
		}
		english := s.get(joined).body
		if !strings.Contains(english, "<html lang=en>") || vietnameseWords.MatchString(withoutNames(english)) {
			t.Errorf("%s is not all English: %q", joined, vietnameseWords.FindAllString(withoutNames(english), 5))
		}
		if body := s.get(path + strings.Replace(joined[len(path):], "=en", "=xx", 1)).body; !strings.Contains(body, "<html lang=vi>") {
			t.Errorf("%s: an unknown language is not Vietnamese", path)
		}
	}
}

// A form in a language is sent, refused and thanked for in that language.
func TestTheLanguageStays(t *testing.T) {
	s := newSite(t)
	s.speak()
	english := formOfOne + "?tieng=en"
	body := s.get(english).body
	if action := attr(all(parseHTML(t, body).root, "form")[0], "action"); action != english {
		t.Errorf("action %q", action)
	}
	refused := s.post(english, formMIME, "id="+formID(t, body)+"&F1=x&A1=9")
	for _, want := range []string{"<title>Error: ", "Write the percentage as a number, such as 80", "Question A1: choose a level from 1 to 5"} {
		if !strings.Contains(refused.body, want) {
			t.Errorf("%q is not in the refusal", want)
		}
	}
	if refused.StatusCode != 422 || strings.Contains(refused.body, "<nav") {
		t.Errorf("%d, or a language can be chosen where what was typed would be lost", refused.StatusCode)
	}
	sent := s.post(english, formMIME, "id="+formID(t, refused.body)+"&A1=4&"+"F1=80")
	if to := sent.Header.Get("Location"); sent.StatusCode != 303 || to != "/k/"+oneForm+"/cam-on?tieng=en" || !strings.Contains(s.get(to).body, "Sent. Thank you.") {
		t.Errorf("%d to %q", sent.StatusCode, to)
	}
	if got := s.get("/k/" + unknown + "?tieng=en"); got.StatusCode != 404 || !strings.Contains(got.body, "No form here") {
		t.Errorf("404 in English: %s", got.body)
	}
	s.closeAt(now)
	if got := s.get(english); got.StatusCode != 410 || !strings.Contains(got.body, "The survey ended on 20/10/2026") {
		t.Errorf("closed: %s", got.body)
	}
}

// Every block in another language than its page says so; a hint that a language
// lacks comes in Vietnamese and says that.
func TestForeignBlocksNameTheirLanguage(t *testing.T) {
	s := newSite(t)
	s.speak()
	d := parseHTML(t, s.get(formOfOne+"?tieng=cmo").body)
	if lang := attr(all(d.root, "html")[0], "lang"); lang != "vi" {
		t.Errorf("the page, whose texts are not there in M'Nông, is in %q", lang)
	}
	for _, set := range all(d.root, "fieldset") {
		if attr(set, "lang") != "cmo" || !strings.Contains(text(all(set, "legend")[0]), "Bunong ƀ ê̆") {
			t.Errorf("fieldset %s: lang %q, %q", attr(set, "id"), attr(set, "lang"), text(all(set, "legend")[0]))
		}
	}
	for id, want := range map[string]string{"A1-y": "vi Học phí và các khoản khác", "F2-y": " Bunong hint"} {
		if hint := d.byID(id); hint == nil || attr(hint, "lang")+" "+text(hint) != want || attr(hint.Parent, "aria-describedby") != id {
			t.Errorf("hint %s is not %q", id, want)
		}
	}
	for _, h2 := range all(d.root, "h2")[:5] {
		if own := all(h2, "bdi"); len(own) != 1 || attr(own[0], "lang") != "cmo" {
			t.Errorf("heading %q does not say its language", text(h2))
		}
	}
	if body := s.get(formOfOne).body; strings.Contains(body, "<bdi") || strings.Contains(body, `<fieldset id="A1" lang`) || !strings.Contains(body, `aria-describedby="A1-y"`) {
		t.Error("the Vietnamese page marks its own language, or has no hint")
	}
	if refused := s.post(formOfOne+"?tieng=cmo", formMIME, "A1=9").body; !strings.Contains(refused, "<div lang=vi><p class=bad") {
		t.Error("a refusal among foreign words does not say its language")
	}
}

func TestRecordingsArePlayedWhereThereAreSome(t *testing.T) {
	s := newSite(t)
	kept := s.speak()
	for path, want := range map[string]bool{formOfOne: false, formOfOne + "?tieng=en": false, formOfOne + "?tieng=rad": true, "/?tieng=rad": false} {
		got := s.get(path)
		if strings.Contains(got.Header.Get("Content-Security-Policy"), "media-src 'self'") != want || strings.Contains(got.body, "/am/") != want || strings.Contains(got.body, "<audio") {
			t.Errorf("%s: %s", path, got.Header.Get("Content-Security-Policy"))
		}
	}
	d := parseHTML(t, s.get(formOfOne+"?tieng=rad").body)
	links := 0
	for _, a := range all(d.root, "a") {
		path := attr(a, "href")
		if !strings.HasPrefix(path, "/am/") {
			continue
		}
		if links++; links == 1 && text(a) != "Nghe (khoảng 15 KB)" {
			t.Errorf("the link says %q", text(a))
		}
		got := s.get(path)
		if got.StatusCode != 200 || got.Header.Get("Content-Type") != "audio/mp4" || got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || len(got.Cookies()) > 0 ||
			got.body != string(kept[survey.RecordingID(path[4:16])]) {
			t.Fatalf("%s: %d, %v", path, got.StatusCode, got.Header)
		}
	}
	if f, _ := s.dir.Questionnaire.Form("TH"); links != f.Questions()+1+6*(len(f.Items)+1) {
		t.Errorf("%d links", links)
	}
}

func TestPartsOfARecording(t *testing.T) {
	s := newSite(t)
	var path string
	for id, content := range s.speak() {
		s.cfg.Sounds = sounds{id: content[:100]}
		path = "/am/" + string(id) + ".m4a"
	}
	s.build()
	for header, want := range map[string]string{
		"": "200  100", "bytes=0-1": "206 bytes 0-1/100 2", "bytes=10-": "206 bytes 10-99/100 90", "bytes=-7": "206 bytes 93-99/100 7", "bytes=90-300": "206 bytes 90-99/100 10",
		"bytes=100-": "416 bytes */100 31", "bytes=5-2": "200  100", "bytes=-0": "200  100", "bytes=0-1,5-6": "200  100", "items=0-1": "200  100", "bytes=a-b": "200  100", "bytes=-500": "206 bytes 0-99/100 100",
	} {
		r := httptest.NewRequest("GET", path, nil)
		if header != "" {
			r.Header.Set("Range", header)
		}
		got := s.do(r)
		if line := fmt.Sprint(got.StatusCode, " ", got.Header.Get("Content-Range"), " ", len(got.body)); line != want {
			t.Errorf("%q: %s, want %s", header, line, want)
		}
	}
	for _, wrong := range []string{"/am/x", "/am/AAAAAAAAAAAA.m4a", strings.Replace(path, ".m4a", ".mp3", 1), strings.TrimSuffix(path, ".m4a"), "/am/..%2f..%2fhailong.db"} {
		if got := s.get(wrong); got.StatusCode != 404 {
			t.Errorf("%s: %d", wrong, got.StatusCode)
		}
	}
}

func TestFormsInEveryLanguageKeepToTheBudget(t *testing.T) {
	s := newSite(t)
	s.speak()
	for _, asked := range s.dir.Links[longest].Forms {
		for _, lang := range []string{"vi", "en", "cmo", "rad"} {
			_, packed := s.getPacked("/k/"+longest+"/"+string(asked.Form.Code)+"?tieng="+lang, "gzip")
			if t.Logf("%s %s: %d bytes", asked.Form.Code, lang, len(packed)); len(packed) > budget {
				t.Errorf("form %s in %s has %d bytes, the budget is %d", asked.Form.Code, lang, len(packed), budget)
			}
		}
	}
}

// With help and on a kiosk the languages and the recordings are there too.
func TestHelpInALanguage(t *testing.T) {
	s := newSite(t)
	s.speak()
	for _, kind := range []survey.HelpKind{survey.Beside, survey.Kiosk} {
		at := s.helpAddress(oneForm, kind)
		got := s.get(at + "?tieng=rad")
		if !strings.Contains(got.Header.Get("Content-Security-Policy"), "media-src 'self'") || !strings.Contains(got.body, "/am/") || !strings.Contains(got.body, "<nav") {
			t.Errorf("%v: %d, no recordings or no choice of languages", kind, got.StatusCode)
		}
		for _, script := range all(parseHTML(t, got.body).root, "script") {
			sum := sha256.Sum256([]byte(content(script)))
			if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(got.Header.Get("Content-Security-Policy"), hash) {
				t.Errorf("%v: a script is not allowed", kind)
			}
		}
		sent := s.post(at+"/TH?tieng=rad", formMIME, "A1=4&id="+formID(t, got.body))
		if to := sent.Header.Get("Location"); sent.StatusCode != 303 || !strings.HasSuffix(to, "/cam-on?tieng=rad") {
			t.Errorf("%v: %d to %q", kind, sent.StatusCode, to)
		}
	}
}

// Every style and script inside a page in any language is allowed by its hash.
func TestWhatIsInsideIsAllowed(t *testing.T) {
	s := newSite(t)
	s.speak()
	for _, lang := range []string{"vi", "en", "cmo", "rad"} {
		for _, path := range []string{formOfOne, "/k/" + allForms, "/k/" + oneForm + "/cam-on", "/", "/k/" + unknown} {
			got := s.get(path + "?tieng=" + lang)
			root := parseHTML(t, got.body).root
			for _, n := range append(all(root, "script"), all(root, "style")...) {
				sum := sha256.Sum256([]byte(content(n)))
				if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(got.Header.Get("Content-Security-Policy"), "'sha256-"+hash+"'") {
					t.Errorf("%s in %s: a %s is not allowed", path, lang, n.Data)
				}
			}
		}
	}
}
