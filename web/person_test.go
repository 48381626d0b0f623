package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// person is somebody with a browser that keeps the office's cookie.
type person struct {
	*province
	secret string // of the session; empty: none
}

func (v *person) send(r *http.Request) answer {
	v.Helper()
	r.Host = testHost
	r.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Chrome/147.0 Safari/537.36")
	if v.secret != "" {
		r.Header.Set("Cookie", "hl="+v.secret)
	}
	res, err := v.app.Test(r, -1)
	if err != nil {
		v.Fatal(err)
	}
	for _, c := range res.Cookies() {
		if c.Name == "hl" {
			v.secret = c.Value
		}
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.Fatal(err)
	}
	return answer{res, string(body)}
}

func (v *person) get(path string) answer {
	v.Helper()
	return v.send(httptest.NewRequest("GET", path, nil))
}

// post sends a form; fields are name and value in turn.
func (v *person) post(path string, fields ...string) answer {
	v.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	if v.secret != "" && !form.Has(page.TokenField) {
		form.Set(page.TokenField, page.Token(v.secret))
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", formMIME)
	return v.send(r)
}

func (v *person) login(name, password string) answer {
	v.Helper()
	v.secret = ""
	return v.post("/so/dang-nhap", "ten", name, "mat-khau", password)
}

// wants checks status and, of a redirect, where it leads.
func (v *person) wants(a answer, status int, to string) answer {
	v.Helper()
	if a.StatusCode != status || a.Header.Get("Location") != to {
		v.Fatalf("%d to %q, want %d to %q\n%s", a.StatusCode, a.Header.Get("Location"), status, to, firstLines(a.body))
	}
	return a
}

// holds checks what a page says.
func (v *person) holds(a answer, words ...string) answer {
	v.Helper()
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			v.Errorf("the page does not have %q\n%s", w, a.body)
		}
	}
	return a
}

const horses = "ba con ngựa uống nước"

func TestTheFirstAccountIsMadeAtAnAddress(t *testing.T) {
	e := newEmpty(t)
	token, err := e.store.OpenFirst(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, door := &person{province: e}, "/so/bat-dau/"+token
	v.holds(v.wants(v.get(door), 200, ""), "Tạo tài khoản đầu tiên")
	v.wants(v.get("/so/kich-hoat/"+token), 404, "")
	v.holds(v.wants(v.post(door, "ten", "thu.ha", "mat-khau", horses, "mat-khau-2", horses+"x"), 422, ""), "Hai lần gõ mật khẩu khác nhau", `value="thu.ha"`)
	v.holds(v.wants(v.post(door, "ten", "Thu Hà", "mat-khau", "ngắn", "mat-khau-2", "ngắn"), 422, ""), "Tên đăng nhập gồm", "ít nhất 12")
	v.wants(v.post(door, "ten", "Thu.Ha", "mat-khau", horses, "mat-khau-2", horses), 303, "/so/")
	v.holds(v.wants(v.get("/so/tai-khoan"), 200, ""), "thu.ha")
	v.wants((&person{province: e}).post(door, "ten", "khac", "mat-khau", horses, "mat-khau-2", horses), 404, "")
}

var onceAddress = regexp.MustCompile(baseURL + `(/so/kich-hoat/[A-Za-z0-9_-]{22})<`)

func TestSomebodyIsInvited(t *testing.T) {
	p := newProvince(t)
	office, guest := &person{province: p}, &person{province: p}
	office.wants(office.login("lan", matrixPassword), 303, "/so/")
	office.holds(office.wants(office.post("/so/tai-khoan", "ten", "mai", "vai-tro", "commune", "xa", ""), 422, ""), "Chọn xã, phường", `value="mai"`, `value="commune" selected`)
	office.holds(office.wants(office.post("/so/tai-khoan", "ten", "minh", "vai-tro", "viewer", "xa", ""), 422, ""), "Đã có tài khoản tên minh")
	office.holds(office.wants(office.get("/so/tai-khoan"), 200, ""), "«Chỉ xem» đọc được số liệu nội bộ của mọi trường, nên chỉ cấp cho người của Văn phòng Sở")
	office.holds(office.wants(office.get("/so/"), 200, ""), `<a href="/so/truong/`+string(p.a.Code)+`">`, "/k/"+string(p.a.Link)+"</span>")
	made := office.wants(office.post("/so/tai-khoan", "ten", "mai", "vai-tro", "commune", "xa", string(p.a.Area.Code)), 200, "")
	door := onceAddress.FindStringSubmatch(made.body)
	if door == nil {
		t.Fatal(made.body)
	}
	office.holds(made, "Đã thêm tài khoản mai.")
	if again := office.get("/so/tai-khoan/mai"); onceAddress.MatchString(again.body) {
		t.Error("the address is shown twice")
	}
	guest.holds(guest.get(door[1]), "Đặt mật khẩu cho tài khoản <b>mai</b>")
	guest.wants(guest.post(door[1], "mat-khau", horses, "mat-khau-2", horses), 303, "/so/")
	guest.wants(guest.get("/so/"), 200, "")
	guest.holds(guest.wants(guest.get("/so/tai-khoan"), 403, ""), "Tài khoản này không được mở trang này")
	office.holds(office.wants(office.post("/so/tai-khoan/mai/ngung"), 200, ""), "Ngừng tài khoản mai", "Không mở lại được", `name="dong-y" value="1"`)
	guest.wants(guest.get("/so/"), 200, "") // nothing has ended yet
	office.wants(office.post("/so/tai-khoan/mai/ngung", "dong-y", "1"), 303, "/so/tai-khoan/mai?xong=ngung")
	office.holds(office.get("/so/tai-khoan/mai?xong=ngung"), "Đã ngừng tài khoản mai.")
	guest.wants(guest.get("/so/"), 303, "/so/dang-nhap")
	guest.wants(guest.login("mai", horses), 422, "")
}

func TestAccountsAreSearchedAndSorted(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	for query, want := range map[string]string{"": "hoa lan minh", "?xep=-ten": "minh lan hoa", "?q=chi+xem": "hoa minh", "?q=" + url.QueryEscape(p.a.Area.Name): "hoa", "?vai-tro=office": "lan",
		"?xep=vai-tro": "minh lan hoa", "?xep=nothing&vai-tro=nothing": "hoa lan minh", "?q=zzz": ""} {
		var names []string
		for _, m := range regexp.MustCompile(`<th scope="row"><a href="/so/tai-khoan/([a-z]+)"`).FindAllStringSubmatch(v.get("/so/tai-khoan"+query).body, -1) {
			names = append(names, m[1])
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if file := cells(t, v.get("/so/tai-khoan.xlsx?vai-tro=office").body); !strings.Contains(file, "lan|Văn phòng") || strings.Contains(file, "minh") {
		t.Errorf("the file:\n%s", file)
	}
}

func TestSigningInWithACode(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	v.holds(v.wants(v.post("/so/toi/ma/moi", "mat-khau", "sai"), 422, ""), "Mật khẩu không đúng")
	p.now = p.now.Add(time.Minute)
	v.wants(v.post("/so/toi/ma/moi", "mat-khau", matrixPassword), 303, "/so/toi/ma")
	factor, err := p.store.OfferedFactor(t.Context(), "lan")
	if err != nil {
		t.Fatal(err)
	}
	v.holds(v.get("/so/toi/ma"), factor.Letters(), "data:image/png;base64,")
	v.holds(v.wants(v.post("/so/toi/ma/bat", "ma", "1"), 422, ""), "Mã không đúng", factor.Letters())
	code := func() string { return factor.Code(survey.FactorStep(p.now)) }
	codes := regexp.MustCompile(`<code>([0-9A-Z]{4}(-[0-9A-Z]{4}){3})</code>`).FindAllStringSubmatch(v.wants(v.post("/so/toi/ma/bat", "ma", code()), 200, "").body, -1)
	if len(codes) != survey.RecoveryCodes {
		t.Fatalf("%d recovery codes", len(codes))
	}
	p.now = p.now.Add(time.Minute)
	v.wants(v.login("lan", matrixPassword), 303, "/so/dang-nhap/ma")
	v.wants(v.get("/so/"), 303, "/so/dang-nhap") // the password alone opens nothing
	v.holds(v.wants(v.post("/so/dang-nhap/ma", "ma", "000000"), 422, ""), "Mã không đúng")
	v.holds(v.wants(v.post("/so/dang-nhap/ma", "ma", code()), 429, ""), "Thử lại sau 1 giây")
	p.now = p.now.Add(2 * time.Second)
	before := v.secret
	v.wants(v.post("/so/dang-nhap/ma", "ma", code()), 303, "/so/")
	if v.secret == before {
		t.Error("the session kept its secret")
	}
	v.wants(v.get("/so/"), 200, "")
	v.login("lan", matrixPassword)
	v.wants(v.post("/so/dang-nhap/ma", "ma", codes[0][1]), 303, "/so/")
	v.wants(v.post("/so/toi/ma/tat", "mat-khau", matrixPassword), 303, "/so/toi/ma")
	v.wants(v.login("lan", matrixPassword), 303, "/so/")
}

func TestWhoOwesACodeGetsNoFurther(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	v.wants(v.post("/so/cai-dat", "tinh", "Đắk Lắk", "co-quan", "Sở Giáo dục", "dien-thoai", "0262 1", "buoc-hai", "co"), 303, "/so/cai-dat?xong=luu")
	v.wants(v.get("/so/"), 303, "/so/toi/ma")
	v.wants(v.post("/so/tai-khoan", "ten", "x"), 303, "/so/toi/ma")
	v.holds(v.wants(v.get("/so/toi/ma"), 200, ""), "Sở yêu cầu")
	v.wants(v.post("/so/dang-xuat"), 303, "/so/dang-nhap")
	other := &person{province: p}
	other.wants(other.login("minh", matrixPassword), 303, "/so/")
	other.wants(other.get("/so/"), 200, "")
}

func TestTheOfficeNamesItself(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	v.holds(v.wants(v.post("/so/cai-dat", "tinh", "", "co-quan", "Sở <b>", "dien-thoai", strings.Repeat("9", 121)), 422, ""), "Tên tỉnh chưa có", "dài quá 120 ký tự", "Sở &lt;b&gt;")
	v.wants(v.post("/so/cai-dat", "tinh", "Đắk Lắk", "co-quan", "Sở mới", "dien-thoai", ""), 303, "/so/cai-dat?xong=luu")
	v.holds(v.get("/so/cai-dat?xong=luu"), "Đã lưu", `value="Sở mới"`)
	v.holds(v.get("/so/nhat-ky?viec=setting"), "«Sở Giáo dục và Đào tạo Đắk Lắk» → «Sở mới»")
}

func TestOnesOwnPasswordAndSessions(t *testing.T) {
	p := newProvince(t)
	office, home := &person{province: p}, &person{province: p}
	home.login("lan", matrixPassword)
	office.login("lan", matrixPassword)
	office.holds(office.get("/so/toi"), "Chrome, Windows (máy này)", "Kết thúc tất cả trừ máy này")
	office.holds(office.wants(office.post("/so/toi/mat-khau", "mat-khau-cu", "sai", "mat-khau", horses, "mat-khau-2", horses), 422, ""), "Mật khẩu đang dùng không đúng")
	p.now = p.now.Add(time.Minute)
	before := office.secret
	office.wants(office.post("/so/toi/mat-khau", "mat-khau-cu", matrixPassword, "mat-khau", horses, "mat-khau-2", horses), 303, "/so/toi?xong=mat-khau")
	if office.secret == before {
		t.Error("the session kept its secret")
	}
	office.holds(office.get("/so/toi?xong=mat-khau"), "Đã đổi mật khẩu")
	home.wants(home.get("/so/"), 303, "/so/dang-nhap")
	home.wants(home.login("lan", horses), 303, "/so/")
	id := regexp.MustCompile(`name="ma-phien" value="([0-9a-f]{16})"`).FindStringSubmatch(office.get("/so/toi").body)
	office.wants(office.post("/so/toi/phien", "ma-phien", id[1]), 303, "/so/toi")
	home.wants(home.get("/so/"), 303, "/so/dang-nhap")
	office.wants(office.get("/so/"), 200, "")
}

// Whoever tries many names from one address has to wait; a right password from
// elsewhere goes through meanwhile.
func TestManyWrongNamesFromOneAddress(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	for i := range 20 {
		v.wants(v.login("ten-"+string(rune('a'+i)), "sai"), 422, "")
	}
	if a := v.login("lan", matrixPassword); a.StatusCode != 429 || a.Header.Get("Retry-After") == "" {
		t.Errorf("the 21st attempt: %d", a.StatusCode)
	}
	p.now = p.now.Add(11 * time.Minute)
	v.wants(v.login("lan", matrixPassword), 303, "/so/")
}

func TestThePasswordOnceMoreBeforeFiles(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	v.wants(v.get("/so/nhat-ky.xlsx"), 200, "")
	p.now = p.now.Add(16 * time.Minute)
	v.wants(v.get("/so/nhat-ky.xlsx?q=l%C6%B0u"), 303, "/so/xac-nhan?tiep=%2Fso%2Fnhat-ky.xlsx%3Fq%3Dl%25C6%25B0u")
	v.wants(v.post("/so/viec/bang-ket-qua", "dot", "2026-10"), 303, "/so/xac-nhan?tiep=%2Fso%2F")
	v.holds(v.wants(v.post("/so/xac-nhan", "mat-khau", "sai", "tiep", "/so/nhat-ky.xlsx"), 422, ""), `value="/so/nhat-ky.xlsx"`)
	p.now = p.now.Add(time.Minute)
	v.wants(v.post("/so/xac-nhan", "mat-khau", matrixPassword, "tiep", "/so/nhat-ky.xlsx?q=a"), 303, "/so/nhat-ky.xlsx?q=a")
	v.wants(v.get("/so/nhat-ky.xlsx"), 200, "")
	for _, evil := range []string{"https://evil.example/so/", "//evil.example/so/", "/so/\\evil", "/truong/", "javascript:alert(1)", "/so"} {
		if body := v.get("/so/xac-nhan?tiep=" + url.QueryEscape(evil)).body; !strings.Contains(body, `name="tiep" value="/so/"`) {
			t.Errorf("%s is kept as a place to go to", evil)
		}
	}
}

// New addresses of schools' own pages are given out to whoever gives the
// password, on the page that asks for them: the choice of schools stays.
func TestThePasswordOnceMoreBeforeNewAddresses(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	school := string(p.a.Code)
	order := []string{"to-mo", "co", "truong", school}
	confirmed := append(order, "xac-nhan", "co")
	const box = `name="mat-khau"`
	if a := v.wants(v.post("/so/tai-lieu", order...), 200, ""); strings.Contains(a.body, box) {
		t.Error("the password is asked for twice within a quarter of an hour")
	}
	p.now = p.now.Add(16 * time.Minute)
	v.holds(v.wants(v.post("/so/tai-lieu", order...), 200, ""), box, `value="`+school+`"`)
	for _, wrong := range []string{"", "sai"} {
		a := v.holds(v.wants(v.post("/so/tai-lieu", append(confirmed, "mat-khau", wrong)...), 422, ""), box, "Mật khẩu không đúng", `value="`+school+`"`)
		if strings.Contains(a.body, `value="sai"`) || strings.Count(a.body, `name="xac-nhan"`) != 1 {
			t.Errorf("the password goes back, or a field comes twice:\n%s", a.body)
		}
		p.now = p.now.Add(time.Minute)
	}
	v.wants(v.post("/so/tai-lieu", append(confirmed, "quay-lai", "co", "mat-khau", "sai")...), 200, "")
	for _, password := range []string{matrixPassword, ""} { // the second time it has just been given
		a := v.post("/so/tai-lieu", append(confirmed, "mat-khau", password)...)
		if to := a.Header.Get("Location"); a.StatusCode != 303 || !strings.HasPrefix(to, "/so/viec/") {
			t.Errorf("with the password %q: %d to %s", password, a.StatusCode, to)
		}
	}
}

// No form is taken that does not hold the token of its session.
func TestFormsWithoutTheTokenAreRefused(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	for _, c := range permissions {
		free := c.want == refusesForms || c.want == absent || c.want == toLogin || c.want[6] == 415 || c.route == "/so/dang-xuat" || !strings.HasPrefix(c.route, "/so") || c.route == "/so/*"
		if c.method != fiber.MethodPost || free {
			continue
		}
		for _, token := range []string{"", page.Token("another session")} {
			if a := v.post(p.address(c), page.TokenField, token); a.StatusCode != 403 {
				t.Errorf("%s with the token %q: %d", c.route, token, a.StatusCode)
			}
		}
	}
}

// Whatever was typed is still there when the session has ended meanwhile.
func TestWhatWasTypedIsKept(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	token := page.Token(v.secret)
	send := func(path, origin string, fields url.Values) answer {
		r := httptest.NewRequest("POST", path, strings.NewReader(fields.Encode()))
		r.Header.Set("Content-Type", formMIME)
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		return v.send(r)
	}
	p.now = p.now.Add(31 * time.Minute)
	typed := url.Values{page.TokenField: {token}, "che": {"một <dòng> dài\nđã gõ"}, "da-bao": {""}, "quyet-dinh": {"read"}, "mat-khau": {"bi mat"}}
	path := "/so/gop-y/" + p.opinions[0] + "?q=lan"
	a := v.holds(v.wants(send(path, baseURL, typed), 403, ""), "Phiên làm việc đã hết", `value="một &lt;dòng&gt; dài`, `action="`+path+`"`, `href="/so/dang-nhap"`)
	if strings.Contains(a.body, "bi mat") || strings.Contains(a.body, page.TokenField) {
		t.Errorf("a password or a token is kept:\n%s", a.body)
	}
	if a := send(path, "", typed); strings.Contains(a.body, "Gửi lại") {
		t.Error("what came from nowhere is offered to be sent")
	}
	if a := send(path, "https://evil.example", typed); a.StatusCode != 403 || strings.Contains(a.body, "Gửi lại") {
		t.Error("what another site sent is offered to be sent")
	}
	v.login("lan", matrixPassword)
	typed.Del("mat-khau")
	v.holds(v.wants(send(path, baseURL, typed), 403, ""), "được mở từ trước", `name="phien" value="`+page.Token(v.secret)+`"`)
	typed.Set(page.TokenField, page.Token(v.secret))
	v.wants(send(path, baseURL, typed), 303, "/so/gop-y/tiep?q=lan&sau="+p.opinions[0])
}
