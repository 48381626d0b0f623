package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

func TestALoadIsPlayedOnThisMachineOnly(t *testing.T) {
	for addr, ours := range map[string]bool{
		"127.0.0.1:80": true, "127.9.9.9:1": true, "[::1]:8080": true, "[::ffff:127.0.0.1]:80": true,
		"localhost:80": false, "10.0.0.1:80": false, "0.0.0.0:80": false, "[::]:80": false, "8.8.8.8:80": false, "khaosat.example.vn:443": false,
		"[::ffff:8.8.8.8]:80": false, "127.0.0.1": false, "127.0.0.1:0": false, "": false,
	} {
		if _, err := newLoopback(addr); (err == nil) != ours {
			t.Errorf("newLoopback(%q): %v", addr, err)
		}
	}
	for _, l := range []loopback{{}, {netip.MustParseAddrPort("192.0.2.1:80")}} {
		if _, err := l.dial(); err == nil || !strings.Contains(err.Error(), "not this machine") {
			t.Errorf("dial %v: %v", l, err)
		}
	}
}

// What is sent has to be what the ledger says, whatever the form, the way and
// the answers.
func TestARequestSaysWhatItsDeliverySays(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	for _, form := range survey.BuiltInQuestionnaire().Forms {
		p := newPaper(form, "127.0.0.1:1")
		for n := range 40 {
			d := survey.Delivery{ID: mintID(chance, bytes.Repeat([]byte{1}, 32), time.Now()), Response: respond(chance, form, float64(n%2))}
			way := n / 2 % 2
			request := p.fill[way][min(1, len(d.Response.Comment))].write(nil, "AAAA2222", d)
			id, got := understood(t, form, way, request)
			if id != d.ID {
				t.Errorf("%s: id %s, want %s", form.Code, id, d.ID)
			}
			if diff := cmp.Diff(d.Response, got); diff != "" {
				t.Errorf("%s, way %d: %s", form.Code, way, diff)
			}
		}
	}
}

// understood reads a request with the standard library and lets the survey
// judge it.
func understood(t *testing.T, form *survey.Form, way int, request []byte) (survey.FormID, survey.Response) {
	t.Helper()
	head, body, _ := bytes.Cut(request, []byte("\r\n\r\n"))
	path := []string{"/k/AAAA2222/", "/api/v1/k/AAAA2222/"}[way] + string(form.Code)
	if !strings.HasPrefix(string(head), "POST "+path+" HTTP/1.1\r\nHost: 127.0.0.1:1\r\n") {
		t.Fatalf("head: %s", head)
	}
	if n, err := contentLength(append(head, "\r\n"...)); err != nil || n != len(body) {
		t.Fatalf("length %d of %d: %v", n, len(body), err)
	}
	read := []func([]byte) (string, survey.Submission, error){readPage, readJSON}[way]
	id, in, err := read(body)
	if err != nil {
		t.Fatal(err)
	}
	comment := in.Comment
	got, err := form.Accept(in)
	if err != nil || got.Comment != comment {
		t.Fatalf("the survey refuses it or changes the comment: %v", err)
	}
	return survey.FormID(id), got
}

func readPage(body []byte) (id string, in survey.Submission, err error) {
	fields, err := url.ParseQuery(string(body))
	for name, values := range fields {
		switch name {
		case "id":
			id = values[0]
		case "G1":
			in.Comment = values[0]
		default:
			in.Answers = append(in.Answers, survey.Answer{Code: name, Value: values[0]})
		}
	}
	return id, in, err
}

func readJSON(body []byte) (id string, in survey.Submission, err error) {
	var sent struct {
		ID      string                     `json:"id"`
		Answers map[string]json.RawMessage `json:"answers"`
		Comment string                     `json:"comment"`
	}
	err = json.Unmarshal(body, &sent)
	for code, value := range sent.Answers {
		in.Answers = append(in.Answers, survey.Answer{Code: code, Value: string(value)})
	}
	in.Comment = sent.Comment
	return sent.ID, in, err
}

func TestAnswersAreJudged(t *testing.T) {
	id := survey.FormID(strings.Repeat("A", 38))
	receipt := `{"receipt":"` + id.Receipt() + `"}`
	thanks := "HTTP/1.1 303 See Other\r\nLocation: /k/AAAA2222/cam-on\r\n\r\n"
	for name, c := range map[string]struct {
		mail
		status     int
		head, body string
		want       verdict
	}{
		"thanks":                  {mail{}, 303, thanks, "", thanked},
		"elsewhere":               {mail{}, 303, "HTTP/1.1 303 See Other\r\nLocation: /k/AAAA2222\r\n\r\n", "", wrongAnswer},
		"busy":                    {mail{}, 503, "", "", busy},
		"a fault":                 {mail{}, 500, "", "", wrongAnswer},
		"other answers":           {mail{maybeThere: true}, 409, "", "", wrongAnswer},
		"new by JSON":             {mail{way: byJSON}, 201, "", receipt, thanked},
		"wrong receipt":           {mail{way: byJSON}, 201, "", `{"receipt":"22222-22222"}`, wrongAnswer},
		"there, though never":     {mail{way: byJSON}, 200, "", receipt, wrongAnswer},
		"there, as it may be":     {mail{way: byJSON, maybeThere: true}, 200, "", receipt, thanked},
		"new, though it may be":   {mail{way: byJSON, maybeThere: true}, 201, "", receipt, thanked},
		"new a second time":       {mail{way: byJSON, maybeThere: true, again: true}, 201, "", receipt, wrongAnswer},
		"JSON sends to the page":  {mail{way: byJSON}, 303, thanks, "", wrongAnswer},
		"the page answers in 201": {mail{}, 201, "", receipt, wrongAnswer},
	} {
		var r record
		c.delivery.ID = id
		if got := c.judge(answer{c.status, []byte(c.head), []byte(c.body)}, &r); got != c.want || len(r.wrong) > 0 != (c.want == wrongAnswer) {
			t.Errorf("%s: %v %v", name, got, r.wrong)
		}
	}
}

// scripted answers each request with the next text of the script, a few bytes
// at a time, and then hangs up.
func scripted(t *testing.T, script ...string) loopback {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		for _, text := range script {
			conn.Read(make([]byte, 100))
			for ; text != ""; text = text[min(7, len(text)):] {
				conn.Write([]byte(text[:min(7, len(text))]))
			}
		}
	}()
	to, err := newLoopback(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestAnswersAreReadWhole(t *testing.T) {
	long := strings.Repeat("ạ", answerRoom)
	w := newWire(scripted(t, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 303 See Other\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 49152\r\n\r\n"+long, "HTTP/1.1 200 OK\r\n\r\n"), time.Now().Add(time.Minute))
	for _, want := range []struct {
		status int
		body   string
	}{{200, "hello"}, {303, ""}, {200, long}} {
		a, err := w.exchange([]byte("x"))
		if err != nil || a.status != want.status || string(a.body) != want.body {
			t.Fatalf("%d, %d bytes, %v; want %d, %d bytes", a.status, len(a.body), err, want.status, len(want.body))
		}
	}
	if _, err := w.exchange([]byte("x")); err == nil {
		t.Error("an answer without its length was read")
	}
}

// desk is a service that keeps what it is sent, and is busy at first.
type desk struct {
	mu   sync.Mutex
	busy int
	kept map[string]int
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.PostFormValue("id")
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.busy--; d.busy >= 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	d.kept[id]++
	w.Header().Set("Location", "/k/AAAA2222/cam-on")
	w.WriteHeader(http.StatusSeeOther)
}

// play lets parents with these habits send to the desk.
func play(t *testing.T, d *desk, h habits, turns int) record {
	t.Helper()
	d.kept = map[string]int{}
	s := httptest.NewServer(d)
	defer s.Close()
	to, err := newLoopback(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	form, _ := survey.BuiltInQuestionnaire().Form("TH")
	p := newPaper(form, to.at.String())
	var visits []*visit
	slow := newPhones()
	h.secret = bytes.Repeat([]byte{1}, 32)
	_, err = load{to: to, senders: 4, turns: turns, span: time.Minute}.run(context.Background(), func(n int) turn {
		v := &visit{habits: h, places: []place{{&p, "AAAA2222", 1}}, chance: rand.New(rand.NewPCG(3, uint64(n))), phones: slow}
		visits = append(visits, v)
		return v.once
	})
	if err != nil {
		t.Fatal(err)
	}
	var sum record
	for _, v := range visits {
		sum.add(&v.record)
	}
	sum.add(slow.rest())
	return sum
}

func TestALedgerHoldsWhatWasAcknowledged(t *testing.T) {
	for name, c := range map[string]struct {
		habits
		busy int
	}{"once": {habits{}, 3}, "again and again": {habits{repeats: 1}, 3}, "slow": {habits{slow: 1}, 45}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, h := &desk{busy: c.busy}, c.habits
			got := play(t, d, h, 20)
			if len(got.ledger) != 20 || len(d.kept) != 20 || len(got.wrong) > 0 {
				t.Fatalf("%d in the ledger, %d kept, %v", len(got.ledger), len(d.kept), got.wrong)
			}
			if got.refused != c.busy && h.repeats == 0 {
				t.Errorf("%d refused, want %d", got.refused, c.busy)
			}
			for _, f := range got.ledger {
				if !f.acknowledged || d.kept[string(f.ID)] == 0 {
					t.Errorf("form %s: acknowledged %v, kept %d times", f.ID, f.acknowledged, d.kept[string(f.ID)])
				}
			}
			if sent := total(d.kept); h.repeats == 1 && sent <= 20 || h.repeats == 0 && sent != 20 {
				t.Errorf("%d sent", sent)
			}
		})
	}
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func TestPercentiles(t *testing.T) {
	var w waits
	if w.percentile(0.5) != 0 {
		t.Error("no waits have a percentile")
	}
	for n := 100; n > 0; n-- {
		w = append(w, time.Duration(n))
	}
	if a, b, c := w.percentile(0.5), w.percentile(0.99), w.percentile(1); a != 51 || b != 100 || c != 100 {
		t.Errorf("%d %d %d", a, b, c)
	}
}
