package office_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

// overSite has a round that is over: school S001 in commune 2 with 40 answers,
// S002 in commune 1 with 6.
func overSite(t *testing.T) *site {
	t.Helper()
	return newSite(t, func(s *site) {
		q := survey.BuiltInQuestionnaire()
		th, _ := q.Form("TH")
		add := func(code, area string, n int) survey.Stratum {
			st := survey.Stratum{School: survey.School{Code: survey.SchoolCode(code), Name: "Trường " + code, Area: survey.Area{Code: survey.AreaCode(area), Type: "Xã", Name: "Số " + area}},
				Form: th, Enrolment: 100, Tally: th.NewTally()}
			for i := range n {
				marks := make([]survey.Mark, len(th.Items)+1)
				for k := range marks {
					marks[k] = survey.Mark(3 + i%3)
				}
				th.Add(&st.Tally, survey.Response{Marks: marks, Expectation: 90})
			}
			return st
		}
		s.history.rounds[0].State = survey.Shut
		s.history.strata["2026-03"] = []survey.Stratum{add("S001", "2", 40), add("S002", "1", 6)}
	})
}

func TestResultsOfTheOffice(t *testing.T) {
	s := overSite(t)
	lan := s.login("lan")
	for path, want := range map[string]string{
		"/so/ket-qua":                               "nội bộ Sở",
		"/so/ket-qua/2026-03":                       "Lưu hành nội bộ",
		"/so/ket-qua/2026-03/xa/1":                  "Trường S002",
		"/so/ket-qua/2026-03/truong?q=s002":         "Trường S002",
		"/so/ket-qua/2026-03/truong/S002":           ">6<",
		"/so/ket-qua/2026-03/phieu/TH":              ">46<",
		"/so/ket-qua/2026-03/xem-truoc/truong/S002": "Chưa đủ phiếu (dưới 10 phiếu) nên không hiện kết quả",
		"/so/ket-qua/2026-03/xem-truoc":             "Xem trước công bố",
		"/so/ket-qua/2026-10":                       "Đợt chưa đóng nên chưa xem kết quả",
	} {
		res := s.visit(path, lan, nil)
		if res.StatusCode != 200 || !strings.Contains(res.body, want) {
			t.Errorf("%s: %d, no %q", path, res.StatusCode, want)
		}
	}
	if res := s.visit("/so/ket-qua/2026-10/phieu/TH", lan, nil); strings.Contains(res.body, `class="strip"`) {
		t.Error("opinions are shown while the round is open")
	}
}

// A round whose window passed without a school list was never open.
func TestResultsOfARoundThatNeverOpened(t *testing.T) {
	s := overSite(t)
	s.history.rounds[0].OpenedAt = time.Time{}
	body := s.visit("/so/ket-qua/2026-03", s.login("lan"), nil).body
	if !strings.Contains(body, "Đợt này chưa từng mở") || strings.Contains(body, "chưa đóng") || !strings.Contains(body, ">Kết quả các đợt</a>") {
		t.Error(body)
	}
}

// The office's page compares no school on fewer answers than the threshold.
func TestTheOfficeComparesNoFewAnswers(t *testing.T) {
	s := overSite(t)
	lan := s.login("lan")
	for school, want := range map[string]bool{"S001": true, "S002": false} {
		if body := s.visit("/so/ket-qua/2026-03/truong/"+school, lan, nil).body; strings.Contains(body, "so với toàn tỉnh: <b>") != want {
			t.Errorf("%s is compared: %v", school, !want)
		}
	}
}

func TestReleaseByClicking(t *testing.T) {
	s := overSite(t)
	lan := s.login("lan")
	const page = "/so/ket-qua/2026-03/cong-bo"
	asked := s.visit(page, lan, url.Values{"buoc": {"schools"}, "ly-do": {"CV 12"}})
	if asked.StatusCode != 200 || len(s.history.steps["2026-03"]) != 0 || !strings.Contains(asked.body, "Lập bản công bố số 1") {
		t.Fatalf("the first time it is asked: %d\n%s", asked.StatusCode, asked.body)
	}
	done := s.visit(page, lan, url.Values{"buoc": {"schools"}, "ly-do": {"CV 12"}, "dong-y": {"1"}})
	if done.StatusCode != http.StatusSeeOther || len(s.history.steps["2026-03"]) != 1 || s.history.steps["2026-03"][0].Actor != "lan" {
		t.Fatalf("%d, steps %v", done.StatusCode, s.history.steps)
	}
	if res := s.visit(page, lan, nil); !strings.Contains(res.body, "CV 12") || !strings.Contains(res.body, "Công bố cho mọi người") {
		t.Error("the page does not show the step and the next one")
	}
	back := s.visit(page, lan, url.Values{"buoc": {"office"}, "dong-y": {"1"}})
	if back.StatusCode != 422 || len(s.history.steps["2026-03"]) != 1 || !strings.Contains(back.body, "Chưa ghi lý do") {
		t.Errorf("taken back without a reason: %d", back.StatusCode)
	}
	for _, wrong := range []string{"office", "schools", "x"} {
		if res := s.visit(page, lan, url.Values{"buoc": {wrong}, "dong-y": {"1"}}); res.StatusCode < 400 {
			t.Errorf("step %q: %d", wrong, res.StatusCode)
		}
	}
	if res := s.visit(page, s.login("minh"), url.Values{"buoc": {"public"}, "dong-y": {"1"}}); res.StatusCode != 403 || len(s.history.steps["2026-03"]) != 1 {
		t.Errorf("a viewer takes a step: %d", res.StatusCode)
	}
	if res := s.visit("/so/ket-qua/2026-03/sua", lan, url.Values{"ly-do": {"thử"}}); res.StatusCode != 422 || !strings.Contains(res.body, "Chưa đủ thay đổi") {
		t.Errorf("a correction that is refused: %d", res.StatusCode)
	}
}

func TestThresholdIsChangedBeforeTheRelease(t *testing.T) {
	s := overSite(t)
	lan := s.login("lan")
	const page = "/so/ket-qua/2026-03/cong-bo"
	if res := s.visit("/so/ket-qua/2026-03/nguong", lan, url.Values{"nguong": {"4"}}); res.StatusCode != 422 || !strings.Contains(res.body, "từ 5 đến 50") || !strings.Contains(res.body, `value="4"`) {
		t.Errorf("4: %d", res.StatusCode)
	}
	if res := s.visit("/so/ket-qua/2026-03/nguong", lan, url.Values{"nguong": {"15"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("15: %d", res.StatusCode)
	}
	s.history.ReleaseTo(t.Context(), "2026-03", survey.SchoolsStage, survey.Act{})
	if body := s.visit(page, lan, nil).body; strings.Contains(body, `name="nguong"`) {
		t.Error("the threshold can be changed under a release")
	}
}

func TestNothingIsReleasedWhileFormsMayCome(t *testing.T) {
	s := overSite(t)
	s.history.rounds[0].ClosedAt = now.Add(-23 * time.Hour)
	const page = "/so/ket-qua/2026-03/cong-bo"
	lan := s.login("lan")
	if res := s.visit(page, lan, nil); !strings.Contains(res.body, "còn nhận phiếu") || strings.Contains(res.body, `value="schools"`) {
		t.Error(res.body)
	}
	if res := s.visit(page, lan, url.Values{"buoc": {"schools"}, "dong-y": {"1"}}); len(s.history.steps["2026-03"]) != 0 {
		t.Errorf("%d", res.StatusCode)
	}
}

// A commune sees nothing before the release, and then what is released of its
// own schools.
func TestResultsOfACommune(t *testing.T) {
	s := overSite(t)
	xa := s.login("hoa")
	if res := s.visit("/so/ket-qua/2026-03", xa, nil); res.StatusCode != 404 {
		t.Errorf("before the release: %d", res.StatusCode)
	}
	s.history.ReleaseTo(t.Context(), "2026-03", survey.SchoolsStage, survey.Act{})
	for path, want := range map[string]int{"/so/ket-qua/2026-03": 200, "/so/ket-qua/2026-03/xa/1": 200, "/so/ket-qua/2026-03/truong/S002": 200,
		"/so/ket-qua/2026-03/xa/2": 404, "/so/ket-qua/2026-03/truong/S001": 404, "/so/ket-qua/2026-03/phieu/TH": 403, "/so/ket-qua/2026-03/truong": 403,
		"/so/ket-qua/2026-03/xem-truoc": 403, "/so/ket-qua/2026-03/cong-bo": 403, "/so/ket-qua/2026-03/se-lam": 403} {
		res := s.visit(path, xa, nil)
		if res.StatusCode != want || strings.Contains(res.body, "Trường S001") || strings.Contains(res.body, `class="strip"`) {
			t.Errorf("%s: %d, want %d; six answers and other communes are not for it", path, res.StatusCode, want)
		}
	}
}

func TestHidePledge(t *testing.T) {
	s := overSite(t)
	s.history.pledged = []survey.SchoolPledges{{School: "S001", Pledges: []survey.Pledge{{Position: 1, Text: "Gọi <b>tôi</b>"}}}}
	const page = "/so/ket-qua/2026-03/se-lam"
	lan := s.login("lan")
	if res := s.visit(page, lan, nil); !strings.Contains(res.body, "Gọi &lt;b&gt;tôi") || !strings.Contains(res.body, "Trường S001") {
		t.Error(res.body)
	}
	if res := s.visit(page, lan, url.Values{"truong": {"S001"}, "dong": {"1"}, "an": {"1"}}); res.StatusCode != http.StatusSeeOther || !s.history.pledged[0].Pledges[0].Hidden {
		t.Errorf("%d", res.StatusCode)
	}
	if res := s.visit(page, lan, url.Values{"truong": {"S001"}, "dong": {"2"}, "an": {"1"}}); res.StatusCode != 404 {
		t.Errorf("a line that is not there: %d", res.StatusCode)
	}
}
