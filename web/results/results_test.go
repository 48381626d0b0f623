package results_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web"
)

var zone = time.FixedZone("ICT", 7*3600)

// released is what the store gives: one round at a stage.
type released struct {
	web.Releases
	stage  survey.Stage
	tables survey.Tables
	lines  []survey.Pledge
	reads  int
}

func (r *released) ReleaseStates(context.Context) ([]survey.ReleaseState, error) {
	state := survey.ReleaseState{Round: survey.Round{ID: "2026-10"}, Title: r.tables.Title, Number: 1, Hash: "ab"}
	if r.stage != "" {
		state.Steps = []survey.Step{{Stage: r.stage, At: time.Date(2026, 12, 20, 0, 0, 0, 0, zone)}}
	}
	return []survey.ReleaseState{state}, nil
}

func (r *released) Release(context.Context, survey.RoundID) (survey.Tables, error) {
	r.reads++
	return r.tables, nil
}

func (r *released) Pledges(context.Context, survey.RoundID, survey.SchoolCode) ([]survey.Pledge, error) {
	return r.lines, nil
}

type accepted struct{}

func (accepted) Accept(context.Context, survey.Delivery) (bool, error) { return true, nil }
func (accepted) Known(context.Context, survey.Delivery) (bool, error)  { return false, nil }

type site struct {
	*testing.T
	app *fiber.App
	*released
	dir *survey.Directory
}

// answered gives a stratum in which so many people answered 4, and one of
// three 5.
func answered(f *survey.Form, code, name string, area survey.Area, n int) survey.Stratum {
	s := survey.Stratum{School: survey.School{Code: survey.SchoolCode(code), Name: name, Area: area}, Form: f, Enrolment: 400, Tally: f.NewTally()}
	for i := range n {
		marks := make([]survey.Mark, len(f.Items)+1)
		for k := range marks {
			marks[k] = survey.Mark(4 + i%3/2)
		}
		f.Add(&s.Tally, survey.Response{Marks: marks, Expectation: 90})
	}
	return s
}

func newSite(t *testing.T) *site {
	t.Helper()
	q := survey.BuiltInQuestionnaire()
	th, _ := q.Form("TH")
	mn, _ := q.Form("MN")
	x, y := survey.Area{Code: "1", Type: "Xã", Name: "Ea Kar"}, survey.Area{Code: "2", Type: "Phường", Name: "Buôn Hồ"}
	results := survey.Results{Round: survey.Round{ID: "2026-10", Opens: survey.NewDay(2026, 10, 1)}, Title: "Đợt tháng 10–11/2026", Questionnaire: q,
		Made: time.Date(2026, 12, 10, 0, 0, 0, 0, zone), Strata: []survey.Stratum{
			answered(th, "S1", "Trường Tiểu học số 10", x, 60), answered(th, "S2", "Trường Tiểu học số 2", x, 45),
			answered(th, "S3", "Trường Tiểu học Ít Phiếu", x, 6), answered(mn, "S4", "Trường Mầm non Đỏ", y, 14)}}
	release := survey.NewRelease(results, survey.NewDay(2026, 11, 30), survey.DefaultThreshold)
	s := &site{T: t, released: &released{stage: survey.PublicStage, tables: survey.Tables{Release: &release, Questionnaire: q}},
		dir: &survey.Directory{Office: "Sở Giáo dục và Đào tạo Đắk Lắk", Calendar: survey.DefaultCalendar(zone), Questionnaire: q}}
	app, err := web.New(web.Config{Directory: func() *survey.Directory { return s.dir }, Responses: accepted{}, Secret: bytes.Repeat([]byte{7}, 32),
		Clock: time.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler), Releases: s.released})
	if err != nil {
		t.Fatal(err)
	}
	s.app = app
	return s
}

type answer struct {
	*http.Response
	body string
}

func (s *site) get(path string, header ...string) answer {
	s.Helper()
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := s.app.Test(r, -1)
	if err != nil {
		s.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer{res, string(body)}
}

var pages = []string{"/ket-qua/2026-10", "/ket-qua/2026-10/phieu/TH", "/ket-qua/2026-10/xa/1", "/ket-qua/2026-10/truong", "/ket-qua/2026-10/truong?q=tieu+hoc", "/ket-qua/2026-10/truong/S1"}

func TestOnlyWhatIsPublicIsShown(t *testing.T) {
	s := newSite(t)
	for _, path := range pages {
		if res := s.get(path); res.StatusCode != 200 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	for _, stage := range []survey.Stage{"", survey.OfficeStage, survey.SchoolsStage} { // taken back: at once, whatever is kept
		s.stage = stage
		for _, path := range pages {
			if res := s.get(path); res.StatusCode != 404 || strings.Contains(res.body, "câu trả lời") {
				t.Errorf("%s at stage %q: %d", path, stage, res.StatusCode)
			}
		}
		if res := s.get("/ket-qua/"); res.StatusCode != 200 || strings.Contains(res.body, "2026-10") {
			t.Errorf("the list at stage %q names the round", stage)
		}
	}
}

func TestAbsent(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/ket-qua/2026-11", "/ket-qua/2026-10/phieu/GDTX", "/ket-qua/2026-10/phieu/x", "/ket-qua/2026-10/xa/9", "/ket-qua/2026-10/truong/S9"} {
		if res := s.get(path); res.StatusCode != 404 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}

func TestSchoolsStandByNameAndNeverByRank(t *testing.T) {
	s := newSite(t)
	body := s.get("/ket-qua/2026-10/xa/1").body
	if first, second := strings.Index(body, "Tiểu học số 2<"), strings.Index(body, "Tiểu học số 10<"); first < 0 || second < first {
		t.Error("«số 2» does not stand before «số 10»")
	}
	if !strings.Contains(body, "dưới 10 phiếu") || strings.Count(body, ">trong khoảng bình thường<") != 2 {
		t.Errorf("words of comparison or of the threshold are wrong:\n%s", body)
	}
}

func TestSchoolWithFewAnswers(t *testing.T) {
	s := newSite(t)
	body := s.get("/ket-qua/2026-10/truong/S3").body
	if !strings.Contains(body, "Chưa đủ phiếu (dưới 10 phiếu) nên không hiện kết quả") || strings.Contains(body, `class="strip"`) {
		t.Error(body)
	}
}

func TestPledgesAreReadByEverybody(t *testing.T) {
	s := newSite(t)
	s.lines = []survey.Pledge{{Position: 1, Text: "Sửa <b>nhà</b> vệ sinh"}, {Position: 2, Text: "Gọi tôi", Hidden: true}}
	body := s.get("/ket-qua/2026-10/truong/S1").body
	if !strings.Contains(body, "Sửa &lt;b&gt;nhà&lt;/b&gt; vệ sinh") || strings.Contains(body, "Gọi tôi") {
		t.Error(body)
	}
}

func TestSearchNeedsNoAccents(t *testing.T) {
	s := newSite(t)
	for words, want := range map[string]string{"mam+non+do": "Trường Mầm non Đỏ", "S4": "Trường Mầm non Đỏ", "buon+ho": "Trường Mầm non Đỏ", "khong+co": "Không tìm thấy", "%3Cb%3E": "value=\"&lt;b&gt;\""} {
		if body := s.get("/ket-qua/2026-10/truong?q=" + words).body; !strings.Contains(body, want) {
			t.Errorf("%s does not give %q", words, want)
		}
	}
}

func TestPagesAreKept(t *testing.T) {
	s := newSite(t)
	first := s.get(pages[0])
	if first.Header.Get("Cache-Control") != "public, max-age=60" || first.Header.Get("X-Robots-Tag") != "" {
		t.Errorf("%v", first.Header)
	}
	if res := s.get("/ket-qua/2026-10/truong/S1"); res.Header.Get("X-Robots-Tag") != "noindex" {
		t.Error("a search engine may list the page of one school")
	}
	if res := s.get(pages[0], "If-None-Match", first.Header.Get("ETag")); res.StatusCode != 304 || res.body != "" {
		t.Errorf("unchanged: %d", res.StatusCode)
	}
	packed := s.get(pages[0], "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	if body, _ := io.ReadAll(z); string(body) != first.body {
		t.Error("the packed page is another one")
	}
	s.dir.Office, s.dir.Revision = "Sở khác", s.dir.Revision+1
	if res := s.get(pages[0]); !strings.Contains(res.body, "Sở khác") {
		t.Error("a page is kept although the office has another name")
	}
}

// A whole province in one page: 102 communes.
func TestOverviewIsSmall(t *testing.T) {
	s := newSite(t)
	f, _ := s.tables.Questionnaire.Form("TH")
	var strata []survey.Stratum
	for i, a := range survey.BuiltInAreas().All() {
		strata = append(strata, answered(f, fmt.Sprint("S", i), "Trường Tiểu học", a, 100+i))
	}
	release := survey.NewRelease(survey.Results{Questionnaire: s.tables.Questionnaire, Strata: strata}, 0, survey.DefaultThreshold)
	s.tables.Release = &release
	res := s.get(pages[0], "Accept-Encoding", "gzip")
	if n := len(res.body); n > 40<<10 {
		t.Errorf("%d bytes", n)
	}
	if n := strings.Count(s.get(pages[0]).body, "/xa/"); n != 102 {
		t.Errorf("%d communes", n)
	}
}

// Fourteen answers have three steps; no band stands under the name of one level.
func TestFewAnswersHaveThreeColumns(t *testing.T) {
	body := newSite(t).get("/ket-qua/2026-10/truong/S4").body
	if !strings.Contains(body, `class="n lv">Hài lòng và rất hài lòng</th>`) || strings.Contains(body, `class="n lv">Rất hài lòng</th>`) || !strings.Contains(body, `<i class="l45"></i>Hài lòng và rất hài lòng`) {
		t.Error(body)
	}
}
