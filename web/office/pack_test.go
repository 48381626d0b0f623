package office_test

import (
	"archive/zip"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// packed orders a pack, waits for it and gives the names of its files.
func (s *site) packed(cookie string, form url.Values) (names []string) {
	s.Helper()
	res := s.visit("/so/tai-lieu", cookie, form)
	path := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(path, "/so/viec/") {
		s.Fatalf("%v: %d to %q\n%s", form, res.StatusCode, path, res.body)
	}
	if p := s.finished(path, cookie); p.State != "done" {
		s.Fatalf("%v: %+v", form, p)
	}
	file := s.visit(path+"/tep", cookie, nil).body
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		s.Fatal(err)
	}
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	return names
}

func TestPackIsForTheSchoolsChosen(t *testing.T) {
	s := newSite(t)
	cookie := s.login("minh")
	const links = "Liên kết của các trường.xlsx"
	first, second := "Xã Ea Kar/Trường Tiểu học Lê Quý Đôn - S001/", "Phường Buôn Hồ/Trường THPT số 10 - S002/"
	for _, c := range []struct {
		form url.Values
		want []string
	}{
		{url.Values{"to-dan": {"co"}, "to-dan-word": {"co"}, "phieu-nho": {"co"}, "tin-nhan": {"co"}, "ma-qr": {"co"}, "truong": {"S001"}},
			[]string{links, first + "Tờ dán A4.pdf", first + "Tờ dán A4 (sửa được).docx", first + "Phiếu nhỏ.pdf", first + "Mã QR.png", first + "Mã QR.svg", first + "Tin nhắn Zalo.txt"}},
		{url.Values{"tin-nhan": {"co"}, "truong": {"S002", "S001", "S002"}}, []string{links, first + "Tin nhắn Zalo.txt", second + "Tin nhắn Zalo.txt"}},
		{url.Values{"tin-nhan": {"co"}, "cap": {"TH"}}, []string{links, first + "Tin nhắn Zalo.txt"}},
		{url.Values{"tin-nhan": {"co"}, "q": {"so 10"}}, []string{links, second + "Tin nhắn Zalo.txt"}},
		{url.Values{"truong": {"S001"}}, []string{links}},
	} {
		if diff := cmp.Diff(c.want, s.packed(cookie, c.form)); diff != "" {
			t.Errorf("%v: %s", c.form, diff)
		}
	}
	if n := len(s.packed(cookie, url.Values{"tin-nhan": {"co"}, "xac-nhan": {"co"}})); n != 4 {
		t.Errorf("nothing ticked: %d files, want those of three schools and the links", n)
	}
	if note := s.history.notes[0]; !strings.HasPrefix(note, "minh 2026-10 bộ tài liệu cho 1 trường (ZIP), ") || !strings.Contains(note, "SHA-256 ") {
		t.Errorf("noted: %s", note)
	}
}

// Whoever forgot to choose is asked, and goes back with what was chosen.
func TestAPackForAllSchoolsIsConfirmed(t *testing.T) {
	s := newSite(t)
	cookie := s.login("minh")
	form := url.Values{"tin-nhan": {"co"}}
	res := s.visit("/so/tai-lieu", cookie, form)
	if res.StatusCode != http.StatusOK || !strings.Contains(res.body, "Làm cho cả 3 trường?") {
		t.Fatalf("%d\n%s", res.StatusCode, res.body)
	}
	for _, fault := range parse(t, res.body).faults() {
		t.Error(fault)
	}
	sent := url.Values{}
	for _, input := range parse(t, res.body).all("input") {
		if input.attr("name") != "phien" {
			sent.Add(input.attr("name"), input.attr("value"))
		}
	}
	sent.Set("quay-lai", "co")
	back := s.visit("/so/tai-lieu", cookie, sent)
	if back.StatusCode != http.StatusOK || !strings.Contains(back.body, `name="tin-nhan" value="co" checked`) || strings.Contains(back.body, `name="to-dan" value="co" checked`) {
		t.Errorf("back to the choice: %d\n%s", back.StatusCode, back.body)
	}
	sent.Del("quay-lai")
	if names := s.packed(cookie, sent); len(names) != 4 {
		t.Errorf("for all: %v", names)
	}
}

func TestPackPage(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	res := s.visit("/so/tai-lieu?xa=1", cookie, nil)
	view := parse(t, res.body)
	if got := view.all("caption")[0].text(); got != "1 trong 3 trường" {
		t.Errorf("the caption says %q", got)
	}
	for _, fault := range view.faults() {
		t.Error(fault)
	}
	if !strings.Contains(res.body, "chỉ mở được trên máy này") {
		t.Error("the page does not say that its address opens on this machine only")
	}
	if res := s.visit("/so/tai-lieu", cookie, url.Values{"q": {"khong co"}, "ma-qr": {"co"}}); res.StatusCode != http.StatusUnprocessableEntity ||
		!strings.Contains(res.body, "Không có trường nào như vậy") || !strings.Contains(res.body, `value="khong co"`) {
		t.Errorf("no school: %d", res.StatusCode)
	}
	if res := s.visit("/so/tai-lieu", cookie, url.Values{"truong": {"S001", "S999"}}); res.StatusCode != http.StatusNotFound {
		t.Errorf("a school that is not there: %d", res.StatusCode)
	}
	if body := s.visit("/so/tai-lieu", s.login("hoa"), nil).body; strings.Contains(body, "S002") || strings.Contains(body, "to-mo") {
		t.Error("a commune is offered the schools of another, or new addresses")
	}
}

// New addresses are asked about, and come into force only with a whole file.
func TestActivationSheetsAreConfirmed(t *testing.T) {
	s := newSite(t, func(s *site) { s.baseURL = "https://khaosat.example.vn" })
	cookie := "__Host-hl=" + strings.TrimPrefix(s.login("lan"), "__Host-hl=")
	form := url.Values{"to-mo": {"co"}, "truong": {"S001", "S002"}}
	res := s.visit("/so/tai-lieu", cookie, form)
	if res.StatusCode != http.StatusOK || !strings.Contains(res.body, "Đổi địa chỉ trang riêng của 2 trường?") || s.people.made > 0 {
		t.Fatalf("%d, %d secrets made", res.StatusCode, s.people.made)
	}
	for _, fault := range parse(t, res.body).faults() {
		t.Error(fault)
	}
	confirmed := url.Values{}
	for _, input := range parse(t, res.body).all("input") {
		if input.attr("name") != "phien" {
			confirmed.Add(input.attr("name"), input.attr("value"))
		}
	}
	names := s.packed(cookie, confirmed)
	want := []string{"Liên kết của các trường.xlsx", "Xã Ea Kar/Tờ mở trang riêng của các trường.pdf", "Phường Buôn Hồ/Tờ mở trang riêng của các trường.pdf"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if len(s.people.secrets) != 2 || s.people.secrets["S001"] == "" || s.people.secrets["S002"] == "" {
		t.Errorf("granted: %v", s.people.secrets)
	}
}

func TestAPackThatFailsRenewsNothing(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	s.people.fail = errDisk
	res := s.visit("/so/tai-lieu", cookie, url.Values{"to-mo": {"co"}, "xac-nhan": {"co"}, "truong": {"S002"}})
	if p := s.finished(res.Header.Get("Location"), cookie); p.State != "failed" || s.people.secrets != nil {
		t.Errorf("%+v, granted %v", p, s.people.secrets)
	}
	if len(s.workFiles()) != 0 {
		t.Error("a file with addresses that do not open is kept")
	}
	s.people.fail = nil
	s.people.sessions[strings.TrimPrefix(cookie, "hl=")] = survey.Account{Name: "lan", Role: survey.ViewerRole}
	if res := s.visit("/so/tai-lieu", cookie, url.Values{"to-mo": {"co"}, "xac-nhan": {"co"}}); res.StatusCode != http.StatusForbidden {
		t.Errorf("new addresses for a viewer: %d", res.StatusCode)
	}
}

// Whoever stops the work leaves the old addresses as they are.
func TestAPackThatIsStoppedRenewsNothing(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	s.people.gate = make(chan struct{})
	res := s.visit("/so/tai-lieu", cookie, url.Values{"to-mo": {"co"}, "xac-nhan": {"co"}, "truong": {"S001", "S002"}})
	path := res.Header.Get("Location")
	for end := time.Now().Add(time.Minute); s.progress(path, cookie).State != "running" && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	s.visit(path+"/dung", cookie, url.Values{})
	close(s.people.gate)
	if p := s.finished(path, cookie); p.State != "stopped" || s.people.secrets != nil || s.people.made != 2 {
		t.Errorf("%+v, %d made, granted %v", p, s.people.made, s.people.secrets)
	}
}
