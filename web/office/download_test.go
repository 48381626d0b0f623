package office_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// begin begins the workbook of a round and gives the job's address.
func (s *site) begin(cookie, round string) string {
	s.Helper()
	res := s.visit("/so/viec/bang-ket-qua", cookie, url.Values{"dot": {round}})
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), "/so/viec/") {
		s.Fatalf("begin the workbook of %s: %d to %q\n%s", round, res.StatusCode, res.Header.Get("Location"), res.body)
	}
	return res.Header.Get("Location")
}

// progress is what the page's script reads.
type progress struct {
	State, Says, Count, File, Text string
	Percent                        int
}

func (s *site) progress(path, cookie string) (p progress) {
	s.Helper()
	res := s.visit(path+"/tien-do", cookie, nil)
	if err := json.Unmarshal([]byte(res.body), &p); err != nil {
		s.Fatalf("%s: %d %v\n%s", path, res.StatusCode, err, res.body)
	}
	return p
}

// finished waits until a job has ended and gives what is said of it.
func (s *site) finished(path, cookie string) progress {
	s.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if p := s.progress(path, cookie); p.State != "waiting" && p.State != "running" {
			return p
		}
	}
	s.Fatal("the job does not end")
	return progress{}
}

func TestDownload(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	path := s.begin(cookie, "2026-10")
	if p := s.finished(path, cookie); p.State != "done" || p.Percent != 100 || p.File != path+"/tep" || !strings.HasPrefix(p.Text, "Tải về: ket-qua-2026-10.xlsx (") {
		t.Fatalf("%+v", p)
	}
	res := s.visit(path+"/tep", cookie, nil)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%d: %s", res.StatusCode, res.body)
	}
	got := map[string]string{}
	for _, name := range []string{"Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options", "Content-Length"} {
		got[name] = res.Header.Get(name)
	}
	want := map[string]string{
		"Content-Type":           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"Content-Disposition":    `attachment; filename="ket-qua-2026-10.xlsx"; filename*=UTF-8''ket-qua-2026-10.xlsx`,
		"Cache-Control":          "no-store",
		"X-Content-Type-Options": "nosniff",
		"Content-Length":         fmt.Sprint(len(res.body)),
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
	noted := []string{"lan 2026-10 bảng kết quả (Excel), 141 phiếu trả lời, 5 trường theo phiếu, " + survey.Count(len(res.body)) + " byte, SHA-256 " + hex.EncodeToString(sum[:])}
	if diff := cmp.Diff(noted, s.history.notes); diff != "" {
		t.Error(diff)
	}
}

// What cannot be noted does not leave.
func TestDownloadIsNotedFirst(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	path := s.begin(cookie, "2026-10")
	s.finished(path, cookie)
	s.history.fail = errDisk
	res := s.visit(path+"/tep", cookie, nil)
	if res.StatusCode != http.StatusInternalServerError || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || res.Header.Get("Content-Disposition") != "" {
		t.Errorf("%d %s, want a page that says so", res.StatusCode, res.Header.Get("Content-Type"))
	}
}

func TestDownloadBeforeTheRoundOpens(t *testing.T) {
	s := newSite(t)
	res := s.visit("/so/viec/bang-ket-qua", s.login("lan"), url.Values{"dot": {"2027-03"}})
	if !strings.Contains(res.body, "Đợt 2027-03 chưa hỏi trường nào nên chưa có bảng kết quả") {
		t.Errorf("the page says %q", parse(t, res.body).text())
	}
}

// While a round is open its figures are for the office; viewers wait for the closing.
func TestTheWorkbookOfAnOpenRoundIsForTheOffice(t *testing.T) {
	s := newSite(t)
	viewer, officer := s.login("minh"), s.login("lan")
	res := s.visit("/so/viec/bang-ket-qua", viewer, url.Values{"dot": {"2026-10"}})
	if res.StatusCode != http.StatusForbidden || !strings.Contains(res.body, "chỉ dành cho Văn phòng Sở") || !strings.Contains(res.body, "từ khi đợt đóng (ngày cuối nhận phiếu là 30/11/2026)") {
		t.Errorf("a viewer: %d %s", res.StatusCode, parse(t, res.body).text())
	}
	const button = `action="/so/viec/bang-ket-qua"`
	if strings.Contains(s.visit("/so/", viewer, nil).body, button) || !strings.Contains(s.visit("/so/?dot=2026-03", viewer, nil).body, button) {
		t.Error("the board offers a viewer what is refused, or not what is given")
	}
	if body := s.visit("/so/", officer, nil).body; !strings.Contains(body, button) || !strings.Contains(body, "lưu hành nội bộ: có điểm của từng trường") {
		t.Error("the board does not offer the office its workbook as internal")
	}
	path := s.begin(officer, "2026-10")
	s.finished(path, officer)
	s.people.sessions[strings.TrimPrefix(officer, "hl=")] = survey.Account{Name: "lan", Role: survey.ViewerRole}
	if res := s.visit(path+"/tep", officer, nil); res.StatusCode != http.StatusForbidden {
		t.Errorf("the file of an open round for one who became a viewer: %d, want 403", res.StatusCode)
	}
	s.begin(viewer, "2026-03")
}

// The permission is looked at when the file is taken, not only when it is
// ordered, and a file is its owner's alone.
func TestAFileIsForItsOwnerWhileItMay(t *testing.T) {
	s := newSite(t)
	cookie, other := s.login("minh"), s.login("lan")
	path := s.begin(cookie, "2026-03")
	s.finished(path, cookie)
	for _, part := range []string{"", "/tien-do", "/tep"} {
		if res := s.visit(path+part, other, nil); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s of somebody else: %d, want 403", part, res.StatusCode)
		}
	}
	if res := s.visit(path+"/dung", other, url.Values{}); res.StatusCode != http.StatusForbidden {
		t.Errorf("to stop the job of somebody else: %d, want 403", res.StatusCode)
	}
	s.people.sessions[strings.TrimPrefix(cookie, "hl=")] = survey.Account{Name: "minh", Role: survey.CommuneRole, Area: "1"}
	if res := s.visit(path+"/tep", cookie, nil); res.StatusCode != http.StatusForbidden || len(s.history.notes) > 0 {
		t.Errorf("a file of the whole province for a commune: %d, want 403", res.StatusCode)
	}
}

// A file is kept for a day, readable by this user alone, and nothing in the
// folder outlives a start of the service.
func TestFilesOfJobsAreKeptForADay(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	path := s.begin(cookie, "2026-10")
	s.finished(path, cookie)
	files := s.workFiles()
	if len(files) != 1 || files[0].Mode().Perm() != 0o600 {
		t.Fatalf("the folder holds %v", files)
	}
	if info, err := os.Stat(s.work); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is open: %v, %v", info.Mode(), err)
	}
	s.now = s.now.Add(24*time.Hour - time.Second)
	if res := s.visit(path+"/tep", cookie, nil); res.StatusCode != http.StatusOK {
		t.Errorf("after 23 hours: %d", res.StatusCode)
	}
	s.now = s.now.Add(time.Second)
	if res := s.visit(path+"/tep", cookie, nil); res.StatusCode != http.StatusGone || !strings.Contains(res.body, "Tệp chỉ giữ 24 giờ") {
		t.Errorf("after a day: %d", res.StatusCode)
	}
	next := s.begin(cookie, "2026-03")
	s.finished(next, cookie)
	if files := s.workFiles(); len(files) != 1 || !strings.HasPrefix(files[0].Name(), filepath.Base(next)) {
		t.Errorf("the old file is still there: %v", files)
	}
}

func (s *site) workFiles() (files []os.FileInfo) {
	s.Helper()
	entries, err := os.ReadDir(s.work)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			s.Fatal(err)
		}
		files = append(files, info)
	}
	return files
}

func TestARestartIsSaid(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	path := s.begin(cookie, "2026-10")
	s.finished(path, cookie)
	if err := os.WriteFile(filepath.Join(s.work, "danh-sach.xlsx"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again := newSite(t, func(next *site) { next.work = s.work })
	res := again.visit(path, again.login("lan"), nil)
	if res.StatusCode != http.StatusGone || !strings.Contains(res.body, "Máy chủ đã khởi động lại nên việc này không còn") {
		t.Errorf("%d: %s", res.StatusCode, parse(t, res.body).text())
	}
	if files := s.workFiles(); len(files) != 1 || files[0].Name() != "danh-sach.xlsx" {
		t.Errorf("the folder holds %v, want only what is not ours", files)
	}
}
