package main_test

import (
	"strings"
	"testing"
)

// A school's life by command: renamed, merged, the merger taken back, closed.
func TestSchoolsAreMergedAndClosedByCommand(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	rows := o.schools()
	a, b, c := rows[1][0], rows[2][0], rows[3][0]
	since := []string{"--from", "2026-08-01", "--reason", "QĐ 12"}
	with := func(args ...string) []string { return append(args, since...) }
	if out := o.must(with("schools", "merge", a, b, "--into", c)...); !strings.Contains(out, "sáp nhập vào "+c+", từ 01/08/2026") {
		t.Errorf("merge printed %s", out)
	}
	if n := len(o.schools()); n != len(rows)-2 {
		t.Errorf("%d schools are listed, want %d", n-1, len(rows)-3)
	}
	if all := o.must("schools", "list", "--all", "--csv"); !strings.Contains(all, ",01/08/2026\n") {
		t.Error("the whole list does not say since when a school is no more")
	}
	if r := o.run("", with("schools", "close", a)...); r.status != 1 || !strings.Contains(r.errors, "thôi hoạt động") {
		t.Errorf("closing a school that was merged: %d %s", r.status, r.errors)
	}
	if out := o.must("schools", "history", c); !strings.HasPrefix(out, "số 1\t01/08/2026\t") {
		t.Errorf("history printed %s", out)
	}
	o.must("schools", "withdraw", "1", "--reason", "ghi nhầm")
	if n := len(o.schools()); n != len(rows) {
		t.Errorf("%d schools are listed after the withdrawal", n-1)
	}
	o.must(with("schools", "split", a, "--into", a+","+b)...)
	o.must(with("schools", "rename", c, "Trường Mới Tên")...)
	if out := o.must("schools", "history", c); !strings.Contains(out, "tên cũ\t"+rows[3][1]) {
		t.Errorf("history printed %s", out)
	}
	if out := o.must("check"); strings.Contains(out, "mâu thuẫn") {
		t.Errorf("check printed %s", out)
	}
	for _, wrong := range [][]string{{"schools", "merge", a}, {"schools", "rename", c, "X"}} {
		if r := o.run("", wrong...); r.status != 2 {
			t.Errorf("hailong %v: status %d, want 2", wrong, r.status)
		}
	}
}
