package page

import (
	"mime"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// maxFields bounds a submitted form; our largest has about 60.
const maxFields = 300

// Field is one field of a submitted form.
type Field struct{ Name, Value string }

// Form is a submitted form: its fields in the order in which they came,
// repeated ones included, decoded but otherwise as they are.
type Form []Field

// ReadForm reads the body of a POST, and nothing but the body: never the
// address. The token of the session is left out; see HasToken. A body that is no URL-encoded form gives 415; one with wrong
// percent-encoding or bytes that are no UTF-8 is Invalid.
func ReadForm(c *fiber.Ctx) (Form, error) {
	form, err := readFields(c)
	return slices.DeleteFunc(form, func(f Field) bool { return f.Name == TokenField }), err
}

func readFields(c *fiber.Ctx) (Form, error) {
	if !isForm(c.Get(fiber.HeaderContentType)) {
		return nil, fiber.ErrUnsupportedMediaType
	}
	body := string(c.BodyRaw())
	var form Form
	for pair := range strings.SplitSeq(body, "&") {
		if pair == "" {
			continue
		}
		field, ok := decode(pair)
		if !ok || len(form) == maxFields {
			return nil, survey.Refuse(survey.Invalid, "Không đọc được phiếu đã gửi. Tải lại trang rồi gửi lại", "The form is not validly encoded")
		}
		if form == nil {
			form = make(Form, 0, min(strings.Count(body, "&")+1, maxFields))
		}
		form = append(form, field)
	}
	return form, nil
}

func isForm(contentType string) bool {
	if contentType == fiber.MIMEApplicationForm { // as browsers send it
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	return err == nil && kind == fiber.MIMEApplicationForm && isUTF8(params["charset"])
}

func isUTF8(charset string) bool { return charset == "" || strings.EqualFold(charset, "utf-8") }

func decode(pair string) (Field, bool) {
	rawName, rawValue, _ := strings.Cut(pair, "=")
	name, err1 := url.QueryUnescape(rawName)
	value, err2 := url.QueryUnescape(rawValue)
	return Field{name, value}, err1 == nil && err2 == nil && utf8.ValidString(name) && utf8.ValidString(value)
}

// Get gives the first value of a field, or "".
func (f Form) Get(name string) string {
	for _, field := range f {
		if field.Name == name {
			return field.Value
		}
	}
	return ""
}

// Only refuses fields that are not named here and fields that came twice.
func (f Form) Only(names ...string) error {
	seen := map[string]bool{}
	for _, field := range f {
		if seen[field.Name] || !slices.Contains(names, field.Name) {
			return survey.Refuse(survey.Invalid, "Phiếu đã gửi có ô lạ hoặc ô lặp lại. Tải lại trang rồi gửi lại", "The form has an unknown or a repeated field")
		}
		seen[field.Name] = true
	}
	return nil
}

// Without gives the form without some fields.
func (f Form) Without(names ...string) Form {
	return slices.DeleteFunc(slices.Clone(f), func(field Field) bool { return slices.Contains(names, field.Name) })
}

// Take gives the values of a field that may come several times, and the form
// without it.
func (f Form) Take(name string) (values []string, rest Form) {
	for _, field := range f {
		if field.Name == name {
			values = append(values, field.Value)
		} else {
			rest = append(rest, field)
		}
	}
	return values, rest
}
