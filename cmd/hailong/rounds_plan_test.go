package main_test

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Targets and a trial by command; the trial's responses are elsewhere.
func TestRoundsArePlannedByCommand(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	id := o.openRound()
	if out := o.must("rounds", "target", "--set", "MN 50/30, TH 60"); out != "MN\t50% và ít nhất 30 phiếu\nTH\t60%\n" {
		t.Errorf("the usual targets print %s", out)
	}
	if r := o.run("", "rounds", "target", id, "--set", "TH 5"); r.status != 1 || !strings.Contains(r.errors, "ghi lý do") {
		t.Errorf("an open round's targets without a reason: %d %s", r.status, r.errors)
	}
	if out := o.must("rounds", "target", id, "--set", "TH 5", "--reason", "thử"); out != "TH\t5%\n" {
		t.Errorf("the round's targets print %s", out)
	}
	if r := o.run("", "rounds", "questionnaire", id, "mau"); r.status != 1 {
		t.Errorf("the questionnaire of an open round: %d", r.status)
	}
	if r := o.run("", "rounds", "trial"); r.status != 1 || !strings.Contains(r.errors, "Chưa có đợt thử") {
		t.Errorf("no trial: %d %s", r.status, r.errors)
	}
}

// A running service serves a trial that a command makes beside it, and stops
// when a command drops it; the rounds do not change.
func TestATrialIsKeptApartByCommand(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	o.openRound()
	before, base := o.must("rounds"), o.serve()
	o.must("rounds", "trial", "start", "--until", time.Now().In(time.FixedZone("ICT", 7*3600)).Format("02/01/2006"))
	if out := o.must("rounds", "trial"); !strings.HasPrefix(out, "ĐỢT THỬ ") || !strings.Contains(out, "\tđang mở\t0 phiếu thử\t") {
		t.Errorf("the trial prints %s", out)
	}
	if after := o.must("rounds"); after != before {
		t.Errorf("the rounds were\n%s\nand are\n%s", before, after)
	}
	trial := o
	trial.data = filepath.Join(o.data, "thu")
	rows := trial.schools()
	link := rows[1][len(rows[1])-1]
	link = base + link[strings.Index(link, "/k/"):]
	waitFor(t, link, http.StatusOK, "PHIẾU THỬ, không tính")
	o.must("rounds", "trial", "drop")
	waitFor(t, link, http.StatusNotFound, "")
	if r := o.run("", "rounds", "trial", "drop"); r.status != 1 {
		t.Errorf("dropped twice: %d", r.status)
	}
}

// waitFor asks for an address until it answers as wanted.
func waitFor(t *testing.T, address string, status int, text string) {
	t.Helper()
	var got int
	var body []byte
	for range 100 {
		res, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, _ = io.ReadAll(res.Body)
		res.Body.Close()
		if got = res.StatusCode; got == status && strings.Contains(string(body), text) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s: %d, want %d with «%s»", address, got, status, text)
}
