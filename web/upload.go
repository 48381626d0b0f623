package web

import (
	"bytes"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/office"
	"hailong/web/page"
)

// How long a file may take over a slow line: one that is sent to the service,
// and one that a job has made, which may have a hundred megabytes.
const (
	uploadTime   = 60 * time.Second
	downloadTime = 30 * time.Minute
)

// uploads are the addresses that take files, and how large ones.
var uploads = map[string]int{
	office.SchoolsUpload:       sheet.MaxUpload,
	office.QuestionnaireUpload: sheet.MaxUpload + sheet.MaxMedia,
}

// sizeOf says how large a body may be before it is read: more than a form only
// where a file is expected, and only from somebody with a session. The file of
// a job may take its time on the way out.
func sizeOf(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path, _, _ := strings.Cut(string(h.RequestURI()), "?")
	if office.IsJobFile(path) {
		return fasthttp.RequestConfig{WriteTimeout: downloadTime}
	}
	most, takesFiles := uploads[path]
	if !takesFiles || !hasSession(h) || !bytes.Equal(h.Method(), []byte(fasthttp.MethodPost)) {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: most + page.UploadRoom, ReadTimeout: uploadTime}
}

// largeFile says of a file that was not read what to do: it is larger than it
// may be, or nobody is signed in.
func largeFile(c *fiber.Ctx, refusal *survey.Error) *survey.Error {
	most, takesFiles := uploads[c.Path()]
	switch {
	case !takesFiles:
		return refusal
	case !hasSession(&c.Request().Header):
		return survey.Refuse(survey.Forbidden, "Chưa đăng nhập nên không nhận tệp. Đăng nhập rồi gửi lại", "Not signed in, so no file is taken; sign in and send it again")
	}
	return survey.Refuse(survey.Invalid, "Tệp lớn quá %d MB nên chưa nhận. Chép riêng phần cần nạp sang một tệp mới rồi gửi lại",
		"The file is larger than %d MB; copy what is to be loaded into a new file and send that", most>>20)
}

// hasSession says whether a request comes with a session of the office, alive
// or not.
func hasSession(h *fasthttp.RequestHeader) bool {
	return len(h.Cookie("hl"))+len(h.Cookie("__Host-hl")) > 0
}
