package web_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

const faultyList = "../export/sheet/testdata/schools-faulty.xlsx"

// bring sends a file as the list of schools and gives the answer.
func (p *province) bring(cookie string, content []byte) *http.Response {
	p.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField(page.TokenField, page.Token(strings.TrimPrefix(cookie, "hl=")))
	file, err := form.CreateFormFile("tep", "danh sách.xlsx")
	if err != nil {
		p.Fatal(err)
	}
	file.Write(content)
	form.Close()
	r := httptest.NewRequest("POST", "/so/truong/nap", &body)
	r.Host = testHost
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Cookie", cookie)
	res, err := p.app.Test(r, -1)
	if err != nil {
		p.Fatal(err)
	}
	return res
}

// listOf writes schools as a list that can be brought.
func listOf(t *testing.T, schools []survey.School) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteSchools(&b, sheet.SchoolBook{Made: now, Schools: schools}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (p *province) schools() []survey.School {
	p.Helper()
	schools, err := p.store.Schools(context.Background())
	if err != nil {
		p.Fatal(err)
	}
	return schools
}

// school gives a school as it is stored.
func (p *province) school(code survey.SchoolCode) survey.School {
	p.Helper()
	for _, s := range p.schools() {
		if s.Code == code {
			return s
		}
	}
	p.Fatalf("there is no school %s", code)
	return survey.School{}
}

// clerk is one session of the office.
type clerk struct {
	*province
	cookie string
}

func newClerk(t *testing.T) *clerk {
	p := newProvince(t)
	cookie, _ := p.cookieOf("office")
	return &clerk{p, cookie}
}

// do makes a request; fields make it a POST. It gives the page to which a
// redirect leads.
func (c *clerk) do(path string, fields url.Values) (status int, at, body string) {
	c.Helper()
	method, text := http.MethodGet, ""
	if fields != nil {
		fields.Set(page.TokenField, page.Token(strings.TrimPrefix(c.cookie, "hl=")))
		method, text = http.MethodPost, fields.Encode()
	}
	r := httptest.NewRequest(method, path, strings.NewReader(text))
	r.Host = testHost
	r.Header.Set("Content-Type", formMIME)
	r.Header.Set("Cookie", c.cookie)
	res, err := c.app.Test(r, -1)
	if err != nil {
		c.Fatal(err)
	}
	var b bytes.Buffer
	b.ReadFrom(res.Body)
	if to := res.Header.Get("Location"); to != "" {
		return c.do(to, nil)
	}
	return res.StatusCode, path, b.String()
}

func (c *clerk) wants(body string, words ...string) {
	c.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			c.Errorf("the page does not say «%s»:\n%s", w, body[strings.Index(body, "<main"):])
		}
	}
}

// A list is previewed, then taken exactly as it was shown.
func TestAListIsPreviewedAndTaken(t *testing.T) {
	c := newClerk(t)
	c.a.Name, c.a.Enrolment = "Trường Tiểu học An Mới", survey.Enrolment{survey.LevelTH: 444}
	fresh := survey.School{Code: "C-1", Name: "Trường Mầm non Cúc", Kind: "MN", Area: c.a.Area, Enrolment: survey.Enrolment{survey.LevelMN: 90}}
	res := c.bring(c.cookie, listOf(t, []survey.School{c.a, fresh}))
	preview := res.Header.Get("Location")
	_, _, body := c.do(preview, nil)
	c.wants(body, "chưa ghi gì", "«danh sách.xlsx»", "tiêu đề ở dòng 5", "Không đọc các cột", "Trường Mầm non Cúc", "sĩ số TH: 400 → <b>444</b>",
		"tên: Trường Tiểu học An → <b>Trường Tiểu học An Mới</b>", "Không còn trong danh sách: 1 trường", "Nạp danh sách này")
	if n := len(c.schools()); n != 2 {
		t.Fatalf("the preview wrote: %d schools", n)
	}
	_, at, body := c.do(preview, url.Values{})
	c.wants(body, "Đã nạp danh sách")
	if schools := c.schools(); at != preview || len(schools) != 3 {
		t.Errorf("at %s: %d schools", at, len(schools))
	}
	if _, _, again := c.do(preview, url.Values{}); !strings.Contains(again, "Đã nạp danh sách") {
		t.Error("pressing the button twice does something else")
	}
	other, _ := c.cookieOf("viewer")
	if status, _, _ := (&clerk{c.province, other}).do(preview, nil); status != http.StatusForbidden {
		t.Errorf("a viewer gets %d", status)
	}
	c.now = c.now.Add(31 * time.Minute)
	c.cookie, _ = c.cookieOf("office")
	if status, _, _ := c.do(preview, nil); status != http.StatusNotFound {
		t.Errorf("after half an hour: %d", status)
	}
}

// What changed between preview and button is shown again; nothing is written.
func TestAListIsNotTakenWhenTheSchoolsHaveChanged(t *testing.T) {
	c := newClerk(t)
	c.a.Name = "Trường An Mới"
	preview := c.bring(c.cookie, listOf(t, []survey.School{c.a, c.b})).Header.Get("Location")
	if err := c.store.RenameSchool(context.Background(), "hoa", survey.FormerName{School: "B-1", Name: "Trường Bình Mới", Until: survey.DayOf(now, zone), Reason: "QĐ"}); err != nil {
		t.Fatal(err)
	}
	_, _, body := c.do(preview, url.Values{})
	c.wants(body, "đã đổi từ lúc xem trước", "Trường Bình Mới", "Nạp danh sách này")
	for _, s := range c.schools() {
		if s.Name == "Trường An Mới" {
			t.Error("half of it was written")
		}
	}
	if _, _, body = c.do(preview, url.Values{}); !strings.Contains(body, "Đã nạp danh sách") {
		t.Error("seen again, it is not taken")
	}
}

func TestAListWithFaultsIsNotTaken(t *testing.T) {
	c := newClerk(t)
	content, err := os.ReadFile(faultyList)
	if err != nil {
		t.Fatal(err)
	}
	at := c.bring(c.cookie, content).Header.Get("Location")
	_, _, body := c.do(at, nil)
	c.wants(body, "<title>Lỗi: ", "chỗ cần sửa", "loi.xlsx")
	if n := strings.Count(body, `<tr><td class="n">`); n < 7 {
		t.Errorf("%d faults are shown", n)
	}
	_, _, file := c.do(at+"/loi.xlsx", nil)
	if !strings.HasPrefix(file, "PK") {
		t.Error("no copy with the faults")
	}
	if status, _, _ := c.do(at, url.Values{}); status != http.StatusConflict || len(c.schools()) != 2 {
		t.Errorf("taken all the same: %d", status)
	}
	for name, content := range map[string][]byte{"no Excel": []byte("Mã trường;Tên"), "nothing": nil} {
		if res := c.bring(c.cookie, content); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
	}
}

func TestASchoolIsEditedOnItsPage(t *testing.T) {
	c := newClerk(t)
	_, _, body := c.do("/so/truong/A-1", nil)
	seen := between(body, `name="da-xem" value="`, `"`)
	entry := func() url.Values {
		return url.Values{"ten": {"Trường Tiểu học An"}, "loai": {"TH"}, "xa": {string(c.a.Area.Code)}, "si-so-th": {"412"}, "ly-do": {"đính chính"}, "da-xem": {seen}}
	}
	wrong := entry()
	wrong.Set("si-so-th", "nhiều lắm")
	wrong.Set("ly-do", "")
	status, _, body := c.do("/so/truong/A-1/sua", wrong)
	if status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong number: %d", status)
	}
	c.wants(body, `value="nhiều lắm"`, `href="#si-so-th"`, `href="#ly-do"`, `id="ly-do-loi"`, "<details open>")
	_, at, body := c.do("/so/truong/A-1/sua", entry())
	c.wants(body, "sĩ số TH «400» → «412» · đính chính", ">400<")
	c.wants(body, `<p class="done" role="status">Đã lưu.</p>`)
	if at != "/so/truong/A-1?xong=luu" {
		t.Errorf("leads to %s", at)
	}
	if status, _, body = c.do("/so/truong/A-1/sua", entry()); status != http.StatusConflict {
		t.Errorf("an old page: %d", status)
	}
	c.wants(body, "Người khác vừa sửa")
}

func TestSchoolsAreMergedOnAPage(t *testing.T) {
	c := newClerk(t)
	status, _, body := c.do("/so/truong/A-1/thay-doi", url.Values{"viec": {"merge"}, "truong-khac": {"Z-9"}, "viec-ngay": {"hôm qua"}, "viec-ly-do": {""}})
	if status != http.StatusUnprocessableEntity {
		t.Errorf("wrong everywhere: %d", status)
	}
	c.wants(body, `href="#viec-ngay"`, `href="#viec-ly-do"`, `value="hôm qua"`, `value="Z-9"`)
	change := url.Values{"viec": {"merge"}, "truong-khac": {"Z-9"}, "viec-ngay": {"01/08/2026"}, "viec-ly-do": {"QĐ 12"}}
	_, _, body = c.do("/so/truong/A-1/thay-doi", change)
	c.wants(body, "Không có trường mang mã Z-9", `href="#truong-khac"`)
	change.Set("truong-khac", "B-1")
	_, _, body = c.do("/so/truong/A-1/thay-doi", change)
	c.wants(body, "Trường này đã sáp nhập từ 01/08/2026", `href="/so/truong/B-1"`, "Hủy thay đổi này")
	_, _, body = c.do("/so/truong", nil)
	if strings.Contains(body, c.a.Name) {
		t.Error("the list has a school that is no more")
	}
	_, _, body = c.do("/so/truong?tt=thoi", nil)
	c.wants(body, c.a.Name, "thôi hoạt động từ 01/08/2026")
	_, _, body = c.do("/so/truong/B-1", nil)
	c.wants(body, "Tiếp nhận từ", c.a.Name)
	_, _, body = c.do("/so/truong/A-1/huy", url.Values{"so": {"1"}, "huy-ly-do": {"ghi nhầm"}})
	if strings.Contains(body, "Trường này đã sáp nhập") || c.school("A-1").Until != 0 {
		t.Error("it is not withdrawn")
	}
	_, _, body = c.do("/so/truong/A-1/doi-ten", url.Values{"ten-moi": {"Trường Tên Mới"}, "ten-ngay": {"01/09/2026"}, "ten-ly-do": {"QĐ 13"}})
	c.wants(body, "<h1>Trường Tên Mới</h1>", "trước đó là «Trường Tiểu học An»")
}

func TestTheAddressOfASchoolsPageIsShownOnce(t *testing.T) {
	c := newClerk(t)
	_, at, body := c.do("/so/truong/A-1/trang-rieng", url.Values{})
	secret := between(body, baseURL+"/truong/", "<")
	if _, err := c.store.EnterSchool(context.Background(), secret); err != nil {
		t.Errorf("the address does not open: %v", err)
	}
	if _, _, again := c.do(at, nil); strings.Contains(again, secret) {
		t.Error("it is shown twice")
	}
	old := c.school("A-1").Link
	_, _, body = c.do("/so/truong/A-1/doi-lien-ket", nil)
	c.wants(body, "không mở được phiếu nữa", string(old))
	if _, _, body = c.do("/so/truong/A-1/doi-lien-ket", url.Values{}); !strings.Contains(body, "Đã đổi liên kết.") || c.school("A-1").Link == old || !strings.Contains(body, string(c.school("A-1").Link)) {
		t.Error("the link is the same")
	}
}

func TestCommunesAreMergedOnAPage(t *testing.T) {
	c := newClerk(t)
	from, into := c.a.Area, c.b.Area
	if status, _, body := c.do("/so/truong/xa/nhap", url.Values{"nhap": {string(from.Code)}, "vao": {string(from.Code)}, "ngay": {"1/7/2026"}, "nhap-ly-do": {"NQ"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "phải khác nhau") {
		t.Errorf("into itself: %d", status)
	}
	_, _, body := c.do("/so/truong/xa/nhap", url.Values{"nhap": {string(from.Code)}, "vao": {string(into.Code)}, "ngay": {"1/7/2026"}, "nhap-ly-do": {"NQ 1"}})
	c.wants(body, "đã sáp nhập vào "+into.Title()+" từ 01/07/2026")
	_, _, body = c.do("/so/truong/xa/them", url.Values{"ma": {"99901"}, "kieu": {"Xã"}, "ten": {"Thử Nghiệm"}, "ly-do": {"NQ 2"}})
	c.wants(body, "Xã Thử Nghiệm")
	_, _, body = c.do("/so/truong/xa/99901", url.Values{"kieu": {"Phường"}, "ten": {"Thử"}, "ly-do": {"ghi sai"}})
	c.wants(body, "Phường Thử")
	if s := c.school("A-1"); s.Area.Code != into.Code {
		t.Errorf("%s stayed in %s", s.Code, s.Area.Title())
	}
}

func TestASchoolIsAdded(t *testing.T) {
	c := newClerk(t)
	entry := url.Values{"ma": {"A-1"}, "ten": {"Trường Mới"}, "loai": {"MN"}, "xa": {string(c.a.Area.Code)}, "si-so-mn": {"1.020"}, "tu-ngay": {"01/09/2026"}, "ly-do": {"thành lập"}}
	if status, _, body := c.do("/so/truong/them", entry); status != http.StatusConflict || !strings.Contains(body, `id="ma-loi"`) {
		t.Errorf("a code that is taken: %d", status)
	}
	entry.Set("ma", "M-7")
	_, at, body := c.do("/so/truong/them", entry)
	c.wants(body, "<h1>Trường Mới</h1>", "1.020", "thành lập")
	if at != "/so/truong/M-7?xong=luu" {
		t.Errorf("leads to %s", at)
	}
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

// lists brings a list that can be taken and one that cannot, for the tour.
func (p *tour) lists() {
	p.Helper()
	ctx := context.Background()
	second := survey.Account{Name: "hai", Role: survey.OfficeRole}
	if err := p.store.AddAccount(ctx, "test", second, matrixPassword); err != nil {
		p.Fatal(err)
	}
	secret, err := p.store.SignIn(ctx, second, "")
	if err != nil {
		p.Fatal(err)
	}
	p.cookies["second"] = "hl=" + secret
	faulty, err := os.ReadFile(filepath.FromSlash(faultyList))
	if err != nil {
		p.Fatal(err)
	}
	p.faulty = p.bring(p.cookies["second"], faulty).Header.Get("Location")
	listed := p.schools()[30:]
	for i := range listed[:120] {
		listed[i].Enrolment[listed[i].Levels()[0]] += 3
	}
	for i := range 3 {
		fresh := listed[i]
		fresh.Code = survey.SchoolCode(fmt.Sprintf("MOI-%d", i))
		listed = append(listed, fresh)
	}
	p.list = p.bring(p.cookies["office"], listOf(p.T, listed)).Header.Get("Location")
	change := survey.Succession{Kind: survey.Merging, Day: survey.DayOf(now, zone) - 20, Before: []survey.SchoolCode{listed[0].Code}, After: []survey.SchoolCode{p.school.Code}, Reason: "QĐ 12/QĐ-UBND"}
	if err := p.store.Succeed(ctx, "lan", change); err != nil {
		p.Fatal(err)
	}
	p.merged = listed[0].Code
}
