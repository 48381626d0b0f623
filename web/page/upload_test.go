package page_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

const boundary = "----b"

// part is one part of a form as browsers write it.
func part(disposition, more, content string) string {
	return "--" + boundary + "\r\nContent-Disposition: " + disposition + "\r\n" + more + "\r\n" + content + "\r\n"
}

func fieldPart(name, value string) string { return part(`form-data; name="`+name+`"`, "", value) }

func filePart(name, saved, content string) string {
	return part(`form-data; name="`+name+`"; filename="`+saved+`"`, "Content-Type: application/octet-stream\r\n", content)
}

// readUpload sends a body to a handler that reads it.
func readUpload(t *testing.T, kind, body string) (form page.Form, got page.File, err error) {
	t.Helper()
	app := fiber.New(fiber.Config{DisablePreParseMultipartForm: true}) // as web has it
	app.Post("/", func(c *fiber.Ctx) error {
		form, got, err = page.ReadUpload(c, "tep")
		return nil
	})
	r := httptest.NewRequest("POST", "/", bytes.NewReader([]byte(body)))
	r.Header.Set("Content-Type", kind)
	if _, err := app.Test(r); err != nil {
		t.Fatal(err)
	}
	return form, got, err
}

const multipartKind = "multipart/form-data; boundary=" + boundary

func TestReadUpload(t *testing.T) {
	body := fieldPart("phien", "x") + fieldPart("ghi-chu", "đầy đủ") + filePart("tep", `C:\máy\danh sách.xlsx`, "PK\x00\xff") + "--" + boundary + "--\r\n"
	form, got, err := readUpload(t, multipartKind, body)
	if err != nil || len(form) != 1 || form.Get("ghi-chu") != "đầy đủ" || got.Name != "danh sách.xlsx" || string(got.Content) != "PK\x00\xff" || got.Missing() {
		t.Errorf("%v %q %v", form, got, err)
	}
	_, got, err = readUpload(t, multipartKind, filePart("tep", "", "")+"--"+boundary+"--\r\n")
	if err != nil || !got.Missing() {
		t.Errorf("no file chosen: %q %v", got, err)
	}
	if _, got, err = readUpload(t, multipartKind, filePart("tep", "../../etc/passwd", "x")+"--"+boundary+"--\r\n"); err != nil || got.Name != "passwd" {
		t.Errorf("a path for a name: %q %v", got, err)
	}
}

func TestReadUploadRefuses(t *testing.T) {
	end := "--" + boundary + "--\r\n"
	var many strings.Builder
	for i := range 25 {
		many.WriteString(fieldPart(fmt.Sprint("f", i), "x"))
	}
	for name, body := range map[string]string{
		"two files":           filePart("tep", "a", "1") + filePart("tep", "b", "2") + end,
		"a file elsewhere":    filePart("khac", "a", "1") + end,
		"a field for a file":  fieldPart("tep", "x") + end,
		"a field twice":       fieldPart("a", "1") + fieldPart("a", "2") + end,
		"a field like a file": fieldPart("a", strings.Repeat("x", 5000)) + end,
		"no UTF-8":            fieldPart("a", "\xff") + end,
		"no name":             part("form-data", "", "x") + end,
		"no form data":        part(`attachment; name="a"`, "", "x") + end,
		"encoded":             part(`form-data; name="a"`, "Content-Transfer-Encoding: base64\r\n", "eA==") + end,
		"a form in the form":  part(`form-data; name="a"`, "Content-Type: multipart/mixed; boundary=c\r\n", "x") + end,
		"cut off":             filePart("tep", "a", "1"),
		"many parts":          many.String() + end,
	} {
		if form, got, err := readUpload(t, multipartKind, body); survey.KindOf(err) != survey.Invalid || len(form) > 0 || !got.Missing() {
			t.Errorf("%s: %v %q %v", name, form, got, err)
		}
	}
	for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/mixed; boundary=" + boundary, "multipart/form-data", "multipart/form-data; boundary=" + strings.Repeat("b", 71)} {
		if _, _, err := readUpload(t, kind, fieldPart("a", "1")+end); err != fiber.ErrUnsupportedMediaType {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// Several files come in a field of their own.
func TestReadUploads(t *testing.T) {
	end := "--" + boundary + "--\r\n"
	read := func(body string) (file page.File, more []page.File, err error) {
		app := fiber.New(fiber.Config{DisablePreParseMultipartForm: true})
		app.Post("/", func(c *fiber.Ctx) error {
			_, file, more, err = page.ReadUploads(c, "tep", "ghi-am")
			return nil
		})
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", multipartKind)
		if _, err := app.Test(r); err != nil {
			t.Fatal(err)
		}
		return file, more, err
	}
	var many strings.Builder
	for i := range 300 {
		many.WriteString(filePart("ghi-am", fmt.Sprint(i, ".m4a"), "x"))
	}
	if file, more, err := read(many.String() + filePart("tep", "a.xlsx", "1") + end); err != nil || file.Name != "a.xlsx" || len(more) != 300 || more[299].Name != "299.m4a" {
		t.Errorf("%q, %d, %v", file.Name, len(more), err)
	}
	if file, more, err := read(filePart("tep", "a.xlsx", "1") + filePart("ghi-am", "", "") + end); err != nil || file.Missing() || len(more) != 0 {
		t.Errorf("none chosen: %q, %d, %v", file.Name, len(more), err)
	}
	for name, body := range map[string]string{
		"a name twice":            filePart("ghi-am", "a/1.m4a", "1") + filePart("ghi-am", "b/1.m4a", "2") + end,
		"a field among the files": fieldPart("ghi-am", "x") + end,
		"too many":                strings.Repeat(many.String(), 4) + end,
		"two files":               filePart("tep", "a", "1") + filePart("tep", "b", "2") + end,
	} {
		if _, more, err := read(body); survey.KindOf(err) != survey.Invalid || len(more) > 0 {
			t.Errorf("%s: %d, %v", name, len(more), err)
		}
	}
}
