package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A backup is made beside a server that takes responses; what it holds comes
// back whole on an empty machine, printed links and receipts included.
func TestABackupComesBack(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	round := o.openRound()
	v := newVisitor(t, o.serve())
	link := o.schools()[3][9]
	form := v.get(link).form(t)
	body := map[string]any{"id": form.hidden.Get("id"), "answers": map[string]int{"A1": 5, "F2": 4, "F1": 90}, "comment": "Cảm ơn"}
	status, first := v.post("/api/v1"+form.action, body)
	if status != 201 {
		t.Fatalf("POST: %d %v", status, first)
	}
	file := filepath.Join(t.TempDir(), "sao-luu.db")
	if out := o.must("backup", file); !strings.Contains(out, "1 phiếu trả lời") {
		t.Errorf("backup printed %s", out)
	}
	if r := o.run("", "backup", file); r.status != 1 {
		t.Error("a backup was overwritten without being told to")
	}

	back := newOffice(t)
	if out := back.must("restore", file); !strings.Contains(out, "1.379 liên kết") || !strings.Contains(out, "SHA-256") {
		t.Errorf("restore printed %s", out)
	}
	if r := back.run("", "restore", file); r.status != 1 {
		t.Error("a restore went over data")
	}
	compareWorkbooks(t, o, back, round)
	w := newVisitor(t, back.serve())
	if got := w.get(link); got.status != 200 {
		t.Errorf("the printed link: %d", got.status)
	}
	if status, again := w.post("/api/v1"+form.action, body); status != 200 || again["receipt"] != first["receipt"] {
		t.Errorf("the same form after the restore: %d %v, before: %v", status, again, first)
	}
}

func compareWorkbooks(t *testing.T, a, b office, round string) {
	t.Helper()
	var read [2]map[string][]map[string]string
	for i, o := range []office{a, b} {
		file := filepath.Join(t.TempDir(), "ket-qua.xlsx")
		o.must("export", "--round", round, "--out", file)
		w := openWorkbook(t, file)
		read[i] = map[string][]map[string]string{}
		for _, sheet := range []string{"Tổng hợp", "Theo trường", "Trường theo phiếu", "Theo câu hỏi", "Trường và câu hỏi", "Ý kiến"} {
			read[i][sheet] = w.rows(sheet)
		}
	}
	if diff := cmp.Diff(read[0], read[1]); diff != "" {
		t.Errorf("the workbooks differ: %s", diff)
	}
}

func TestADamagedBackupIsRefused(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	for name, damage := range map[string]func([]byte) []byte{
		"a changed byte": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"cut short":      func(b []byte) []byte { return b[:len(b)-4096] },
		"empty":          func([]byte) []byte { return nil },
	} {
		file := filepath.Join(t.TempDir(), "sao-luu.db")
		o.must("backup", file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, damage(content), 0o600); err != nil {
			t.Fatal(err)
		}
		back := newOffice(t)
		if r := back.run("", "restore", file); r.status != 1 || r.errors == "" {
			t.Errorf("%s: status %d %s", name, r.status, r.out)
		}
		if left, _ := os.ReadDir(back.data); len(left) > 0 {
			t.Errorf("%s: the data folder holds %v", name, left)
		}
	}
}

func TestServeMakesItsDailyCopy(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	dir := filepath.Join(t.TempDir(), "sao-luu")
	o.serve("--backup-dir", dir)
	for range 1000 {
		if found, _ := filepath.Glob(filepath.Join(dir, "hailong-*.db")); len(found) == 1 {
			return
		}
		pause()
	}
	t.Error("no copy was made at the start although none was there")
}
