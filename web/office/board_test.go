package office_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rows gives the first words of the list's rows: the codes.
func (n node) codes() []string {
	var codes []string
	for _, table := range n.all("table") {
		if table.attr("class") != "schools" {
			continue
		}
		for _, row := range table.all("tbody")[0].all("tr") {
			codes = append(codes, row.all("td")[0].text())
		}
	}
	return codes
}

func TestBoardFigures(t *testing.T) {
	page := newSite(t).page("/so/")
	if got, want := page.all("h1")[0].text(), "Đợt tháng 10–11/2026 (đợt 1 năm học 2026–2027 · đợt 2 năm 2026)"; got != want {
		t.Errorf("heading %q, want %q", got, want)
	}
	if got, want := page.all("main")[0].all("p")[0].text(), "đang mở · 01/10/2026–30/11/2026 · còn 7 ngày Số liệu lúc 08:00 ngày 23/11/2026"; got != want {
		t.Errorf("state %q, want %q", got, want)
	}
	var figures []string
	for _, d := range page.all("dl")[0].all("div") {
		figures = append(figures, d.all("dt")[0].text()+": "+d.all("dd")[0].text())
	}
	want := []string{"Phiếu đã nhận: 141 trên sĩ số 3.210", "Tỷ lệ tham gia: 4,4%", "Trường chưa có phiếu: 1 trên 3 trường"}
	if diff := cmp.Diff(want, figures); diff != "" {
		t.Error(diff)
	}
	var levels []string
	for _, row := range page.all("table")[1].all("tbody")[0].all("tr") {
		levels = append(levels, row.text())
	}
	if diff := cmp.Diff([]string{"Tiểu học1041013232,2", "Trung học phổ thông212.80090,3"}, levels); diff != "" {
		t.Error(diff)
	}
}

func TestBoardShowsNoOpinion(t *testing.T) {
	body := strings.ToLower(newSite(t).page("/so/").all("main")[0].text())
	for _, word := range []string{"hài lòng", "điểm trung bình", "chỉ số"} {
		if strings.Contains(body, word) {
			t.Errorf("the board speaks of «%s»", word)
		}
	}
}

func TestBoardList(t *testing.T) {
	page := newSite(t).page("/so/?xep=ma")
	row := page.all("table")[2].all("tbody")[0].all("tr")[0]
	var cells []string
	for c := range row.ChildNodes() {
		cells = append(cells, node{c}.text())
	}
	want := []string{"S001", "Trường Tiểu học Lê Quý Đônhttp://127.0.0.1:8080/k/AAAA2222", "Xã Ea Kar", "TH", "410", "132", "32,2", "–", "0"}
	if diff := cmp.Diff(want, cells); diff != "" {
		t.Error(diff)
	}
	if link := row.all("a")[0].attr("href"); link != "/k/AAAA2222" {
		t.Errorf("the school's name leads to %q", link)
	}
}

func TestBoardSelections(t *testing.T) {
	s := newSite(t)
	for query, want := range map[string][]string{
		"":                           {"S002", "S003", "S001"}, // Buôn Hồ, Đắk Liêng, Ea Kar
		"xep=-xa":                    {"S001", "S003", "S002"},
		"xep=ma":                     {"S001", "S002", "S003"},
		"xep=-ma":                    {"S003", "S002", "S001"},
		"xep=ten":                    {"S003", "S002", "S001"}, // số 2 before số 10; THPT before Tiểu học
		"xep=loai":                   {"S001", "S003", "S002"},
		"xep=si-so":                  {"S001", "S003", "S002"},
		"xep=phieu":                  {"S002", "S003", "S001"},
		"xep=-ty-le":                 {"S001", "S003", "S002"},
		"xep=phieu;drop":             {"S002", "S003", "S001"},
		"q=le+quy+don":               {"S001"},
		"q=L%C3%AA+Qu%C3%BD":         {"S001"},
		"q=s003":                     {"S003"},
		"q=thpt+buon+ho":             {"S002"},
		"q=dak+lieng":                {"S003"},
		"q=khong+co":                 nil,
		"q=%ff%fe":                   {"S002", "S003", "S001"},
		"xa=1":                       {"S001"},
		"loai=THPT":                  {"S002", "S003"},
		"loai=THPT&tt=chua-co":       {"S002"},
		"tt=duoi-10":                 {"S002", "S003"},
		"tt=la":                      {"S002", "S003", "S001"},
		"trang=99":                   {"S002", "S003", "S001"},
		"trang=-1":                   {"S002", "S003", "S001"},
		"dot=2026-03":                {"S001"},
		"dot=2026-10&q=thpt&xep=-ma": {"S003", "S002"},
	} {
		if diff := cmp.Diff(want, s.page("/so/?"+query).codes()); diff != "" {
			t.Errorf("?%s: %s", query, diff)
		}
	}
}

func TestBoardFilterKeepsItsValues(t *testing.T) {
	page := newSite(t).page("/so/?dot=2026-03&q=h%E1%BB%93+%3Cb%3E&xa=1&loai=TH&tt=duoi-10&xep=-ma")
	values := map[string]string{}
	for _, form := range page.all("form")[3:] {
		for _, input := range form.all("input") {
			values[input.attr("name")] = input.attr("value")
		}
		for _, choice := range form.all("select") {
			for _, option := range choice.all("option") {
				for _, a := range option.Attr {
					if a.Key == "selected" {
						values[choice.attr("name")] = option.attr("value")
					}
				}
			}
		}
	}
	want := map[string]string{"dot": "2026-03", "q": "hồ <b>", "xa": "1", "loai": "TH", "tt": "duoi-10", "xep": "-ma"}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Error(diff)
	}
}

// On paper there is no form, so the caption says what was looked for.
func TestBoardCaptionNamesTheFilter(t *testing.T) {
	page := newSite(t).page("/so/?q=so&xa=2&loai=THPT&tt=duoi-10")
	if got, want := page.all("caption")[2].text(), "1 trong 3 trường (tìm «so», Phường Buôn Hồ, THPT, Dưới 10 phiếu)"; got != want {
		t.Errorf("caption %q, want %q", got, want)
	}
}

func TestBoardPages(t *testing.T) {
	s := newSite(t, func(s *site) { s.history = newHistory(250) })
	for path, want := range map[string][2]string{
		"/so/?xep=ma": {"S001", "S100"}, "/so/?xep=ma&trang=2": {"S101", "S200"}, "/so/?xep=ma&trang=3": {"S201", "S250"},
		"/so/?xep=ma&trang=9": {"S201", "S250"}, "/so/?xep=ma&trang=tat-ca": {"S001", "S250"},
	} {
		codes := s.page(path).codes()
		if got := [2]string{codes[0], codes[len(codes)-1]}; got != want {
			t.Errorf("%s shows %v, want %v", path, got, want)
		}
	}
	page := s.page("/so/?xep=-ma&q=truong&trang=2")
	if caption := page.all("caption")[2].text(); caption != "250 trong 250 trường (tìm «truong»), đang hiện 101–200" {
		t.Errorf("caption %q", caption)
	}
	nav := page.all("main")[0].all("nav")[0]
	var links []string
	for _, a := range nav.all("a") {
		links = append(links, a.attr("href")+" "+a.attr("aria-current"))
	}
	want := []string{"/so/?q=truong&xep=-ma ", "/so/?q=truong&trang=2&xep=-ma page", "/so/?q=truong&trang=3&xep=-ma ", "/so/?q=truong&trang=tat-ca&xep=-ma "}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Error(diff)
	}
}

func TestBoardSortLinks(t *testing.T) {
	page := newSite(t).page("/so/?q=truong&xep=phieu")
	var heads []string
	for _, th := range page.all("table")[2].all("thead")[0].all("th") {
		heads = append(heads, th.text()+" "+th.all("a")[0].attr("href")+" "+th.attr("aria-sort"))
	}
	want := []string{"Mã trường /so/?q=truong&xep=ma ", "Tên trường /so/?q=truong&xep=ten ", "Xã/Phường /so/?q=truong ", "Loại hình /so/?q=truong&xep=loai ",
		"Sĩ số /so/?q=truong&xep=si-so ", "Phiếu /so/?q=truong&xep=-phieu ascending", "Tỷ lệ (%) /so/?q=truong&xep=ty-le ", "Còn thiếu /so/?q=truong&xep=thieu ", "7 ngày qua /so/?q=truong&xep=7-ngay "}
	if diff := cmp.Diff(want, heads); diff != "" {
		t.Error(diff)
	}
}

// Sorting begins at the first page; the whole list stays whole.
func TestBoardSortLeavesThePage(t *testing.T) {
	s := newSite(t, func(s *site) { s.history = newHistory(250) })
	for path, want := range map[string]string{"/so/?trang=2": "/so/?xep=ma", "/so/?trang=tat-ca": "/so/?trang=tat-ca&xep=ma"} {
		if got := s.page(path).all("table")[2].all("thead")[0].all("a")[0].attr("href"); got != want {
			t.Errorf("%s sorts at %q, want %q", path, got, want)
		}
	}
}

func TestBoardWithNothingToShow(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*site)
		want   string
	}{
		"no schools": {func(s *site) { s.history.strata, s.dir.Links = nil, nil }, "Chưa có danh sách trường"},
		"not open": {func(s *site) {
			s.history.strata, s.history.rounds = nil, s.history.rounds[2:]
		}, "Đợt này chưa mở"},
		"nobody asked": {func(s *site) { s.history.strata = nil }, "Đợt này không hỏi trường nào"},
	} {
		page := newSite(t, c.change).page("/so/")
		if text := page.all("main")[0].text(); !strings.Contains(text, c.want) {
			t.Errorf("%s: the page says %q", name, text)
		}
		if len(page.all("table")) > 0 || strings.Contains(page.text(), "Bảng kết quả") {
			t.Errorf("%s: the page offers what there is not", name)
		}
	}
}

func TestBoardOfNoRound(t *testing.T) {
	s := newSite(t, func(s *site) { s.history.rounds = nil })
	if res := s.visit("/so/", s.login("lan"), nil); res.StatusCode != http.StatusNotFound {
		t.Errorf("with no round at all: %d, want 404", res.StatusCode)
	}
	s.history.fail = errDisk
	if res := s.visit("/so/", s.login("lan"), nil); res.StatusCode != http.StatusInternalServerError || strings.Contains(res.body, "disk") {
		t.Errorf("a fault of the store: %d, want 500", res.StatusCode)
	}
}

func TestBoardShowsHostileNamesAsText(t *testing.T) {
	s := newSite(t)
	s.history.strata["2026-10"][0].School.Name = `=1+1<script>alert(1)</script>`
	page := s.page("/so/?xep=ma")
	for _, script := range page.all("script") {
		if script.attr("src") == "" || script.text() != "" {
			t.Error("a school's name became a script")
		}
	}
	if name := page.all("table")[2].all("tbody")[0].all("th")[0].all("a")[0].text(); name != `=1+1<script>alert(1)</script>` {
		t.Errorf("the name reads %q", name)
	}
}
