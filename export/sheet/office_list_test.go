package sheet_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

var listMade = time.Date(2026, 11, 24, 8, 5, 0, 0, time.FixedZone("ICT", 7*3600))

// Lists of the office, read back; what strangers wrote becomes no formula, not
// even after a detour over CSV.
func TestListsOfTheOffice(t *testing.T) {
	ea := survey.Area{Type: "Xã", Name: "Ea Kar"}
	for name, c := range map[string]struct {
		write func(io.Writer) error
		want  [][]string
	}{
		"Nhật ký": {func(w io.Writer) error {
			return sheet.WriteAudit(w, sheet.Audit{Condition: "ai «lan»", Made: listMade, Entries: []survey.AuditEntry{
				{Seq: 12, At: time.Date(2026, 11, 24, 1, 0, 5, 0, time.UTC), Actor: "lan", Action: "export", Object: "2026-10", Detail: "bảng"}}})
		}, [][]string{{"Nhật ký"}, {"Các dòng: ai «lan»"}, {"Lấy lúc 08:05 ngày 24/11/2026"}, {"Kiểm tra dấu niêm phong bằng lệnh: hailong audit verify"},
			{"Số", "Lúc", "Ai", "Việc", "Đối tượng", "Chi tiết"}, {"12", "2026-11-24 08:00:05", "lan", "Tải tệp", "2026-10", "bảng"}}},
		"Góp ý": {func(w io.Writer) error {
			return sheet.WriteComments(w, sheet.CommentList{Round: "Đợt", Made: listMade, Rows: []sheet.CommentRow{
				{School: survey.School{Code: "0012", Name: "Trường A", Area: ea}, Form: "Tiểu học", State: "phát hành", Urgent: true, Text: "=1+1"},
				{School: survey.School{Code: "13", Name: "Trường B", Area: ea}, Form: "Mầm non", State: "mới", Text: "tốt\nlắm"}}})
		}, [][]string{{"Góp ý của người trả lời"}, {"Đợt"}, {"Tất cả lời góp ý"}, {"Tên người, số điện thoại và giấy tờ đã được che · 08:05 ngày 24/11/2026"},
			{"Mã trường", "Tên trường", "Xã/Phường", "Phiếu", "Tình trạng", "Khẩn", "Lời góp ý"},
			{"0012", "Trường A", "Xã Ea Kar", "Tiểu học", "phát hành", "khẩn", "'=1+1"}, {"13", "Trường B", "Xã Ea Kar", "Mầm non", "mới", "", "tốt\nlắm"}}},
		"Tài khoản": {func(w io.Writer) error {
			return sheet.WriteAccounts(w, sheet.AccountList{Made: listMade, Rows: []sheet.AccountRow{{Name: "hoa", Role: "Xã, phường", Area: "Xã Ea Kar", Factor: true, State: "Đang dùng"}, {Name: "lan", Role: "Văn phòng", State: "Đang dùng"}}})
		}, [][]string{{"Tài khoản"}, {"Tất cả tài khoản"}, {"Lấy lúc 08:05 ngày 24/11/2026"}, {"Không có mật khẩu trong tệp này"},
			{"Tên đăng nhập", "Vai trò", "Xã/Phường", "Mã bước hai", "Tình trạng"}, {"hoa", "Xã, phường", "Xã Ea Kar", "đang bật", "Đang dùng"}, {"lan", "Văn phòng", "", "chưa bật", "Đang dùng"}}},
	} {
		var b bytes.Buffer
		if err := c.write(&b); err != nil {
			t.Fatal(name, err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(name, err)
		}
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(c.want, rows); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
