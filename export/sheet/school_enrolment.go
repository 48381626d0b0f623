package sheet

import (
	"slices"

	"hailong/survey"
)

// enrolment reads the learners of each level. Blank, 0 and «-» mean that the
// school does not have the level; a school with none at all is a fault unless
// one of its cells already is.
func (r *schoolReader) enrolment(row int, kind survey.SchoolKind) survey.Enrolment {
	out := survey.Enrolment{}
	sound := true
	for _, level := range survey.Levels() {
		field := SchoolField(level)
		if _, there := r.by[field]; !there {
			continue
		}
		n, ok := r.learners(row, field)
		sound = sound && ok
		if n > 0 {
			out[level] = n
			r.checkUsual(row, kind, level)
		}
	}
	if sound && len(out) == 0 {
		r.fault(row, r.expectedLevel(kind), survey.Refuse(survey.Invalid, "Trường chưa có sĩ số ở cấp nào. Ghi số học sinh vào cột của cấp học",
			"The school has no enrolment at any level; write the number of learners in its level's column"))
	}
	return out
}

// learners reads one cell; false when it is wrong, which is noted.
func (r *schoolReader) learners(row int, field SchoolField) (int, bool) {
	text, ok := r.text(row, field)
	if !ok {
		return 0, false
	}
	n, err := r.parseLearners(row, field, text)
	if err != nil {
		r.fault(row, field, err)
		return 0, false
	}
	return n, true
}

func (r *schoolReader) parseLearners(row int, field SchoolField, text string) (int, *survey.Error) {
	c, col := r.cell(row, field), r.by[field].index
	if b, merged := r.grid.cover[place{row, col}]; merged && b.first.row > r.header.last && (b.first != place{row, col}) {
		if c.text == "" && r.grid.at(b.first.row, b.first.col).text == "" {
			return 0, nil
		}
		// Read for each row, one number would be counted for several schools.
		return 0, survey.Refuse(survey.Invalid, "Ô này gộp với ô %s%d. Bỏ gộp ô và ghi sĩ số riêng cho từng trường, từng cấp",
			"This cell is merged with %s%d; unmerge it and write each school's and level's enrolment", letter(b.first.col), b.first.row)
	}
	switch {
	case c.kind == "d" || c.isNumber() && c.valued && r.upload.showsDate(c.style):
		return 0, survey.Refuse(survey.Invalid, "Ô đang có định dạng ngày tháng. Chuyển định dạng ô sang Số rồi ghi lại sĩ số", "The cell has a date's format; set it to Number and write the enrolment again")
	case c.kind == "b":
		return survey.ParseLearners("TRUE")
	case c.isNumber() && c.valued:
		return parseStored(c.raw)
	}
	return survey.ParseLearners(text)
}

// expectedLevel is the column in which the kind's enrolment should stand.
func (r *schoolReader) expectedLevel(kind survey.SchoolKind) SchoolField {
	for _, level := range append(slices.Clone(kind.UsualLevels()), survey.Levels()...) {
		if _, there := r.by[SchoolField(level)]; there {
			return SchoolField(level)
		}
	}
	return FieldName
}

func (r *schoolReader) checkUsual(row int, kind survey.SchoolKind, level survey.Level) {
	usual := kind.UsualLevels()
	if len(usual) > 0 && !slices.Contains(usual, level) {
		r.warn(row, SchoolField(level), survey.Refuse(survey.Invalid, "Trường loại %s thường không có cấp %s. Xem lại cột hoặc loại hình",
			"Schools of kind %s usually do not have %s; check the column or the kind", kind, level))
	}
}
