package sheet

import (
	"io"
	"time"

	"hailong/survey"
)

// AreaBook is the list of communes to write.
type AreaBook struct {
	Condition string // which communes the list has; empty: all
	Made      time.Time
	Areas     []survey.AreaRecord // in their order
}

// WriteAreas writes the list as a workbook: sheet «Xã phường», table XaPhuong.
func WriteAreas(w io.Writer, a AreaBook) error {
	b, err := newWorkbook("Xã, phường", a.Made)
	if err != nil {
		return err
	}
	defer b.file.Close() // everything is in memory, nothing can be lost
	which := "Tất cả xã, phường"
	if a.Condition != "" {
		which = "Xã, phường: " + a.Condition
	}
	b.headings = []string{which, "", "Số liệu lúc " + a.Made.Format("15:04 ngày 02/01/2006")}
	type row = survey.AreaRecord
	err = writeTable(b, table[row]{Sheet: "Xã phường", Name: "XaPhuong", Title: "Xã, phường", Frozen: 2, PagesWide: 1, Rows: a.Areas, Columns: []tableColumn[row]{
		{"Mã xã", 12, codeLook, "", func(r row) any { return string(r.Code) }},
		{"Xã/Phường", 36, nameLook, "", func(r row) any { return r.Title() }},
		{"Số trường", 12, countLook, "", func(r row) any { return r.Schools }},
		{"Sáp nhập từ ngày", 16, nameLook, "", func(r row) any {
			if r.Until == 0 {
				return nil
			}
			return r.Until.String()
		}},
		{"Vào xã (mã)", 14, codeLook, "", func(r row) any {
			if r.Into == "" {
				return nil
			}
			return string(r.Into)
		}},
	}})
	if err != nil {
		return err
	}
	return b.file.Write(w)
}
