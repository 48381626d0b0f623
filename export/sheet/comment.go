package sheet

import (
	"io"
	"time"

	"hailong/survey"
)

// CommentList is comments to write, in their order, which means nothing: no
// row has a day or anything that the writer answered.
type CommentList struct {
	Round     string // its title
	Condition string // which comments the list has; empty: all
	Written   bool   // as they were written; else masked
	Made      time.Time
	Rows      []CommentRow
}

// CommentRow is one comment.
type CommentRow struct {
	School survey.School
	Form   string // its name
	State  string
	Urgent bool
	Text   string
}

// WriteComments writes comments as a workbook: sheet «Góp ý», table GopY.
func WriteComments(w io.Writer, l CommentList) error {
	b, err := newWorkbook("Góp ý", l.Made)
	if err != nil {
		return err
	}
	defer b.file.Close() // everything is in memory, nothing can be lost
	which, how := "Tất cả lời góp ý", "Tên người, số điện thoại và giấy tờ đã được che"
	if l.Condition != "" {
		which = "Các lời góp ý: " + l.Condition
	}
	if l.Written {
		how = "NGUYÊN VĂN, chỉ dùng trong Văn phòng Sở. Không gửi tiếp"
	}
	b.headings = []string{l.Round, which, how + " · " + l.Made.Format("15:04 ngày 02/01/2006")}
	type row = CommentRow
	t := table[row]{Sheet: "Góp ý", Name: "GopY", Title: "Góp ý của người trả lời", Frozen: 2, PagesWide: 1, Rows: l.Rows, Columns: []tableColumn[row]{
		{"Mã trường", 14, codeLook, "", func(r row) any { return string(r.School.Code) }},
		{"Tên trường", 40, nameLook, "", func(r row) any { return r.School.Name }},
		{"Xã/Phường", 24, nameLook, "", func(r row) any { return r.School.Area.Title() }},
		{"Phiếu", 30, nameLook, "", func(r row) any { return r.Form }},
		{"Tình trạng", 18, nameLook, "", func(r row) any { return r.State }},
		{"Khẩn", 8, nameLook, "", func(r row) any {
			if r.Urgent {
				return "khẩn"
			}
			return nil
		}},
		{"Lời góp ý", 90, textLook, "", func(r row) any { return defused(r.Text) }},
	}}
	if err := writeTable(b, t); err != nil {
		return err
	}
	return b.file.Write(w)
}
