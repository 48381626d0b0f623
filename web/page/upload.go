package page

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

const (
	maxUploadParts = 20      // fields and files of a form with files
	maxUploadField = 4 << 10 // bytes of a field that is no file

	// UploadRoom is how many bytes a form with a file may have beside the file.
	UploadRoom = 16 << 10
)

// File is a file that was sent with a form. Its name is for reading only and
// never becomes a path.
type File struct {
	Name    string
	Content []byte
}

// Missing says whether no file was chosen.
func (f File) Missing() bool { return f.Name == "" && len(f.Content) == 0 }

// ReadUpload reads a form with one file from the body of a POST: every part is
// a plain field or the file of the field named, each of them once. The token of
// the session is left out, as in ReadForm. A body that is no such form gives
// 415; one with anything else in it is Invalid. How large it may be is said
// where the address is routed.
func ReadUpload(c *fiber.Ctx, field string) (Form, File, error) {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || params["boundary"] == "" || len(params["boundary"]) > 70 {
		return nil, File{}, fiber.ErrUnsupportedMediaType
	}
	in := intake{field: field}
	parts := multipart.NewReader(bytes.NewReader(c.BodyRaw()), params["boundary"])
	for range maxUploadParts {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return slices.DeleteFunc(in.form, func(f Field) bool { return f.Name == TokenField }), in.file, nil
		}
		if err != nil || !in.take(part) {
			return nil, File{}, errUpload()
		}
	}
	return nil, File{}, errUpload()
}

// intake is what came of a form with a file so far.
type intake struct {
	field string // that of the file
	form  Form
	file  File
	taken bool // the file is there
}

// take reads a part; false when there should be none such.
func (in *intake) take(part *multipart.Part) bool {
	if !plainPart(part.Header) {
		return false
	}
	name, saved, isFile := partNames(part)
	content, err := io.ReadAll(part)
	switch {
	case err != nil || name == "" || isFile != (name == in.field) || in.form.has(name) || isFile && in.taken:
		return false
	case isFile:
		in.file, in.taken = File{Name: saved, Content: content}, true
		return true
	}
	in.form = append(in.form, Field{name, string(content)})
	return len(content) <= maxUploadField && utf8.Valid(content)
}

// partNames gives the field of a part, and of a file its name, without any
// folder.
func partNames(part *multipart.Part) (field, saved string, isFile bool) {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil || !utf8.ValidString(params["name"]) {
		return "", "", false
	}
	name, isFile := params["filename"]
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	if name == "." || name == "/" {
		name = ""
	}
	return params["name"], survey.CleanLine(name), isFile
}

// plainPart says whether a part is what browsers send: named, not encoded, and
// no form within the form.
func plainPart(h textproto.MIMEHeader) bool {
	disposition, _, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	inner, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && disposition == "form-data" && h.Get("Content-Transfer-Encoding") == "" && !strings.HasPrefix(inner, "multipart/")
}

func (f Form) has(name string) bool {
	return slices.ContainsFunc(f, func(field Field) bool { return field.Name == name })
}

func errUpload() error {
	return survey.Refuse(survey.Invalid, "Không đọc được tệp đã gửi. Tải lại trang, chọn tệp rồi gửi lại", "The form with the file cannot be read; load the page again and send the file again")
}
