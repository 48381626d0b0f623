package web_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"hailong/survey"
)

// cardOf reads the Open Graph tags out of the first 2 KB, as messengers do.
func cardOf(t *testing.T, body string) map[string]string {
	t.Helper()
	tags := map[string]string{}
	for _, n := range all(parseHTML(t, body[:min(len(body), 2<<10)]).root, "meta") {
		at := attributes(n)
		if name, ok := at["property"]; ok {
			tags[strings.TrimPrefix(name, "og:")] = at["content"]
		}
	}
	return tags
}

func attributes(n *html.Node) map[string]string {
	out := map[string]string{}
	for _, a := range n.Attr {
		out[a.Key] = a.Val
	}
	return out
}

func TestMessengersShowTheSchool(t *testing.T) {
	s := newSite(t)
	waiting := func(s *site) { s.notOpen() }
	for _, c := range []struct {
		path, title, about, url string
		state                   func(*site)
	}{
		{"/k/AAAA2222", "Ý kiến cha mẹ học sinh – Trường Tiểu học Nguyễn Thị Minh Khai", "câu, khoảng 5 phút. Không ghi tên. Hạn 30/11/2026.", "/k/AAAA2222", nil},
		{"/k/aaaa-2222/th", "Ý kiến cha mẹ học sinh – Trường Tiểu học", "câu, khoảng 5 phút", "/k/AAAA2222", nil},
		{"/k/BBBB3333", "Ý kiến cha mẹ học sinh – Trường TH, THCS và THPT", "câu, khoảng 5 phút", "/k/BBBB3333", nil},
		{"/k/BBBB3333/HSTHPT", "Ý kiến học sinh – Trường TH, THCS và THPT", "câu, khoảng 5 phút", "/k/BBBB3333/HSTHPT", nil},
		{"/k/BBBB3333/GDTX", "Ý kiến học viên – Trường TH, THCS và THPT", "câu, khoảng 5 phút", "/k/BBBB3333/GDTX", nil},
		{"/k/" + longest + "/CMTHPT", "Ý kiến cha mẹ học sinh – Trường Phổ thông", "câu, khoảng 5 phút", "/k/EEEE6666/CMTHPT", nil},
		{"/k/AAAA2222", "Ý kiến cha mẹ học sinh – Trường Tiểu học", "câu, khoảng 5 phút", "/k/AAAA2222", waiting},
	} {
		if c.state != nil {
			c.state(s)
		}
		got := s.get(c.path)
		tags := cardOf(t, got.body)
		if !strings.HasPrefix(tags["title"], c.title) || !strings.Contains(tags["description"], c.about) {
			t.Errorf("%s: %q", c.path, tags)
		}
		if tags["url"] != baseURL+c.url || tags["type"] != "website" || tags["locale"] != "vi_VN" {
			t.Errorf("%s: %q", c.path, tags)
		}
		picture, ok := strings.CutPrefix(tags["image"], baseURL)
		if !ok || s.get(picture).StatusCode != 200 {
			t.Errorf("%s: no picture at %q", c.path, tags["image"])
		}
		if len(got.Cookies()) != 0 {
			t.Errorf("%s sets cookies", c.path)
		}
	}
	for _, path := range []string{"/", "/k/" + unknown, "/k/" + unasked, "/k/AAAA2222/cam-on"} {
		if tags := cardOf(t, s.get(path).body); len(tags) != 0 {
			t.Errorf("%s: %q", path, tags)
		}
	}
}

func TestTheNumberOfQuestionsIsTheForms(t *testing.T) {
	s := newSite(t)
	form := s.dir.Links[oneForm].Forms[0].Form
	if got, want := cardOf(t, s.get("/k/"+oneForm).body)["description"], survey.Count(form.Questions())+" câu, "; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWithoutABaseURLThereIsNoPicture(t *testing.T) {
	s := newSite(t)
	s.cfg.BaseURL = ""
	s.build()
	tags := cardOf(t, s.get("/k/"+oneForm).body)
	if tags["title"] == "" || tags["image"] != "" || tags["url"] != "" {
		t.Errorf("%q", tags)
	}
}

func TestASchoolsNameStaysText(t *testing.T) {
	s := newSite(t)
	link := s.dir.Links[oneForm]
	link.School.Name = `"><script>alert(1)</script>`
	s.dir.Links[oneForm] = link
	got := s.get("/k/" + oneForm).body
	if tags := cardOf(t, got); !strings.HasSuffix(tags["title"], link.School.Name) || strings.Contains(got, "<script>alert") {
		t.Errorf("%q", tags)
	}
}

func TestPictures(t *testing.T) {
	s := newSite(t)
	address := strings.TrimPrefix(cardOf(t, s.get("/k/"+longest).body)["image"], baseURL)
	for path, keep := range map[string]string{address: "public, max-age=31536000, immutable", "/k/" + oneForm + "/anh.png": "public, max-age=3600", "/k/aaaa-2222/anh.png?v=old": "public, max-age=3600"} {
		got := s.get(path)
		size, err := png.Decode(bytes.NewReader([]byte(got.body)))
		if got.StatusCode != 200 || err != nil || size.Bounds() != image.Rect(0, 0, 1200, 630) || len(got.body) > 100<<10 {
			t.Fatalf("%s: status %d, %d bytes, %v", path, got.StatusCode, len(got.body), err)
		}
		if h := got.Header; h.Get("Cache-Control") != keep || h.Get("Content-Type") != "image/png" || h.Get("Set-Cookie") != "" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%s: %v", path, h)
		}
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("If-None-Match", got.Header.Get("ETag"))
		if again := s.do(r); again.StatusCode != 304 || again.body != "" {
			t.Errorf("%s: asked again, status %d", path, again.StatusCode)
		}
	}
	for path, status := range map[string]int{"/k/" + unknown + "/anh.png": 404, "/k/x/anh.png": 404, "/k/" + unasked + "/anh.png": 404, "/k/" + revoked + "/anh.png": 410} {
		if got := s.get(path); got.StatusCode != status || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: status %d, %s", path, got.StatusCode, got.Header.Get("Cache-Control"))
		}
	}
}

func TestAPictureFollowsItsRound(t *testing.T) {
	s := newSite(t)
	before := cardOf(t, s.get("/k/"+oneForm).body)["image"]
	s.round(func(r *survey.Round) { r.Closes = survey.NewDay(2026, 12, 15) })
	if after := cardOf(t, s.get("/k/"+oneForm).body)["image"]; after == before {
		t.Error("the round was extended, the picture's address is the same")
	}
}

// TestManyAskForPictures asks for more at once than are drawn at once.
func TestManyAskForPictures(t *testing.T) {
	s := newSite(t)
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			if got := s.get("/k/" + longest + "/anh.png"); got.StatusCode != 200 {
				t.Errorf("status %d", got.StatusCode)
			}
		})
	}
	all.Wait()
}
