package web_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

// answer lets so many people answer a school's first form, all with the same
// mark, which no page may tell.
func (p *province) answer(school survey.School, n int, mark survey.Mark) {
	p.Helper()
	ctx := context.Background()
	strata, err := p.store.Strata(ctx, "2026-10")
	if err != nil {
		p.Fatal(err)
	}
	for _, st := range strata {
		for i := range n {
			if st.School.Code != school.Code {
				continue
			}
			r := survey.Response{Expectation: 100}
			for range len(st.Form.Items) + 1 {
				r.Marks = append(r.Marks, mark)
			}
			d := survey.Delivery{ID: survey.FormID(fmt.Sprintf("%s-answer-%d", school.Code, i)), Stratum: st.ID, Day: survey.DayOf(p.now, zone), Response: r}
			if _, err := p.store.Accept(ctx, d); err != nil {
				p.Fatal(err)
			}
		}
	}
}

// over ends the round and lets the last forms come in.
func (p *province) over() {
	p.Helper()
	p.now = time.Date(2026, 12, 3, 9, 0, 0, 0, zone)
	if _, err := p.store.AdvanceRounds(context.Background()); err != nil {
		p.Fatal(err)
	}
}

// step takes a step as the office does by clicking.
func (p *province) step(to survey.Stage, reason string) {
	p.Helper()
	fields := url.Values{"buoc": {string(to)}, "ly-do": {reason}, "dong-y": {"1"}}
	if status, _, body := p.ask("office", "POST", "/so/ket-qua/2026-10/cong-bo", fields.Encode()); status != 303 {
		p.Fatalf("step to %s: %d\n%s", to, status, body)
	}
}

// From the closing to the lines that parents read, each step with what
// everybody sees then: a bar is an opinion.
func TestResultsReachOnlyWhomTheyAreReleasedTo(t *testing.T) {
	p := newProvince(t)
	p.answer(p.a, 40, 5)
	p.answer(p.b, 6, 1)
	const bar = `class="strip"`
	sees := func(when string, want map[string]string) {
		t.Helper()
		for at, result := range want {
			who, path, _ := strings.Cut(at, " /")
			path = strings.NewReplacer("{A}", string(p.a.Code), "{B}", string(p.b.Code), "{a}", string(p.a.Area.Code), "{b}", string(p.b.Area.Code)).Replace("/" + path)
			status, _, body := p.ask(who, "GET", path, "")
			got := fmt.Sprint(status)
			if strings.Contains(body, bar) {
				got += " bars"
			}
			if got != result {
				t.Errorf("%s, %s: %s, want %s", when, at, got, result)
			}
			if who != "office" && who != "viewer" && strings.Contains(body, bar) && strings.Contains(path, "B-1") {
				t.Errorf("%s, %s: six answers are shown", when, at)
			}
		}
	}
	sees("while it is open", map[string]string{"office /so/ket-qua/2026-10": "200", "office /so/ket-qua/2026-10/truong/{A}": "200", "office /so/ket-qua/2026-10/xem-truoc": "200",
		"commune /so/ket-qua/2026-10": "404", "school A /truong/ket-qua": "404", "anonymous /ket-qua/2026-10": "404"})
	p.over()
	sees("when it is over", map[string]string{"office /so/ket-qua/2026-10": "200 bars", "viewer /so/ket-qua/2026-10/truong/{B}": "200 bars", "office /so/ket-qua/2026-10/xem-truoc/truong/{B}": "200",
		"commune /so/ket-qua/2026-10": "404", "school A /truong/ket-qua": "404", "anonymous /ket-qua/2026-10/truong/{A}": "404"})
	p.step(survey.SchoolsStage, "")
	sees("for the schools", map[string]string{"commune /so/ket-qua/2026-10": "200 bars", "commune /so/ket-qua/2026-10/truong/{A}": "200 bars", "commune /so/ket-qua/2026-10/truong/{B}": "404",
		"commune /so/ket-qua/2026-10/xa/{b}": "404", "school A /truong/ket-qua": "200 bars", "school B /truong/ket-qua": "200", "anonymous /ket-qua/2026-10": "404", "school A /ket-qua/2026-10/truong/{B}": "404"})
	for who, want := range map[string]int{"commune": 200, "office": 200, "anonymous": 303} {
		if status, _, body := p.ask(who, "GET", "/so/ket-qua/2026-10/da-cong-bo.xlsx", ""); status != want || want == 200 && !strings.HasPrefix(body, "PK") {
			t.Errorf("the file of %s: %d", who, status)
		}
	}
	if status, _, body := p.ask("school A", "GET", "/truong/ket-qua.xlsx", ""); status != 200 || !strings.HasPrefix(body, "PK") {
		t.Errorf("the file of a school: %d", status)
	}
	if status, _, body := p.ask("school A", "POST", "/truong/ket-qua", url.Values{"dot": {"2026-10"}, "dong-1": {" Sửa nhà vệ sinh "}, "dong-2": {strings.Repeat("a", 201)}}.Encode()); status != 422 || !strings.Contains(body, "Sửa nhà vệ sinh") || !strings.Contains(body, "Bớt 1 chữ cái") {
		t.Errorf("a line that is too long: %d", status)
	}
	if status, to, _ := p.ask("school A", "POST", "/truong/ket-qua", url.Values{"dot": {"2026-10"}, "dong-1": {" Sửa nhà vệ sinh "}}.Encode()); status != 303 || to != "/truong/ket-qua?xong=1#se-lam" {
		t.Errorf("the lines of a school: %d to %s", status, to)
	}
	if _, _, body := p.ask("parent", "GET", "/k/"+string(p.a.Link), ""); strings.Contains(body, "Sửa nhà vệ sinh") || strings.Contains(body, "/ket-qua/") {
		t.Error("parents read of results that are not public")
	}
	p.step(survey.PublicStage, "")
	sees("for everybody", map[string]string{"anonymous /ket-qua/2026-10": "200 bars", "anonymous /ket-qua/2026-10/truong/{A}": "200 bars", "anonymous /ket-qua/2026-10/truong/{B}": "200",
		"anonymous /ket-qua/2026-10/xa/{b}": "200"})
	if _, _, body := p.ask("parent", "GET", "/k/"+string(p.a.Link), ""); !strings.Contains(body, "Sửa nhà vệ sinh") || !strings.Contains(body, "/ket-qua/2026-10/truong/A-1") {
		t.Errorf("parents do not read what the school will do:\n%s", body)
	}
	if status, _, body := p.ask("anonymous", "GET", "/ket-qua/2026-10/tai-ve.xlsx", ""); status != 200 || !strings.HasPrefix(body, "PK") {
		t.Errorf("everybody's file: %d", status)
	}
	p.step(survey.OfficeStage, "sai sót")
	sees("taken back", map[string]string{"anonymous /ket-qua/2026-10/tai-ve.xlsx": "404", "school A /truong/ket-qua.xlsx": "404", "anonymous /ket-qua/2026-10": "404", "school A /truong/ket-qua": "404", "commune /so/ket-qua/2026-10": "404", "office /so/ket-qua/2026-10": "200 bars"})
	if _, _, body := p.ask("parent", "GET", "/k/"+string(p.a.Link), ""); strings.Contains(body, "Sửa nhà vệ sinh") {
		t.Error("parents go on reading")
	}
}
