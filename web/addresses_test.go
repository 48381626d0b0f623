package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestAddresses(t *testing.T) {
	type at func(*site)
	closed := func(s *site) { s.closeAt(now.Add(-48 * time.Hour)) }
	waiting := func(s *site) { s.notOpen() }
	for _, c := range []struct {
		name, path string
		state      at
		status     int
		says       string
	}{
		{"one form", "/k/" + oneForm, nil, 200, "action=\"/k/AAAA2222/TH\""},
		{"as the QR code has it", "/K/" + oneForm, nil, 200, "action=\"/k/AAAA2222/TH\""},
		{"typed in lower case with a hyphen", "/k/aaaa-2222", nil, 200, "action=\"/k/AAAA2222/TH\""},
		{"form code in lower case", "/k/AAAA2222/th", nil, 200, "Tiểu học Nguyễn Thị Minh Khai"},
		{"several forms", "/k/" + allForms, nil, 200, "Tôi là học sinh trung học phổ thông"},
		{"pupils are addressed as such", "/k/" + allForms + "/HSTHPT", nil, 200, "Em có hài lòng"},
		{"learners are addressed as such", "/k/" + allForms + "/GDTX", nil, 200, "việc học của Anh/Chị"},
		{"unknown", "/k/" + unknown, nil, 404, "Không tìm thấy phiếu"},
		{"no code", "/k/abc", nil, 404, "Không tìm thấy phiếu"},
		{"escaped slash", "/k/AAAA%2F222", nil, 404, ""},
		{"form of another level", "/k/AAAA2222/MN", nil, 404, "Trường này không có phiếu"},
		{"revoked", "/k/" + revoked, nil, 410, "Địa chỉ này đã được thay"},
		{"not asked", "/k/" + unasked, nil, 404, "Đợt này không hỏi ý kiến về trường này"},
		{"not open yet", "/k/" + oneForm, waiting, 200, "Phiếu mở từ 01/10/2026 đến 30/11/2026"},
		{"form not open yet", formOfOne, waiting, 200, "Chưa đến ngày trả lời"},
		{"closed", "/k/" + oneForm, closed, 410, "Đợt hỏi ý kiến đã kết thúc ngày 18/10/2026"},
		{"form closed", formOfOne, closed, 410, "Đợt hỏi ý kiến đã kết thúc"},
		{"thanks", "/k/" + oneForm + "/cam-on", nil, 200, "Trả lời cho một con khác"},
		{"thanks where pupils answer too", "/k/" + allForms + "/cam-on", nil, 200, "Trả lời một phiếu khác"},
		{"thanks stay after the closing", "/k/" + oneForm + "/cam-on", closed, 200, "Đã gửi xong"},
		{"no such page", "/gi-do", nil, 404, "Không tìm thấy trang"},
		{"search", "/", nil, 200, "Tên trường, tên xã"},
		{"search for too little", "/?q=X", nil, 422, "Lỗi: Tìm trường"},
		{"search for what is not there", "/?q=XYZ", nil, 200, "Không tìm thấy trường nào"},
		{"search for a commune", "/?q=ea+kar", nil, 200, "href=\"/k/AAAA2222\""},
		{"robots", "/robots.txt", nil, 200, "Disallow: /"},
		{"health", "/healthz", nil, 200, "ok"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			if c.state != nil {
				c.state(s)
			}
			got := s.get(c.path)
			if got.StatusCode != c.status || !strings.Contains(got.body, c.says) {
				t.Errorf("status %d, want %d with %q in\n%s", got.StatusCode, c.status, c.says, got.body)
			}
			head := s.do(httptest.NewRequest("HEAD", c.path, nil))
			if head.StatusCode != c.status || head.body != "" {
				t.Errorf("HEAD: status %d with %d bytes", head.StatusCode, len(head.body))
			}
			if len(got.Cookies()) != 0 {
				t.Errorf("sets cookies: %v", got.Cookies())
			}
		})
	}
}

func TestSearchLeadsToTheForm(t *testing.T) {
	got := newSite(t).get("/?q=aaaa+2222")
	if got.StatusCode != 303 || got.Header.Get("Location") != "/k/AAAA2222" {
		t.Errorf("status %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
}
