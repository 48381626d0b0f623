package web_test

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web"
	"hailong/web/page"
)

// tour is a whole province, as large as a real one, with pages to look at.
type tour struct {
	*province
	dir     atomic.Pointer[survey.Directory]
	cookies map[string]string // of whom the pages are shown to
	school  survey.School     // whose own page is shown; it has responses
	job     string            // address of a job that is done
	preview string            // of a questionnaire that was brought
	door    string            // of somebody who sets a first password
	list    string            // address of a list of schools that can be taken
	faulty  string            // address of one that cannot
	merged  survey.SchoolCode // went into the school whose page is shown
}

// stop is a page of the tour.
type stop struct {
	route string
	path  string // empty: the route
	who   string // empty: the office
}

// stops are the pages of the office, of the schools and of results. {job} and
// {school} in an address stand for those of the tour.
var stops = []stop{
	{"/so/dang-nhap", "", "anonymous"},
	{"/so/kich-hoat/:token", "{door}", "anonymous"},
	{"/so/", "", ""},
	{"/so/", "/so/?tt=chua-co&xep=-si-so&trang=2", ""},
	{"/so/", "/so/?q=khong+co+truong+nay", ""},
	{"/so/", "", "commune"},
	{"/so/dot", "", ""},
	{"/so/dot/thu", "", ""},
	{"/so/dot/:id", "/so/dot/2026-10", ""},
	{"/so/bo-cau-hoi", "", ""},
	{"/so/bo-cau-hoi/nap/:id", "{preview}", ""},
	{"/so/truong", "", ""},
	{"/so/truong", "/so/truong?q=tieu+hoc&tt=tat-ca&xep=-si-so&trang=2", ""},
	{"/so/truong", "", "commune"},
	{"/so/truong/them", "", ""},
	{"/so/truong/nap", "", ""},
	{"/so/truong/nap/:id", "{list}", ""},
	{"/so/truong/nap/:id", "{faulty}", "second"},
	{"/so/truong/xa", "", ""},
	{"/so/truong/xa", "/so/truong/xa?q=ea&xep=-truong", ""},
	{"/so/truong/xa/:code", "/so/truong/xa/{area}", ""},
	{"/so/truong/:code", "/so/truong/{school}", ""},
	{"/so/truong/:code", "/so/truong/{merged}", ""},
	{"/so/truong/:code/doi-lien-ket", "/so/truong/{school}/doi-lien-ket", ""},
	{"/so/truong/:code/trang-rieng/:id", "/so/truong/{school}/trang-rieng/xem-roi", ""},
	{"/so/tai-lieu", "", ""},
	{"/so/tai-lieu", "/so/tai-lieu?q=tieu+hoc&cap=TH&trang=2", ""},
	{"/so/tai-lieu", "", "commune"},
	{"/so/viec", "", ""},
	{"/so/viec/:id", "{job}", ""},
	{"/so/nhat-ky", "", ""},
	{"/so/gop-y", "", ""},
	{"/so/gop-y", "/so/gop-y?q=khong+co+loi+nay", ""},
	{"/so/gop-y", "", "viewer"},
	{"/so/gop-y/:id", "/so/gop-y/{remark}", ""},
	{"/so/gop-y/:id", "/so/gop-y/{decided}", "viewer"},
	{"/so/dang-nhap/ma", "", "waiting"},
	{"/so/tai-khoan", "", ""},
	{"/so/tai-khoan/:name", "/so/tai-khoan/minh", ""},
	{"/so/cai-dat", "", ""},
	{"/so/xac-nhan", "/so/xac-nhan?tiep=%2Fso%2F", ""},
	{"/so/toi", "", ""},
	{"/so/toi/ma", "", ""},
	{"/so/toi/ma", "", "viewer"},
	{"/so/toi/ma", "", "coded"},
	{"/so/tro-giup", "", ""},
	{"/so/tro-giup/so-tay", "", ""},
	{"/so/ket-qua", "", ""},
	{"/so/ket-qua/:round", "/so/ket-qua/2026-03", ""},
	{"/so/ket-qua/:round", "/so/ket-qua/2026-10", ""},
	{"/so/ket-qua/:round", "/so/ket-qua/2026-03", "commune"},
	{"/so/ket-qua/:round/phieu/:form", "/so/ket-qua/2026-03/phieu/MN", ""},
	{"/so/ket-qua/:round/xa/:area", "/so/ket-qua/2026-03/xa/{area}", ""},
	{"/so/ket-qua/:round/truong", "/so/ket-qua/2026-03/truong", ""},
	{"/so/ket-qua/:round/truong/:code", "/so/ket-qua/2026-03/truong/{school}", ""},
	{"/so/ket-qua/:round/xem-truoc", "/so/ket-qua/2026-03/xem-truoc", ""},
	{"/so/ket-qua/:round/xem-truoc/phieu/:form", "/so/ket-qua/2026-03/xem-truoc/phieu/MN", ""},
	{"/so/ket-qua/:round/xem-truoc/xa/:area", "/so/ket-qua/2026-03/xem-truoc/xa/{area}", ""},
	{"/so/ket-qua/:round/xem-truoc/truong", "/so/ket-qua/2026-03/xem-truoc/truong?q=so", ""},
	{"/so/ket-qua/:round/xem-truoc/truong/:code", "/so/ket-qua/2026-03/xem-truoc/truong/{school}", ""},
	{"/so/ket-qua/:round/cong-bo", "/so/ket-qua/2026-03/cong-bo", ""},
	{"/so/ket-qua/:round/se-lam", "/so/ket-qua/2026-03/se-lam", ""},
	{"/ket-qua/", "", "anonymous"},
	{"/ket-qua/:round", "/ket-qua/2026-03", "anonymous"},
	{"/ket-qua/:round/phieu/:form", "/ket-qua/2026-03/phieu/MN", "anonymous"},
	{"/ket-qua/:round/xa/:area", "/ket-qua/2026-03/xa/{area}", "anonymous"},
	{"/ket-qua/:round/truong", "/ket-qua/2026-03/truong?q=mam+non", "anonymous"},
	{"/ket-qua/:round/truong/:code", "/ket-qua/2026-03/truong/{school}", "anonymous"},
	{"/so/*", "/so/khong-co", ""},
	{"/truong/", "", "school"},
	{"/truong/", "", "anonymous"},
	{"/truong/giup", "", "school"},
	{"/truong/ket-qua", "", "school"},
}

// notToured are routes that lead on or give a file; every other route of a
// page is a stop.
var notToured = []string{"/so", "/ket-qua", "/so/bat-dau/:token", "/so/gop-y/tiep", "/so/bo-cau-hoi/:version/tep.xlsx", "/so/bo-cau-hoi/:version/ghi-am.zip", "/so/viec/:id/tien-do", "/so/viec/:id/tep", "/truong", "/truong/:token"}

func newTour(t *testing.T) *tour {
	t.Helper()
	p := &tour{province: newEmpty(t), cookies: map[string]string{"anonymous": ""}}
	ctx := context.Background()
	p.spring(ctx)
	p.fill()
	p.refresh()
	var err error
	if p.app, err = web.New(p.config()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.app.Shutdown() })
	for _, who := range []string{"office", "commune", "viewer"} {
		p.cookies[who], _ = p.cookieOf(who)
	}
	p.secondFactors(ctx)
	p.decide(ctx)
	p.answer(ctx, "2026-10")
	p.release()
	access, err := p.store.GrantAccess(ctx, "test", p.school.Code)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := p.store.EnterSchool(ctx, access)
	if err != nil {
		t.Fatal(err)
	}
	p.cookies["school"] = "hl-truong=" + secret
	p.order()
	p.preview = p.upload(edited(t, "so-2030", inEdeAndJarai), map[string][]byte{"A1 Ê Đê.m4a": sound("1")}).Header.Get("Location")
	p.lists()
	return p
}

// config keeps the directory in memory, as the service does.
func (p *tour) config() web.Config {
	cfg := p.province.config()
	cfg.Directory = p.dir.Load
	return cfg
}

// spring is the round before, which is over when the tour begins.
func (p *tour) spring(ctx context.Context) {
	p.Helper()
	p.now = time.Date(2026, 3, 20, 9, 30, 0, 0, zone)
	p.load(ctx)
	if _, err := p.store.AdvanceRounds(ctx); err != nil {
		p.Fatal(err)
	}
	p.answer(ctx, springRound)
	p.now = now
}

// springRound is the round whose results are on the tour.
const springRound = "2026-03"

// release shows the results of the spring to everybody, step by step.
func (p *tour) release() {
	p.Helper()
	for _, stage := range []string{"schools", "public"} {
		path := "/so/ket-qua/" + springRound + "/cong-bo"
		if res := p.post(path, url.Values{"buoc": {stage}, "dong-y": {"1"}}); res.StatusCode != http.StatusSeeOther {
			p.Fatalf("release to %s: %d", stage, res.StatusCode)
		}
	}
	p.refresh()
}

// load makes the schools of the demo those of the province.
func (p *tour) load(ctx context.Context) {
	p.Helper()
	file, err := os.ReadFile(filepath.Join("..", "cmd", "hailong", "demo-schools.xlsx"))
	if err != nil {
		p.Fatal(err)
	}
	list, err := sheet.ReadSchools(file, survey.BuiltInAreas())
	if err != nil {
		p.Fatal(err)
	}
	if _, err := p.store.LoadSchools(ctx, "test", list.Schools(), false); err != nil {
		p.Fatal(err)
	}
}

func (p *tour) refresh() { p.dir.Store(p.directory()) }

// answer gives some strata responses of chance; the first of them is the
// school of the tour.
func (p *tour) answer(ctx context.Context, round survey.RoundID) {
	p.Helper()
	strata, err := p.store.Strata(ctx, round)
	if err != nil {
		p.Fatal(err)
	}
	var all sync.WaitGroup
	for i, st := range strata[:40] {
		if i == 0 {
			p.school = st.School
		}
		all.Go(func() {
			chance := rand.New(rand.NewPCG(5, uint64(i)))
			for range 12 + i {
				if _, err := p.store.Accept(ctx, p.delivery(chance, st)); err != nil {
					p.Error(err)
				}
			}
		})
	}
	all.Wait()
}

func (p *tour) delivery(chance *rand.Rand, st survey.Stratum) survey.Delivery {
	var random [16]byte
	binary.LittleEndian.PutUint64(random[:], chance.Uint64())
	binary.LittleEndian.PutUint64(random[8:], chance.Uint64())
	r := survey.Response{Expectation: 80 + chance.IntN(30), Comment: []string{"", "Nhà vệ sinh cần sạch hơn", "Cảm ơn cô giáo"}[chance.IntN(3)]}
	for range len(st.Form.Items) + 1 {
		r.Marks = append(r.Marks, survey.Mark(3+chance.IntN(3)))
	}
	return survey.Delivery{ID: survey.MintFormID(p.store.Secret(), random[:], p.now), Stratum: st.ID, Day: survey.DayOf(p.now, zone), Response: r}
}

// order has the pack of one school made, so that there is a job to look at.
func (p *tour) order() {
	p.Helper()
	res := p.post("/so/tai-lieu", url.Values{"to-dan": {"co"}, "truong": {string(p.school.Code)}})
	p.job = res.Header.Get("Location")
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, body := p.read(stop{path: p.job + "/tien-do"}); strings.Contains(body, `"done"`) {
			break
		}
	}
	token, err := p.store.InviteAccount(context.Background(), "test", survey.Account{Name: "thu-trang", Role: survey.ViewerRole})
	if err != nil {
		p.Fatal(err)
	}
	p.door = "/so/kich-hoat/" + token
}

// secondFactors offers one to the office, and gives one to an account that is
// signed in and, in another place, still has to type its code.
func (p *tour) secondFactors(ctx context.Context) {
	p.Helper()
	coded := survey.Account{Name: "hanh", Role: survey.ViewerRole}
	fail := func(err error) {
		if err != nil {
			p.Fatal(err)
		}
	}
	fail(p.store.OfferFactor(ctx, "lan"))
	fail(p.store.AddAccount(ctx, "test", coded, matrixPassword))
	secret, err := p.store.SignIn(ctx, coded, "Firefox, Windows")
	fail(err)
	p.cookies["coded"] = "hl=" + secret
	fail(p.store.OfferFactor(ctx, coded.Name))
	factor, err := p.store.OfferedFactor(ctx, coded.Name)
	fail(err)
	_, err = p.store.ConfirmFactor(ctx, coded.Name, factor.Code(survey.FactorStep(p.now)))
	fail(err)
	coded.Factor = true
	secret, err = p.store.SignIn(ctx, coded, "")
	fail(err)
	p.cookies["waiting"] = "hl=" + secret
}

// decide releases a comment.
func (p *tour) decide(ctx context.Context) {
	p.Helper()
	v := survey.CommentVerdict{State: survey.CommentReleased, Masked: "Cô [tên] tốt", Urgent: true, Told: "Ông Bình, 9 giờ ngày 20/10"}
	if err := p.store.DecideRemark(ctx, "lan", "2026-10", p.opinions[1], v); err != nil {
		p.Fatal(err)
	}
}

// post sends a form of the office.
func (p *tour) post(path string, fields url.Values) *http.Response {
	p.Helper()
	fields.Set(page.TokenField, page.Token(strings.TrimPrefix(p.cookies["office"], "hl=")))
	r := httptest.NewRequest("POST", path, strings.NewReader(fields.Encode()))
	r.Host = testHost
	r.Header.Set("Content-Type", formMIME)
	r.Header.Set("Cookie", p.cookies["office"])
	res, err := p.app.Test(r, -1)
	if err != nil {
		p.Fatal(err)
	}
	return res
}

// address is where a stop is.
func (p *tour) address(s stop) string {
	path := s.path
	if path == "" {
		path = s.route
	}
	return strings.NewReplacer("{job}", p.job, "{door}", p.door, "{preview}", p.preview, "{school}", string(p.school.Code), "{remark}", p.opinions[0], "{decided}", p.opinions[1],
		"{area}", string(p.school.Area.Code), "{list}", p.list, "{faulty}", p.faulty, "{merged}", string(p.merged)).Replace(path)
}

func (s stop) visitor() string {
	if s.who == "" {
		return "office"
	}
	return s.who
}

// name says a stop in reports and on the contact sheets.
func (s stop) name() string {
	return fmt.Sprintf("%s (%s)", cmp.Or(s.path, s.route), s.visitor())
}

// read gives the page of a stop as it is sent.
func (p *tour) read(s stop) (*http.Response, string) {
	p.Helper()
	r := httptest.NewRequest("GET", p.address(s), nil)
	r.Host = testHost
	if cookie := p.cookies[s.visitor()]; cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	res, err := p.app.Test(r, -1)
	if err != nil {
		p.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.Fatal(err)
	}
	return res, string(body)
}
