package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web"
)

const (
	oneForm   = "AAAA2222" // primary school
	allForms  = "BBBB3333" // a school with every level
	revoked   = "CCCC4444"
	unasked   = "DDDD5555"
	unknown   = "ZZZZ9999"
	longest   = "EEEE6666"
	baseURL   = "http://127.0.0.1:8080"
	testHost  = "127.0.0.1:8080"
	formMIME  = "application/x-www-form-urlencoded"
	jsonMIME  = "application/json"
	formOfOne = "/k/" + oneForm + "/TH"
)

var zone = time.FixedZone("ICT", 7*3600)

// now is in the middle of the round.
var now = time.Date(2026, 10, 20, 9, 30, 0, 0, zone)

// shelf is the responses' store: a map instead of a database.
type shelf struct {
	mu   sync.Mutex
	kept map[survey.FormID]survey.Delivery
	fail error
}

func (s *shelf) Accept(_ context.Context, in survey.Delivery) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return false, s.fail
	}
	before, there := s.kept[in.ID]
	if there && !(before.Response.Equal(in.Response) && before.Stratum == in.Stratum) {
		return false, survey.Refuse(survey.Conflict, "Phiếu này đã được gửi với câu trả lời khác", "This form was sent before with other answers")
	}
	s.kept[in.ID] = in
	return !there, nil
}

func (s *shelf) Known(_ context.Context, in survey.Delivery) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, there := s.kept[in.ID]
	if there && !before.Response.Equal(in.Response) {
		return false, survey.Refuse(survey.Conflict, "Phiếu này đã được gửi với câu trả lời khác", "This form was sent before with other answers")
	}
	return there, nil
}

// only gives the one response that is kept.
func (s *shelf) only(t *testing.T) survey.Delivery {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) != 1 {
		t.Fatalf("%d responses are kept, want 1", len(s.kept))
	}
	for _, d := range s.kept {
		return d
	}
	panic("unreachable")
}

// site is the service with its parts at hand.
type site struct {
	*testing.T
	app   *fiber.App
	cfg   web.Config
	shelf *shelf
	dir   *survey.Directory
	now   time.Time
	log   bytes.Buffer
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{T: t, shelf: &shelf{kept: map[survey.FormID]survey.Delivery{}}, dir: newDirectory(), now: now}
	s.cfg = web.Config{BaseURL: baseURL, Directory: func() *survey.Directory { return s.dir }, Responses: s.shelf,
		Secret: bytes.Repeat([]byte{7}, 32), Clock: func() time.Time { return s.now }, Random: rand.Reader,
		Log: slog.New(slog.NewTextHandler(&s.log, nil))}
	s.build()
	return s
}

func (s *site) build() {
	s.Helper()
	app, err := web.New(s.cfg)
	if err != nil {
		s.Fatal(err)
	}
	s.app = app
}

// answer is a response, read to its end.
type answer struct {
	*http.Response
	body string
}

func (s *site) do(r *http.Request) answer {
	s.Helper()
	if r.Host == "example.com" {
		r.Host = testHost
	}
	res, err := s.app.Test(r, -1)
	if err != nil {
		s.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer{res, string(body)}
}

func (s *site) get(path string) answer {
	s.Helper()
	return s.do(httptest.NewRequest("GET", path, nil))
}

func (s *site) post(path, kind, body string) answer {
	s.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	return s.do(r)
}

// round moves the directory to another state of the round.
func (s *site) round(change func(*survey.Round)) {
	d := *s.dir
	d.Revision++
	change(&d.Round)
	s.dir = &d
}

func (s *site) notOpen() { s.round(func(r *survey.Round) { r.State = survey.Scheduled }) }

func (s *site) closeAt(at time.Time) {
	s.round(func(r *survey.Round) { r.State, r.ClosedAt = survey.Shut, at })
}

func newDirectory() *survey.Directory { return directoryWith(survey.BuiltInQuestionnaire()) }

// directoryWith asks the questions of that questionnaire.
func directoryWith(q *survey.Questionnaire) *survey.Directory {
	d := &survey.Directory{Revision: 1, Province: "Đắk Lắk", Office: "Sở Giáo dục và Đào tạo Đắk Lắk", Helpline: "0262 385 0000",
		Calendar: survey.DefaultCalendar(zone), RoundTitle: "Đợt tháng 10–11/2026", Questionnaire: q, Links: map[survey.LinkCode]survey.Link{},
		Round: survey.Round{ID: "2026-10", Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30), State: survey.Open,
			OpenedAt: now.AddDate(0, 0, -19), Questionnaire: q.Version}}
	every := survey.Enrolment{}
	for _, l := range survey.Levels() {
		every[l] = 100
	}
	add := func(code survey.LinkCode, name string, e survey.Enrolment) {
		school := survey.School{Code: survey.SchoolCode(code), Name: name, Area: survey.Area{Code: "24472", Type: "Xã", Name: "Ea Kar"}, Enrolment: e, Link: code}
		link := survey.Link{School: school}
		for i, f := range q.FormsOf(school) {
			link.Forms = append(link.Forms, survey.AskedForm{Form: f, Stratum: int64(10*len(d.Links) + i + 1)})
		}
		d.Links[code] = link
	}
	add(oneForm, "Trường Tiểu học Nguyễn Thị Minh Khai", survey.Enrolment{survey.LevelTH: 600})
	add(allForms, "Trường TH, THCS và THPT Hoàng Việt", every)
	add(longest, "Trường "+strings.Repeat("Phổ thông Dân tộc Nội trú ", 5)+"Y Jút", every)
	add(unasked, "Trường Mầm non Hoa Pơ Lang", nil)
	add(revoked, "Trường THCS Phan Chu Trinh", survey.Enrolment{survey.LevelTHCS: 300})
	gone := d.Links[revoked]
	gone.Revoked = true
	d.Links[revoked] = gone
	return d
}
