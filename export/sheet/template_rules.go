package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// choices lists the kinds and the communes on a sheet of their own, where the
// list's cells find them.
func (t *template) choices() error {
	if err := t.file.SetSheetRow(templateChoice, "A1", &[]string{"Loại hình", "Xã/Phường", "Mã xã"}); err != nil {
		return err
	}
	for i, kind := range survey.SchoolKinds() {
		if err := t.file.SetCellStr(templateChoice, fmt.Sprintf("A%d", i+2), string(kind)); err != nil {
			return err
		}
	}
	for i, area := range t.areas.All() {
		if err := t.file.SetSheetRow(templateChoice, fmt.Sprintf("B%d", i+2), &[]string{area.Title(), string(area.Code)}); err != nil {
			return err
		}
	}
	if err := t.file.SetColWidth(templateChoice, "A", "C", 26); err != nil {
		return err
	}
	bold, err := t.file.NewStyle(&excelize.Style{Font: font(11, true)})
	if err != nil {
		return err
	}
	return t.file.SetCellStyle(templateChoice, "A1", "C1", bold)
}

// rules attaches the choices and the limits to the list's cells.
func (t *template) rules() error {
	kinds, areas := len(survey.SchoolKinds()), len(t.areas.All())
	if err := t.rule("D", "Chọn loại hình trong danh sách", func(v *excelize.DataValidation) error {
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$A$2:$A$%d", templateChoice, kinds+1))
		return nil
	}); err != nil {
		return err
	}
	if err := t.rule("E", "Chọn xã, phường trong danh sách", func(v *excelize.DataValidation) error {
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$B$2:$B$%d", templateChoice, areas+1))
		return nil
	}); err != nil {
		return err
	}
	for i, c := range templateColumns {
		if !c.field.isLevel() {
			continue
		}
		if err := t.rule(letter(i+1), "Ghi số nguyên từ 1 đến 10.000, hoặc để trống nếu trường không có cấp này", func(v *excelize.DataValidation) error {
			return v.SetRange(1, survey.MaxEnrolment, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
		}); err != nil {
			return err
		}
	}
	return nil
}

// rulings draws lines around the rows below the prepared ones as they are
// filled in, so that an empty list does not print page after page of lines.
func (t *template) rulings() error {
	style, err := t.file.NewConditionalStyle(&excelize.Style{Border: thinBorders()})
	if err != nil {
		return err
	}
	first := templateRuled + 1
	return t.file.SetConditionalFormat(templateSheet, fmt.Sprintf("A%d:L%d", first, templateLast),
		[]excelize.ConditionalFormatOptions{{Type: "formula", Criteria: fmt.Sprintf("COUNTA($B%d:$L%d)>0", first, first), Format: &style}})
}

func (t *template) rule(col, sentence string, limit func(*excelize.DataValidation) error) error {
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s%d:%s%d", col, templateFirst, col, templateLast)
	if err := limit(v); err != nil {
		return err
	}
	v.SetError(excelize.DataValidationErrorStyleStop, "Xem lại ô này", sentence)
	return t.file.AddDataValidation(templateSheet, v)
}

// page sets what is seen while scrolling and on paper.
func (t *template) page() error {
	landscape, a4, one, many := "landscape", 9, 1, 0
	if err := t.file.SetPanes(templateSheet, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: templateFirst - 1,
		TopLeftCell: fmt.Sprintf("D%d", templateFirst), ActivePane: "bottomRight"}); err != nil {
		return err
	}
	if err := t.file.SetPageLayout(templateSheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	fit := true
	if err := t.file.SetSheetProps(templateSheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return t.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: templateSheet,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", templateSheet, templateTop, templateTop+1)})
}

func (t *template) merged(from, to, text string, look *excelize.Style) error {
	style, err := t.file.NewStyle(look)
	if err != nil {
		return err
	}
	if err := t.file.SetCellStyle(templateSheet, from, to, style); err != nil {
		return err
	}
	if from != to {
		if err := t.file.MergeCell(templateSheet, from, to); err != nil {
			return err
		}
	}
	return t.file.SetCellStr(templateSheet, from, text)
}

// columnStyle formats a whole column and leaves the rows above the list as
// they are: the library would format their cells too.
func (t *template) columnStyle(col string, style int) error {
	kept := map[string]int{}
	for row := 1; row < templateFirst; row++ {
		cell := fmt.Sprintf("%s%d", col, row)
		was, err := t.file.GetCellStyle(templateSheet, cell)
		if err != nil {
			return err
		}
		kept[cell] = was
	}
	if err := t.file.SetColStyle(templateSheet, col, style); err != nil {
		return err
	}
	for cell, was := range kept {
		if err := t.file.SetCellStyle(templateSheet, cell, cell, was); err != nil {
			return err
		}
	}
	return nil
}

func centred(wrap bool) *excelize.Alignment {
	return &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: wrap}
}
