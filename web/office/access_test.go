package office_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/xuri/excelize/v2"

	"hailong/web/page"
)

// visitors are who may come: nobody known, a session that has ended, a school,
// a commune, a viewer and the office.
var visitors = []string{"anonymous", "stale", "school", "hoa", "minh", "lan"}

// visit is one request of each visitor, with the statuses they get.
type visit struct {
	path string
	post bool
	want [6]int
}

// matrix is addresses of the office, odd ones too, with the answer to each
// visitor. Every route by every role is in web/matrix_test.go.
var matrix = []visit{
	{"/so", false, [6]int{303, 303, 303, 303, 303, 303}},
	{"/so/dang-nhap", false, [6]int{200, 200, 200, 200, 200, 200}},
	{"/so/dang-nhap", true, [6]int{422, 422, 422, 422, 422, 422}},
	{"/so/", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/", true, [6]int{403, 403, 403, 404, 404, 404}},
	{"/so/?dot=2026-03", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/?dot=2027-03", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/?dot=2031-03", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/?dot=%27", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/tai-lieu", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/tai-lieu", true, [6]int{403, 403, 403, 303, 200, 200}},
	{"/so/tro-giup", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/tro-giup/so-tay", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/viec", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/viec/bang-ket-qua", true, [6]int{403, 403, 403, 403, 422, 422}},
	{"/so/viec/khong-co", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/viec/khong-co/tien-do", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/viec/khong-co/tep", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/viec/khong-co/dung", true, [6]int{403, 403, 403, 404, 404, 404}},
	{"/so/tham-gia.xlsx", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/tham-gia.xlsx?dot=2031-03", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/tham-gia.xlsx", true, [6]int{403, 403, 403, 404, 404, 404}},
	{"/so/tinh-hinh.json", false, [6]int{303, 303, 303, 200, 200, 200}},
	{"/so/thu-nhac.docx", false, [6]int{303, 303, 303, 403, 200, 200}},
	{"/so/nhat-ky", false, [6]int{303, 303, 303, 403, 200, 200}},
	{"/so/nhat-ky?truoc=2", false, [6]int{303, 303, 303, 403, 200, 200}},
	{"/so/nhat-ky?truoc=x", false, [6]int{303, 303, 303, 403, 404, 404}},
	{"/so/nhat-ky", true, [6]int{403, 403, 403, 404, 404, 404}},
	{"/so/dot", false, [6]int{303, 303, 303, 403, 200, 200}},
	{"/so/dot/2026-10", false, [6]int{303, 303, 303, 403, 200, 200}},
	{"/so/dot/2031-03", false, [6]int{303, 303, 303, 403, 404, 404}},
	{"/so/dot/them", true, [6]int{403, 403, 403, 403, 403, 422}},
	{"/so/dot/2026-10/dong", true, [6]int{403, 403, 403, 403, 403, 422}},
	{"/so/khac", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/khac", true, [6]int{403, 403, 403, 404, 404, 404}},
	{"/so/dang-xuat", false, [6]int{303, 303, 303, 404, 404, 404}},
	{"/so/dang-xuat", true, [6]int{403, 303, 303, 303, 303, 303}},
}

func TestWhoMayOpenWhat(t *testing.T) {
	for _, c := range matrix {
		for i, who := range visitors {
			s := newSite(t)
			var form url.Values
			if c.post {
				form = url.Values{}
			}
			res := s.visit(c.path, s.cookieOf(who), form)
			if res.StatusCode != c.want[i] {
				t.Errorf("%s (POST: %v) as %s: %d, want %d", c.path, c.post, who, res.StatusCode, c.want[i])
			}
			refused := who != "hoa" && who != "minh" && who != "lan"
			if refused && res.StatusCode == http.StatusSeeOther && c.path != "/so" && res.Header.Get("Location") != "/so/dang-nhap" {
				t.Errorf("%s as %s leads to %q, want the login", c.path, who, res.Header.Get("Location"))
			}
			if refused && (strings.Contains(res.body, "Lê Quý Đôn") || strings.HasPrefix(res.body, "PK")) {
				t.Errorf("%s as %s shows what is the office's", c.path, who)
			}
		}
	}
}

func (s *site) cookieOf(who string) string {
	switch who {
	case "anonymous":
		return ""
	case "stale":
		return "hl=secret-lan-7"
	case "school":
		return "hl=secret-school; hl-truong=secret-school"
	}
	return s.login(who)
}

func TestOtherSitesCannotPost(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	for _, path := range []string{"/so/dang-nhap", "/so/dang-xuat"} {
		res := s.visitFrom(path, cookie, "https://evil.example")
		if res.StatusCode != http.StatusForbidden {
			t.Errorf("%s posted from another site: %d, want 403", path, res.StatusCode)
		}
	}
	if len(s.people.sessions) != 1 {
		t.Error("another site ended the session")
	}
}

// A form that is sent holds the token of its own session, and of no other.
func TestFormsBelongToTheirSession(t *testing.T) {
	app := fiber.New()
	app.Post("/", func(c *fiber.Ctx) error {
		form, err := page.ReadForm(c)
		if err != nil {
			return err
		}
		return c.SendString(fmt.Sprint(page.HasToken(c, "secret-1"), form))
	})
	for body, want := range map[string]string{"a=1": "false [{a 1}]", "a=1&phien=" + page.Token("secret-1"): "true [{a 1}]", "phien=" + page.Token("secret-2"): "false []",
		"phien=&phien=" + page.Token("secret-1"): "false []"} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := app.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(res.Body); string(got) != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	var sent bytes.Buffer
	w := multipart.NewWriter(&sent)
	w.WriteField(page.TokenField, page.Token("secret-1"))
	w.Close()
	app.Post("/tep", func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(page.HasToken(c, "secret-1"))) })
	r := httptest.NewRequest("POST", "/tep", &sent)
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := app.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(res.Body); string(got) != "true" {
		t.Errorf("a form with a file: %s", got)
	}
}

// A commune finds its own schools on the board, and nothing that leads further.
func TestACommuneSeesItsOwnSchools(t *testing.T) {
	s := newSite(t)
	cookie := s.login("hoa")
	body := s.visit("/so/?trang=tat-ca", cookie, nil).body
	if !strings.Contains(body, "Lê Quý Đôn") || strings.Contains(body, "Buôn Hồ") || strings.Contains(body, "Đắk Liêng") {
		t.Error("the board of Ea Kar shows other schools, or not its own")
	}
	for _, path := range []string{"/so/nhat-ky", "/so/ket-qua/"} {
		if strings.Contains(body, `href="`+path) {
			t.Errorf("the board of a commune leads to %s", path)
		}
	}
}

// A commune sees counts in steps, as a school does of itself, and nothing of
// single days; the file and the numbers of the script say no more.
func TestACommuneSeesCountsInSteps(t *testing.T) {
	s := newSite(t, filling)
	s.history.strata["2026-10"][0].Tally.Helped = 3
	cookie := s.login("hoa")
	page := parse(t, s.visit("/so/", cookie, nil).body)
	text := page.all("main")[0].text()
	for _, want := range []string{"Phiếu đã nhận130 trên sĩ số 410", "31,7%", "tăng theo bước 5", "Trường dưới 5 phiếu"} {
		if !strings.Contains(text, want) {
			t.Errorf("the board does not say «%s» in %s", want, text)
		}
	}
	for _, not := range []string{"132", "có người giúp", "7 ngày qua", "Phiếu mỗi ngày", "Dự báo", "dự báo"} {
		if strings.Contains(text, not) {
			t.Errorf("the board says «%s»", not)
		}
	}
	if body := s.visit("/so/tinh-hinh.json", cookie, nil).body; !strings.Contains(body, `"phieu":"130"`) || !strings.Contains(body, `"ty-le":"31,7"`) || strings.Contains(body, "hom-nay") {
		t.Errorf("the script gets %s", body)
	}
	list := s.visit("/so/tham-gia.xlsx", cookie, nil)
	file, err := excelize.OpenReader(strings.NewReader(list.body))
	if err != nil {
		t.Fatal(list.StatusCode, err, list.body)
	}
	rows, err := file.GetRows("Tham gia")
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(rows)
	if !strings.Contains(all, " 130 ") || !strings.Contains(all, "theo bước 5") || strings.Contains(all, "132") || strings.Contains(all, "7 ngày qua") || strings.Contains(all, "Có người giúp") {
		t.Errorf("the file says %s", all)
	}
	s.history.strata["2026-10"][0].Tally.Responses = 4
	few := s.visit("/so/?tt=can-nhac", cookie, nil).body
	if rows := parse(t, few).all("table")[1].all("tbody")[0].text(); !strings.Contains(rows, "dưới 5") || !strings.Contains(rows, "Dưới 5 phiếu") || strings.Contains(few, "Chưa có phiếu") {
		t.Errorf("with four responses the list says %s", rows)
	}
}
