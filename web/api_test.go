package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

const apiForm = "/api/v1/k/" + oneForm + "/TH"

type refused struct {
	Error  string
	Fields []struct{ Field, Message string }
}

func decode(t *testing.T, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
}

func TestAResponseAsJSON(t *testing.T) {
	s := newSite(t)
	body := `{"id":"0123456789abcdef","answers":{"A1":5,"B1":0,"F1":90,"F2":4},"comment":"Tốt\n😀"}`
	first := s.post(apiForm, jsonMIME, body)
	again := s.post(apiForm, jsonMIME+"; charset=utf-8", body)
	if first.StatusCode != 201 || again.StatusCode != 200 || first.body != again.body {
		t.Fatalf("%d %s, then %d %s", first.StatusCode, first.body, again.StatusCode, again.body)
	}
	var receipt struct{ Receipt string }
	decode(t, first.body, &receipt)
	if want := survey.FormID("0123456789abcdef").Receipt(); receipt.Receipt != want {
		t.Errorf("receipt %q, want %q", receipt.Receipt, want)
	}
	kept := s.shelf.only(t)
	if got := survey.EncodeMarks(kept.Response.Marks); !strings.HasPrefix(got, "5") || !strings.HasSuffix(got, "4") || strings.Count(got, "0") != 1 {
		t.Errorf("marks %s", got)
	}
	if kept.Response.Expectation != 90 || kept.Response.Comment != "Tốt\n😀" {
		t.Errorf("kept %+v", kept.Response)
	}
	if got := s.post(apiForm, jsonMIME, strings.Replace(body, "90", "91", 1)); got.StatusCode != 409 {
		t.Errorf("same id, other answers: %d %s", got.StatusCode, got.body)
	}
}

func TestWhatTheAPIRefuses(t *testing.T) {
	const id = `"id":"0123456789abcdef"`
	for _, c := range []struct {
		name, body string
		status     int
		fields     string // in order
	}{
		{"everything wrong at once", `{"id":"x","answers":{"A1":6,"A2":5.0,"A3":"5","A5":null,"F1":"90","Q9":1,"A1":2},"comment":"c"}`, 422, "id A1 A2 A3 A5 F1 Q9 A1"},
		{"exponent", `{` + id + `,"answers":{"A1":5e0,"A2":-1,"A3":true,"A5":[5],"A6":{}}}`, 422, "A1 A2 A3 A5 A6"},
		{"percentage", `{` + id + `,"answers":{"F1":301}}`, 422, "F1"},
		{"fractional percentage", `{` + id + `,"answers":{"F1":90.0}}`, 422, "F1"},
		{"comment among the answers", `{` + id + `,"answers":{"G1":5}}`, 422, "G1"},
		{"no answers", `{` + id + `}`, 422, "A1"},
		{"no id", `{"answers":{"A1":5}}`, 422, "id"},
		{"unknown fields", `{` + id + `,"school":"B","answers":{"A1":5}}`, 422, "school"},
		{"repeated field", `{` + id + `,"answers":{"A1":5},"answers":{"A1":1}}`, 422, "answers"},
		{"wrong shapes", `{"id":5,"answers":[1],"comment":null}`, 422, "id answers comment"},
		{"long comment", `{` + id + `,"comment":"` + strings.Repeat("dài ", 300) + `"}`, 422, "G1"},
		{"an array", `[]`, 422, ""},
		{"nothing", ``, 422, ""},
		{"cut off", `{"id":"0123`, 422, ""},
		{"two objects", `{` + id + `}{}`, 422, ""},
		{"no UTF-8", "{\"comment\":\"\xff\"}", 422, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			got := s.post(apiForm, jsonMIME, c.body)
			var r refused
			decode(t, got.body, &r)
			var fields []string
			for _, f := range r.Fields {
				fields = append(fields, f.Field)
				if f.Message == "" {
					t.Errorf("%s has no message", f.Field)
				}
			}
			if got.StatusCode != c.status || strings.Join(fields, " ") != c.fields || r.Error == "" {
				t.Errorf("status %d, fields %q, want %d, %q: %s", got.StatusCode, fields, c.status, c.fields, got.body)
			}
			if len(s.shelf.kept) != 0 {
				t.Errorf("kept %v", s.shelf.kept)
			}
		})
	}
}

func TestAPIStatuses(t *testing.T) {
	good := `{"id":"0123456789abcdef","answers":{"A1":5}}`
	closed := func(s *site) { s.closeAt(now.Add(-time.Minute)) }
	busy := func(s *site) { s.shelf.fail = survey.Refuse(survey.Busy, "Đang bận", "Busy") }
	for _, c := range []struct {
		name, path, kind string
		state            func(*site)
		status           int
	}{
		{"unknown school", "/api/v1/k/" + unknown + "/TH", jsonMIME, nil, 404},
		{"unknown form", "/api/v1/k/" + oneForm + "/MN", jsonMIME, nil, 404},
		{"unknown address", "/api/v2/k", jsonMIME, nil, 404},
		{"revoked", "/api/v1/k/" + revoked + "/THCS", jsonMIME, nil, 410},
		{"closed", apiForm, jsonMIME, closed, 410},
		{"not open", apiForm, jsonMIME, (*site).notOpen, 403},
		{"busy", apiForm, jsonMIME, busy, 503},
		{"a form", apiForm, formMIME, nil, 415},
		{"no type", apiForm, "", nil, 415},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			if c.state != nil {
				c.state(s)
			}
			got := s.post(c.path, c.kind, good)
			var r refused
			decode(t, got.body, &r)
			if got.StatusCode != c.status || r.Error == "" {
				t.Errorf("status %d, want %d: %s", got.StatusCode, c.status, got.body)
			}
			if (got.Header.Get("Retry-After") != "") != (c.status == 503) {
				t.Errorf("Retry-After %q", got.Header.Get("Retry-After"))
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for header, want := range map[string]string{"": "Không tìm thấy", "en": "No form", "en-GB,vi;q=0.5": "No form", "vi,en": "Không tìm thấy", "fr, en;q=0.1": "No form"} {
		r := httptest.NewRequest("GET", "/api/v1/k/"+unknown, nil)
		r.Header.Set("Accept-Language", header)
		if got := newSite(t).do(r); !strings.Contains(got.body, want) {
			t.Errorf("%q: %s", header, got.body)
		}
	}
}

// offered is what a program reads of an offer.
type offered struct {
	Round struct{ State, Opens, Closes string }
	Forms []struct {
		Code             string
		ID               string
		Groups           []struct{ Items []struct{ Code string } }
		Percent, Overall struct{ Code string }
	}
}

func TestAnOfferCanBeAnswered(t *testing.T) {
	s := newSite(t)
	var o offered
	decode(t, s.get("/api/v1/k/"+allForms).body, &o)
	if len(o.Forms) != 6 {
		t.Fatalf("%d forms", len(o.Forms))
	}
	for _, f := range o.Forms {
		answers := map[string]int{f.Percent.Code: 70, f.Overall.Code: 3}
		for _, g := range f.Groups {
			for _, item := range g.Items {
				answers[item.Code] = 4
			}
		}
		body, err := json.Marshal(map[string]any{"id": f.ID, "answers": answers})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.post("/api/v1/k/"+allForms+"/"+f.Code, jsonMIME, string(body)); got.StatusCode != 201 {
			t.Errorf("%s: %d %s", f.Code, got.StatusCode, got.body)
		}
	}
}

func TestAnOfferBeforeTheRound(t *testing.T) {
	s := newSite(t)
	s.notOpen()
	var o offered
	decode(t, s.get("/api/v1/k/"+allForms).body, &o)
	if o.Round.State != "scheduled" || o.Round.Opens != "2026-10-01" || o.Round.Closes != "2026-11-30" || len(o.Forms) != 0 {
		t.Errorf("got %+v", o)
	}
}
