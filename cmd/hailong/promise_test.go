package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

// needs skips a test that needs something of the machine which is not there,
// or fails it where nothing may be skipped.
func needs(t *testing.T, there bool, what string) {
	t.Helper()
	if there {
		return
	}
	if os.Getenv("HAILONG_TEST_TOOLS") == "required" {
		t.Fatal("cần " + what)
	}
	t.Skip("cần " + what)
}

func needsRoot(t *testing.T, tools ...string) {
	t.Helper()
	needs(t, runtime.GOOS == "linux" && os.Getuid() == 0, "Linux và quyền root")
	for _, tool := range tools {
		_, err := exec.LookPath(tool)
		needs(t, err == nil, tool)
	}
}

// daemon is the service as a process that a test may end in any way.
type daemon struct {
	cmd  *exec.Cmd
	base string
	log  *bytes.Buffer
}

// start starts the program's service; before are words in front of the program
// (a tracer), after are further flags.
func (o office) start(program string, before []string, after ...string) *daemon {
	o.t.Helper()
	words := append(append(before, program, "serve", "--addr", "127.0.0.1:0", "--quiet", "--data", o.data), after...)
	d := &daemon{cmd: exec.Command(words[0], words[1:]...), log: &bytes.Buffer{}}
	d.cmd.Stderr = d.log
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	d.base = firstAddress(o.t, bufio.NewScanner(out))
	go io.Copy(io.Discard, out)
	return d
}

func (d *daemon) kill() {
	d.cmd.Process.Kill()
	d.cmd.Wait()
}

// ledger is what clients were told: every form that was sent, and whether it
// was acknowledged.
type ledger struct {
	mu           sync.Mutex
	sent         map[survey.FormID]survey.Response
	acknowledged map[survey.FormID]string // receipt
	statuses     map[int]int
	wrong        []string
}

func newLedger() *ledger {
	return &ledger{sent: map[survey.FormID]survey.Response{}, acknowledged: map[survey.FormID]string{}, statuses: map[int]int{}}
}

// client sends forms of one primary school, each with an id of its own.
type client struct {
	*ledger
	base, link string
	form       *survey.Form
	http       *http.Client
	bursts     bool // the crowd rests now and then, so that what it sent is moved to its places meanwhile
}

// newClient speaks to the first school that has only a primary level.
func (o office) newClient(l *ledger, base string) client {
	o.t.Helper()
	form, _ := survey.BuiltInQuestionnaire().Form("TH")
	for _, r := range o.schools()[1:] {
		if r[2] == "TH" {
			return client{ledger: l, base: base, link: r[9], form: form, http: &http.Client{Timeout: 10 * time.Second}}
		}
	}
	o.t.Fatal("no primary school in the list")
	return client{}
}

// send sends one fresh form, or the one with that id again, and notes what the
// service said.
func (c client) send(id survey.FormID, chance *rand.Rand) (status int) {
	c.mu.Lock()
	r, again := c.sent[id]
	if !again {
		r = survey.Response{Expectation: 10 * chance.IntN(11)}
		for range len(c.form.Items) + 1 {
			r.Marks = append(r.Marks, survey.Mark(chance.IntN(6)))
		}
		c.sent[id] = r
	}
	c.mu.Unlock()
	answers := map[string]int{"F1": r.Expectation, "F2": int(r.Marks[len(c.form.Items)])}
	for i, item := range c.form.Items {
		answers[string(item.Code)] = int(r.Marks[i])
	}
	text, _ := json.Marshal(map[string]any{"id": id, "answers": answers, "comment": ""})
	answer, err := c.http.Post(c.base+"/api/v1"+c.link+"/TH", "application/json", bytes.NewReader(text))
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	var got struct{ Receipt string }
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		return 0
	}
	c.note(id, answer.StatusCode, got.Receipt)
	if answer.StatusCode == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") == "" {
		c.complain("503 without Retry-After")
	}
	return answer.StatusCode
}

func (c client) note(id survey.FormID, status int, receipt string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.statuses[status]++
	switch {
	case status == 201 || status == 200:
		if before, ok := c.acknowledged[id]; receipt != id.Receipt() || ok && before != receipt {
			c.wrong = append(c.wrong, fmt.Sprintf("receipt %q of %s", receipt, id))
		}
		c.acknowledged[id] = receipt
	case status != 503:
		c.wrong = append(c.wrong, fmt.Sprintf("status %d", status))
	}
}

func (c client) complain(of string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrong = append(c.wrong, of)
}

// crowd lets n clients send fresh forms, now and then the last one again,
// until ctx ends.
func (c client) crowd(ctx context.Context, n int, run string) *sync.WaitGroup {
	var all sync.WaitGroup
	for k := range n {
		all.Go(func() {
			chance := rand.New(rand.NewPCG(rand.Uint64(), uint64(k)))
			for i := 0; ctx.Err() == nil; i++ {
				for c.bursts && time.Now().UnixMilli()%90 >= 50 {
					pause()
				}
				id := survey.FormID(fmt.Sprintf("promise-%s-%03d-%06d", run, k, i))
				if c.send(id, chance) == 0 {
					pause()
				}
				if i%7 == 0 {
					c.send(id, chance)
				}
			}
		})
	}
	return &all
}

// verify opens the data and holds it against the ledger: what was acknowledged
// is stored with its answers, nothing is stored twice or came from nowhere.
func (o office) verify(l *ledger) (stored int) {
	o.t.Helper()
	s, err := store.Open(context.Background(), store.Options{Dir: o.data, Zone: time.FixedZone("ICT", 7*3600)})
	if err != nil {
		o.t.Fatal(err)
	}
	defer s.Close()
	for id, r := range l.sent {
		known, err := s.Known(context.Background(), survey.Delivery{ID: id, Response: r})
		if err != nil {
			o.t.Fatalf("%s: %v", id, err)
		}
		_, acknowledged := l.acknowledged[id]
		if acknowledged && !known {
			o.t.Errorf("%s was acknowledged and is lost", id)
		}
		if known {
			stored++
		}
	}
	in, err := s.Check(context.Background())
	if err != nil || len(in.Findings) > 0 {
		o.t.Fatal(in.Findings, err)
	}
	if in.Responses != stored {
		o.t.Errorf("%d responses are stored, %d of those that were sent are known", in.Responses, stored)
	}
	for _, wrong := range l.wrong[:min(5, len(l.wrong))] {
		o.t.Error(wrong)
	}
	return stored
}

// ready is an office with the school list and a round open.
func readyOffice(t *testing.T) office {
	t.Helper()
	o := newOffice(t)
	o.prepare()
	return o
}

func (o office) prepare() {
	o.t.Helper()
	o.must("schools", "import", mustAbs(o.t, "demo-schools.xlsx"))
	o.openRound()
}

// withStore opens the data and lets work ask which responses it knows.
func (o office) withStore(work func(known func(survey.FormID, survey.Response) bool)) {
	o.t.Helper()
	s, err := store.Open(context.Background(), store.Options{Dir: o.data, Zone: time.FixedZone("ICT", 7*3600)})
	if err != nil {
		o.t.Fatal(err)
	}
	defer s.Close()
	work(func(id survey.FormID, r survey.Response) bool {
		known, err := s.Known(context.Background(), survey.Delivery{ID: id, Response: r})
		if err != nil {
			o.t.Fatal(err)
		}
		return known
	})
}
