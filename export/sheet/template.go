package sheet

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

const (
	templateSheet  = "Danh sách trường"
	templateGuide  = "Hướng dẫn"
	templateChoice = "Danh mục"
	templateTop    = 6 // the header's first row
	templateFirst  = 8 // the first school's row
	templateLast   = templateFirst + 2999
	templateRuled  = templateFirst + 29 // last row with lines drawn beforehand
)

// templateColumn is a column of the empty list.
type templateColumn struct {
	field  SchoolField
	width  float64
	asText bool
}

var templateColumns = []templateColumn{
	{FieldNumber, 6, false}, {FieldCode, 14, true}, {FieldName, 38, true}, {FieldKind, 14, true}, {FieldArea, 24, true}, {FieldAreaCode, 10, true},
	{FieldAddress, 34, true}, {SchoolField(survey.LevelMN), 10, false}, {SchoolField(survey.LevelTH), 10, false}, {SchoolField(survey.LevelTHCS), 10, false},
	{SchoolField(survey.LevelTHPT), 10, false}, {SchoolField(survey.LevelGDTX), 10, false},
}

// WriteSchoolTemplate writes an empty school list to fill in, with choices for
// kind and commune, whole numbers for enrolments, text format for codes, and a
// sheet of instructions. ReadSchools reads it once it is filled in.
func WriteSchoolTemplate(w io.Writer, areas survey.Areas) error {
	t := &template{file: excelize.NewFile(), areas: areas}
	defer t.file.Close() // everything is in memory, nothing can be lost
	for _, step := range []func() error{t.sheets, t.choices, t.letterhead, t.headers, t.columns, t.rules, t.rulings, t.page, t.guide} {
		if err := step(); err != nil {
			return fmt.Errorf("writing the empty school list: %w", err)
		}
	}
	return t.file.Write(w)
}

// template is the workbook while it is made.
type template struct {
	file  *excelize.File
	areas survey.Areas
}

func (t *template) sheets() error {
	if err := t.file.SetSheetName("Sheet1", templateSheet); err != nil {
		return err
	}
	if err := t.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	for _, name := range []string{templateGuide, templateChoice} {
		if _, err := t.file.NewSheet(name); err != nil {
			return err
		}
	}
	return nil
}

func (t *template) letterhead() error {
	title := &excelize.Style{Font: font(14, true), Alignment: centred(false)}
	lines := []struct {
		from, to, text string
		style          *excelize.Style
	}{
		{"A1", "E1", "(Tên cơ quan cấp trên)", &excelize.Style{Font: font(12, false), Alignment: centred(false)}},
		{"A2", "E2", "(Tên cơ quan lập danh sách)", &excelize.Style{Font: font(12, true), Alignment: centred(false)}},
		{"A4", "L4", "DANH SÁCH TRƯỜNG NĂM HỌC ……", title},
	}
	for _, line := range lines {
		if err := t.merged(line.from, line.to, line.text, line.style); err != nil {
			return err
		}
	}
	return nil
}

// headers writes the two rows of the header: one cell over the five levels,
// the other columns over both rows.
func (t *template) headers() error {
	style := &excelize.Style{Font: font(11, true), Alignment: centred(true), Border: thinBorders(),
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2EFDA"}}}
	if err := t.merged("H6", "L6", "Số học sinh, học viên", style); err != nil {
		return err
	}
	for i, c := range templateColumns {
		top, bottom := fmt.Sprintf("%s%d", letter(i+1), templateTop), fmt.Sprintf("%s%d", letter(i+1), templateTop+1)
		if c.field.isLevel() {
			top = bottom
		}
		if err := t.merged(top, bottom, c.field.Title(), style); err != nil {
			return err
		}
	}
	return t.file.SetRowHeight(templateSheet, templateTop, 24)
}

// columns sets widths and formats. The format belongs to the whole column, so
// that rows pasted far below keep their codes as text.
func (t *template) columns() error {
	for i, c := range templateColumns {
		plain := &excelize.Style{Font: font(11, false), Alignment: &excelize.Alignment{Vertical: "center", WrapText: c.field == FieldName || c.field == FieldAddress}}
		if c.asText {
			plain.NumFmt = 49 // text
		}
		if err := t.column(i+1, c.width, plain); err != nil {
			return err
		}
	}
	return nil
}

func (t *template) column(index int, width float64, plain *excelize.Style) error {
	col := letter(index)
	ruled := *plain
	ruled.Border = thinBorders()
	whole, err := t.file.NewStyle(plain)
	if err != nil {
		return err
	}
	part, err := t.file.NewStyle(&ruled)
	if err != nil {
		return err
	}
	if err := t.file.SetColWidth(templateSheet, col, col, width); err != nil {
		return err
	}
	if err := t.columnStyle(col, whole); err != nil {
		return err
	}
	return t.file.SetCellStyle(templateSheet, fmt.Sprintf("%s%d", col, templateFirst), fmt.Sprintf("%s%d", col, templateRuled), part)
}
