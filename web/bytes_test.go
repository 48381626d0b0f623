package web_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	brotli "github.com/molecule-man/go-brrr"

	"hailong/survey"
)

const (
	budget = 12 << 10 // compressed bytes of a form; more fails
	aim    = 6 << 10
)

// getPacked asks for a coding and gives the bytes on the wire.
func (s *site) getPacked(path, coding string) (answer, []byte) {
	s.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Accept-Encoding", "deflate, "+coding)
	got := s.do(r)
	if got.Header.Get("Content-Encoding") != coding || got.Header.Get("Vary") != "Accept-Encoding" {
		s.Fatalf("%s is not packed as %s: %v", path, coding, got.Header)
	}
	return got, []byte(got.body)
}

func unpack(t *testing.T, packed []byte, coding string) string {
	t.Helper()
	var r io.Reader = brotli.NewReader(bytes.NewReader(packed))
	if coding == "gzip" {
		var err error
		if r, err = gzip.NewReader(bytes.NewReader(packed)); err != nil {
			t.Fatal(err)
		}
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("unpack %s: %v", coding, err)
	}
	return string(out)
}

func gzipSize(t *testing.T, body string) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestEveryFormKeepsToItsBudget(t *testing.T) {
	s := newSite(t)
	for _, asked := range s.dir.Links[longest].Forms {
		path := "/k/" + longest + "/" + string(asked.Form.Code)
		_, br := s.getPacked(path, "br")
		_, gz := s.getPacked(path, "gzip")
		t.Logf("%s: %d bytes in brotli, %d in gzip, %d unpacked", asked.Form.Code, len(br), len(gz), len(unpack(t, gz, "gzip")))
		if len(gz) > budget || len(br) > len(gz) {
			t.Errorf("form %s has %d bytes in brotli and %d in gzip, the budget is %d", asked.Form.Code, len(br), len(gz), budget)
		}
		if len(br) > aim {
			t.Logf("form %s is over the aim of %d bytes", asked.Form.Code, aim)
		}
	}
}

// TestAPreparedFormIsTheTemplates compares with what the template gives to
// somebody whose form is shown again: the same page, filled with nothing.
func TestAPreparedFormIsTheTemplates(t *testing.T) {
	s := newSite(t)
	s.shelf.fail = survey.Refuse(survey.Busy, "Đang bận", "Busy")
	for _, coding := range []string{"gzip", "br", "gzip", "br"} { // first from the template, then from the shelf
		head, packed := s.getPacked(formOfOne, coding)
		unpacked := unpack(t, packed, coding)
		id := formID(t, unpacked)
		filled := s.post(formOfOne, formMIME, "A1=1&id="+id).body
		filled = strings.Replace(filled, "<title>Lỗi: ", "<title>", 1)
		filled = strings.Replace(filled, " checked>", ">", 1)
		from, to := strings.Index(filled, "<div class=err"), strings.Index(filled, "<h1>")
		filled = filled[:from] + filled[to:]
		if unpacked != filled {
			t.Fatalf("the prepared form differs from the template:\n%s\n---\n%s", unpacked, filled)
		}
		plain := s.get(formOfOne)
		if got := strings.Replace(plain.body, formID(t, plain.body), id, 1); got != unpacked || plain.Header.Get("Content-Encoding") != "" {
			t.Fatal("the form for those who cannot unpack differs")
		}
		if got := head.Header.Get("Cache-Control"); got != "private, no-cache" {
			t.Errorf("Cache-Control %q", got)
		}
	}
}

func TestEachFormHasItsOwnID(t *testing.T) {
	s := newSite(t)
	seen := map[string]bool{}
	for range 100 {
		_, packed := s.getPacked(formOfOne, "br")
		id := formID(t, unpack(t, packed, "br"))
		if seen[id] {
			t.Fatalf("id %s twice", id)
		}
		seen[id] = true
		if opened, _ := survey.FormID(id).Opened(s.cfg.Secret); !opened.Equal(now) {
			t.Fatalf("opened %v, want %v", opened, now)
		}
	}
}

func TestANewDirectoryShowsAtOnce(t *testing.T) {
	s := newSite(t)
	s.get(formOfOne)
	s.round(func(r *survey.Round) { r.Closes = survey.NewDay(2026, 12, 15) })
	if got := s.get(formOfOne).body; !strings.Contains(got, "15/12/2026") {
		t.Error("the old last day is still shown")
	}
}

func TestTheStyleIsAllowedByItsHash(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{formOfOne, "/k/" + allForms, "/k/" + unknown, "/"} {
		got := s.get(path)
		styles := all(parseHTML(t, got.body).root, "style")
		if len(styles) != 1 {
			t.Fatalf("%s: %d styles", path, len(styles))
		}
		sum := sha256.Sum256([]byte(content(styles[0])))
		policy := got.Header.Get("Content-Security-Policy")
		if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("%s: policy %q, want %q in it", path, policy, want)
		}
		for _, word := range []string{"unsafe", "http", "*"} {
			if strings.Contains(policy, word) {
				t.Errorf("%s: policy %q has %q", path, policy, word)
			}
		}
		for _, word := range []string{"style=", "http://", "https://", "@font-face", "@import", ":has("} {
			if strings.Contains(strings.ReplaceAll(got.body, `content="`+baseURL, ""), word) { // but for the card
				t.Errorf("%s has %q in it", path, word)
			}
		}
	}
}

// newerThanES5 is what the browsers inside old messengers cannot read.
var newerThanES5 = regexp.MustCompile("=>|`|\\?\\.[a-z]|\\?\\?|\\.\\.\\.[a-z]|\\b(let|const|class|async|await|import|of) ")

func TestOnlyTheFormHasAScript(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{formOfOne, "/k/" + allForms + "/HSTHPT"} {
		got := s.get(path)
		scripts := all(parseHTML(t, got.body).root, "script")
		if len(scripts) != 1 || len(scripts[0].Attr) != 0 {
			t.Fatalf("%s: %d scripts", path, len(scripts))
		}
		source := content(scripts[0])
		sum := sha256.Sum256([]byte(source))
		if want := "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; connect-src 'self';"; !strings.Contains(got.Header.Get("Content-Security-Policy"), want) {
			t.Errorf("%s: policy %q, want %q in it", path, got.Header.Get("Content-Security-Policy"), want)
		}
		for _, word := range append(newerThanES5.FindAllString(source, -1), "unload", "http:") {
			if newerThanES5.MatchString(word) || strings.Contains(source, word) {
				t.Errorf("the script has %q in it", word)
			}
		}
	}
	for _, path := range []string{"/", "/k/" + allForms, "/k/" + oneForm + "/cam-on", "/k/" + unknown} {
		if got := s.get(path); strings.Contains(got.body, "<script") || strings.Contains(got.Header.Get("Content-Security-Policy"), "script-src") {
			t.Errorf("%s has a script", path)
		}
	}
}

// BenchmarkFormPage compares the form with a constant answer through the same
// frame: the difference is what a form costs.
func BenchmarkFormPage(b *testing.B) {
	for name, path := range map[string]string{"form": formOfOne, "constant": "/healthz"} {
		b.Run(name, func(b *testing.B) {
			s := benchSite(b)
			for b.Loop() {
				s.ask(b, path)
			}
		})
	}
}
