package web_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"hailong/survey"
)

func TestHeadersOfEveryAnswer(t *testing.T) {
	s := newSite(t)
	s.cfg.BaseURL = "https://ykien.example.vn"
	s.build()
	for _, path := range []string{formOfOne, "/k/" + unknown, "/nothing", "/api/v1/k/" + oneForm, "/api/v1/openapi.json", "/healthz"} {
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "ykien.example.vn"
		got := s.do(r)
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex", "Strict-Transport-Security": "max-age=31536000",
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got.Header.Get(header), want)
			}
		}
		if policy := got.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none';") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if got.Header.Get("Permissions-Policy") == "" || got.Header.Get("X-Request-Id") == "" || got.Header.Get("Server") != "" {
			t.Errorf("%s: headers %v", path, got.Header)
		}
	}
}

func TestOtherHostsAreRefused(t *testing.T) {
	for _, c := range []struct {
		base, host, path string
		status           int
	}{
		{"https://ykien.example.vn", "ykien.example.vn", "/", 200},
		{"https://ykien.example.vn", "YKIEN.example.vn", "/", 200},
		{"https://ykien.example.vn", "evil.example", "/", 421},
		{"https://ykien.example.vn", "127.0.0.1:8080", "/", 421},
		{"https://ykien.example.vn", "10.0.0.7:8080", "/healthz", 200},
		{"http://127.0.0.1:8080", "localhost:8080", "/", 200},
		{"http://127.0.0.1:8080", "[::1]:8080", "/", 200},
		{"http://127.0.0.1:8080", "evil.example", "/", 421},
		{"", "anything.example", "/", 200},
	} {
		s := newSite(t)
		s.cfg.BaseURL = c.base
		s.build()
		r := httptest.NewRequest("GET", c.path, nil)
		r.Host = c.host
		r.Header.Set("X-Forwarded-Host", "evil.example")
		r.Header.Set("X-Forwarded-Proto", "javascript")
		got := s.do(r)
		if got.StatusCode != c.status || strings.Contains(got.body, "evil.example") {
			t.Errorf("%s asked as %s: status %d, want %d", c.base, c.host, got.StatusCode, c.status)
		}
	}
}

func TestWhatOtherSitesSend(t *testing.T) {
	const own, other = "https://ykien.example.vn", "https://evil.example"
	for _, c := range []struct {
		site, origin string
		allowed      bool
	}{
		{"", "", true}, // programs
		{"same-origin", own, true},
		{"none", "", true},
		{"cross-site", other, false},
		{"same-site", "https://x.example.vn", false},
		{"cross-site", own, false},
		{"", own, true}, // browsers before Sec-Fetch-Site
		{"", other, false},
		{"", "http://ykien.example.vn", false},
		{"", "null", true}, // in-app browsers; the form carries no authority
		{"cross-site", "null", true},
	} {
		s := newSite(t)
		s.cfg.BaseURL = own
		s.build()
		r := httptest.NewRequest("POST", formOfOne, strings.NewReader("A1=5&id=0123456789abcdef"))
		r.Host = "ykien.example.vn"
		r.Header.Set("Content-Type", formMIME)
		for header, value := range map[string]string{"Sec-Fetch-Site": c.site, "Origin": c.origin} {
			if value != "" {
				r.Header.Set(header, value)
			}
		}
		if got := s.do(r); (got.StatusCode == 303) != c.allowed {
			t.Errorf("Sec-Fetch-Site %q, Origin %q: status %d, allowed %v", c.site, c.origin, got.StatusCode, c.allowed)
		}
	}
}

func TestAHiddenOriginIsRefusedElsewhere(t *testing.T) {
	s := newSite(t)
	r := httptest.NewRequest("POST", "/elsewhere", nil)
	r.Header.Set("Origin", "null")
	if got := s.do(r); got.StatusCode != 403 {
		t.Errorf("status %d, want 403", got.StatusCode)
	}
}

func TestCompressedBodiesAreRefused(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := z.Write(bytes.Repeat([]byte("A1=5&"), 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, encoding := range []string{"gzip", "br", "deflate", "gzip, gzip", "identity"} {
		s := newSite(t)
		r := httptest.NewRequest("POST", formOfOne, bytes.NewReader(bomb.Bytes()))
		r.Header.Set("Content-Type", formMIME)
		r.Header.Set("Content-Encoding", encoding)
		if got := s.do(r); got.StatusCode != 415 {
			t.Errorf("%s: status %d, want 415", encoding, got.StatusCode)
		}
	}
}

func TestTheLogNamesNobody(t *testing.T) {
	s := newSite(t)
	r := httptest.NewRequest("GET", "/k/"+oneForm+"?utm=SECRET1", nil)
	r.Header.Set("X-Real-IP", "203.0.113.77")
	r.Header.Set("X-Forwarded-For", "203.0.113.77")
	r.Header.Set("User-Agent", "SECRET2")
	r.Header.Set("Referer", "https://example.com/SECRET3")
	s.do(r)
	id := formID(t, s.get(formOfOne).body)
	s.post(formOfOne, formMIME, "A1=3&G1=SECRET4&id="+id)
	s.shelf.fail = errors.New("disk on fire")
	s.post(formOfOne, formMIME, "A1=3&G1=SECRET5&id="+id)
	log := s.log.String()
	for _, word := range []string{"SECRET", "203.0.113", oneForm, id} {
		if strings.Contains(log, word) {
			t.Errorf("the log has %q:\n%s", word, log)
		}
	}
	if !strings.Contains(log, "route=/k/:code status=200") || !strings.Contains(log, "disk on fire") {
		t.Errorf("the log lacks what it should have:\n%s", log)
	}
}

func TestAPanicIsAnswered(t *testing.T) {
	s := newSite(t)
	s.cfg.Directory = func() *survey.Directory {
		if strings.Contains(s.log.String(), "route") {
			return s.dir
		}
		panic("boom")
	}
	s.build()
	got := s.get("/k/" + oneForm)
	if got.StatusCode != 500 || strings.Contains(got.body, "boom") || !strings.Contains(got.body, "Máy chủ đang trục trặc") {
		t.Errorf("status %d: %s", got.StatusCode, got.body)
	}
	if !strings.Contains(s.log.String(), "boom") {
		t.Error("the log does not say why")
	}
}

func TestReadiness(t *testing.T) {
	s := newSite(t)
	var why error
	s.cfg.Ready = func() error { return why }
	s.build()
	if got := s.get("/readyz"); got.StatusCode != 200 {
		t.Errorf("ready: status %d", got.StatusCode)
	}
	why = errors.New("no disk")
	if got := s.get("/readyz"); got.StatusCode != 503 || strings.Contains(got.body, "no disk") {
		t.Errorf("not ready: status %d: %s", got.StatusCode, got.body)
	}
}

func TestMethods(t *testing.T) {
	s := newSite(t)
	for _, method := range []string{"PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"} {
		if got := s.do(httptest.NewRequest(method, formOfOne, nil)); got.StatusCode != 405 {
			t.Errorf("%s: status %d, want 405", method, got.StatusCode)
		}
	}
}
