package sheet

import (
	"io"
	"time"

	"hailong/survey"
)

// SchoolBook is the list of schools to write.
type SchoolBook struct {
	Condition string // which schools the list has; empty: all
	Base      string // before /k/ in an address
	Made      time.Time
	Schools   []survey.School // in their order
}

// WriteSchools writes the list as a workbook: sheet «Danh sách trường», table
// DanhSachTruong. Corrected, ReadSchools reads it again.
func WriteSchools(w io.Writer, s SchoolBook) error {
	b, err := newWorkbook("Danh sách trường", s.Made)
	if err != nil {
		return err
	}
	defer b.file.Close() // everything is in memory, nothing can be lost
	which := "Tất cả các trường"
	if s.Condition != "" {
		which = "Các trường: " + s.Condition
	}
	b.headings = []string{which, "Sửa ngay trong tệp này rồi nạp lại ở trang Trường, Nạp danh sách", "Số liệu lúc " + s.Made.Format("15:04 ngày 02/01/2006")}
	if err := writeTable(b, s.table()); err != nil {
		return err
	}
	return b.file.Write(w)
}

func (s SchoolBook) table() table[survey.School] {
	type row = survey.School
	columns := []tableColumn[row]{
		{FieldCode.Title(), 14, codeLook, "", func(r row) any { return string(r.Code) }},
		{FieldName.Title(), 40, nameLook, "", func(r row) any { return r.Name }},
		{FieldKind.Title(), 14, nameLook, "", func(r row) any { return string(r.Kind) }},
		{FieldArea.Title(), 24, nameLook, "", func(r row) any { return r.Area.Title() }},
		{FieldAreaCode.Title(), 10, codeLook, "", func(r row) any { return string(r.Area.Code) }},
		{FieldAddress.Title(), 30, nameLook, "", func(r row) any { return r.Address }},
	}
	for _, l := range survey.Levels() {
		columns = append(columns, tableColumn[row]{SchoolField(l).Title(), 10, countLook, "", func(r row) any {
			if r.Enrolment[l] == 0 {
				return nil
			}
			return r.Enrolment[l]
		}})
	}
	columns = append(columns, tableColumn[row]{"Liên kết", 46, nameLook, "", func(r row) any { return s.Base + "/k/" + string(r.Link) }},
		tableColumn[row]{"Thôi hoạt động từ", 14, nameLook, "", func(r row) any {
			if r.Until == 0 {
				return nil
			}
			return r.Until.String()
		}})
	return table[row]{Sheet: "Danh sách trường", Name: "DanhSachTruong", Title: "Danh sách trường", Frozen: 2, PagesWide: 1, Rows: s.Schools, Columns: columns}
}
