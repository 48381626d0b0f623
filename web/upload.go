package web

import (
	"bytes"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"hailong/export/sheet"
	"hailong/web/office"
	"hailong/web/page"
)

// uploadTime is how long a file may take to arrive over a slow line.
const uploadTime = 60 * time.Second

// uploads are the addresses that take files, and how large ones.
var uploads = map[string]int{
	office.SchoolsUpload: sheet.MaxUpload,
}

// sizeOf says how large a body may be before it is read: more than a form only
// where a file is expected, and only from somebody with a session.
func sizeOf(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path, _, _ := strings.Cut(string(h.RequestURI()), "?")
	most, takesFiles := uploads[path]
	signedIn := len(h.Cookie("hl"))+len(h.Cookie("__Host-hl")) > 0
	if !takesFiles || !signedIn || !bytes.Equal(h.Method(), []byte(fasthttp.MethodPost)) {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: most + page.UploadRoom, ReadTimeout: uploadTime}
}
