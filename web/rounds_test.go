package web_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hailong/survey"
)

// roundNow is a round as it is stored.
func (p *province) roundNow(id survey.RoundID) survey.Round {
	p.Helper()
	schedule, err := p.store.Rounds(context.Background())
	if err != nil {
		p.Fatal(err)
	}
	r, err := schedule.Round(id)
	if err != nil {
		p.Fatal(err)
	}
	return r
}

// lastNote is the newest line of the audit log that says what somebody decided.
func (p *province) lastNote() string {
	p.Helper()
	log, err := p.store.AuditLog(context.Background(), survey.AuditQuery{Limit: 1000})
	if err != nil {
		p.Fatal(err)
	}
	for _, e := range log {
		if e.Action != "sign in" && e.Actor != "lịch" {
			return e.Actor + " · " + e.Action + " · " + e.Object + " · " + e.Detail
		}
	}
	return ""
}

// decide sends an act of the office twice: as it is typed, then agreed to.
func (p *province) decide(path string, fields url.Values) (effects, to string) {
	p.Helper()
	status, _, body := p.ask("office", "POST", path, fields.Encode())
	if status != 200 || !strings.Contains(body, `name="dong-y" value="1"`) {
		p.Fatalf("%s: %d, want a page that asks:\n%s", path, status, body)
	}
	fields.Set("dong-y", "1")
	status, to, again := p.ask("office", "POST", path, fields.Encode())
	if status != 303 {
		p.Fatalf("%s, agreed to: %d\n%s", path, status, again)
	}
	return strings.Join(regexp.MustCompile(`<li>(.*?)</li>`).FindAllString(body[strings.Index(body, "effects"):], -1), "\n"), to
}

// Nothing happens before it was said what will.
func TestAnActIsSaidBeforeItIsDone(t *testing.T) {
	p := newProvince(t)
	before := p.lastNote()
	fields := url.Values{"den": {"15/12/2026"}, "ly-do": {"mưa lũ <b>"}}
	if status, _, body := p.ask("office", "POST", "/so/dot/2026-10/gia-han", fields.Encode()); status != 200 || !strings.Contains(body, "15/12/2026 thay vì 30/11/2026") ||
		!strings.Contains(body, `name="ly-do" value="mưa lũ &lt;b&gt;"`) {
		t.Errorf("%d %s", status, body)
	}
	if r := p.roundNow("2026-10"); r.Closes != survey.NewDay(2026, 11, 30) || p.lastNote() != before {
		t.Errorf("the first page changed something: %s, %s", r.Closes, p.lastNote())
	}
	_, to := p.decide("/so/dot/2026-10/gia-han", fields)
	if r := p.roundNow("2026-10"); r.Closes != survey.NewDay(2026, 12, 15) {
		t.Errorf("agreed to, it closes on %s", r.Closes)
	}
	if note := p.lastNote(); note != "lan · round extend · 2026-10 · 01/10/2026–15/12/2026 · mưa lũ <b>" {
		t.Error(note)
	}
	if _, _, body := p.ask("office", "GET", to, ""); !strings.Contains(body, "Đã gia hạn đợt.") {
		t.Errorf("%s does not say what was done", to)
	}
}

func TestWhatWasTypedComesBackWithWhatIsWrong(t *testing.T) {
	p := newProvince(t)
	for name, c := range map[string]struct {
		path, fields string
		status       int
		want         []string
	}{
		"both fields":                        {"/so/dot/2026-10/gia-han", "den=31/2/2027&ly-do=", 422, []string{`value="31/2/2027"`, "Ngày «31/2/2027» không đúng", "Chưa ghi lý do", `<details class="act" id="gia-han" open>`, "<title>Lỗi: "}},
		"an earlier day":                     {"/so/dot/2026-10/gia-han", "den=1/11/2026&ly-do=x", 422, []string{"phải sau ngày kết thúc", `href="#gia-han-den"`}},
		"over another round":                 {"/so/dot/them", "tu=1/11/2026&den=5/12/2026&ly-do=x", 409, []string{"chồng lên đợt 2026-10", `value="5/12/2026"`}},
		"a target":                           {"/so/dot/2026-10/muc", "TH-rate=120&MN-least=x&ly-do=x", 422, []string{`value="120"`, "Tỷ lệ «120» không đúng", "Số phiếu «x» không đúng", `id="muc-TH-rate-loi"`}},
		"the calendar":                       {"/so/dot/lich", "lich=1-10", 422, []string{"Lịch đợt «1-10» không đúng"}},
		"nothing to freeze":                  {"/so/dot/2026-10/si-so", "ly-do=x", 409, []string{"không có gì để chốt lại"}},
		"days of an open round":              {"/so/dot/2026-10/doi-ngay", "tu=1/12/2026&den=5/12/2026&ly-do=x", 409, []string{"không dời ngày được"}},
		"the questionnaire of an open round": {"/so/dot/2026-10/bo-cau-hoi", "bo=", 409, []string{"không đổi được nữa"}},
		"no such questionnaire":              {"/so/dot/2027-03/bo-cau-hoi", "bo=khac", 422, []string{"Không có bộ câu hỏi này"}},
		"a field of another form":            {"/so/dot/2026-10/dong", "ly-do=x&den=1/1/2027", 422, []string{"ô lạ"}},
	} {
		before := p.lastNote()
		status, _, body := p.ask("office", "POST", c.path, c.fields+"&dong-y=1")
		if status != c.status {
			t.Errorf("%s: %d, want %d", name, status, c.status)
		}
		for _, want := range c.want {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the page does not say %s\n%s", name, want, body)
			}
		}
		if p.lastNote() != before {
			t.Errorf("%s: something was done", name)
		}
	}
}

// The life of two rounds by the pages alone.
func TestARoundIsPlannedByItsPages(t *testing.T) {
	p := newProvince(t)
	version := string(survey.BuiltInQuestionnaire().Version)
	for _, c := range []struct {
		path   string
		fields url.Values
		said   string
		note   string
	}{
		{"/so/dot/muc-chung", url.Values{"TH-rate": {"60"}}, "Tiểu học: 60%", "lan · round target ·  · TH 60/0"},
		{"/so/dot/2027-03/doi-ngay", url.Values{"tu": {"8/3/2027"}, "den": {"9/5/2027"}, "ly-do": {"tết"}}, "08/03/2027 thay vì 01/03/2027", "lan · round move · 2027-03 · 08/03/2027–09/05/2027 · tết"},
		{"/so/dot/2027-03/bo-cau-hoi", url.Values{"bo": {version}}, version, "lan · round questionnaire · 2027-03 · 08/03/2027–09/05/2027 · bộ câu hỏi " + version},
		{"/so/dot/2027-03/muc", url.Values{"THCS-rate": {"70"}, "THCS-least": {"30"}, "ly-do": {"x"}}, "70% và ít nhất 30 phiếu", "lan · round target · 2027-03 · THCS 70/30 · x"},
		{"/so/dot/2026-10/muc", url.Values{"TH-rate": {"5"}, "ly-do": {"x"}}, "0 trên 1 trường đã đạt", "lan · round target · 2026-10 · TH 5/0 · x"},
		{"/so/dot/2026-10/dong", url.Values{"ly-do": {"đủ phiếu"}}, "còn gửi được trong 24 giờ", "lan · round close · 2026-10 · 01/10/2026–30/11/2026 · đủ phiếu"},
		{"/so/dot/2026-10/mo-lai", url.Values{"den": {"20/12/2026"}, "ly-do": {"đóng nhầm"}}, "đến hết ngày 20/12/2026", "lan · round reopen · 2026-10 · 01/10/2026–20/12/2026 · đóng nhầm"},
		{"/so/dot/them", url.Values{"tu": {"5/1/2027"}, "den": {"20/1/2027"}, "ly-do": {"x"}}, "Thêm đợt 2027-01", "lan · round add · 2027-01 · 05/01/2027–20/01/2027 · x"},
		{"/so/dot/lich", url.Values{"lich": {"1/10-30/11, 10/3-30/4"}}, "10/3-30/4, 1/10-30/11 thay vì 1/3-30/4, 1/10-30/11", "lan · calendar ·  · 10/3-30/4, 1/10-30/11"},
	} {
		effects, _ := p.decide(c.path, c.fields)
		if !strings.Contains(effects, c.said) {
			t.Errorf("%s says\n%s\nbut not %s", c.path, effects, c.said)
		}
		if note := p.lastNote(); note != c.note {
			t.Errorf("%s: the audit log says %s, want %s", c.path, note, c.note)
		}
	}
	if r := p.roundNow("2027-03"); r.Opens != survey.NewDay(2027, 3, 8) || string(r.Questionnaire) != version {
		t.Errorf("the moved round is %+v", r)
	}
}

func TestEnrolmentIsFrozenAgainByItsPage(t *testing.T) {
	p := newProvince(t)
	more := p.a
	more.Enrolment = survey.Enrolment{survey.LevelTH: 450}
	if _, err := p.store.LoadSchools(context.Background(), "test", []survey.School{more}, false); err != nil {
		t.Fatal(err)
	}
	effects, _ := p.decide("/so/dot/2026-10/si-so", url.Values{"ly-do": {"kiểm tra lại"}})
	if !strings.Contains(effects, "1 phiếu của trường có sĩ số mới. Tổng sĩ số của đợt từ 700 thành 750.") {
		t.Error(effects)
	}
	if _, _, body := p.ask("office", "GET", "/so/dot/2026-10", ""); !strings.Contains(body, "750 (2 trường)") {
		t.Error("the page does not show the new enrolment")
	}
}

// Who may only read sees the rounds and no form.
func TestReadersSeeRoundsWithoutForms(t *testing.T) {
	p := newProvince(t)
	for _, path := range []string{"/so/dot", "/so/dot/2026-10"} {
		if _, _, body := p.ask("viewer", "GET", path, ""); strings.Contains(body, "details") || !strings.Contains(body, "đợt 1 năm học 2026–2027 · đợt 2 năm 2026") {
			t.Errorf("%s\n%s", path, body)
		}
	}
}
