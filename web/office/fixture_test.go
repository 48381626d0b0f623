package office_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web"
	"hailong/web/office"
	"hailong/web/page"
)

const (
	testHost = "127.0.0.1:8080"
	password = "ba con voi uong nuoc"
)

var zone = time.FixedZone("ICT", 7*3600)

// now is a week before the round's last day.
var now = time.Date(2026, 11, 23, 8, 0, 0, 0, zone)

// What a real store is needed for is tried over one; see web/matrix_test.go and
// self_test.go.
type (
	noCodes   interface{ office.Accounts }
	noSelf    interface{ office.Self }
	noFactors interface{ office.Factors }
	noStaff   interface{ office.Staff }
)

// people is the accounts: a map instead of a database.
type people struct {
	noCodes
	noSelf
	noFactors
	noStaff
	roles    map[string]survey.Role
	sessions map[string]survey.Account
	secrets  map[survey.SchoolCode]string // of the schools' own pages
	made     int
	gate     chan struct{} // secrets are made when it is closed
	checks   int
	fail     error
}

func (p *people) CheckPassword(_ context.Context, name, typed string) (survey.Account, error) {
	p.checks++
	if p.fail != nil {
		return survey.Account{}, p.fail
	}
	role, known := p.roles[name]
	if !known || typed != password {
		return survey.Account{}, survey.Refuse(survey.Forbidden, "Tên đăng nhập hoặc mật khẩu không đúng", "Wrong name or password")
	}
	account := survey.Account{Name: name, Role: role}
	if role == survey.CommuneRole {
		account.Area = "1"
	}
	return account, nil
}

func (p *people) SignIn(_ context.Context, a survey.Account, _ string) (string, error) {
	secret := fmt.Sprintf("secret-%s-%d", a.Name, len(p.sessions))
	p.sessions[secret] = a
	return secret, nil
}

func (p *people) SignedIn(_ context.Context, secret string) (survey.Account, error) {
	if a, ok := p.sessions[secret]; ok {
		return a, nil
	}
	return survey.Account{}, survey.Refuse(survey.Forbidden, "Phiên làm việc đã hết. Đăng nhập lại", "The session has ended")
}

func (p *people) SignOut(_ context.Context, secret string) error {
	delete(p.sessions, secret)
	return nil
}

// Proven says that everybody has just given the password.
func (p *people) Proven(context.Context, string) (time.Time, error) {
	return now.AddDate(1, 0, 0), nil
}

// EnterSchool and SchoolEntered let one school in.
func (p *people) EnterSchool(context.Context, string) (string, error) {
	return "secret-school", nil
}

func (p *people) SchoolEntered(_ context.Context, secret string) (survey.SchoolCode, error) {
	if secret == "secret-school" {
		return "S001", nil
	}
	return "", survey.Refuse(survey.Forbidden, "Phiên làm việc đã hết", "The session has ended")
}

// NewSecret and GrantSecrets renew the addresses of schools' own pages.
func (p *people) NewSecret() (string, error) {
	if p.gate != nil {
		<-p.gate
	}
	p.made++
	return fmt.Sprintf("%022d", p.made), p.fail
}

func (p *people) GrantSecrets(ctx context.Context, _ string, secrets map[survey.SchoolCode]string) error {
	if p.fail == nil && ctx.Err() == nil {
		p.secrets = maps.Clone(secrets)
	}
	return cmp.Or(p.fail, ctx.Err())
}

// history is the rounds and what came of them.
type history struct {
	rounds []survey.Round
	strata map[survey.RoundID][]survey.Stratum
	notes  []string
	fail   error

	steps    map[survey.RoundID][]survey.Step
	released map[survey.RoundID]survey.Tables
	pledged  []survey.SchoolPledges

	office.Decisions // none is tried here
	targets          survey.Targets
	days             survey.DayCounts

	busy, most atomic.Int32  // workbooks being made; the most at once
	hold       chan struct{} // they wait until it is closed
	broken     error         // of a workbook
	panics     bool
}

func (h *history) Rounds(context.Context) (survey.Schedule, error) {
	return survey.Schedule{Calendar: survey.DefaultCalendar(zone), Rounds: h.rounds}, h.fail
}

func (h *history) Strata(_ context.Context, id survey.RoundID) ([]survey.Stratum, error) {
	return h.strata[id], nil
}

func (h *history) Results(ctx context.Context, id survey.RoundID) (survey.Results, error) {
	h.most.Store(max(h.most.Load(), h.busy.Add(1)))
	defer h.busy.Add(-1)
	if err := h.wait(ctx); err != nil {
		return survey.Results{}, err
	}
	sc, _ := h.Rounds(ctx)
	round, err := sc.Round(id)
	return survey.Results{Round: round, Title: sc.Title(round), Questionnaire: survey.BuiltInQuestionnaire(), Strata: h.strata[id], Made: now}, err
}

func (h *history) NoteDownload(_ context.Context, actor string, id survey.RoundID, detail string) error {
	if h.fail != nil {
		return h.fail
	}
	h.notes = append(h.notes, actor+" "+string(id)+" "+detail)
	return nil
}

// AuditLog gives 150 entries, of which the second looks like markup.
func (h *history) AuditLog(_ context.Context, q survey.AuditQuery) (log []survey.AuditEntry, err error) {
	for seq := int64(150); seq > 0 && len(log) < q.Limit; seq-- {
		if q.Before == 0 || seq < q.Before {
			log = append(log, survey.AuditEntry{Seq: seq, At: now.Add(time.Duration(seq) * time.Second), Actor: "lan", Action: "export", Object: "2026-10", Detail: fmt.Sprintf("<b>dòng %d</b>", seq)})
		}
	}
	return log, h.fail
}

// AuditActors gives the one who made them.
func (h *history) AuditActors(context.Context) ([]string, error) { return []string{"lan"}, nil }

// ReleaseStates and what follows are the releases: none, unless a test takes
// steps.
func (h *history) ReleaseStates(context.Context) (states []survey.ReleaseState, err error) {
	for _, r := range h.rounds {
		if !r.OpenedAt.IsZero() {
			state, _ := h.ReleaseState(context.Background(), r.ID)
			states = append(states, state)
		}
	}
	return states, h.fail
}

func (h *history) ReleaseState(_ context.Context, id survey.RoundID) (survey.ReleaseState, error) {
	sc := survey.Schedule{Calendar: survey.DefaultCalendar(zone), Rounds: h.rounds}
	r, err := sc.Round(id)
	state := survey.ReleaseState{Round: r, Title: sc.Title(r), Steps: h.steps[id]}
	if h.released[id].Release != nil {
		state.Number, state.Made, state.Hash = h.released[id].Number, now, "abc"
	}
	return state, err
}

func (h *history) Release(_ context.Context, id survey.RoundID) (survey.Tables, error) {
	if h.released[id].Release == nil {
		return survey.Tables{}, survey.Refuse(survey.NotFound, "Chưa công bố", "Not released")
	}
	return h.released[id], nil
}

func (h *history) Threshold(context.Context) (survey.Threshold, error) {
	return survey.DefaultThreshold, nil
}

func (h *history) SetThreshold(context.Context, string, survey.Threshold) error { return h.fail }

func (h *history) ReleaseTo(ctx context.Context, id survey.RoundID, to survey.Stage, act survey.Act) (survey.ReleaseState, error) {
	if h.fail != nil {
		return survey.ReleaseState{}, h.fail
	}
	if h.steps == nil {
		h.steps, h.released = map[survey.RoundID][]survey.Step{}, map[survey.RoundID]survey.Tables{}
	}
	if h.released[id].Release == nil {
		results, _ := h.Results(ctx, id)
		h.busy.Add(-1)
		r := survey.NewRelease(results, 0, survey.DefaultThreshold)
		h.released[id] = survey.Tables{Release: &r, Questionnaire: results.Questionnaire}
	}
	h.steps[id] = append(h.steps[id], survey.Step{Stage: to, At: now, Actor: act.Actor, Reason: act.Reason})
	return h.ReleaseState(ctx, id)
}

func (h *history) CorrectRelease(_ context.Context, id survey.RoundID, _ survey.Act) (int, error) {
	return 0, survey.Refuse(survey.Conflict, "Chưa đủ thay đổi", "Too few changes")
}

func (h *history) RoundPledges(context.Context, survey.RoundID) ([]survey.SchoolPledges, error) {
	return h.pledged, h.fail
}

func (h *history) HidePledge(_ context.Context, _ string, _ survey.RoundID, school survey.SchoolCode, position int, hidden bool) error {
	for i := range h.pledged {
		for k := range h.pledged[i].Pledges {
			if p := &h.pledged[i].Pledges[k]; h.pledged[i].School == school && p.Position == position {
				p.Hidden = hidden
				return nil
			}
		}
	}
	return survey.Refuse(survey.NotFound, "Không còn dòng này", "No such line")
}

func (h *history) Pledges(context.Context, survey.RoundID, survey.SchoolCode) ([]survey.Pledge, error) {
	return nil, h.fail
}

func (h *history) SetPledges(context.Context, survey.RoundID, survey.SchoolCode, []survey.Pledge) error {
	return h.fail
}

func (h *history) ReleasedComments(context.Context, survey.RoundID, survey.SchoolCode) ([]string, error) {
	return nil, h.fail
}

var errDisk = errors.New("disk on fire")

type accepted struct{}

func (accepted) Accept(context.Context, survey.Delivery) (bool, error) { return true, nil }
func (accepted) Known(context.Context, survey.Delivery) (bool, error)  { return false, nil }

// site is the whole service with its parts at hand.
type site struct {
	*testing.T
	app     *fiber.App
	people  *people
	history *history
	dir     *survey.Directory
	now     time.Time
	baseURL string
	work    string // folder of the files of work under way
}

func newSite(t *testing.T, change ...func(*site)) *site {
	t.Helper()
	s := &site{T: t, now: now, baseURL: "http://" + testHost, work: filepath.Join(t.TempDir(), "work"),
		people:  &people{roles: map[string]survey.Role{"lan": survey.OfficeRole, "minh": survey.ViewerRole, "hoa": survey.CommuneRole}, sessions: map[string]survey.Account{}},
		history: newHistory(3)}
	s.dir = &survey.Directory{Office: "Sở Giáo dục và Đào tạo Đắk Lắk", Calendar: survey.DefaultCalendar(zone), Round: s.history.rounds[1],
		Questionnaire: survey.BuiltInQuestionnaire(), Links: map[survey.LinkCode]survey.Link{}}
	for _, st := range s.history.strata["2026-10"] {
		link := s.dir.Links[st.School.Link]
		link.School, link.Forms = st.School, append(link.Forms, survey.AskedForm{Form: st.Form, Stratum: st.ID})
		s.dir.Links[st.School.Link] = link
	}
	for _, fn := range change {
		fn(s)
	}
	app, err := web.New(web.Config{BaseURL: s.baseURL, Directory: func() *survey.Directory { return s.dir }, Responses: accepted{},
		Secret: bytes.Repeat([]byte{7}, 32), Clock: func() time.Time { return s.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
		Accounts: s.people, People: office.People{Self: s.people}, Rounds: s.history, Journal: s.history, Planning: s.history, Schools: s.people, Secrets: s.people, Releases: s.history, Work: s.work})
	if err != nil {
		t.Fatal(err)
	}
	s.app = app
	return s
}

// newHistory has a round that is over, one that is open and one to come, and
// so many schools in the open one.
func newHistory(schools int) *history {
	q := survey.BuiltInQuestionnaire()
	h := &history{strata: map[survey.RoundID][]survey.Stratum{}, rounds: []survey.Round{
		{ID: "2026-03", Opens: survey.NewDay(2026, 3, 1), Closes: survey.NewDay(2026, 4, 30), State: survey.Released, OpenedAt: now.AddDate(0, -8, 0), ClosedAt: now.AddDate(0, -7, 0)},
		{ID: "2026-10", Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30), State: survey.Open, OpenedAt: now.AddDate(0, -1, 0)},
		{ID: "2027-03", Opens: survey.NewDay(2027, 3, 1), Closes: survey.NewDay(2027, 4, 30), State: survey.Scheduled}}}
	first := []survey.School{
		{Code: "S001", Name: "Trường Tiểu học Lê Quý Đôn", Kind: "TH", Area: survey.Area{Code: "1", Type: "Xã", Name: "Ea Kar"}, Link: "AAAA2222", Enrolment: survey.Enrolment{survey.LevelTH: 410}},
		{Code: "S002", Name: "Trường THPT số 10", Kind: "THPT", Area: survey.Area{Code: "2", Type: "Phường", Name: "Buôn Hồ"}, Link: "BBBB3333", Enrolment: survey.Enrolment{survey.LevelTHPT: 900}},
		{Code: "S003", Name: "Trường THPT số 2", Kind: "THPT", Area: survey.Area{Code: "3", Type: "Xã", Name: "Đắk Liêng"}, Link: "CCCC4444", Enrolment: survey.Enrolment{survey.LevelTHPT: 500}},
	}
	responses := []int{132, 0, 0, 9, 0}
	for i := range schools {
		school := survey.School{Code: survey.SchoolCode(fmt.Sprintf("S%03d", i+1)), Name: fmt.Sprintf("Trường Tiểu học số %d", i+1), Kind: "TH", Link: "DDDD5555",
			Area: survey.Area{Code: "1", Type: "Xã", Name: "Ea Kar"}, Enrolment: survey.Enrolment{survey.LevelTH: 100}}
		if i < len(first) {
			school = first[i]
		}
		for _, form := range q.FormsOf(school) {
			tally := form.NewTally()
			if n := len(h.strata["2026-10"]); n < len(responses) {
				tally.Responses = responses[n]
			}
			h.strata["2026-10"] = append(h.strata["2026-10"], survey.Stratum{ID: int64(len(h.strata["2026-10"]) + 1), School: school, Form: form, Enrolment: school.Enrolment[form.Level], Tally: tally})
		}
	}
	h.strata["2026-03"] = h.strata["2026-10"][:1]
	return h
}

// answer is a response, read to its end.
type answer struct {
	*http.Response
	body string
}

// visit makes a request with a cookie header, which may be empty; values make
// it a POST of a form.
func (s *site) visit(path, cookie string, values url.Values) answer {
	s.Helper()
	r := httptest.NewRequest("GET", path, nil)
	if values != nil {
		values = withToken(values, cookie)
		r = httptest.NewRequest("POST", path, strings.NewReader(values.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Host = testHost
	if u, err := url.Parse(s.baseURL); err == nil {
		r.Host = u.Host
	}
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	res, err := s.app.Test(r, -1)
	if err != nil {
		s.Fatalf("%s %s: %v", r.Method, path, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer{res, string(body)}
}

// withToken adds what a form of that session holds, unless the test says otherwise.
func withToken(values url.Values, cookie string) url.Values {
	_, secret, ok := strings.Cut(cookie, "=")
	if !ok || values.Has(page.TokenField) {
		return values
	}
	out := url.Values{page.TokenField: {page.Token(secret)}}
	maps.Copy(out, values)
	return out
}

// login gives the cookie of a new session.
func (s *site) login(name string) string {
	s.Helper()
	res := s.visit("/so/dang-nhap", "", url.Values{"ten": {name}, "mat-khau": {password}})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/so/" {
		s.Fatalf("login of %s: %d to %q", name, res.StatusCode, res.Header.Get("Location"))
	}
	cookie := res.Cookies()[0]
	return cookie.Name + "=" + cookie.Value
}
