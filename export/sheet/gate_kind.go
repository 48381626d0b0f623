package sheet

import (
	"bytes"
	"strings"
	"unicode/utf16"

	"hailong/survey"
)

var (
	magicOLE  = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1} // .xls, and .xlsx with a password
	magicZip  = []byte("PK\x03\x04")
	encrypted = wide("EncryptedPackage")
)

// refuseForeign looks at the first bytes: names and extensions prove nothing.
func refuseForeign(data []byte) error {
	switch {
	case len(data) == 0:
		return survey.Refuse(survey.Invalid, "Tệp trống. Chọn tệp danh sách rồi nạp lại", "The file is empty; choose the list's file")
	case len(data) > MaxUpload:
		return survey.Refuse(survey.Invalid, "Tệp lớn hơn %d MB. Xóa hình ảnh và các trang không cần, lưu lại rồi nạp lại",
			"The file is larger than %d MB; remove pictures and sheets that are not needed", MaxUpload>>20)
	case bytes.HasPrefix(data, magicOLE) && bytes.Contains(data, encrypted):
		return survey.Refuse(survey.Invalid, "Tệp có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi nạp lại",
			"The file has a password; open it in Excel, remove the password and save it again")
	case bytes.HasPrefix(data, magicOLE):
		return survey.Refuse(survey.Invalid, "Đây là tệp Excel kiểu cũ (.xls). Mở bằng Excel, lưu lại thành kiểu .xlsx rồi nạp lại",
			"This is an old Excel file (.xls); open it in Excel and save it as .xlsx")
	case !bytes.HasPrefix(data, magicZip):
		return errNotExcel()
	}
	return nil
}

// refuseOtherOffice tells the other kinds of packed office files apart by
// what is in them.
func refuseOtherOffice(parts map[string][]byte) error {
	types := strings.ToLower(string(parts["[content_types].xml"]))
	switch {
	case hasPart(parts, "vbaproject") || strings.Contains(types, "macroenabled"):
		return survey.Refuse(survey.Invalid, "Tệp có chứa macro. Lưu lại thành kiểu .xlsx (không có macro) rồi nạp lại",
			"The file holds macros; save it as .xlsx, without macros")
	case hasPart(parts, "xl/workbook.bin"):
		return survey.Refuse(survey.Invalid, "Đây là tệp Excel kiểu nhị phân (.xlsb). Lưu lại thành kiểu .xlsx rồi nạp lại",
			"This is a binary Excel file (.xlsb); save it as .xlsx")
	case hasPart(parts, "mimetype") && hasPart(parts, "content.xml"):
		return survey.Refuse(survey.Invalid, "Đây là tệp OpenDocument (.ods). Lưu lại thành kiểu .xlsx rồi nạp lại",
			"This is an OpenDocument file (.ods); save it as .xlsx")
	case types == "":
		return errNotExcel()
	case bytes.Count(parts["xl/sharedstrings.xml"], []byte("<si")) > maxStrings:
		return errTooMuch()
	}
	return nil
}

func hasPart(parts map[string][]byte, fragment string) bool {
	for name := range parts {
		if strings.Contains(name, fragment) {
			return true
		}
	}
	return false
}

func errNotExcel() error {
	return survey.Refuse(survey.Invalid, "Đây không phải tệp Excel .xlsx. Mở danh sách bằng Excel, lưu thành kiểu .xlsx rồi nạp lại",
		"This is not an Excel .xlsx file; open the list in Excel and save it as .xlsx")
}

// wide gives a text as the two-byte letters in which OLE files name streams.
func wide(s string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}
