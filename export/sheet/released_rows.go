package sheet

import (
	"fmt"

	"hailong/survey"
)

// rows gives the lines and the questions that the file is about.
func (rb ReleasedBook) rows() (overall, items []releasedRow, err error) {
	switch {
	case rb.School != "":
		s, err := rb.Tables.School(rb.School)
		if err != nil {
			return nil, nil, err
		}
		return rb.schoolRows(s), rb.schoolItems(s), nil
	case rb.Area != "":
		area, ok := rb.Release.Area(rb.Area)
		if !ok {
			return nil, nil, survey.Refuse(survey.NotFound, "Đợt này không hỏi trường nào ở xã, phường mang mã %s", "The round asked no school in commune %s", rb.Area)
		}
		return rb.areaRows(area), rb.groups(releasedRow{level: "Xã, phường", code: string(area.Code), name: area.Title()}, rb.OfArea(area.Code), nil), nil
	}
	return rb.provinceRows(), rb.provinceItems(), nil
}

// line fills a row with those who are satisfied overall.
func (rb ReleasedBook) line(r releasedRow, l survey.Line) releasedRow {
	r.shown = rb.Threshold.Show(l.Overall, l.Responses)
	return r
}

func (rb ReleasedBook) provinceRows() []releasedRow {
	rows := []releasedRow{rb.line(releasedRow{level: "Tỉnh", name: "Toàn tỉnh"}, rb.Province())}
	for _, level := range survey.Levels() {
		if l := rb.OfLevel(level); !l.Empty() {
			rows = append(rows, rb.line(releasedRow{level: "Cấp học", code: string(level), name: level.Name()}, l))
		}
	}
	for _, f := range rb.Forms() {
		rows = append(rows, rb.formRow(f))
	}
	for _, area := range rb.Areas() {
		rows = append(rows, rb.line(releasedRow{level: "Xã, phường", code: string(area.Code), name: area.Title()}, rb.OfArea(area.Code)))
	}
	for _, s := range rb.Schools {
		rows = append(rows, rb.ownRows(s)...)
	}
	return rows
}

func (rb ReleasedBook) formRow(f *survey.Form) releasedRow {
	return rb.line(releasedRow{level: "Tỉnh", name: "Toàn tỉnh", form: f.Name}, rb.OfForm(f.Code))
}

// ownRows gives the lines of a school, one for each form that it was asked.
func (rb ReleasedBook) ownRows(s survey.ReleasedSchool) []releasedRow {
	var rows []releasedRow
	for _, asked := range s.Forms {
		if f, ok := rb.Questionnaire.Form(string(asked.Form)); ok {
			l := rb.OfSchool(s.Code, f.Code)
			row := rb.line(releasedRow{level: "Trường", code: string(s.Code), name: s.Name, form: f.Name}, l)
			row.word = rb.Threshold.Standing(l, rb.OfForm(f.Code))
			rows = append(rows, row)
		}
	}
	return rows
}

func (rb ReleasedBook) schoolRows(s survey.ReleasedSchool) []releasedRow {
	rows := rb.ownRows(s)
	for _, asked := range s.Forms {
		if f, ok := rb.Questionnaire.Form(string(asked.Form)); ok {
			rows = append(rows, rb.formRow(f))
		}
	}
	return rows
}

func (rb ReleasedBook) areaRows(area survey.Area) []releasedRow {
	rows := []releasedRow{rb.line(releasedRow{level: "Xã, phường", code: string(area.Code), name: area.Title()}, rb.OfArea(area.Code))}
	for _, s := range rb.Schools {
		if s.Area.Code == area.Code {
			rows = append(rows, rb.ownRows(s)...)
		}
	}
	for _, f := range rb.Forms() {
		if l := rb.OfBucket(area.Code, f.Code); !l.Empty() {
			rows = append(rows, rb.line(releasedRow{level: "Trường", name: "Các trường có ít phiếu, tính chung", form: f.Name}, l))
		}
	}
	return rows
}

func (rb ReleasedBook) provinceItems() []releasedRow {
	rows := rb.groups(releasedRow{level: "Tỉnh", name: "Toàn tỉnh"}, rb.Province(), nil)
	for _, f := range rb.Forms() {
		rows = append(rows, rb.groups(releasedRow{level: "Tỉnh", name: "Toàn tỉnh", form: f.Name}, rb.OfForm(f.Code), f)...)
	}
	return rows
}

func (rb ReleasedBook) schoolItems(s survey.ReleasedSchool) []releasedRow {
	var rows []releasedRow
	for _, asked := range s.Forms {
		if f, ok := rb.Questionnaire.Form(string(asked.Form)); ok {
			rows = append(rows, rb.groups(releasedRow{level: "Trường", code: string(s.Code), name: s.Name, form: f.Name}, rb.OfSchool(s.Code, f.Code), f)...)
		}
	}
	return rows
}

// groups gives a row for each group of a line and, with a form, for its items.
// The mean of a group is left out where one of its items has none: with the
// others' it would give that one.
func (rb ReleasedBook) groups(r releasedRow, l survey.Line, f *survey.Form) []releasedRow {
	var rows []releasedRow
	for g, group := range rb.Questionnaire.Groups {
		head := r
		head.item, head.text, head.shown = string(group.Code), group.Name, rb.Threshold.Show(l.Groups[g], l.Responses)
		var own []releasedRow
		if f != nil && l.Items != nil {
			own = rb.itemRows(r, l, f, group.Code)
		}
		for _, item := range own {
			head.shown.HasMean = head.shown.HasMean && (item.shown.HasMean || item.shown.Hidden)
		}
		if f == nil && l.Schools+l.Few < 2 {
			head.shown.HasMean = false
		}
		rows = append(append(rows, head), own...)
	}
	return rows
}

func (rb ReleasedBook) itemRows(r releasedRow, l survey.Line, f *survey.Form, group survey.GroupCode) []releasedRow {
	var rows []releasedRow
	for i, item := range f.Items {
		if item.Group == group {
			row := r
			row.item, row.text, row.shown = string(item.Code), item.Text, rb.Threshold.Show(l.Items[i], l.Responses)
			rows = append(rows, row)
		}
	}
	return rows
}

// terms says how to read the figures.
func (rb ReleasedBook) terms() []releasedRow {
	few := rb.Threshold.Few()
	return []releasedRow{
		{name: "Hài lòng, không hài lòng", text: "Câu trả lời mức 4 và 5; mức 1 và 2; chia cho số câu trả lời từ mức 1 đến mức 5. «Không rõ» và bỏ trống không nằm trong phép chia"},
		{name: "Hài lòng chung", text: "Một câu hỏi riêng, không phải trung bình của các nhóm"},
		{name: "Tỷ lệ tham gia", text: rb.participation()},
		{name: "Nhóm, xã, cấp học, tỉnh", text: "Gộp phiếu: mọi câu trả lời được hiện đều tính như nhau, không nhân theo sĩ số"},
		{name: "Ngưỡng", text: "Có " + few + " thì không hiện. Trường có ít phiếu được tính chung với trường khác. Tỷ lệ ghi thành khoảng khi một trong hai phía có " + few + ", và khi có dưới 30 câu trả lời"},
		{name: "So với toàn tỉnh", text: "Chỉ ghi cao hơn hoặc thấp hơn khi khoảng tin cậy 95% của chênh lệch không chứa số 0. Không xếp hạng"},
	}
}

// participation says how many answers the file rests on, of all who were asked
// and of the schools that have a line. The answers that are in no line are in
// neither.
func (rb ReleasedBook) participation() string {
	l, asked, place := rb.Province(), rb.AskedEnrolment("", ""), "toàn tỉnh"
	if rb.Area != "" {
		l, asked, place = rb.OfArea(rb.Area), rb.AskedEnrolment(rb.Area, ""), "xã, phường này"
	}
	all, _ := survey.Participation{Enrolment: asked, Responses: l.Responses}.Rate()
	shown, _ := survey.Participation{Enrolment: l.Enrolment, Responses: l.Responses}.Rate()
	return fmt.Sprintf("Có trong bảng: %s phiếu của %s, bằng %s%% sĩ số của mọi trường được hỏi; trong các trường có trong bảng: %s%%. Phiếu của trường không có trong bảng không được tính",
		survey.Count(l.Responses), place, survey.Decimal(all, 1), survey.Decimal(shown, 1))
}
