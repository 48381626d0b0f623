package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"hailong/web/office"
)

// A large body is read only where a file is expected, and only from somebody
// with a session. What is refused is refused before it is sent.
func TestWhereFilesAreTaken(t *testing.T) {
	p := newProvince(t)
	cookie, _ := p.cookieOf("office")
	addr := strings.TrimPrefix(serveApp(t, p.app), "http://")
	for name, c := range map[string]struct {
		path, cookie string
		size, want   int
	}{
		"a file where one is expected":       {office.SchoolsUpload, cookie, 1 << 20, http.StatusForbidden}, // it has no token
		"larger than a file may be":          {office.SchoolsUpload, cookie, 3 << 20, http.StatusRequestEntityTooLarge},
		"a questionnaire and its recordings": {office.QuestionnaireUpload, cookie, 17 << 20, http.StatusForbidden},
		"larger than those may be":           {office.QuestionnaireUpload, cookie, 19 << 20, http.StatusRequestEntityTooLarge},
		"those without a session":            {office.QuestionnaireUpload, "", 17 << 20, http.StatusRequestEntityTooLarge},
		"without a session":                  {office.SchoolsUpload, "", 1 << 20, http.StatusRequestEntityTooLarge},
		"elsewhere":                          {"/so/dang-nhap", cookie, 1 << 20, http.StatusRequestEntityTooLarge},
	} {
		conn, err := net.DialTimeout("tcp", addr, 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(20 * time.Second))
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\nCookie: %s\r\n\r\n", c.path, testHost, c.size, c.cookie)
		if c.want != http.StatusRequestEntityTooLarge {
			conn.Write(make([]byte, c.size))
		}
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || res.StatusCode != c.want {
			t.Errorf("%s: %v %v, want %d", name, res, err, c.want)
		}
		if err == nil && c.want == http.StatusRequestEntityTooLarge && c.path != "/so/dang-nhap" {
			says := map[bool]string{true: "Chưa đăng nhập", false: "Tệp lớn quá"}[c.cookie == ""]
			if body, _ := io.ReadAll(res.Body); !strings.Contains(string(body), says) {
				t.Errorf("%s: the page does not say «%s»", name, says)
			}
		}
		conn.Close()
	}
}
