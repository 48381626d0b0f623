package sheet

import (
	"fmt"
	"io"
	"slices"
	"time"

	"hailong/survey"
)

// Turnout is who has taken part, as a list of schools to write.
type Turnout struct {
	Round     string // its title
	Condition string // which schools the list has; empty: all
	Base      string // before /k/ in an address
	Made      time.Time
	Steps     bool             // the counts are in steps of survey.CountStep, 0 meaning fewer: nothing of single days or of help
	Over      bool             // the round takes no responses: nobody is to be reminded
	Schools   []survey.Turnout // in their order
}

// Columns that not every list has.
const (
	helpedColumn = "Có người giúp"
	latelyColumn = "7 ngày qua"
	reasonColumn = "Cần nhắc vì"
)

// WriteTurnout writes the list as a workbook: sheet «Tham gia», table ThamGia.
// It says nothing of what people answered.
func WriteTurnout(w io.Writer, t Turnout) error {
	b, err := newWorkbook("Tình hình tham gia", t.Made)
	if err != nil {
		return err
	}
	defer b.file.Close() // everything is in memory, nothing can be lost
	which := "Tất cả các trường"
	if t.Condition != "" {
		which = "Các trường: " + t.Condition
	}
	b.headings = []string{t.Round, which, "Số liệu lúc " + t.Made.Format("15:04 ngày 02/01/2006")}
	if t.Steps {
		b.headings[2] += fmt.Sprintf(". Số phiếu theo bước %[1]d, làm tròn xuống (0 là dưới %[1]d), để không ai đoán được người nào vừa trả lời", survey.CountStep)
	}
	if err := writeTable(b, t.table()); err != nil {
		return err
	}
	return b.file.Write(w)
}

func (t Turnout) table() table[survey.Turnout] {
	type row = survey.Turnout
	all := table[row]{Sheet: "Tham gia", Name: "ThamGia", Title: "Tình hình tham gia", Frozen: 2, PagesWide: 1, Rows: t.Schools, Columns: []tableColumn[row]{
		{"Mã trường", 14, codeLook, "", func(s row) any { return string(s.School.Code) }},
		{"Tên trường", 40, nameLook, "", func(s row) any { return s.School.Name }},
		{"Xã/Phường", 24, nameLook, "", func(s row) any { return s.School.Area.Title() }},
		{"Loại hình", 14, nameLook, "", func(s row) any { return string(s.School.Kind) }},
		{"Sĩ số", 10, countLook, "", func(s row) any { return s.Enrolment }},
		{"Số phiếu", 10, countLook, "", func(s row) any { return s.Responses }},
		{"Tỷ lệ tham gia (%)", 12, rateLook, "", func(s row) any {
			if percent, ok := s.Rate(); ok {
				return percent
			}
			return nil
		}},
		{helpedColumn, 10, countLook, "", func(s row) any { return s.Helped }},
		{"Cần đạt", 10, countLook, "", func(s row) any { return orNothing(s.Asked(), s.Needed) }},
		{"Còn thiếu", 10, countLook, "", func(s row) any { return orNothing(s.Asked(), s.Missing) }},
		{latelyColumn, 10, countLook, "", func(s row) any { return s.Latest }},
		{reasonColumn, 28, nameLook, "", func(s row) any { return t.why(s) }},
		{"Liên kết", 46, nameLook, "", func(s row) any { return t.Base + "/k/" + string(s.School.Link) }},
	}}
	all.Columns = slices.DeleteFunc(all.Columns, func(c tableColumn[row]) bool { return t.hides(c.Header) })
	return all
}

// hides says whether a column has nothing to say of this list.
func (t Turnout) hides(column string) bool {
	switch column {
	case helpedColumn:
		return t.Steps
	case latelyColumn:
		return t.Steps || t.Over
	case reasonColumn:
		return t.Over
	}
	return false
}

// why is the reason for reminding a school, in words.
func (t Turnout) why(s survey.Turnout) string {
	if t.Steps && s.Reason == survey.NoResponse {
		return fmt.Sprintf("Dưới %d phiếu", survey.CountStep)
	}
	return s.Reason.Text()
}

// orNothing leaves a cell empty where there is nothing to say.
func orNothing(known bool, n int) any {
	if !known {
		return nil
	}
	return n
}
