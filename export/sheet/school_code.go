package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"hailong/survey"
)

// exactDigits is how many digits of a number Excel keeps.
const exactDigits = 15

var (
	scientific = regexp.MustCompile(`^\d+([.,]\d+)?[eE]\+?\d+$`)
	lookAlike  = strings.NewReplacer("O", "0", "I", "1", "L", "1")
)

// code reads a school's code as it is shown: a number 123 formatted as 000123
// is the code 000123.
func (r *schoolReader) code(row int) survey.SchoolCode {
	text, ok := r.text(row, FieldCode)
	if !ok {
		return ""
	}
	text = survey.CleanLine(text)
	if text == "" {
		r.fault(row, FieldCode, survey.Refuse(survey.Invalid, "Chưa có mã trường. Ghi mã của trường", "The school's code is missing"))
		return ""
	}
	if err := r.checkStored(row, text); err != nil {
		r.fault(row, FieldCode, err)
		return ""
	}
	code, err := survey.ParseSchoolCode(text)
	if err != nil {
		r.fault(row, FieldCode, err)
		return ""
	}
	r.compareCode(row, code)
	return code
}

// checkStored refuses codes that Excel has turned into something else, and
// warns where the stored number and the text shown differ.
func (r *schoolReader) checkStored(row int, text string) error {
	c := r.cell(row, FieldCode)
	switch {
	case c.kind == "d" || c.isNumber() && r.upload.showsDate(c.style):
		return survey.Refuse(survey.Invalid, "Excel đã đổi mã thành ngày tháng. Chuyển định dạng ô sang Văn bản rồi ghi lại mã", "Excel turned the code into a date; set the cell's format to Text and write the code again")
	case c.kind == "b":
		return survey.Refuse(survey.Invalid, "Ô này là giá trị đúng/sai, không phải mã. Ghi lại mã của trường", "This cell is a truth value, no code; write the code again")
	case scientific.MatchString(text) || c.isNumber() && !isExact(c.raw):
		return survey.Refuse(survey.Invalid, "Mã bị Excel đổi vì định dạng ô là Số, hãy chuyển sang Văn bản rồi ghi lại mã", "Excel changed the code because the cell's format is Number; set it to Text and write the code again")
	case c.isNumber() && text != strings.TrimSpace(c.raw):
		r.repeat("shown "+r.by[FieldCode].Letter, r.at(row, FieldCode, survey.Refuse(survey.Invalid,
			"Ô lưu số %s nhưng hiện %s; đã lấy mã đang hiện", "The cell stores the number %s and shows %s; the code shown was taken", shorten(c.raw), text)))
	}
	return nil
}

// isExact says whether a stored number is whole and short enough to be what
// somebody typed.
func isExact(raw string) bool {
	x, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	return err == nil && x == math.Trunc(x) && math.Abs(x) < math.Pow10(exactDigits)
}

// compareCode finds codes that are used twice, whatever their case.
func (r *schoolReader) compareCode(row int, code survey.SchoolCode) {
	key := strings.ToUpper(string(code))
	if first, twice := r.codes[key]; twice {
		r.fault(row, FieldCode, survey.Refuse(survey.Invalid, "Dòng %d và dòng %d có cùng mã trường. Mỗi trường một mã, sửa một trong hai dòng",
			"Rows %d and %d have the same code; each school needs its own, correct one of them", first, row))
		return
	}
	r.codes[key] = row
	if first, near := r.alike[lookAlike.Replace(key)]; near {
		r.warn(row, FieldCode, survey.Refuse(survey.Invalid, "Mã này chỉ khác mã ở dòng %d một chữ dễ nhầm (O và 0, I, L và 1). Xem lại hai mã",
			"This code differs from the one in row %d only by letters that are easily mistaken (O and 0, I, L and 1)", first))
		return
	}
	r.alike[lookAlike.Replace(key)] = row
}
