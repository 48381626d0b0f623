package main_test

import (
	"strings"
	"testing"
)

// A short evening is the load test of every run: nothing lost, nothing counted
// twice, no answer that should not have come. Nothing here is timed.
func TestARehearsalLosesNothing(t *testing.T) {
	o := newOffice(t)
	r := o.run("", "rehearse", "--parents", "3000", "--connections", "64", "--for", "4s", "--stored", "2000", "--slow", "0.02", "--repeat", "0.2")
	if r.status != 0 || !strings.Contains(r.out, "Mất (đã báo nhận mà không có trong dữ liệu): 0 · đếm hai lần: 0 ·") {
		t.Fatalf("status %d\n%s%s", r.status, r.out, r.errors)
	}
}

// The rehearsal works on a copy: the data itself stays as it was.
func TestARehearsalLeavesTheDataAlone(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	o.openRound()
	if out := o.must("rehearse", "--parents", "300", "--connections", "8", "--for", "2s"); !strings.Contains(out, "phiếu mỗi giờ") {
		t.Errorf("rehearse printed %s", out)
	}
	if out := o.must("check"); !strings.Contains(out, " 0 phiếu trả lời") {
		t.Errorf("the data was touched: %s", out)
	}
}

func TestARehearsalKeepsItsBounds(t *testing.T) {
	o := newOffice(t)
	for _, wrong := range [][]string{{"--connections", "100000"}, {"--slow", "2"}, {"--parents", "0"}, {"--for", "3h"}} {
		if r := o.run("", append([]string{"rehearse"}, wrong...)...); r.status != 1 || !strings.Contains(r.errors, "giới hạn") {
			t.Errorf("%v: status %d, %s", wrong, r.status, r.errors)
		}
	}
}
