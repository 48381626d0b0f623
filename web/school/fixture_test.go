package school_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/html"

	"hailong/survey"
	"hailong/web"
	"hailong/web/office"
)

const (
	primary  = "S001"
	upper    = "S002" // cha mẹ and học sinh
	learning = "S003" // học viên
	token    = "token-of-"
)

var zone = time.FixedZone("ICT", 7*3600)

// now is a week before the round's last day.
var now = time.Date(2026, 11, 23, 8, 0, 0, 0, zone)

// The office's part of the store, which no school's page may use.
type (
	noAccounts = office.Accounts
	noRounds   = office.Rounds
	noJournal  = office.Journal
	noPlanning = office.Planning
)

// rooms is the store's part for schools: the secret of S001 is token-of-S001.
type rooms struct {
	noAccounts
	noRounds
	noJournal
	noPlanning
	strata  []survey.Stratum
	targets survey.Targets
	fail    error
}

func (r *rooms) EnterSchool(_ context.Context, secret string) (string, error) {
	if code, ok := strings.CutPrefix(secret, token); ok && r.fail == nil {
		return "session-" + code, nil
	}
	return "", survey.Refuse(survey.NotFound, "Địa chỉ trang của trường không còn dùng", "No longer in use")
}

func (r *rooms) SchoolEntered(_ context.Context, secret string) (survey.SchoolCode, error) {
	if code, ok := strings.CutPrefix(secret, "session-"); ok {
		return survey.SchoolCode(code), r.fail
	}
	return "", survey.Refuse(survey.Forbidden, "Phiên làm việc đã hết", "The session has ended")
}

func (r *rooms) Targets(context.Context, survey.RoundID) (survey.Targets, error) {
	return r.targets, nil
}

func (r *rooms) Strata(context.Context, survey.RoundID) ([]survey.Stratum, error) {
	return r.strata, nil
}

func (r *rooms) SignedIn(context.Context, string) (survey.Account, error) {
	return survey.Account{}, survey.Refuse(survey.Forbidden, "Phiên làm việc đã hết", "The session has ended")
}

type accepted struct{}

func (accepted) Accept(context.Context, survey.Delivery) (bool, error) { return true, nil }
func (accepted) Known(context.Context, survey.Delivery) (bool, error)  { return false, nil }

// site is the whole service with its parts at hand.
type site struct {
	*testing.T
	app   *fiber.App
	dir   *survey.Directory
	rooms *rooms
	now   time.Time
	host  string
}

func newSite(t *testing.T, base string) *site {
	t.Helper()
	s := &site{T: t, now: now, rooms: &rooms{}}
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	s.host = u.Host
	s.fill()
	s.app, err = web.New(web.Config{BaseURL: base, Directory: func() *survey.Directory { return s.dir }, Responses: accepted{},
		Secret: bytes.Repeat([]byte{7}, 32), Clock: func() time.Time { return s.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
		Accounts: s.rooms, Rounds: s.rooms, Journal: s.rooms, Planning: s.rooms, Schools: s.rooms})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fill makes three schools with 132, 33 + 4 and 0 responses.
func (s *site) fill() {
	q := survey.BuiltInQuestionnaire()
	s.dir = &survey.Directory{Office: "Sở Giáo dục và Đào tạo Đắk Lắk", Calendar: survey.DefaultCalendar(zone), RoundTitle: "Đợt tháng 10–11/2026",
		Questionnaire: q, Links: map[survey.LinkCode]survey.Link{},
		Round: survey.Round{ID: "2026-10", Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30), State: survey.Open, OpenedAt: now.AddDate(0, -1, 0)}}
	responses := map[survey.FormCode]int{"TH": 132, "CMTHPT": 33, "HSTHPT": 4}
	for _, school := range []survey.School{
		{Code: primary, Name: "Trường Tiểu học Nơ Trang Lơng", Link: "AAAA2222", Enrolment: survey.Enrolment{survey.LevelTH: 410}},
		{Code: upper, Name: "Trường THPT Chu Văn An", Link: "BBBB3333", Enrolment: survey.Enrolment{survey.LevelTHPT: 1200}},
		{Code: learning, Name: "Trung tâm GDNN-GDTX Ea Kar", Link: "CCCC4444", Enrolment: survey.Enrolment{survey.LevelGDTX: 90}},
	} {
		school.Area = survey.Area{Code: "1", Type: "Xã", Name: "Ea Kar"}
		link := survey.Link{School: school}
		for _, form := range q.FormsOf(school) {
			tally := form.NewTally()
			tally.Responses = responses[form.Code]
			id := int64(len(s.rooms.strata) + 1)
			s.rooms.strata = append(s.rooms.strata, survey.Stratum{ID: id, School: school, Form: form, Enrolment: school.Enrolment[form.Level], Tally: tally})
			link.Forms = append(link.Forms, survey.AskedForm{Form: form, Stratum: id})
		}
		s.dir.Links[school.Link] = link
	}
}

// answer is a response, read to its end.
type answer struct {
	*http.Response
	body string
}

func (s *site) get(path, cookie string) answer {
	s.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Host = s.host
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
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

// page gives the page of a school, parsed.
func (s *site) page(code string) node {
	s.Helper()
	res := s.get("/truong/", "hl-truong=session-"+code)
	if res.StatusCode != http.StatusOK {
		s.Fatalf("the page of %s: %d\n%s", code, res.StatusCode, res.body)
	}
	root, err := html.Parse(strings.NewReader(res.body))
	if err != nil {
		s.Fatal(err)
	}
	return node{root}
}

// node is an element of a page.
type node struct{ *html.Node }

// all gives the elements with that name below the node, in their order.
func (n node) all(name string) []node {
	var found []node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			found = append(found, node{d})
		}
	}
	return found
}

func (n node) attr(key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text gives the words of an element with single blanks.
func (n node) text() string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// class gives the text of the first paragraph of that class.
func (n node) class(name string) string {
	for _, p := range n.all("p") {
		if p.attr("class") == name {
			return p.text()
		}
	}
	return ""
}
