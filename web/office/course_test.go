package office_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// filling is a round of 61 days at its 54th: the same number every day.
func filling(s *site) {
	s.history.targets = survey.Targets{survey.LevelTH: {Rate: 50}, survey.LevelTHPT: {Least: 30}}
	for day := survey.NewDay(2026, 10, 1); day <= survey.NewDay(2026, 11, 23); day++ {
		s.history.days = append(s.history.days, survey.DayCount{Stratum: 1, Day: day, Responses: 2})
	}
	s.history.days = append(s.history.days, survey.DayCount{Stratum: 4, Day: survey.NewDay(2026, 10, 2), Responses: 9}, survey.DayCount{Stratum: 1, Day: survey.NewDay(2026, 11, 20), Responses: 24})
}

func TestBoardShowsTheCourseOfTheRound(t *testing.T) {
	page := newSite(t, filling).page("/so/")
	var bars []string
	for _, li := range page.all("ol")[0].all("li") {
		bars = append(bars, li.all("span")[0].text()+" "+li.all("b")[0].text()+" "+li.all("rect")[0].attr("height"))
	}
	if len(bars) != 14 || bars[10] != "20/11 26 60" || bars[13] != "23/11 2 5" || bars[0] != "10/11 2 5" {
		t.Errorf("bars %q", bars)
	}
	var figures []string
	for _, d := range page.all("dl")[0].all("div") {
		figures = append(figures, d.all("dt")[0].text()+": "+d.all("dd")[0].text())
	}
	want := []string{"Phiếu đã nhận: 141 trên sĩ số 3.210", "Tỷ lệ tham gia: 4,4%", "Trường đạt mức: 0 trên 3 trường có mức", "Trường chưa có phiếu: 1 trên 3 trường"}
	if diff := cmp.Diff(want, figures); diff != "" {
		t.Error(diff)
	}
	text := page.all("main")[0].text()
	for _, want := range []string{"Dự báo đến 30/11: 4,4–6,7% (141–215 phiếu)", "3 trường cần nhắc"} {
		if !strings.Contains(text, want) {
			t.Errorf("the board does not say «%s»", want)
		}
	}
}

func TestBoardForecastsOnlyWhatItCan(t *testing.T) {
	s := newSite(t)
	if text := s.page("/so/").all("main")[0].text(); !strings.Contains(text, "Chưa đủ ngày để dự báo") {
		t.Error("with no response by day it forecasts")
	}
	if text := s.page("/so/?dot=2026-03").all("main")[0].text(); strings.Contains(text, "dự báo") {
		t.Error("it forecasts a round that is over")
	}
	commune := newSite(t, filling)
	if body := commune.visit("/so/", commune.login("hoa"), nil).body; strings.Contains(body, "Dự báo") {
		t.Error("a commune sees the province's forecast")
	}
}

func TestTheListOfWhomToRemind(t *testing.T) {
	s := newSite(t, filling, func(s *site) { s.history.targets[survey.LevelTH] = survey.Target{Rate: 33} })
	page := s.page("/so/?tt=can-nhac&xep=ma")
	table := page.all("table")[2]
	var rows []string
	for _, row := range table.all("tbody")[0].all("tr") {
		cells := row.all("td")
		rows = append(rows, cells[0].text()+" "+cells[len(cells)-3].text()+" "+cells[len(cells)-2].text()+" "+cells[len(cells)-1].text())
	}
	// S001 lacks 4 and had 38 in the last week.
	if diff := cmp.Diff([]string{"S002 30 0 Chưa có phiếu", "S003 21 0 7 ngày qua không có phiếu mới"}, rows); diff != "" {
		t.Error(diff)
	}
	for query, want := range map[string][]string{"tt=dat": nil, "tt=chua-dat&xep=ma": {"S001", "S002", "S003"}, "cap=TH": {"S001"}, "cap=THPT&xep=ma": {"S002", "S003"}, "xep=-thieu": {"S002", "S003", "S001"}, "xep=-7-ngay&loai=TH": {"S001"}} {
		if diff := cmp.Diff(want, s.page("/so/?"+query).codes()); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

func TestTheLetterNamesWhomToRemind(t *testing.T) {
	s := newSite(t, filling)
	res := s.visit("/so/thu-nhac.docx?xa=2", s.login("lan"), nil)
	if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Content-Disposition"), "thu-nhac-2026-10.docx") {
		t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Content-Disposition"))
	}
	archive, err := zip.NewReader(bytes.NewReader([]byte(res.body)), int64(len(res.body)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"DỰ THẢO", "Ủy ban nhân dân phường Buôn Hồ", "Trường THPT số 10", "hết ngày 30/11/2026"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the letter does not say %s", want)
		}
	}
	if bytes.Contains(text, []byte("Lê Quý Đôn")) {
		t.Error("the letter names a school of another commune")
	}
	if note := s.history.notes[0]; note != "lan 2026-10 thư nhắc (Word), 1 trường" {
		t.Errorf("the audit log says %s", note)
	}
	for path, want := range map[string]int{"/so/thu-nhac.docx?xa=9": http.StatusConflict, "/so/thu-nhac.docx?dot=2026-03": http.StatusConflict} {
		if res := s.visit(path, s.login("lan"), nil); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
	}
}

// The script finds each number that it gets under its name on the page, and
// what stands there is the same.
func TestTheNumbersOfTheScriptAreThoseOfThePage(t *testing.T) {
	s := newSite(t, filling)
	page := s.page("/so/")
	var live string
	for _, d := range page.all("div") {
		if path := d.attr("data-live"); path != "" {
			live = path
		}
	}
	var numbers map[string]string
	if err := json.Unmarshal([]byte(s.visit(live, s.login("lan"), nil).body), &numbers); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for d := range page.Descendants() {
		if name := (node{d}).attr("data-so"); name != "" {
			found[name] = node{d}.text()
		}
	}
	if diff := cmp.Diff(numbers, found); diff != "" {
		t.Error(diff)
	}
	if body := s.visit("/so/?dot=2026-03", s.login("lan"), nil).body; strings.Contains(body, "data-live") || strings.Contains(body, "board.js") {
		t.Error("the numbers of a round that is over are asked for")
	}
}

// Once a round is closed there is nobody to remind, and nothing lately.
func TestAClosedRoundRemindsNobody(t *testing.T) {
	s := newSite(t, filling)
	s.history.strata["2026-03"][0].Tally.Responses = 0
	for _, name := range []string{"lan", "hoa"} {
		cookie := s.login(name)
		body := s.visit("/so/?dot=2026-03", cookie, nil).body
		for _, not := range []string{"cần nhắc", "Cần nhắc", "7 ngày qua", "Thư nhắc", "dự báo"} {
			if strings.Contains(body, not) {
				t.Errorf("%s: the board of a closed round says «%s»", name, not)
			}
		}
		if body := s.visit("/so/?dot=2026-03&tt=can-nhac", cookie, nil).body; !strings.Contains(body, "Đợt không còn nhận phiếu nên không còn trường nào cần nhắc") {
			t.Errorf("%s: the list of schools to remind does not say that there are none", name)
		}
	}
	letter := s.visit("/so/thu-nhac.docx?dot=2026-03", s.login("lan"), nil)
	if letter.StatusCode != http.StatusConflict || !strings.Contains(letter.body, "Đợt không còn nhận phiếu nên không có thư nhắc") {
		t.Errorf("the letter: %d", letter.StatusCode)
	}
}
