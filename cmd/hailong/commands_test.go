package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const faultyList = "../../export/sheet/testdata/schools-faulty.xlsx"

func TestAFaultyListIsRefusedWhole(t *testing.T) {
	o := newOffice(t)
	r := o.run("", "schools", "import", mustAbs(t, faultyList))
	if r.status != 1 {
		t.Fatalf("status %d: %s", r.status, r.errors)
	}
	lines := strings.Split(strings.TrimSpace(r.errors), "\n")
	var rows []string
	for _, line := range lines[:len(lines)-1] {
		_, rest, _ := strings.Cut(line, "dòng ")
		row, _, _ := strings.Cut(rest, ",")
		rows = append(rows, row)
	}
	if got := strings.Join(rows, " "); got != "9 10 11 12 13 15 18" {
		t.Errorf("faults in rows %s", got)
	}
	if n := len(o.schools()); n != 1 {
		t.Errorf("%d schools were written", n-1)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(o.data), "schools-faulty-loi.xlsx")); err != nil {
		t.Errorf("no copy with the faults: %v", err)
	}
}

func TestAListIsLoadedOnceAndThenUpdated(t *testing.T) {
	o := newOffice(t)
	list := mustAbs(t, "demo-schools.xlsx")
	if out := o.must("schools", "import", list, "--dry-run"); !strings.HasPrefix(out, "Xem trước, chưa ghi: thêm 1.379,") {
		t.Errorf("trial printed: %s", out)
	}
	o.must("schools", "import", list)
	if out := o.must("schools", "import", list); !strings.Contains(out, "thêm 0, sửa 0, giữ nguyên 1.379,") {
		t.Errorf("the same list again printed: %s", out)
	}
	rows := o.schools()
	totals := make([]int, 5)
	for _, r := range rows[1:] {
		for i := range totals {
			totals[i] += atoi(r[4+i])
		}
		if len(r[9]) != len("/k/")+8 {
			t.Fatalf("link %q", r[9])
		}
	}
	if want := [5]int{104721, 262323, 194654, 88584, 5248}; [5]int(totals) != want {
		t.Errorf("enrolment %v, want %v", totals, want)
	}
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

func TestTheTemplateIsWrittenAndEmpty(t *testing.T) {
	o := newOffice(t)
	file := filepath.Join(t.TempDir(), "mau.xlsx")
	o.must("schools", "template", file)
	if r := o.run("", "schools", "import", file); r.status != 1 || r.errors == "" {
		t.Errorf("the empty template: status %d, %s", r.status, r.errors)
	}
}

func TestRoundsAreMovedByCommand(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	id := o.openRound()
	if out := o.must("rounds", "close", id, "--reason", "thử"); !strings.HasPrefix(out, id+"\tđã đóng") {
		t.Errorf("close printed %s", out)
	}
	if r := o.run("", "rounds", "close", id, "--reason", "thử", "--lang", "en"); r.status != 1 || !strings.Contains(r.errors, "is closed") {
		t.Errorf("closing twice: %d %s", r.status, r.errors)
	}
	if out := o.must("rounds", "freeze", "--help"); !strings.Contains(out, "sĩ số") {
		t.Errorf("help printed %s", out)
	}
	for _, wrong := range [][]string{{"rounds", "extend", "2026"}, {"rounds", "no-such"}, {}, {"export"}} {
		if r := o.run("", wrong...); r.status != 2 {
			t.Errorf("hailong %v: status %d, want 2", wrong, r.status)
		}
	}
	if r := o.run("", "rounds", "extend", "abc", "--until", "1/1/2030", "--reason", "x"); r.status != 1 || !strings.Contains(r.errors, "abc") {
		t.Errorf("a wrong ID: %d %s", r.status, r.errors)
	}
}

func TestAccountsNeedAGoodPassword(t *testing.T) {
	o := newOffice(t)
	for input, status := range map[string]int{"": 1, "short\n": 1, "123456789012\n": 1, "bốn con mèo đen\n": 0} {
		if r := o.run(input, "account", "add", "vanphong", "--role", "office"); r.status != status {
			t.Errorf("password %q: status %d, want %d: %s", input, r.status, status, r.errors)
		}
	}
	if r := o.run("bốn con mèo đen\n", "account", "add", "vanphong", "--role", "office"); r.status != 1 {
		t.Error("the same name twice went through")
	}
	if r := o.run("bốn con mèo đen\n", "account", "add", "khach", "--role", "chief"); r.status != 1 {
		t.Error("a role that does not exist went through")
	}
}

func TestAccountsAreKept(t *testing.T) {
	o := newOffice(t)
	const cats = "bốn con mèo đen\n"
	o.mustWith(cats, "account", "add", "lan", "--role", "office")
	o.mustWith(cats, "account", "add", "hoa", "--role", "commune", "--area", "xã ea kar")
	for _, wrong := range [][]string{{"add", "mai", "--role", "commune"}, {"add", "mai", "--role", "commune", "--area", "Atlantis"}, {"add", "mai", "--role", "viewer", "--area", "Ea Kar"},
		{"remove", "lan"}, {"remove", "khong-co"}, {"reset-totp", "khong-co"}, {"password", "khong-co"}} {
		if r := o.run(cats, append([]string{"account"}, wrong...)...); r.status != 1 {
			t.Errorf("account %v: status %d, %s", wrong, r.status, r.errors)
		}
	}
	o.mustWith("ba con voi uong nuoc\n", "account", "password", "hoa")
	o.must("account", "reset-totp", "hoa")
	o.must("account", "remove", "hoa")
	want := "hoa  commune  Xã Ea Kar  đã ngừng  chưa có mã bước hai\nlan  office  –  đang dùng  chưa có mã bước hai\n"
	if out := o.must("account", "list"); out != want {
		t.Errorf("list:\n%swant:\n%s", out, want)
	}
}

func TestTheServiceFollowsWhatCommandsChange(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	o.openRound()
	v := newVisitor(t, o.serve())
	s := o.schools()[1]
	if got := v.get(s[9]); got.status != 200 {
		t.Fatalf("GET %s: %d", s[9], got.status)
	}
	o.must("schools", "rotate", s[0])
	fresh := o.schools()[1][9]
	for range 600 { // the service looks once a second; a request takes about a millisecond
		if v.get(fresh).status == 200 {
			break
		}
		pause()
	}
	if got := v.get(s[9]); got.status != 410 {
		t.Errorf("the old link: %d", got.status)
	}
	if got := v.get(fresh); got.status != 200 {
		t.Errorf("the new link: %d", got.status)
	}
	if got := v.get("/k/22222222"); got.status != 404 {
		t.Errorf("an unknown link: %d", got.status)
	}
}
