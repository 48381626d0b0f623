package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"hailong/survey"
)

// ReleasedBook is the workbook of a release: what everybody, a commune or a
// school may see, and nothing else. It is made from the frozen snapshot alone,
// so it may leave the office. Shares that may not be exact are texts: «≤ 10%».
type ReleasedBook struct {
	survey.Tables
	School survey.SchoolCode // only its forms, beside the province; empty: see Area
	Area   survey.AreaCode   // only the commune with its schools; empty, with no school: everything
}

// releasedRow is one line, or one question of a line.
type releasedRow struct {
	level, code, name string
	form              string
	item, text        string
	shown             survey.Distribution
	word              survey.Standing
}

// Write writes the workbook; NotFound when the release does not know the school
// or the commune.
func (rb ReleasedBook) Write(w io.Writer) (err error) {
	overall, items, err := rb.rows()
	if err != nil {
		return err
	}
	title := "Kết quả hỏi ý kiến đã công bố – " + rb.Release.Title
	b, err := newWorkbook(title, rb.Made)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	b.margin = title
	b.headings = []string{rb.Release.Title,
		fmt.Sprintf("Bản công bố số %d, lập lúc %s · công thức %s · ngưỡng %s", rb.Number, rb.Made.Format("15:04 ngày 02/01/2006"), rb.Formula, rb.Threshold.Few()),
		cmp.Or(rb.Questionnaire.Notice, rb.Questionnaire.Title)}
	for _, t := range []table[releasedRow]{
		{Sheet: "Hài lòng chung", Name: "CongBo", Title: "Hài lòng chung", Columns: releasedColumns(false), Rows: overall, Frozen: 3, PagesWide: 1},
		{Sheet: "Theo câu hỏi", Name: "CongBoCauHoi", Title: "Các nhóm nội dung và các câu hỏi", Columns: releasedColumns(true), Rows: items, Frozen: 3, PagesWide: 1},
		{Sheet: "Cách đọc", Title: "Cách đọc các con số", Columns: []tableColumn[releasedRow]{
			{"Mục", 34, textLook, "", func(r releasedRow) any { return r.name }},
			{"Giải thích", 100, textLook, "", func(r releasedRow) any { return r.text }}}, Rows: rb.terms(), Frozen: 1, PagesWide: 1},
	} {
		if err := writeTable(b, t); err != nil {
			return err
		}
	}
	return b.finish(w)
}

func releasedColumns(items bool) []tableColumn[releasedRow] {
	columns := []tableColumn[releasedRow]{
		{"Phạm vi", 12, nameLook, "", func(r releasedRow) any { return r.level }},
		{"Mã", 13, codeLook, "", func(r releasedRow) any { return r.code }},
		{"Tên", 40, nameLook, "", func(r releasedRow) any { return r.name }},
		{"Phiếu", 24, nameLook, "", func(r releasedRow) any { return r.form }}}
	if items {
		columns = append(columns,
			tableColumn[releasedRow]{"Mã câu", 9, nameLook, "", func(r releasedRow) any { return r.item }},
			tableColumn[releasedRow]{"Nội dung", 55, nameLook, "", func(r releasedRow) any { return r.text }})
	}
	columns = append(columns, tableColumn[releasedRow]{"Số câu trả lời", 10, countLook, "", releasedRow.answers})
	for i, name := range []string{"Rất không hài lòng (%)", "Không hài lòng (%)", "Bình thường (%)", "Hài lòng (%)", "Rất hài lòng (%)"} {
		columns = append(columns, tableColumn[releasedRow]{name, 11, rateLook, "", func(r releasedRow) any { return r.level5(i) }})
	}
	columns = append(columns,
		tableColumn[releasedRow]{"Tỷ lệ hài lòng (%)", 11, rateLook, "", func(r releasedRow) any { return shareCell(r.shown, r.shown.Satisfied) }},
		tableColumn[releasedRow]{"Tỷ lệ không hài lòng (%)", 11, rateLook, "", func(r releasedRow) any { return shareCell(r.shown, r.shown.Dissatisfied) }},
		tableColumn[releasedRow]{"Điểm trung bình", 10, figureLook, "", releasedRow.mean})
	if !items {
		columns = append(columns, tableColumn[releasedRow]{"So với toàn tỉnh", 20, nameLook, "", func(r releasedRow) any { return string(r.word) }})
	}
	return append(columns, tableColumn[releasedRow]{"Ghi chú", 34, textLook, "", releasedRow.note})
}

func (r releasedRow) answers() any {
	if r.shown.Hidden {
		return nil
	}
	return r.shown.N
}

// level5 is one of five levels; of three that were put together the middle one.
func (r releasedRow) level5(i int) any {
	switch {
	case r.shown.Hidden || r.shown.Merged && i != 2:
		return nil
	case r.shown.Merged:
		return shareCell(r.shown, r.shown.Levels[1])
	}
	return shareCell(r.shown, r.shown.Levels[i])
}

func shareCell(d survey.Distribution, s survey.Share) any {
	switch {
	case d.Hidden:
		return nil
	case s.Exact:
		return s.Value
	}
	return s.String()
}

func (r releasedRow) mean() any {
	if !r.shown.HasMean {
		return nil
	}
	return r.shown.Mean
}

func (r releasedRow) note() any {
	switch {
	case r.shown.Hidden:
		return "Chưa đủ phiếu nên không hiện"
	case r.shown.Merged:
		return "Dưới 30 câu trả lời: chỉ ba mức, thành khoảng"
	}
	return nil
}
