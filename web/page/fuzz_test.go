package page_test

import (
	"testing"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hailong/web/page"
)

// FuzzReadForm: whatever comes, the fields that are taken are valid text.
func FuzzReadForm(f *testing.F) {
	for _, seed := range []string{"a=1&b=x+y%20z&a=2&c", "a=%", "%zz=1", "a=%ff", "a=%EF%BC%93", "&&=&", "a=b=c"} {
		f.Add([]byte(seed))
	}
	app := fiber.New()
	f.Fuzz(func(t *testing.T, body []byte) {
		c := app.AcquireCtx(&fasthttp.RequestCtx{})
		defer app.ReleaseCtx(c)
		c.Request().Header.SetContentType(fiber.MIMEApplicationForm)
		c.Request().SetBody(body)
		form, err := page.ReadForm(c)
		for _, field := range form {
			if err != nil || !utf8.ValidString(field.Name) || !utf8.ValidString(field.Value) {
				t.Errorf("%q gives %v, %v", body, form, err)
			}
		}
	})
}
