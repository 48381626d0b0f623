package sheet

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// linkColumns are the columns of the list of links, in order.
var linkColumns = []struct {
	name  string
	width float64
}{{"Mã trường", 14}, {"Tên trường", 40}, {"Loại hình", 14}, {"Xã/Phường", 24}, {"Liên kết", 48}, {"Mã QR", 15}}

const (
	linksSheet  = "Liên kết"
	linksHeader = 3  // row of the header
	linksRow    = 80 // height of a row in points, for the QR code
)

// LinkList is the list of the schools' links to write.
type LinkList struct {
	Title  string
	Links  []survey.Link                     // in their order
	Origin string                            // https://host, no slash at its end
	QR     func(survey.Link) ([]byte, error) // the code as a PNG picture
}

// WriteLinks writes a workbook with every school's link and its QR code: sheet
// «Liên kết», table LienKet.
func WriteLinks(w io.Writer, list LinkList) error {
	f := excelize.NewFile()
	defer f.Close() // everything is in memory, nothing can be lost
	for _, step := range []func(*excelize.File) error{list.frame, list.rows, list.page} {
		if err := step(f); err != nil {
			return fmt.Errorf("writing the list of links: %w", err)
		}
	}
	return f.Write(w)
}

func (l LinkList) frame(f *excelize.File) error {
	if err := f.SetSheetName("Sheet1", linksSheet); err != nil {
		return err
	}
	if err := f.SetDefaultFont(fontName); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: font(14, true)})
	if err != nil {
		return err
	}
	if err := f.SetCellStr(linksSheet, "A1", l.Title); err != nil {
		return err
	}
	if err := f.SetCellStyle(linksSheet, "A1", "A1", bold); err != nil {
		return err
	}
	for i, column := range linkColumns {
		letter, _ := excelize.ColumnNumberToName(i + 1)
		if err := f.SetColWidth(linksSheet, letter, letter, column.width); err != nil {
			return err
		}
		if err := f.SetCellStr(linksSheet, fmt.Sprintf("%s%d", letter, linksHeader), column.name); err != nil {
			return err
		}
	}
	return nil
}

func (l LinkList) rows(f *excelize.File) error {
	middle, err := f.NewStyle(&excelize.Style{Font: font(12, false), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	if err != nil {
		return err
	}
	for i, link := range l.Links {
		if err := l.row(f, linksHeader+1+i, link); err != nil {
			return fmt.Errorf("school %s: %w", link.School.Code, err)
		}
	}
	return f.SetCellStyle(linksSheet, fmt.Sprintf("A%d", linksHeader+1), fmt.Sprintf("F%d", linksHeader+max(1, len(l.Links))), middle)
}

func (l LinkList) row(f *excelize.File, row int, link survey.Link) error {
	s := link.School
	address := l.Origin + "/k/" + string(s.Link)
	for i, text := range []string{string(s.Code), s.Name, string(s.Kind), s.Area.Title(), address} {
		cell, _ := excelize.CoordinatesToCellName(i+1, row)
		if err := f.SetCellStr(linksSheet, cell, text); err != nil {
			return err
		}
	}
	if err := f.SetCellHyperLink(linksSheet, fmt.Sprintf("E%d", row), address, "External"); err != nil {
		return err
	}
	if err := f.SetRowHeight(linksSheet, row, linksRow); err != nil {
		return err
	}
	picture, err := l.QR(link)
	if err != nil {
		return err
	}
	return f.AddPictureFromBytes(linksSheet, fmt.Sprintf("F%d", row), &excelize.Picture{Extension: ".png", File: picture,
		Format: &excelize.GraphicOptions{AltText: "Mã QR của " + s.Name, AutoFit: true, LockAspectRatio: true, OffsetX: 2, OffsetY: 2}})
}

func (l LinkList) page(f *excelize.File) error {
	stripes := true
	if err := f.AddTable(linksSheet, &excelize.Table{Range: fmt.Sprintf("A%d:F%d", linksHeader, linksHeader+max(1, len(l.Links))),
		Name: "LienKet", StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
		return err
	}
	if err := f.SetPanes(linksSheet, &excelize.Panes{Freeze: true, YSplit: linksHeader, TopLeftCell: fmt.Sprintf("A%d", linksHeader+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	a4, landscape, wide, high := 9, "landscape", 1, 0
	if err := f.SetPageLayout(linksSheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	fit := true
	if err := f.SetSheetProps(linksSheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", linksSheet, linksHeader, linksHeader), Scope: linksSheet})
}
