package sheet

import (
	"io"
	"time"

	"hailong/survey"
)

// Audit is entries of the audit log to write.
type Audit struct {
	Condition string // which entries; empty: all
	Made      time.Time
	Entries   []survey.AuditEntry // in their order
}

// WriteAudit writes entries of the audit log as a workbook: sheet «Nhật ký»,
// table NhatKy. Times are those of Made's zone.
func WriteAudit(w io.Writer, a Audit) error {
	b, err := newWorkbook("Nhật ký", a.Made)
	if err != nil {
		return err
	}
	defer b.file.Close() // everything is in memory, nothing can be lost
	which := "Tất cả các dòng"
	if a.Condition != "" {
		which = "Các dòng: " + a.Condition
	}
	b.headings = []string{which, "Lấy lúc " + a.Made.Format("15:04 ngày 02/01/2006"), "Kiểm tra dấu niêm phong bằng lệnh: hailong audit verify"}
	type row = survey.AuditEntry
	t := table[row]{Sheet: "Nhật ký", Name: "NhatKy", Title: "Nhật ký", Frozen: 2, PagesWide: 1, Rows: a.Entries, Columns: []tableColumn[row]{
		{"Số", 10, countLook, "", func(e row) any { return int(e.Seq) }},
		{"Lúc", 20, nameLook, "", func(e row) any { return e.At.In(a.Made.Location()).Format("2006-01-02 15:04:05") }},
		{"Ai", 22, nameLook, "", func(e row) any { return e.Actor }},
		{"Việc", 32, nameLook, "", func(e row) any { return e.Done() }},
		{"Đối tượng", 24, nameLook, "", func(e row) any { return e.Object }},
		{"Chi tiết", 70, nameLook, "", func(e row) any { return e.Detail }},
	}}
	if err := writeTable(b, t); err != nil {
		return err
	}
	return b.file.Write(w)
}
