package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// MaxUpload is the size in bytes of the largest workbook that is read.
const MaxUpload = 2 << 20

const (
	maxParts    = 200
	maxInflated = 8 << 20 // bytes of all parts together, unpacked
	maxRows     = 6000
	maxColumns  = 64
	maxStrings  = 100000 // different texts in a workbook
	maxExtent   = 500000 // cells, blank ones up to the last of each row included
)

// upload is a workbook that somebody brought and that passed the gate.
type upload struct {
	file   *excelize.File
	sheets []uploadSheet
	dates  map[int]bool // by style: whether it shows a date
}

// openUpload lets a workbook in: the cheap checks first, so that a hostile or
// broken file costs milliseconds, then the Excel library. Every refusal is a
// *survey.Error of kind Invalid.
func openUpload(data []byte) (*upload, error) {
	if err := refuseForeign(data); err != nil {
		return nil, err
	}
	parts, err := inflate(data)
	if err != nil {
		return nil, err
	}
	if err := refuseOtherOffice(parts); err != nil {
		return nil, err
	}
	sheets, err := listSheets(parts)
	if err != nil {
		return nil, err
	}
	u := &upload{sheets: sheets, dates: map[int]bool{}}
	err = guarded(func() (err error) {
		u.file, err = excelize.OpenReader(bytes.NewReader(data),
			excelize.Options{UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: maxInflated})
		return err
	})
	if err != nil {
		return nil, err
	}
	return u, nil
}

// guarded runs what is done with a foreign file. The Excel library's errors and
// panics both mean that the file is damaged; refusals pass through.
func guarded(work func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = errBroken(fmt.Errorf("excel library stopped: %v", cause))
		}
	}()
	err = work()
	var refusal *survey.Error
	if err != nil && !errors.As(err, &refusal) {
		return errBroken(err)
	}
	return err
}

// inflate unpacks every part and counts what really comes out, because the
// sizes that a file states may be wrong.
func inflate(data []byte) (map[string][]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errBroken(err)
	}
	if len(archive.File) > maxParts {
		return nil, survey.Refuse(survey.Invalid, "Tệp có hơn %d phần bên trong. Chép riêng danh sách sang một tệp mới rồi nạp lại",
			"The file has more than %d parts; copy the list alone into a new file", maxParts)
	}
	stated := uint64(0)
	for _, part := range archive.File {
		stated += min(part.UncompressedSize64, maxInflated+1)
	}
	if stated > maxInflated {
		return nil, errTooMuch()
	}
	return inflateParts(archive.File)
}

func inflateParts(files []*zip.File) (map[string][]byte, error) {
	parts := make(map[string][]byte, len(files))
	left := int64(maxInflated)
	for _, file := range files {
		content, err := inflatePart(file, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(content))
		name := strings.ToLower(strings.ReplaceAll(file.Name, `\`, "/"))
		if _, twice := parts[name]; twice {
			return nil, errBroken(fmt.Errorf("part %q is there twice", name))
		}
		parts[name] = content
	}
	return parts, nil
}

func inflatePart(file *zip.File, left int64) ([]byte, error) {
	r, err := file.Open()
	if err != nil {
		return nil, errBroken(err)
	}
	defer r.Close() // nothing was written
	content, err := io.ReadAll(io.LimitReader(r, left+1))
	switch {
	case int64(len(content)) > left:
		return nil, errTooMuch()
	case err != nil:
		return nil, errBroken(err)
	}
	return content, nil
}

func errTooMuch() error {
	return survey.Refuse(survey.Invalid, "Nội dung tệp quá lớn khi mở ra. Chép riêng danh sách sang một tệp mới rồi nạp lại",
		"The file's content is too large once unpacked; copy the list alone into a new file")
}

func errBroken(cause error) error {
	e := survey.Refuse(survey.Invalid, "Tệp bị hỏng hoặc tải về chưa xong. Mở bằng Excel, lưu lại thành kiểu .xlsx rồi nạp lại",
		"The file is damaged or incomplete; open it in Excel, save it again as .xlsx and retry")
	e.Err = cause
	return e
}
