package office_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDownload(t *testing.T) {
	s := newSite(t)
	res := s.visit("/so/ket-qua/2026-10.xlsx", s.login("minh"), nil)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%d: %s", res.StatusCode, res.body)
	}
	got := map[string]string{}
	for _, name := range []string{"Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options"} {
		got[name] = res.Header.Get(name)
	}
	want := map[string]string{
		"Content-Type":           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"Content-Disposition":    `attachment; filename="ket-qua-2026-10.xlsx"; filename*=UTF-8''ket-qua-2026-10.xlsx`,
		"Cache-Control":          "no-store",
		"X-Content-Type-Options": "nosniff",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	book, err := zip.NewReader(strings.NewReader(res.body), int64(len(res.body)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Open("xl/workbook.xml"); err != nil {
		t.Errorf("no workbook: %v", err)
	}
	sum := sha256.Sum256([]byte(res.body))
	noted := []string{"minh 2026-10 bảng kết quả (Excel), 141 phiếu trả lời, 5 trường theo phiếu, SHA-256 " + hex.EncodeToString(sum[:])}
	if diff := cmp.Diff(noted, s.history.notes); diff != "" {
		t.Error(diff)
	}
}

// What cannot be noted does not leave.
func TestDownloadIsNotedFirst(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	s.history.fail = errDisk
	res := s.visit("/so/ket-qua/2026-10.xlsx", cookie, nil)
	if res.StatusCode != http.StatusInternalServerError || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || res.Header.Get("Content-Disposition") != "" {
		t.Errorf("%d %s, want a page that says so", res.StatusCode, res.Header.Get("Content-Type"))
	}
}

func TestDownloadBeforeTheRoundOpens(t *testing.T) {
	s := newSite(t)
	res := s.visit("/so/ket-qua/2027-03.xlsx", s.login("lan"), nil)
	if !strings.Contains(res.body, "Đợt 2027-03 chưa hỏi trường nào nên chưa có bảng kết quả") {
		t.Errorf("the page says %q", parse(t, res.body).text())
	}
	if len(s.history.notes) > 0 {
		t.Error("a download that did not happen is noted")
	}
}

// A workbook takes much memory: whoever comes while one is made waits for it.
func TestDownloadsWaitForEachOther(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if res := s.visit("/so/ket-qua/2026-10.xlsx", cookie, nil); res.StatusCode != http.StatusOK {
				t.Errorf("%d, want 200", res.StatusCode)
			}
		})
	}
	all.Wait()
	if s.history.most != 1 || len(s.history.notes) != 4 {
		t.Errorf("%d files at once, %d noted; want 1 and 4", s.history.most, len(s.history.notes))
	}
}
