package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// guideLines are the instructions, a heading and what belongs to it. They run
// down the sheet, so that no row of them looks like a list's header.
var guideLines = [][2]string{
	{"Cách điền", "Mỗi trường một dòng, từ dòng 8 của trang «Danh sách trường». Không cần điền cột STT."},
	{"Mã trường", "Mã của trường trong cơ sở dữ liệu ngành: 1 đến 20 chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối. Mỗi trường một mã. Ô đã để dạng Văn bản để giữ số 0 ở đầu."},
	{"Tên trường", "Tên đầy đủ, nhiều nhất 150 chữ cái. Hai trường được trùng tên."},
	{"Loại hình", "Chọn trong danh sách của ô. Trường có nhiều cấp chọn loại có đủ các cấp, ví dụ TH&THCS."},
	{"Xã/Phường", "Chọn trong danh sách của ô. Danh sách đầy đủ có ở trang «Danh mục»."},
	{"Mã xã", "Không cần điền. Nếu điền thì phải khớp với tên xã, phường."},
	{"Địa chỉ", "Không cần điền."},
	{"Sĩ số", "Số học sinh, học viên của từng cấp, số nguyên từ 1 đến 10.000. Để trống cấp mà trường không có. Mỗi trường có ít nhất một cấp."},
	{"Chép từ tệp khác", "Dùng Dán đặc biệt, chọn Giá trị, để giữ định dạng và danh sách chọn của các ô."},
	{"Dòng tổng, chữ ký", "Có thể thêm dòng Tổng cộng và phần ký tên ở dưới danh sách. Các dòng này không được nạp."},
	{"Cột thêm", "Có thể thêm cột riêng ở bên phải. Các cột này không được nạp. Không xóa, không đổi tên các cột có sẵn."},
	{"Nạp danh sách", "Lưu tệp thành kiểu .xlsx, không đặt mật khẩu. Nếu có ô cần sửa, chương trình chỉ ra từng ô và chưa nạp trường nào."},
	{"Nạp lại", "Danh sách nạp lại được so theo mã trường. Trường không còn trong danh sách không bị xóa, chỉ được báo lại."},
}

// guide writes the instructions.
func (t *template) guide() error {
	head, err := t.file.NewStyle(&excelize.Style{Font: font(14, true)})
	if err != nil {
		return err
	}
	name, err := t.file.NewStyle(&excelize.Style{Font: font(12, true), Alignment: &excelize.Alignment{Vertical: "top"}, Border: thinBorders()})
	if err != nil {
		return err
	}
	text, err := t.file.NewStyle(&excelize.Style{Font: font(12, false), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: thinBorders()})
	if err != nil {
		return err
	}
	if err := t.guideCell("A1", "Hướng dẫn điền danh sách trường", head); err != nil {
		return err
	}
	for i, line := range guideLines {
		row := i + 3
		if err := t.guideCell(fmt.Sprintf("A%d", row), line[0], name); err != nil {
			return err
		}
		if err := t.guideCell(fmt.Sprintf("B%d", row), line[1], text); err != nil {
			return err
		}
		if err := t.file.SetRowHeight(templateGuide, row, guideHeight(line[1])); err != nil {
			return err
		}
	}
	return t.guidePage()
}

func (t *template) guideCell(cell, text string, style int) error {
	if err := t.file.SetCellStr(templateGuide, cell, text); err != nil {
		return err
	}
	return t.file.SetCellStyle(templateGuide, cell, cell, style)
}

func (t *template) guidePage() error {
	if err := t.file.SetColWidth(templateGuide, "A", "A", 22); err != nil {
		return err
	}
	if err := t.file.SetColWidth(templateGuide, "B", "B", 70); err != nil {
		return err
	}
	portrait, a4, one, many, fit := "portrait", 9, 1, 0, true
	for _, sheet := range []string{templateGuide, templateChoice} {
		if err := t.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &portrait, Size: &a4, FitToWidth: &one, FitToHeight: &many}); err != nil {
			return err
		}
		if err := t.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
			return err
		}
	}
	return nil
}

// guideHeight is the height in points of a row with a text that wraps: not
// every program measures it when it opens the file.
func guideHeight(text string) float64 {
	const perLine, linePoints = 66, 17
	return float64(len([]rune(text))/perLine+1) * linePoints
}
