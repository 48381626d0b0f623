package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hailong/survey"
)

func TestSearchShowsSchoolsWithTheirCommune(t *testing.T) {
	s := newSite(t)
	d := parseHTML(t, s.get("/?q="+url.QueryEscape("TH minh khai")).body)
	var found []string
	for _, a := range all(all(d.root, "main")[0], "a") {
		found = append(found, text(a))
	}
	if len(found) != 1 || !strings.Contains(found[0], "Trường Tiểu học Nguyễn Thị Minh Khai") || !strings.Contains(found[0], "Xã Ea Kar · tiểu học") {
		t.Errorf("found %q", found)
	}
	if got := s.get("/?q=phan+chu+trinh").body; strings.Contains(got, revoked) {
		t.Error("shows a link that was replaced")
	}
	if got := s.get("/?q=minh+khai").body; strings.Contains(got, "gần giống") || !strings.Contains(got, "Có 1 trường") {
		t.Error("says that it guesses where it does not")
	}
	if got := s.get("/?q=minh+khaii").body; !strings.Contains(got, "Trường gần giống") {
		t.Error("does not say that it guesses")
	}
}

func TestSearchIsBoundedAndKeepsNothing(t *testing.T) {
	s := newSite(t)
	for i := range 30 {
		link := s.dir.Links[oneForm]
		link.School.Link = survey.LinkCode("HHHH22" + string(rune('A'+i/8)) + string(rune('2'+i%8)))
		s.dir.Links[link.School.Link] = link
	}
	typed := "minh khai <script>alert(1)</script>"
	for _, q := range []string{"minh khai", typed, strings.Repeat("minh khai ", 500)} {
		got := s.get("/?q=" + url.QueryEscape(q))
		if n := strings.Count(got.body, "href=\"/k/"); n > 20 {
			t.Errorf("%.20q shows %d schools", q, n)
		}
		if len(got.Cookies()) != 0 || got.Header.Get("Cache-Control") != "no-store" || strings.Contains(got.body, "<script") || len(got.body) > 16<<10 {
			t.Errorf("%.20q: %d bytes, %v", q, len(got.body), got.Header)
		}
	}
	if got := s.get("/?q=minh+khai").body; !strings.Contains(got, "Còn 11 trường nữa, xin gõ thêm tên xã") {
		t.Errorf("does not say how many more there are: %s", got)
	}
	if logged := s.log.String(); strings.Contains(logged, "khai") || strings.Contains(logged, "script") {
		t.Errorf("a query is logged: %s", logged)
	}
}

func TestSearchFollowsTheDirectory(t *testing.T) {
	s := newSite(t)
	s.get("/?q=minh+khai")
	s.dir = &survey.Directory{Revision: 1, Links: map[survey.LinkCode]survey.Link{}}
	if got := s.get("/?q=minh+khai"); !strings.Contains(got.body, "Không tìm thấy trường nào") {
		t.Error("finds a school that is gone")
	}
}

func TestNothingFoundSaysWhomToAsk(t *testing.T) {
	s := newSite(t)
	if got := s.get("/?q=xyzw").body; !strings.Contains(got, "hoặc gọi <a href=\"tel:02623850000\">0262 385 0000</a> (Sở Giáo dục") {
		t.Errorf("no telephone number: %s", got)
	}
}

func FuzzSearchPage(f *testing.F) {
	for _, q := range []string{"", "<script>", "\"><img src=x>", "{{.}}", "\xff", "trần"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		got := newSite(t).get("/?q=" + url.QueryEscape(q))
		if got.StatusCode >= 500 || strings.Contains(got.body, "<script") || strings.Contains(got.body, "<img") {
			t.Errorf("%q: status %d\n%s", q, got.StatusCode, got.body)
		}
	})
}
