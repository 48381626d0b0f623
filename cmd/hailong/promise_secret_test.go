package main_test

import (
	"encoding/base64"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// P17: it does not know who answered. Requests carry marks in everything that
// leads to a person or a device; afterwards none of it is anywhere: not in the
// database, its log, the backup, the workbook, or what the service wrote.
func TestPromiseNothingLeadsToWhoAnswered(t *testing.T) {
	o := readyOffice(t)
	d := o.start(binary, nil, "--no-quiet")
	t.Cleanup(d.kill)
	v := newVisitor(t, d.base)
	link := o.schools()[3][9]
	form := v.get(link).form(t)
	id := form.hidden.Get("id")
	raw, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil {
		t.Fatal(err)
	}
	marks := []string{"203.0.113.77", "marked-agent", "marked-cookie", "marked-referer", "marked-language", "marked-query", id, string(raw[:16])}
	fields := url.Values{"id": {id}, "A1": {"5"}, "F2": {"4"}, "G1": {"Góp ý được giữ lại"}}
	r, err := http.NewRequest("POST", d.base+form.action+"?q=marked-query", strings.NewReader(fields.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": marks[0], "X-Real-IP": marks[0], "Forwarded": "for=" + marks[0],
		"User-Agent": marks[1], "Cookie": "a=" + marks[2], "Referer": d.base + "/" + marks[3], "Accept-Language": marks[4]} {
		r.Header.Set(name, value)
	}
	answer, err := v.http.Do(r)
	if err != nil || answer.StatusCode != 303 {
		t.Fatal(answer, err)
	}
	dir := t.TempDir()
	o.must("backup", filepath.Join(dir, "copy.db"))
	o.must("export", "--round", o.openRound(), "--out", filepath.Join(dir, "ket-qua.xlsx"))
	w := openWorkbook(t, filepath.Join(dir, "ket-qua.xlsx"))
	d.kill() // what it wrote can be read only when it writes no more
	written := d.log.String() + strings.Join(w.everything(), "\n")
	found := map[string]bool{"Góp ý được giữ lại": false}
	for _, place := range []string{o.data, dir} {
		look(t, place, func(name, content string) {
			for _, mark := range marks {
				if strings.Contains(content, mark) {
					t.Errorf("%s holds %s", name, mark)
				}
			}
			found["Góp ý được giữ lại"] = found["Góp ý được giữ lại"] || strings.Contains(content, "Góp ý được giữ lại")
		})
	}
	for _, mark := range marks {
		if strings.Contains(written, mark) {
			t.Errorf("the log or the workbook holds %s", mark)
		}
	}
	if !strings.Contains(d.log.String(), "/k/:") {
		t.Errorf("the request was not logged at all: the search proves nothing\n%s", d.log.String())
	}
	if !found["Góp ý được giữ lại"] || !strings.Contains(written, "Góp ý được giữ lại") {
		t.Error("the comment was not found either: the search proves nothing")
	}
}

// look hands every file below a folder to see.
func look(t *testing.T, dir string, see func(name, content string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		content, err := io.ReadAll(f)
		see(name, string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// everything gives the text of every cell.
func (w workbook) everything() (all []string) {
	for _, sheet := range w.file.GetSheetList() {
		grid, err := w.file.GetRows(sheet)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, cells := range grid {
			all = append(all, cells...)
		}
	}
	return all
}
