package sheet

import (
	"slices"
	"strings"

	"hailong/survey"
)

// xlsTable is a sheet with its header in row 1.
type xlsTable struct {
	name    string
	grid    *grid
	columns map[xlsColumn]int
}

// table reads a sheet and says what is wrong with it and its columns. It gives
// nil when its rows cannot be read; that is noted.
func (r *formReader) table(s xlsSheet) (*xlsTable, error) {
	var found []uploadSheet
	for _, one := range r.upload.sheets {
		if strings.EqualFold(strings.TrimSpace(one.name), s.name) {
			found = append(found, one)
		}
	}
	if len(found) != 1 {
		said := survey.Refuse(survey.Invalid, "Tệp không có trang này. Thêm trang rồi nạp lại", "The file lacks this sheet; add it")
		if len(found) > 1 {
			said = survey.Refuse(survey.Invalid, "Tệp có nhiều trang cùng tên này. Giữ một trang", "Several sheets have this name; keep one")
		}
		r.faults = append(r.faults, faultAt(s.name, 1, said))
		return nil, nil
	}
	t := &xlsTable{name: found[0].name, columns: map[xlsColumn]int{}}
	err := guarded(func() (err error) {
		t.grid, err = scanSheet(found[0])
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := r.upload.read(t.name, t.grid); err != nil {
		return nil, err
	}
	r.checkCells(t)
	if !r.takeHeader(t, s) {
		return nil, nil
	}
	return t, nil
}

// checkCells refuses cells whose text is not what somebody wrote.
func (r *formReader) checkCells(t *xlsTable) {
	for i, cells := range t.grid.rows {
		for j, c := range cells {
			at := Fault{Sheet: t.name, Row: i + 1, Column: letter(j + 1), Value: shorten(c.text)}
			switch {
			case c.kind == "e":
				at.Message, at.English = "Ô đang báo lỗi của Excel. Ghi lại giá trị của ô", "The cell shows one of Excel's errors; write its value again"
			case c.formula:
				at.Message, at.English = "Ô là công thức, hãy dán giá trị", "The cell is a formula; paste its value"
			default:
				continue
			}
			r.faults = append(r.faults, at)
		}
	}
}

// takeHeader finds the columns, and refuses unknown ones that hold something,
// because what stands in them would be lost.
func (r *formReader) takeHeader(t *xlsTable, s xlsSheet) bool {
	known := map[xlsColumn]bool{}
	for _, c := range s.columns {
		known[c] = true
	}
	for col := 1; col <= t.grid.width(1, len(t.grid.rows)); col++ {
		name, ok := r.column(t, col, known)
		switch {
		case !ok:
		case name == "":
			r.refuseColumn(t, col, columnOf(survey.CleanLine(t.grid.at(1, col).text)))
		case t.columns[name] > 0:
			r.faults = append(r.faults, t.cell(1, col, survey.Refuse(survey.Invalid, "Cột này có hai lần. Giữ một cột", "This column is there twice; keep one")))
		default:
			t.columns[name] = col
		}
	}
	complete := true
	for _, c := range s.columns {
		if t.columns[c] == 0 && !slices.Contains(s.optional, c) {
			complete = false
			r.faults = append(r.faults, faultAt(t.name, 1, survey.Refuse(survey.Invalid, "Thiếu cột %s. Thêm cột rồi nạp lại", "The column %s is missing; add it", c.header())))
		}
	}
	return complete
}

// column names a column; it is empty for one that the sheet does not have, and
// not ok when the fault is noted.
func (r *formReader) column(t *xlsTable, col int, known map[xlsColumn]bool) (name xlsColumn, ok bool) {
	header := survey.CleanLine(t.grid.at(1, col).text)
	if base, language := spokenColumn(header); slices.Contains(spokenColumns, base) && known[base] {
		if language == "" {
			return base, true
		}
		return r.takeTongue(t, col, base, language)
	}
	if name = columnOf(header); known[name] {
		return name, true
	}
	return "", true
}

// refuseColumn refuses an unknown column at its first cell with content.
func (r *formReader) refuseColumn(t *xlsTable, col int, name xlsColumn) {
	for row := 2; row <= len(t.grid.rows); row++ {
		if survey.CleanLine(t.grid.at(row, col).text) == "" {
			continue
		}
		r.faults = append(r.faults, t.cell(row, col, whyNot(name)))
		return
	}
}

// whyNot says why a column's content cannot be taken over.
func whyNot(c xlsColumn) *survey.Error {
	base, _, _ := strings.Cut(string(c), "::")
	switch base {
	case "":
		return survey.Refuse(survey.Invalid, "Cột này có nội dung mà không có tên. Đặt tên cột hoặc xóa nội dung", "The column has content but no name; name it or empty it")
	case "hint", "guidance_hint":
		return survey.Refuse(survey.Invalid, "Lời gợi ý chỉ có ở cột hint của trang survey. Chuyển sang đó hoặc xóa", "Hints are taken from the column hint of the sheet survey only; move it there or delete it")
	case "media", "image", "video", "big-image":
		return survey.Refuse(survey.Invalid, "Phiếu chỉ phát bản ghi âm (media::audio), không có hình. Xóa nội dung ô này", "The form plays recordings (media::audio) only, no pictures; empty this cell")
	case "relevant", "choice_filter":
		return survey.Refuse(survey.Invalid, "Phiếu hỏi mọi câu như nhau, không có điều kiện ẩn hiện. Xóa điều kiện", "The form shows every question; conditions are not supported, delete them")
	case "calculation", "default", "trigger", "repeat_count":
		return survey.Refuse(survey.Invalid, "Phiếu không tính toán và không điền sẵn. Xóa nội dung ô này", "The form calculates and prefills nothing; empty this cell")
	}
	return survey.Refuse(survey.Invalid, "Phần mềm không dùng cột này. Xóa nội dung cột rồi nạp lại", "This column is not supported; empty it")
}

// rows gives the rows under the header that hold something.
func (t *xlsTable) rows() []int {
	var out []int
	for row := 2; row <= len(t.grid.rows); row++ {
		for _, c := range t.grid.rows[row-1] {
			if survey.CleanLine(c.text) != "" {
				out = append(out, row)
				break
			}
		}
	}
	return out
}

// text gives a cell's text on one line; a number as it is stored, because a
// format may show it as something else.
func (t *xlsTable) text(row int, column xlsColumn) string {
	c := t.grid.at(row, t.columns[column])
	if c.isNumber() && c.raw != "" {
		return survey.CleanLine(c.raw)
	}
	return survey.CleanLine(c.text)
}

// at is a fault in a cell; without such a column it is the row's.
func (t *xlsTable) at(row int, column xlsColumn, said *survey.Error) Fault {
	if col := t.columns[column]; col > 0 {
		return t.cell(row, col, said)
	}
	return faultAt(t.name, row, said)
}

func (t *xlsTable) cell(row, col int, said *survey.Error) Fault {
	f := faultAt(t.name, row, said)
	f.Column, f.Header, f.Value = letter(col), shorten(t.grid.at(1, col).text), shorten(t.grid.at(row, col).text)
	return f
}
