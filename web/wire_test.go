package web_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"strings"
	"testing"
	"time"
)

// say sends bytes as they are, closes the sending side, and gives the statuses
// of all answers until the server closes, and the last of them whole.
func say(t *testing.T, addr, request string) (statuses []int, last string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, request) // fails when the server has heard enough
	_ = conn.(*net.TCPConn).CloseWrite()
	r := bufio.NewReader(conn)
	for {
		res, err := http.ReadResponse(r, nil)
		if err != nil {
			return statuses, last
		}
		answer, _ := httputil.DumpResponse(res, true)
		statuses, last = append(statuses, res.StatusCode), string(answer)
	}
}

func TestOnTheWire(t *testing.T) {
	s := newSite(t)
	addr := strings.TrimPrefix(s.serve(), "http://")
	host := "Host: " + addr + "\r\n"
	post := "POST " + formOfOne + " HTTP/1.1\r\n" + host + "Content-Type: " + formMIME + "\r\n"
	smuggled := "GET /healthz HTTP/1.1\r\n" + host + "\r\n"
	const body = "A1=5&id=0123456789abcdef"
	for _, c := range []struct {
		name    string
		request string
		want    []int // 0: closed without an answer
	}{
		{"plain", "GET /healthz HTTP/1.1\r\n" + host + "\r\n", []int{200}},
		{"two lengths", post + "Content-Length: 24\r\nContent-Length: 5\r\n\r\n" + body, []int{400}},
		{"length and chunks", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n18\r\n" + body + "\r\n0\r\n\r\n" + smuggled, []int{400, 303, 200}},
		{"unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", []int{400, 501}},
		{"blank before the colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", []int{400}},
		{"coding twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", []int{400}},
		{"bare line feeds", "GET /healthz HTTP/1.1\nHost: " + addr + "\n\n", []int{0, 400}},
		{"NUL in a header", "GET /healthz HTTP/1.1\r\n" + host + "X: a\x00b\r\n\r\n", []int{400}},
		{"no host", "GET /healthz HTTP/1.1\r\n\r\n", []int{400}},
		{"two hosts", "GET /healthz HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n", []int{400}},
		{"HTTP/0.9", "GET /healthz\r\n\r\n", []int{0, 400}},
		// The extension is read over and not kept; the time for reading bounds it.
		{"huge chunk extension", post + "Transfer-Encoding: chunked\r\n\r\n18;" + strings.Repeat("x", 40<<10) + "\r\n" + body + "\r\n0\r\n\r\n", []int{303, 400, 413}},
		{"chunk of 2^64-1", post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nA", []int{400, 413}},
		{"negative length", post + "Content-Length: -1\r\n\r\n", []int{400}},
		{"signed length", post + "Content-Length: +24\r\n\r\n" + body, []int{400}},
		{"8 KB of headers", "GET /healthz HTTP/1.1\r\n" + host + "User-Agent: " + strings.Repeat("Zalo ", 1600) + "\r\n\r\n", []int{200}},
		{"20 KB of headers", "GET /healthz HTTP/1.1\r\n" + host + "Cookie: a=" + strings.Repeat("x", 20<<10) + "\r\n\r\n", []int{431}},
		{"a body over the limit", post + "Content-Length: 70000\r\n\r\n" + strings.Repeat("x", 70000), []int{413}},
		{"10 MB announced", post + "Content-Length: 10485760\r\n\r\nG1=", []int{413}},
		{"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x00", 500) + "\r\n\r\n", []int{0, 400}},
		{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{0, 400, 405, 505}},
		{"unknown method", "FOO / HTTP/1.1\r\n" + host + "\r\n", []int{400, 405, 501}},
		{"TRACE", "TRACE / HTTP/1.1\r\n" + host + "\r\n", []int{405}},
		{"body cut off", post + "Content-Length: 24\r\n\r\nA1=", []int{0, 400}},
	} {
		t.Run(c.name, func(t *testing.T) {
			statuses, text := say(t, addr, c.request)
			if len(statuses) == 0 {
				statuses = []int{0}
			}
			if len(statuses) != 1 {
				t.Fatalf("%d answers to one request: %v", len(statuses), statuses)
			}
			for _, want := range c.want {
				if statuses[0] == want {
					return
				}
			}
			t.Errorf("status %d, want one of %v: %.100s", statuses[0], c.want, text)
		})
	}
	if n := len(s.shelf.kept); n > 1 {
		t.Errorf("%d responses were kept", n)
	}
}

func TestFaultsOfTheWireAreSaidInWords(t *testing.T) {
	s := newSite(t)
	addr := strings.TrimPrefix(s.serve(), "http://")
	_, text := say(t, addr, "POST "+formOfOne+" HTTP/1.1\r\nHost: "+addr+"\r\nContent-Length: 10485760\r\n\r\n")
	for _, want := range []string{"Nội dung gửi dài quá", "Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff"} {
		if !strings.Contains(text, want) {
			t.Errorf("413 lacks %q: %s", want, text)
		}
	}
}

// TestSettings: the memory of strings is ours, and nothing waits for ever.
func TestSettings(t *testing.T) {
	c := newSite(t).app.Config()
	if !c.Immutable || !c.StrictRouting || !c.CaseSensitive || !c.EnableTrustedProxyCheck || !c.EnableIPValidation {
		t.Errorf("settings %+v", c)
	}
	if c.ReadTimeout != 10*time.Second || c.WriteTimeout != time.Minute || c.IdleTimeout != 30*time.Second {
		t.Errorf("timeouts %v %v %v", c.ReadTimeout, c.WriteTimeout, c.IdleTimeout)
	}
}

// TestManyAtOnce: one form sent by ten at once is one response.
func TestManyAtOnce(t *testing.T) {
	s := newSite(t)
	addr := s.serve()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	statuses := make(chan int, 10)
	for range cap(statuses) {
		go func() {
			res, err := client.Post(addr+formOfOne, formMIME, strings.NewReader("A1=5&id=0123456789abcdef"))
			if err != nil {
				statuses <- 0
				return
			}
			_ = res.Body.Close()
			statuses <- res.StatusCode
		}()
	}
	for range cap(statuses) {
		if status := <-statuses; status != 303 {
			t.Errorf("status %d", status)
		}
	}
	s.shelf.only(t)
	client.CloseIdleConnections()
}

// TestSlowSendersAreCutOff shortens the limit, so that the test need not wait.
func TestSlowSendersAreCutOff(t *testing.T) {
	s := newSite(t)
	if got := s.app.Server().ReadTimeout; got != 10*time.Second {
		t.Errorf("read timeout %v", got)
	}
	s.app.Server().ReadTimeout = 150 * time.Millisecond
	addr := strings.TrimPrefix(s.serve(), "http://")
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "POST "+formOfOne+" HTTP/1.1\r\nHost: "+addr+"\r\nContent-Length: 24\r\n\r\nA1"); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn) // ends when the server closes
	if err != nil {
		t.Fatalf("not cut off: %v", err)
	}
	if len(answer) > 0 && !bytes.HasPrefix(answer, []byte("HTTP/1.1 408")) {
		t.Errorf("answered %.60q", answer)
	}
}
