package sheet

import (
	"strconv"

	"hailong/survey"
)

// choiceReader reads the sheet choices: one scale and the list of groups.
type choiceReader struct {
	*formReader
	t      *xlsTable
	first  int // row of the scale's first level
	levels map[int]bool
	groups map[survey.GroupCode]bool
}

func (r *formReader) takeChoices(t *xlsTable) {
	c := &choiceReader{formReader: r, t: t, levels: map[int]bool{}, groups: map[survey.GroupCode]bool{}}
	for _, row := range t.rows() {
		list := t.text(row, xlsList)
		if r.scale == "" && list != groupList && list != "" {
			r.scale, c.first = list, row
		}
		switch {
		case list == "":
			r.fault(t, row, xlsList, "Chưa ghi tên danh sách", "The list's name is missing")
		case list == groupList:
			c.takeGroup(row)
		case list == r.scale:
			c.takeLevel(row)
		default:
			r.fault(t, row, xlsList, "Phiếu chỉ dùng một thang trả lời, là «%s». Xóa danh sách này", "The form has one scale, %q; delete this list", r.scale)
		}
	}
	for level := range survey.ScaleLevels + 1 {
		if !c.levels[level] {
			r.fault(t, max(c.first, 1), xlsName, "Thang trả lời thiếu mức %d. Thang có các mức 1 đến 5 và 0 (không rõ)", "The scale lacks level %d; it has the levels 1 to 5, and 0 for not known", level)
		}
	}
}

// takeLevel reads a level: 1 to 5, or 0 for «không rõ».
func (c *choiceReader) takeLevel(row int) {
	level, err := strconv.Atoi(c.t.text(row, xlsName))
	switch {
	case err != nil || level < 0 || level > survey.ScaleLevels:
		c.fault(c.t, row, xlsName, "Mức trả lời là 1, 2, 3, 4, 5, hoặc 0 cho «không rõ»", "A level is 1, 2, 3, 4, 5, or 0 for not known")
		return
	case c.levels[level]:
		c.fault(c.t, row, xlsName, "Mức này có hai lần. Giữ một dòng", "This level is there twice; keep one row")
		return
	}
	c.levels[level] = true
	label := c.label(c.t, row, xlsLabel)
	c.q.Heard[level] = c.recording(c.t, row)
	if level == 0 {
		c.q.Unknown = label
		return
	}
	c.q.Scale[level-1] = label
}

func (c *choiceReader) takeGroup(row int) {
	code, err := survey.ParseCode(c.t.text(row, xlsName))
	if err != nil {
		c.refuse(c.t, row, xlsName, err)
		return
	}
	if own := c.own(c.t, xlsAudio); c.t.text(row, own) != "" {
		c.fault(c.t, row, own, "Tên nhóm không có bản ghi âm. Xóa nội dung ô này", "The name of a group has no recording; empty this cell")
	}
	if c.groups[survey.GroupCode(code)] {
		c.fault(c.t, row, xlsName, "Mã nhóm này có hai lần. Giữ một dòng", "This group code is there twice; keep one row")
		return
	}
	c.listed, c.groups[survey.GroupCode(code)] = true, true
	c.q.Groups = append(c.q.Groups, survey.Group{Code: survey.GroupCode(code), Name: c.label(c.t, row, xlsLabel)})
}
