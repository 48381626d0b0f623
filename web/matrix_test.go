package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// visitors are who may come. School A lies in the commune's own area, school B
// in another.
var visitors = []string{"anonymous", "parent", "school A", "school B", "commune", "viewer", "office"}

// statuses is what each of the visitors gets, in their order.
type statuses [7]int

// The usual answers.
var (
	public       = statuses{200, 200, 200, 200, 200, 200, 200}
	absent       = statuses{404, 404, 404, 404, 404, 404, 404}
	refusesForms = statuses{422, 422, 422, 422, 422, 422, 422} // an empty form says what is missing
	signedIn     = statuses{303, 303, 303, 303, 200, 200, 200} // others are led to the login
	readers      = statuses{303, 303, 303, 303, 403, 200, 200}
	schools      = statuses{403, 403, 200, 200, 403, 403, 403}
	toLogin      = statuses{303, 303, 303, 303, 303, 303, 303}
	ownForm      = statuses{403, 403, 403, 403, 422, 422, 422} // an empty form of one's own account
	officeForm   = statuses{403, 403, 403, 403, 403, 403, 422}
	officeMisses = statuses{403, 403, 403, 403, 403, 403, 404}
	officeOnly   = statuses{303, 303, 303, 303, 403, 403, 200}
)

// changes is a POST for the office only, and what it answers there.
func changes(office int) statuses { return statuses{403, 403, 403, 403, 403, 403, office} }

// permission is a route, an address under it, and what each visitor gets there.
// {A} and {B} in an address stand for the school's code, {a} and {b} for its
// link. Add each route with an object of one's own and one of somebody else.
type permission struct {
	method, route string
	path          string // empty: the route itself
	fields        string // of a POST; an empty form by default
	want          statuses
}

var permissions = []permission{
	{"GET", "/healthz", "", "", public},
	{"GET", "/readyz", "", "", public},
	{"GET", "/robots.txt", "", "", public},
	{"GET", "/static/:hash/:name", "/static/0000/site.css", "", absent},

	{"GET", "/", "", "", public},
	{"GET", "/k/:code", "/k/{a}", "", public},
	{"GET", "/k/:code", "/k/ZZZZ9999", "", absent},
	{"GET", "/K/:code", "/K/{a}", "", public},
	{"GET", "/k/:code/cam-on", "/k/{a}/cam-on", "", public},
	{"GET", "/k/:code/anh.png", "/k/{a}/anh.png", "", public},
	{"GET", "/am/:file", "/am/AAAAAAAAAAAA.m4a", "", absent},
	{"GET", "/k/:code/:form", "/k/{a}/TH", "", public},
	{"GET", "/k/:code/:form", "/k/{a}/THCS", "", absent},
	{"POST", "/k/:code/:form", "/k/{a}/TH", "", refusesForms},
	{"GET", "/k/:code/giup/:pass", "/k/{a}/giup/abc", "", absent},
	{"GET", "/k/:code/giup/:pass/cam-on", "/k/{a}/giup/abc/cam-on", "", absent},
	{"GET", "/k/:code/giup/:pass/quen.gif", "/k/{a}/giup/abc/quen.gif", "", absent},
	{"GET", "/k/:code/giup/:pass/:form", "/k/{a}/giup/abc/TH", "", absent},
	{"POST", "/k/:code/giup/:pass/:form", "/k/{a}/giup/abc/TH", "", absent},
	{"GET", "/api/v1/openapi.json", "", "", public},
	{"GET", "/api/v1/k/:code", "/api/v1/k/{a}", "", public},
	{"POST", "/api/v1/k/:code/:form", "/api/v1/k/{a}/TH", "", statuses{415, 415, 415, 415, 415, 415, 415}},

	{"GET", "/ket-qua", "", "", statuses{303, 303, 303, 303, 303, 303, 303}},
	{"GET", "/ket-qua/", "", "", public},
	{"GET", "/ket-qua/:round", "/ket-qua/2026-10", "", absent},
	{"GET", "/ket-qua/:round/tai-ve.xlsx", "/ket-qua/2026-10/tai-ve.xlsx", "", absent},
	{"GET", "/ket-qua/:round/phieu/:form", "/ket-qua/2026-10/phieu/TH", "", absent},
	{"GET", "/ket-qua/:round/xa/:area", "/ket-qua/2026-10/xa/22045", "", absent},
	{"GET", "/ket-qua/:round/truong", "/ket-qua/2026-10/truong", "", absent},
	{"GET", "/ket-qua/:round/truong/:code", "/ket-qua/2026-10/truong/{A}", "", absent},

	{"GET", "/truong", "", "", statuses{303, 303, 303, 303, 303, 303, 303}},
	{"GET", "/truong/", "", "", schools},
	{"GET", "/truong/to-dan.pdf", "", "", schools},
	{"GET", "/truong/phieu-nho.pdf", "", "", schools},
	{"GET", "/truong/ma-qr.svg", "", "", schools},
	{"GET", "/truong/ma-qr.png", "", "", schools},
	{"GET", "/truong/giup", "", "", schools},
	{"GET", "/truong/giup/kem.png", "", "", schools},
	{"GET", "/truong/giup/may.png", "", "", schools},
	{"GET", "/truong/ket-qua", "", "", statuses{403, 403, 404, 404, 403, 403, 403}}, // nothing is released
	{"GET", "/truong/ket-qua.xlsx", "", "", statuses{403, 403, 404, 404, 403, 403, 403}},
	{"POST", "/truong/ket-qua", "", "dot=2026-10&dong-1=x", statuses{403, 403, 404, 404, 403, 403, 403}},
	{"GET", "/truong/:token", "/truong/{A}", "", absent},

	{"GET", "/so", "", "", statuses{303, 303, 303, 303, 303, 303, 303}},
	{"GET", "/so/dang-nhap", "", "", public},
	{"POST", "/so/dang-nhap", "", "", refusesForms},
	{"POST", "/so/dang-xuat", "", "", statuses{403, 403, 303, 303, 303, 303, 303}},
	{"GET", "/so/dang-nhap/ma", "", "", toLogin},
	{"POST", "/so/dang-nhap/ma", "", "", toLogin},
	{"GET", "/so/bat-dau/:token", "/so/bat-dau/abc", "", absent},
	{"POST", "/so/bat-dau/:token", "/so/bat-dau/abc", "", absent},
	{"GET", "/so/kich-hoat/:token", "/so/kich-hoat/abc", "", absent},
	{"POST", "/so/kich-hoat/:token", "/so/kich-hoat/abc", "", absent},
	{"GET", "/so/xac-nhan", "", "", signedIn},
	{"POST", "/so/xac-nhan", "", "", ownForm},
	{"GET", "/so/toi", "", "", signedIn},
	{"POST", "/so/toi/mat-khau", "", "", ownForm},
	{"POST", "/so/toi/phien", "", "ma-phien=0123456789abcdef", statuses{403, 403, 403, 403, 303, 303, 303}},
	{"GET", "/so/toi/ma", "", "", signedIn},
	{"POST", "/so/toi/ma/moi", "", "", ownForm},
	{"POST", "/so/toi/ma/bat", "", "", ownForm},
	{"POST", "/so/toi/ma/du-phong", "", "", ownForm},
	{"POST", "/so/toi/ma/tat", "", "", ownForm},
	{"GET", "/so/gop-y", "", "", readers},
	{"GET", "/so/gop-y", "/so/gop-y?q=co+lan", "", readers},
	{"POST", "/so/viec/gop-y", "", "", statuses{403, 403, 403, 403, 403, 404, 303}}, // nobody has read them: nothing for viewers
	{"GET", "/so/gop-y/nguyen-van.xlsx", "", "", officeOnly},
	{"GET", "/so/gop-y/tiep", "", "", statuses{303, 303, 303, 303, 403, 403, 303}},
	{"GET", "/so/gop-y/:id", "/so/gop-y/{r}", "", readers},
	{"GET", "/so/gop-y/:id", "/so/gop-y/khong-co", "", statuses{303, 303, 303, 303, 403, 404, 404}},
	{"POST", "/so/gop-y/:id", "/so/gop-y/{r}", "", officeForm},
	{"POST", "/so/gop-y/:id", "/so/gop-y/khong-co", "", officeMisses},
	{"GET", "/so/tai-khoan", "", "", officeOnly},
	{"GET", "/so/tai-khoan.xlsx", "", "", officeOnly},
	{"POST", "/so/tai-khoan", "", "", officeForm},
	{"GET", "/so/tai-khoan/:name", "/so/tai-khoan/lan", "", officeOnly},
	{"GET", "/so/tai-khoan/:name", "/so/tai-khoan/minh", "", officeOnly},
	{"GET", "/so/tai-khoan/:name", "/so/tai-khoan/khong-co", "", statuses{303, 303, 303, 303, 403, 403, 404}},
	{"POST", "/so/tai-khoan/:name/mat-khau", "/so/tai-khoan/khong-co/mat-khau", "", officeMisses},
	{"POST", "/so/tai-khoan/:name/ma", "/so/tai-khoan/khong-co/ma", "", officeMisses},
	{"POST", "/so/tai-khoan/:name/ngung", "/so/tai-khoan/khong-co/ngung", "", officeMisses},
	{"POST", "/so/tai-khoan/:name/ngung", "/so/tai-khoan/lan/ngung", "", statuses{403, 403, 403, 403, 403, 403, 409}},
	{"GET", "/so/cai-dat", "", "", officeOnly},
	{"POST", "/so/cai-dat", "", "", officeForm},
	{"GET", "/so/", "", "", signedIn},
	{"GET", "/so/tham-gia.xlsx", "", "", signedIn},
	{"GET", "/so/tinh-hinh.json", "", "", signedIn},
	{"GET", "/so/thu-nhac.docx", "", "", readers},
	{"GET", "/so/nhat-ky", "", "", readers},
	{"GET", "/so/dot", "", "", readers},
	{"GET", "/so/dot/thu", "", "", readers},
	{"POST", "/so/dot/thu/mo", "", "", officeForm},
	{"POST", "/so/dot/thu/xoa", "", "", officeMisses},
	{"POST", "/so/dot/thu/bang-ket-qua", "", "", statuses{403, 403, 403, 403, 403, 404, 404}},
	{"POST", "/so/dot/:act", "/so/dot/them", "", officeForm},
	{"GET", "/so/dot/:id", "/so/dot/2026-10", "", readers},
	{"GET", "/so/dot/:id", "/so/dot/2040-10", "", statuses{303, 303, 303, 303, 403, 404, 404}},
	{"POST", "/so/dot/:id/:act", "/so/dot/2026-10/gia-han", "", officeForm},
	{"POST", "/so/dot/:id/:act", "/so/dot/2026-10/khac", "", officeMisses},
	{"GET", "/so/bo-cau-hoi", "", "", readers},
	{"POST", "/so/bo-cau-hoi/chon", "", "bo=khong-co", officeMisses},
	{"POST", "/so/bo-cau-hoi/nap", "", "", statuses{403, 403, 403, 403, 403, 403, 415}},
	{"GET", "/so/bo-cau-hoi/nap/:id", "/so/bo-cau-hoi/nap/abc", "", statuses{303, 303, 303, 303, 403, 403, 303}},
	{"POST", "/so/bo-cau-hoi/nap/:id", "/so/bo-cau-hoi/nap/abc", "", statuses{403, 403, 403, 403, 403, 403, 303}},
	{"GET", "/so/bo-cau-hoi/:version/tep.xlsx", "/so/bo-cau-hoi/mau-tham-khao-2026/tep.xlsx", "", readers},
	{"GET", "/so/bo-cau-hoi/:version/tep.xlsx", "/so/bo-cau-hoi/khong-co/tep.xlsx", "", statuses{303, 303, 303, 303, 403, 404, 404}},
	{"GET", "/so/bo-cau-hoi/:version/ghi-am.zip", "/so/bo-cau-hoi/mau-tham-khao-2026/ghi-am.zip", "", statuses{303, 303, 303, 303, 403, 404, 404}},
	{"GET", "/so/nhat-ky.xlsx", "", "", readers},
	{"GET", "/so/tai-lieu", "", "", signedIn},
	{"POST", "/so/tai-lieu", "", "to-dan=co&truong={A}", statuses{403, 403, 403, 403, 303, 303, 303}},
	{"POST", "/so/tai-lieu", "", "to-dan=co&truong={B}", statuses{403, 403, 403, 403, 404, 303, 303}},
	{"POST", "/so/tai-lieu", "", "to-mo=co&truong={A}", statuses{403, 403, 403, 403, 403, 403, 200}},
	{"POST", "/so/tai-lieu", "", "to-mo=co&xac-nhan=co&truong={A}", statuses{403, 403, 403, 403, 403, 403, 303}},
	{"GET", "/so/tro-giup", "", "", signedIn},
	{"GET", "/so/tro-giup/so-tay", "", "", signedIn},
	{"GET", "/so/viec", "", "", signedIn},
	{"POST", "/so/viec/bang-ket-qua", "", "", statuses{403, 403, 403, 403, 403, 422, 422}},
	{"POST", "/so/viec/bang-ket-qua", "", "dot=2026-10", statuses{403, 403, 403, 403, 403, 403, 303}},
	{"GET", "/so/viec/:id", "/so/viec/khong-co", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"GET", "/so/viec/:id/tien-do", "/so/viec/khong-co/tien-do", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"GET", "/so/viec/:id/tep", "/so/viec/khong-co/tep", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"POST", "/so/viec/:id/dung", "/so/viec/khong-co/dung", "", statuses{403, 403, 403, 403, 404, 404, 404}},
	{"GET", "/so/truong", "", "", signedIn},
	{"GET", "/so/truong", "/so/truong?tt=tat-ca&xep=-si-so&trang=tat-ca", "", signedIn},
	{"GET", "/so/truong.xlsx", "", "", signedIn},
	{"GET", "/so/truong/mau.xlsx", "", "", readers},
	{"GET", "/so/truong/them", "", "", officeOnly},
	{"POST", "/so/truong/them", "", "", changes(422)},
	{"GET", "/so/truong/nap", "", "", officeOnly},
	{"POST", "/so/truong/nap", "", "", changes(415)}, // no form with a file
	{"GET", "/so/truong/nap/:id", "/so/truong/nap/khac", "", statuses{303, 303, 303, 303, 403, 403, 404}},
	{"POST", "/so/truong/nap/:id", "/so/truong/nap/khac", "", changes(404)},
	{"GET", "/so/truong/nap/:id/loi.xlsx", "/so/truong/nap/khac/loi.xlsx", "", statuses{303, 303, 303, 303, 403, 403, 404}},
	{"GET", "/so/truong/xa", "", "", readers},
	{"GET", "/so/truong/xa.xlsx", "", "", readers},
	{"POST", "/so/truong/xa/them", "", "", changes(422)},
	{"POST", "/so/truong/xa/nhap", "", "", changes(422)},
	{"GET", "/so/truong/xa/:code", "/so/truong/xa/khac", "", statuses{303, 303, 303, 303, 403, 403, 404}},
	{"POST", "/so/truong/xa/:code", "/so/truong/xa/khac", "", changes(404)},
	{"GET", "/so/truong/:code", "/so/truong/{A}", "", signedIn},
	{"GET", "/so/truong/:code", "/so/truong/{B}", "", statuses{303, 303, 303, 303, 404, 200, 200}},
	{"GET", "/so/truong/:code", "/so/truong/khac", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"POST", "/so/truong/:code/sua", "/so/truong/{A}/sua", "", changes(422)},
	{"POST", "/so/truong/:code/doi-ten", "/so/truong/{A}/doi-ten", "", changes(422)},
	{"POST", "/so/truong/:code/thay-doi", "/so/truong/{A}/thay-doi", "", changes(422)},
	{"POST", "/so/truong/:code/huy", "/so/truong/{A}/huy", "", changes(404)}, // there is nothing to withdraw
	{"GET", "/so/truong/:code/doi-lien-ket", "/so/truong/{A}/doi-lien-ket", "", officeOnly},
	{"POST", "/so/truong/:code/doi-lien-ket", "/so/truong/{A}/doi-lien-ket", "", changes(303)},
	{"POST", "/so/truong/:code/trang-rieng", "/so/truong/{A}/trang-rieng", "", changes(303)},
	{"GET", "/so/truong/:code/trang-rieng/:id", "/so/truong/{A}/trang-rieng/khac", "", officeOnly},
	{"GET", "/so/ket-qua", "", "", signedIn},
	{"GET", "/so/ket-qua/:round", "/so/ket-qua/2026-10", "", statuses{303, 303, 303, 303, 404, 200, 200}},
	{"GET", "/so/ket-qua/:round", "/so/ket-qua/2031-10", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"GET", "/so/ket-qua/:round/phieu/:form", "/so/ket-qua/2026-10/phieu/TH", "", readers},
	{"GET", "/so/ket-qua/:round/xa/:area", "/so/ket-qua/2026-10/xa/22045", "", statuses{303, 303, 303, 303, 404, 200, 200}},
	{"GET", "/so/ket-qua/:round/truong", "/so/ket-qua/2026-10/truong", "", readers},
	{"GET", "/so/ket-qua/:round/truong/:code", "/so/ket-qua/2026-10/truong/{A}", "", statuses{303, 303, 303, 303, 404, 200, 200}},
	{"GET", "/so/ket-qua/:round/xem-truoc", "/so/ket-qua/2026-10/xem-truoc", "", readers},
	{"GET", "/so/ket-qua/:round/xem-truoc/phieu/:form", "/so/ket-qua/2026-10/xem-truoc/phieu/TH", "", readers},
	{"GET", "/so/ket-qua/:round/xem-truoc/xa/:area", "/so/ket-qua/2026-10/xem-truoc/xa/22045", "", readers},
	{"GET", "/so/ket-qua/:round/xem-truoc/truong", "/so/ket-qua/2026-10/xem-truoc/truong", "", readers},
	{"GET", "/so/ket-qua/:round/xem-truoc/truong/:code", "/so/ket-qua/2026-10/xem-truoc/truong/{A}", "", readers},
	{"GET", "/so/ket-qua/:round/da-cong-bo.xlsx", "/so/ket-qua/2026-10/da-cong-bo.xlsx", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"GET", "/so/ket-qua/:round/cong-bo", "/so/ket-qua/2026-10/cong-bo", "", readers},
	{"POST", "/so/ket-qua/:round/cong-bo", "/so/ket-qua/2026-10/cong-bo", "buoc=schools&dong-y=1", statuses{403, 403, 403, 403, 403, 403, 422}},
	{"POST", "/so/ket-qua/:round/sua", "/so/ket-qua/2026-10/sua", "ly-do=thu", statuses{403, 403, 403, 403, 403, 403, 422}},
	{"POST", "/so/ket-qua/:round/nguong", "/so/ket-qua/2026-10/nguong", "nguong=4", statuses{403, 403, 403, 403, 403, 403, 422}},
	{"GET", "/so/ket-qua/:round/se-lam", "/so/ket-qua/2026-10/se-lam", "", readers},
	{"POST", "/so/ket-qua/:round/se-lam", "/so/ket-qua/2026-10/se-lam", "truong={A}&dong=1&an=1", statuses{403, 403, 403, 403, 403, 403, 404}},
	{"GET", "/so/*", "/so/khac", "", statuses{303, 303, 303, 303, 404, 404, 404}},
	{"POST", "/so/*", "/so/khac", "", statuses{403, 403, 403, 403, 404, 404, 404}},
}

func (p *province) address(c permission) string {
	path := c.path
	if path == "" {
		path = c.route
	}
	return p.named(path)
}

// named puts the schools into a text.
func (p *province) named(text string) string {
	return strings.NewReplacer("{A}", string(p.a.Code), "{B}", string(p.b.Code), "{a}", string(p.a.Link), "{b}", string(p.b.Link), "{r}", p.opinions[0]).Replace(text)
}

func TestEveryRouteByEveryRole(t *testing.T) {
	p := newProvince(t)
	for _, c := range permissions {
		path := p.address(c)
		p.later.Add(int64(2 * time.Minute)) // after a wrong password the next has to wait
		for i, who := range visitors {
			status, to, body := p.ask(who, c.method, path, p.named(c.fields))
			if status != c.want[i] {
				t.Errorf("%s %s as %s: %d, want %d\n%s", c.method, path, who, status, c.want[i], firstLines(body))
			}
			stranger := !strings.Contains("commune viewer office", who)
			if stranger && c.want[i] == 303 && strings.HasPrefix(path, "/so/") && to != "/so/dang-nhap" {
				t.Errorf("%s %s as %s leads to %s, want the login", c.method, path, who, to)
			}
			if who != "office" && strings.Contains(body, spoken) {
				t.Errorf("%s %s shows %s what a parent wrote", c.method, path, who)
			}
			if who == "commune" && strings.HasPrefix(path, "/so") && strings.Contains(body, p.b.Name) {
				t.Errorf("%s %s shows a commune the school of another", c.method, path)
			}
		}
	}
}

func firstLines(body string) string { return body[:min(len(body), 300)] }

// A route that is not in the matrix is one of which nobody said who may open
// it.
func TestTheMatrixHasEveryRoute(t *testing.T) {
	known := map[string]bool{}
	for _, c := range permissions {
		known[c.method+" "+c.route] = true
	}
	p := newProvince(t)
	for _, route := range p.app.GetRoutes(true) {
		if route.Method == fiber.MethodGet || route.Method == fiber.MethodPost {
			if !known[route.Method+" "+route.Path] {
				t.Errorf("%s %s is not in the matrix", route.Method, route.Path)
			}
			continue
		}
		if route.Method != fiber.MethodHead && route.Path != "/so/*" {
			t.Errorf("%s %s: the pages know GET and POST only", route.Method, route.Path)
		}
	}
}
