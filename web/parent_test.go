package web_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// formID reads the id out of a form page.
func formID(t *testing.T, body string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, `name=id value="`)
	id, _, end := strings.Cut(rest, `"`)
	if !ok || !end || id == "" {
		t.Fatalf("no id in the page: %.200s", body)
	}
	return id
}

// full is a form filled in as a browser would send it.
func full(id string) url.Values {
	v := url.Values{"id": {id}, "F1": {"90"}, "F1-so": {""}, "F2": {"4"}, "G1": {"Sân trường ngập nước\r\nkhi mưa"}}
	form, _ := survey.BuiltInQuestionnaire().Form("TH")
	for i, item := range form.Items {
		v.Set(string(item.Code), string(rune('0'+i%6)))
	}
	return v
}

func TestAFormThatIsSent(t *testing.T) {
	s := newSite(t)
	id := formID(t, s.get(formOfOne).body)
	for range 3 {
		got := s.post(formOfOne, formMIME, full(id).Encode())
		if got.StatusCode != 303 || got.Header.Get("Location") != "/k/AAAA2222/cam-on" {
			t.Fatalf("status %d to %q\n%s", got.StatusCode, got.Header.Get("Location"), got.body)
		}
	}
	kept := s.shelf.only(t)
	want := survey.Delivery{ID: survey.FormID(id), Stratum: s.dir.Links[oneForm].Forms[0].Stratum, Day: survey.NewDay(2026, 10, 20),
		Response: survey.Response{Expectation: 90, Comment: "Sân trường ngập nước\nkhi mưa"}}
	for i := range s.dir.Links[oneForm].Forms[0].Form.Items {
		want.Response.Marks = append(want.Response.Marks, survey.Mark(i%6))
	}
	want.Response.Marks = append(want.Response.Marks, 4)
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	other := full(id)
	other.Set("A1", "5")
	got := s.post(formOfOne, formMIME, other.Encode())
	if got.StatusCode != 409 || !strings.Contains(got.body, "đã được gửi trước đó") || !strings.Contains(got.body, `href="/k/AAAA2222/TH"`) {
		t.Errorf("same id, other answers: %d\n%s", got.StatusCode, got.body)
	}
	if diff := cmp.Diff(want, s.shelf.only(t)); diff != "" {
		t.Errorf("the first did not stay:\n%s", diff)
	}
}

func TestThePercentage(t *testing.T) {
	for _, c := range []struct {
		tile, box string
		percent   int // or a refusal
		says      string
	}{
		{"0", "", 0, ""}, {"100", "", 100, ""}, {"hon-100", "150", 150, ""}, {"hon-100", " 120% ", 120, ""},
		{"", "85", 85, ""}, {"70", "150", 70, ""}, {"", "", survey.NoPercent, ""},
		{"hon-100", "", 0, "Ghi số phần trăm"}, {"hon-100", "999", 0, "Số phần trăm từ 0 đến 300"}, {"hon-100", "nhiều", 0, "Ghi số phần trăm"},
		{"-5", "", 0, "Ghi số phần trăm"},
	} {
		t.Run(c.tile+"/"+c.box, func(t *testing.T) {
			s := newSite(t)
			v := full(formID(t, s.get(formOfOne).body))
			v.Set("F1", c.tile)
			v.Set("F1-so", c.box)
			got := s.post(formOfOne, formMIME, v.Encode())
			if c.says == "" {
				if p := s.shelf.only(t).Response.Expectation; got.StatusCode != 303 || p != c.percent {
					t.Errorf("status %d, kept %d, want %d", got.StatusCode, p, c.percent)
				}
			} else if got.StatusCode != 422 || !strings.Contains(got.body, c.says) {
				t.Errorf("status %d, want 422 with %q", got.StatusCode, c.says)
			}
		})
	}
}

func TestWhatIsRefused(t *testing.T) {
	long := strings.Repeat("rất dài ", 200)
	for _, c := range []struct {
		name, kind, body string
		status           int
		says             string
	}{
		{"nothing answered", formMIME, "id=ID", 422, "Chọn ít nhất một câu trả lời"},
		{"blank fields only", formMIME, "id=ID&A1=&F1=&F1-so=&F2=&G1=+%0A", 422, "Chọn ít nhất một câu trả lời"},
		{"level 6", formMIME, "id=ID&A1=6", 422, "Câu A1: chọn một mức"},
		{"negative", formMIME, "id=ID&A1=-3", 422, "Câu A1: chọn một mức"},
		{"fraction", formMIME, "id=ID&A1=3.0", 422, "Câu A1: chọn một mức"},
		{"full-width digit", formMIME, "id=ID&A1=%EF%BC%93", 422, "Câu A1: chọn một mức"},
		{"huge", formMIME, "id=ID&A1=99999999999999999999", 422, "Câu A1: chọn một mức"},
		{"twice", formMIME, "id=ID&A1=1&A1=5", 422, "Câu A1 được gửi hai lần"},
		{"percentage twice", formMIME, "id=ID&F1=70&F1=hon-100", 422, "Câu F1 được gửi hai lần"},
		{"comment twice", formMIME, "id=ID&G1=a&G1=b", 422, "Phiếu này không có câu G1"},
		{"id twice", formMIME, "id=ID&id=ID&A1=1", 422, "Phiếu này không có câu id"},
		{"unknown item", formMIME, "id=ID&Q99=3", 422, "Phiếu này không có câu Q99"},
		{"another school", formMIME, "id=ID&A1=3&school_id=B", 422, "Phiếu này không có câu school_id"},
		{"item of another form", formMIME, "id=ID&D1MN=3", 422, "Phiếu này không có câu D1MN"},
		{"index games", formMIME, "id=ID&a[999999999]=1", 422, "Phiếu này không có câu"},
		{"several faults at once", formMIME, "id=ID&A1=9&A2=x", 422, "Câu A2: chọn một mức"},
		{"long comment", formMIME, "id=ID&A1=3&G1=" + url.QueryEscape(long), 422, "Bớt"},
		{"markup stays text", formMIME, "id=ID&A1=9&G1=%3Cscript%3Ealert(1)%3C/script%3E", 422, "&lt;script&gt;alert(1)"},
		{"no id", formMIME, "A1=3", 422, "Phiếu chưa gửi được"},
		{"bad id", formMIME, "A1=3&id=%3C%3E", 422, "Phiếu chưa gửi được"},
		{"bad percent-encoding", formMIME, "id=ID&A1=%zz", 422, "Không đọc được phiếu đã gửi"},
		{"no UTF-8", formMIME, "id=ID&G1=%ff", 422, "Không đọc được phiếu đã gửi"},
		{"too many fields", formMIME, strings.Repeat("A1=1&", 400), 422, "Không đọc được phiếu đã gửi"},
		{"JSON", jsonMIME, `{"A1":1}`, 415, ""},
		{"plain text", "text/plain", "id=ID&A1=1", 415, ""},
		{"multipart", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=A1\r\n\r\n1\r\n--x--\r\n", 415, ""},
		{"other charset", formMIME + "; charset=utf-16", "id=ID&A1=1", 415, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			id := formID(t, s.get(formOfOne).body)
			got := s.post(formOfOne+"?A2=5", c.kind, strings.ReplaceAll(c.body, "ID", id))
			if got.StatusCode != c.status || !strings.Contains(got.body, c.says) {
				t.Errorf("status %d, want %d with %q in\n%s", got.StatusCode, c.status, c.says, got.body)
			}
			if len(s.shelf.kept) != 0 {
				t.Errorf("something was kept: %v", s.shelf.kept)
			}
		})
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	for _, c := range []struct {
		name   string
		fail   error
		spoil  func(url.Values)
		status int
		says   string
	}{
		{"a fault in the form", nil, func(v url.Values) { v.Set("F1", "hon-100"); v.Set("F1-so", "abc") }, 422, "Ghi số phần trăm"},
		{"busy", survey.Refuse(survey.Busy, "Đang có nhiều người gửi", "Busy"), nil, 503, "Câu trả lời vẫn còn ở dưới"},
		{"a fault of ours", errors.New("disk on fire"), nil, 500, "Câu trả lời vẫn còn ở dưới"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.shelf.fail = c.fail
			id := formID(t, s.get(formOfOne).body)
			v := full(id)
			if c.spoil != nil {
				c.spoil(v)
			}
			got := s.post(formOfOne, formMIME, v.Encode())
			if got.StatusCode != c.status || !strings.Contains(got.body, c.says) {
				t.Fatalf("status %d, want %d with %q", got.StatusCode, c.status, c.says)
			}
			if diff := cmp.Diff(v, parseHTML(t, got.body).values(t)); diff != "" {
				t.Errorf("the page shown again differs from what was sent:\n%s", diff)
			}
			if c.status == 503 && got.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			if strings.Contains(got.body, "disk on fire") {
				t.Error("shows what is inside")
			}
			if strings.Contains(s.log.String(), "disk on fire") != (c.status == 500) {
				t.Errorf("log: %s", s.log.String())
			}
		})
	}
}

func TestAFormWithoutItsIDGetsOne(t *testing.T) {
	s := newSite(t)
	got := s.post(formOfOne, formMIME, "A1=4")
	again := parseHTML(t, got.body).values(t)
	if got := s.post(formOfOne, formMIME, again.Encode()); got.StatusCode != 303 {
		t.Errorf("sent again: status %d", got.StatusCode)
	}
}

func TestOutsideTheRound(t *testing.T) {
	s := newSite(t)
	before := full(formID(t, s.get(formOfOne).body)).Encode()
	s.now = now.Add(time.Hour)
	s.closeAt(now.Add(30 * time.Minute))
	after := full(string(survey.MintFormID(s.cfg.Secret, make([]byte, 16), s.now))).Encode()
	foreign := full("0123456789abcdef").Encode()
	for _, c := range []struct {
		name, body string
		at         time.Time
		status     int
	}{
		{"opened after the closing", after, s.now, 410},
		{"no id of ours", foreign, s.now, 410},
		{"opened before, a day later", before, now.Add(25 * time.Hour), 410},
		{"opened before, within a day", before, now.Add(24 * time.Hour), 303},
	} {
		s.now = c.at
		if got := s.post(formOfOne, formMIME, c.body); got.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.name, got.StatusCode, c.status)
		}
	}
	s.notOpen()
	if got := s.post(formOfOne, formMIME, before); got.StatusCode != 403 || !strings.Contains(got.body, "Chưa đến ngày trả lời") {
		t.Errorf("not open yet: status %d", got.StatusCode)
	}
	if got := s.post("/k/"+revoked+"/THCS", formMIME, before); got.StatusCode != 410 {
		t.Errorf("revoked: status %d", got.StatusCode)
	}
}
