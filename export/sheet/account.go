package sheet

import (
	"io"
	"time"
)

// AccountList is accounts to write, in their order.
type AccountList struct {
	Condition string // which accounts; empty: all
	Made      time.Time
	Rows      []AccountRow
}

// AccountRow is one account in words.
type AccountRow struct {
	Name, Role, Area string
	Factor           bool // it has a second factor
	State            string
}

// WriteAccounts writes accounts as a workbook: sheet «Tài khoản», table
// TaiKhoan.
func WriteAccounts(w io.Writer, l AccountList) error {
	b, err := newWorkbook("Tài khoản", l.Made)
	if err != nil {
		return err
	}
	defer b.file.Close() // everything is in memory, nothing can be lost
	which := "Tất cả tài khoản"
	if l.Condition != "" {
		which = "Các tài khoản: " + l.Condition
	}
	b.headings = []string{which, "Lấy lúc " + l.Made.Format("15:04 ngày 02/01/2006"), "Không có mật khẩu trong tệp này"}
	type row = AccountRow
	t := table[row]{Sheet: "Tài khoản", Name: "TaiKhoan", Title: "Tài khoản", Frozen: 1, PagesWide: 1, Rows: l.Rows, Columns: []tableColumn[row]{
		{"Tên đăng nhập", 24, nameLook, "", func(r row) any { return r.Name }},
		{"Vai trò", 36, nameLook, "", func(r row) any { return r.Role }},
		{"Xã/Phường", 26, nameLook, "", func(r row) any { return r.Area }},
		{"Mã bước hai", 14, nameLook, "", func(r row) any {
			if r.Factor {
				return "đang bật"
			}
			return "chưa bật"
		}},
		{"Tình trạng", 50, nameLook, "", func(r row) any { return r.State }},
	}}
	if err := writeTable(b, t); err != nil {
		return err
	}
	return b.file.Write(w)
}
