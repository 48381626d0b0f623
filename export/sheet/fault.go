package sheet

import (
	"fmt"
	"strings"

	"hailong/survey"
)

// maxFaultLines bounds how many faults are printed; all are counted.
const maxFaultLines = 100

// Fault is what is wrong, or worth a look, at one cell of a workbook. Message
// (Vietnamese) and English are sentences that say what to do.
type Fault struct {
	Sheet   string
	Row     int    // from 1, as in Excel
	Column  string // letters, as in Excel; empty when the whole row is meant
	Header  string // the column's header as it stands in the sheet
	Value   string // as shown in the cell, shortened
	Message string
	English string
}

// In gives the place and the sentence in one line, in the language asked for.
func (f Fault) In(lang survey.Language) string {
	place, value := "Trang «%s», dòng %d", ", ghi «%s»"
	sentence := f.Message
	if lang == survey.LangEN && f.English != "" {
		place, value, sentence = "Sheet «%s», row %d", ", found «%s»", f.English
	}
	line := fmt.Sprintf(place, f.Sheet, f.Row)
	if f.Column != "" {
		line += ", " + f.column(lang)
	}
	if f.Value != "" {
		line += fmt.Sprintf(value, f.Value)
	}
	return line + ": " + sentence
}

func (f Fault) column(lang survey.Language) string {
	word := "cột "
	if lang == survey.LangEN {
		word = "column "
	}
	if f.Header == "" {
		return word + f.Column
	}
	return word + f.Column + " (" + f.Header + ")"
}

// Faults are all faults of a workbook, in the order of its rows. They are the
// cause of the *survey.Error that refuses it; errors.As reaches them.
type Faults []Fault

// Error gives a line for each fault, at most 100.
func (f Faults) Error() string { return f.In(survey.LangVI) }

// In gives a line for each fault in the language asked for, at most 100, and
// how many more there are.
func (f Faults) In(lang survey.Language) string {
	var lines []string
	for _, fault := range f[:min(len(f), maxFaultLines)] {
		lines = append(lines, fault.In(lang))
	}
	if more := len(f) - maxFaultLines; more > 0 && lang == survey.LangEN {
		lines = append(lines, fmt.Sprintf("… and %d more", more))
	} else if more > 0 {
		lines = append(lines, fmt.Sprintf("… và %s chỗ nữa", survey.Count(more)))
	}
	return strings.Join(lines, "\n")
}

// refusal is the error that carries all faults; nil when there is none.
func (f Faults) refusal() error {
	if len(f) == 0 {
		return nil
	}
	e := survey.Refuse(survey.Invalid, "Danh sách có %d chỗ cần sửa, chưa nạp trường nào. Sửa các ô sau rồi nạp lại",
		"The list has %d faults and nothing was taken in; correct these cells and retry", len(f))
	e.Err = f
	return e
}
