package sheet

import (
	"errors"
	"regexp"
	"strings"

	"hailong/survey"
)

// fault notes what is wrong with a field of a row.
func (r *schoolReader) fault(row int, field SchoolField, err error) {
	var refusal *survey.Error
	if !errors.As(err, &refusal) {
		refusal = survey.Refuse(survey.Invalid, "Không đọc được ô này. Ghi lại giá trị của ô", "This cell cannot be read; write its value again")
	}
	r.faults = append(r.faults, r.at(row, field, refusal))
}

func (r *schoolReader) at(row int, field SchoolField, said *survey.Error) Fault {
	c := r.by[field]
	return Fault{Sheet: r.list.Sheet, Row: row, Column: c.Letter, Header: shorten(c.Header), Value: shorten(r.cell(row, field).text),
		Message: said.Message, English: said.English}
}

// text gives a cell's text; false when the cell cannot be read, which is noted.
func (r *schoolReader) text(row int, field SchoolField) (string, bool) {
	c := r.cell(row, field)
	where := r.by[field].Letter
	switch {
	case c.kind == "e":
		r.fault(row, field, survey.Refuse(survey.Invalid, "Ô đang báo lỗi %s của Excel. Ghi lại giá trị của ô", "The cell shows Excel's error %s; write its value again", shorten(c.text)))
		return "", false
	case c.formula && !c.valued:
		r.fault(row, field, survey.Refuse(survey.Invalid, "Ô %s%d là công thức chưa có giá trị, hãy dán giá trị", "Cell %s%d is a formula without a stored value; paste its value", where, row))
		return "", false
	case c.formula:
		r.repeat("formula "+where, r.at(row, field, survey.Refuse(survey.Invalid, "Ô là công thức; đã lấy giá trị đang hiện", "The cell is a formula; the value shown was taken")))
	}
	return c.text, true
}

// repeat notes a warning that other cells of the column may share.
func (r *schoolReader) repeat(key string, f Fault) {
	if known, again := r.repeated[key]; again {
		known.cells++
		return
	}
	r.repeated[key] = &repeated{first: f, cells: 1}
}

func (r *schoolReader) warn(row int, field SchoolField, said *survey.Error) {
	r.list.Warnings = append(r.list.Warnings, r.at(row, field, said))
}

func (r *schoolReader) name(row int) string {
	text, ok := r.text(row, FieldName)
	if !ok {
		return ""
	}
	name, err := survey.ParseSchoolName(text)
	if err != nil {
		r.fault(row, FieldName, err)
	}
	if isLegacy(text) {
		r.warn(row, FieldName, survey.Refuse(survey.Invalid, "Tên có vẻ gõ bằng phông chữ cũ (TCVN3 hoặc VNI). Nếu đọc không ra chữ, chuyển sang Unicode",
			"The name seems to be typed in a legacy font (TCVN3 or VNI); convert it to Unicode if it cannot be read"))
	}
	return name
}

func (r *schoolReader) kind(row int) survey.SchoolKind {
	text, ok := r.text(row, FieldKind)
	if !ok {
		return ""
	}
	kind, err := survey.ParseSchoolKind(text)
	if err != nil {
		r.fault(row, FieldKind, err)
	}
	return kind
}

// area reads the commune from its name, its code or both. Whatever is wrong is
// one fault, at the name if the list has it.
func (r *schoolReader) area(row int) survey.Area {
	name, named := r.text(row, FieldArea)
	code, coded := r.text(row, FieldAreaCode)
	if !named || !coded {
		return survey.Area{}
	}
	if c := r.cell(row, FieldAreaCode); c.isNumber() && survey.CleanLine(c.raw) != "" {
		if _, known := r.areas.ByCode(survey.AreaCode(code)); !known {
			code = c.raw // shown with points for thousands, as numbers may be
		}
	}
	area, err := r.areas.Find(name, code)
	if err != nil {
		area, err = r.spelledOut(name, code, err)
	}
	if err != nil {
		r.fault(row, r.areaField(), err)
	}
	return area
}

var shortType = regexp.MustCompile(`(?i)^(x|p)\.\s*`)

// spelledOut tries «X. Ea Kar» as «Xã Ea Kar» and «P. Tân An» as «Phường Tân An».
func (r *schoolReader) spelledOut(name, code string, refused error) (survey.Area, error) {
	prefix := shortType.FindString(survey.CleanLine(name))
	if prefix == "" {
		return survey.Area{}, refused
	}
	word := map[string]string{"x": "Xã ", "p": "Phường "}[strings.ToLower(prefix[:1])]
	area, err := r.areas.Find(word+survey.CleanLine(name)[len(prefix):], code)
	if err != nil {
		return survey.Area{}, refused
	}
	return area, nil
}

func (r *schoolReader) areaField() SchoolField {
	if _, ok := r.by[FieldArea]; ok {
		return FieldArea
	}
	return FieldAreaCode
}

// isLegacy says whether a name has letters that Vietnamese does not have but
// that fonts of before Unicode (TCVN3, VNI) show as Vietnamese ones.
func isLegacy(name string) bool {
	return strings.ContainsAny(name, "ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿµ¸¶¹¨¾¼½¬®\u00AD")
}
