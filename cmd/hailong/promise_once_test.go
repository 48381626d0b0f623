package main_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"

	"hailong/survey"
)

// P4: sending again never counts twice: at once, after a restart, after a
// restore, after the round was closed. Every repetition gets the same receipt.
func TestPromiseSendingAgainNeverCountsTwice(t *testing.T) {
	o := readyOffice(t)
	l := newLedger()
	forms := often(150, 1000)
	d := o.start(binary, nil)
	o.sendAll(l, d.base, forms, 10)
	wantOnce(t, o, l, forms, map[int]int{201: forms, 200: 9 * forms})
	d.kill()

	d = o.start(binary, nil)
	o.sendAll(l, d.base, forms, 1)
	d.kill()
	wantOnce(t, o, l, forms, map[int]int{201: forms, 200: 10 * forms})

	file := filepath.Join(t.TempDir(), "copy.db")
	o.must("backup", file)
	back := newOffice(t)
	back.must("restore", file)
	d = back.start(binary, nil)
	back.sendAll(l, d.base, forms, 1)
	back.must("rounds", "close", o.openRound(), "--reason", "thử")
	c := back.newClient(l, d.base)
	for range 300 { // until the running service has seen the closing
		fresh := survey.FormID(fmt.Sprintf("after-closing-%08d", rand.Uint32()))
		if c.send(fresh, rand.New(rand.NewPCG(1, 1))) == 410 {
			break
		}
		pause()
	}
	l.wrong = nil // the 410 just now is what was waited for
	back.sendAll(l, d.base, forms, 1)
	d.kill()
	back.verify(l)
}

// sendAll sends forms 0…forms−1, each so many times at once.
func (o office) sendAll(l *ledger, base string, forms, times int) {
	c := o.newClient(l, base)
	gate := make(chan struct{}, 40)
	var all sync.WaitGroup
	for n := range forms {
		for k := range times {
			gate <- struct{}{}
			all.Go(func() {
				defer func() { <-gate }()
				chance := rand.New(rand.NewPCG(uint64(n), uint64(k)))
				id := survey.FormID(fmt.Sprintf("again-and-again-%06d", n))
				for status := c.send(id, chance); status == 503 || status == 0; status = c.send(id, chance) {
					pause()
				}
			})
		}
	}
	all.Wait()
}

func wantOnce(t *testing.T, o office, l *ledger, forms int, statuses map[int]int) {
	t.Helper()
	if got := o.verify(l); got != forms {
		t.Errorf("%d responses are stored, want %d", got, forms)
	}
	for status, want := range statuses {
		if got := l.statuses[status]; got != want {
			t.Errorf("%d answers %d, want %d", got, status, want)
		}
	}
}
