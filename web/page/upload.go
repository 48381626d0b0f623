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
	maxUploadFiles = 1000    // further files
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
	form, file, _, err := readParts(c, intake{field: field})
	return form, file, err
}

// ReadUploads is ReadUpload with up to 1,000 files in another field, more.
// Names of those come once each.
func ReadUploads(c *fiber.Ctx, field, more string) (Form, File, []File, error) {
	return readParts(c, intake{field: field, more: more})
}

func readParts(c *fiber.Ctx, in intake) (Form, File, []File, error) {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || params["boundary"] == "" || len(params["boundary"]) > 70 {
		return nil, File{}, nil, fiber.ErrUnsupportedMediaType
	}
	most := maxUploadParts
	if in.more != "" {
		most += maxUploadFiles
	}
	parts := multipart.NewReader(bytes.NewReader(c.BodyRaw()), params["boundary"])
	for range most {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return slices.DeleteFunc(in.form, func(f Field) bool { return f.Name == TokenField }), in.file, in.files, nil
		}
		if err != nil || !in.take(part) {
			return nil, File{}, nil, errUpload()
		}
	}
	return nil, File{}, nil, errUpload()
}

// intake is what came of a form with a file so far.
type intake struct {
	field string // that of the file
	more  string // that of further files; empty: there are none
	form  Form
	files []File
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
	case err == nil && isFile && name == in.more && name != "":
		return in.takeMore(File{Name: saved, Content: content})
	case err != nil || name == "" || name == in.more || isFile != (name == in.field) || in.form.has(name) || isFile && in.taken:
		return false
	case isFile:
		in.file, in.taken = File{Name: saved, Content: content}, true
		return true
	}
	in.form = append(in.form, Field{name, string(content)})
	return len(content) <= maxUploadField && utf8.Valid(content)
}

// takeMore takes a further file; a browser sends one without a name when none
// was chosen.
func (in *intake) takeMore(f File) bool {
	if f.Missing() {
		return true
	}
	in.files = append(in.files, f)
	return !slices.ContainsFunc(in.files[:len(in.files)-1], func(other File) bool { return other.Name == f.Name })
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
