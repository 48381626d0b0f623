package web_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/store"
	"hailong/survey"
	"hailong/web"
	"hailong/web/office"
	"hailong/web/page"
)

// province is the whole service over a real store: school A in one commune,
// school B in another, a round open, and accounts of every role.
type province struct {
	*testing.T
	app      *fiber.App
	store    *store.Store
	accounts map[string]survey.Account
	a, b     survey.School
	opinions [2]string // names of two comments of A
	now      time.Time
	later    atomic.Int64 // nanoseconds after now, for tests beside which work is under way
}

const matrixPassword = "bốn con mèo đen"

func newProvince(t *testing.T) *province {
	t.Helper()
	p := newEmpty(t)
	p.fill()
	p.serve()
	return p
}

// newEmpty has neither schools nor accounts.
func newEmpty(t *testing.T) *province {
	t.Helper()
	p := &province{T: t, now: now}
	s, err := store.Open(context.Background(), store.Options{Dir: t.TempDir(), Zone: zone, Now: p.time})
	if err != nil {
		t.Fatal(err)
	}
	p.store = s
	t.Cleanup(func() { s.Close() })
	p.serve()
	return p
}

func (p *province) serve() {
	p.Helper()
	app, err := web.New(p.config())
	if err != nil {
		p.Fatal(err)
	}
	p.app = app
}

func (p *province) config() web.Config {
	s := p.store
	return web.Config{BaseURL: baseURL, Directory: p.directory, Responses: s, Secret: s.Secret(), Clock: p.time,
		Random: rand.Reader, Log: slog.New(slog.DiscardHandler), Accounts: s,
		Sounds: s, People: office.People{Self: s, Factors: s, Staff: s, Doors: s, Settings: s}, Opinions: s, Rounds: s, Journal: s, Planning: s, Trials: &trialBeside{main: s}, Library: s, Schools: s, Secrets: s, Work: filepath.Join(p.TempDir(), "work"),
		Releases: s, Registry: s}
}

func (p *province) directory() *survey.Directory {
	d, err := p.store.Directory(context.Background())
	if err != nil {
		p.Fatal(err)
	}
	return d
}

func (p *province) fill() {
	p.Helper()
	ctx, areas := context.Background(), survey.BuiltInAreas().All()
	listed := []survey.School{
		{Code: "A-1", Name: "Trường Tiểu học An", Kind: "TH", Area: areas[0], Enrolment: survey.Enrolment{survey.LevelTH: 400}},
		{Code: "B-1", Name: "Trường THCS Bình", Kind: "THCS", Area: areas[1], Enrolment: survey.Enrolment{survey.LevelTHCS: 300}}}
	if _, err := p.store.LoadSchools(ctx, "test", listed, false); err != nil {
		p.Fatal(err)
	}
	if _, err := p.store.AdvanceRounds(ctx); err != nil {
		p.Fatal(err)
	}
	schools, err := p.store.Schools(ctx)
	if err != nil {
		p.Fatal(err)
	}
	p.a, p.b = schools[0], schools[1]
	if p.a.Code != "A-1" {
		p.a, p.b = p.b, p.a
	}
	p.accounts = map[string]survey.Account{"commune": {Name: "hoa", Role: survey.CommuneRole, Area: areas[0].Code},
		"viewer": {Name: "minh", Role: survey.ViewerRole}, "office": {Name: "lan", Role: survey.OfficeRole}}
	for _, account := range p.accounts {
		if err := p.store.AddAccount(ctx, "test", account, matrixPassword); err != nil {
			p.Fatal(err)
		}
	}
	p.comment()
}

// spoken is what no one but the office may read of the comments.
const spoken = "0905123456"

// comment lets two parents of A write something; of B nobody answers.
func (p *province) comment() {
	p.Helper()
	ctx := context.Background()
	strata, err := p.store.Strata(ctx, "2026-10")
	if err != nil {
		p.Fatal(err)
	}
	for _, st := range strata {
		for i := range p.opinions {
			if st.School.Code != p.a.Code {
				continue
			}
			d := survey.Delivery{ID: survey.FormID(fmt.Sprintf("opinion-%012d", i)), Stratum: st.ID, Day: survey.DayOf(p.now, zone),
				Response: survey.Response{Marks: make([]survey.Mark, len(st.Form.Items)+1), Expectation: survey.NoPercent, Comment: "Cô Lan tốt, gọi " + spoken}}
			if _, err := p.store.Accept(ctx, d); err != nil {
				p.Fatal(err)
			}
		}
	}
	all, err := p.store.Remarks(ctx, "2026-10")
	if err != nil || len(all.List) != len(p.opinions) {
		p.Fatal(all.List, err)
	}
	for i, r := range all.List {
		p.opinions[i] = r.ID
	}
}

// cookieOf begins a session of its own for a visitor.
func (p *province) cookieOf(who string) (cookie, token string) {
	p.Helper()
	ctx := context.Background()
	switch who {
	case "anonymous", "parent":
		return "", ""
	case "school A", "school B":
		code := map[string]survey.SchoolCode{"school A": p.a.Code, "school B": p.b.Code}[who]
		secret := p.enterSchool(ctx, code)
		// A school that puts its secret where the office's belongs gains nothing.
		return "hl-truong=" + secret + "; hl=" + secret, page.Token(secret)
	}
	secret, err := p.store.SignIn(ctx, p.accounts[who], "")
	if err != nil {
		p.Fatal(err)
	}
	return "hl=" + secret, page.Token(secret)
}

func (p *province) time() time.Time { return p.now.Add(time.Duration(p.later.Load())) }

// enterSchool gives a session of a school's own page. Activation sheets that are
// being made beside may renew its address once between the two steps.
func (p *province) enterSchool(ctx context.Context, code survey.SchoolCode) string {
	p.Helper()
	for again := true; ; again = false {
		access, err := p.store.GrantAccess(ctx, "test", code)
		if err != nil {
			p.Fatal(err)
		}
		secret, err := p.store.EnterSchool(ctx, access)
		if err == nil {
			return secret
		}
		if !again {
			p.Fatal(err)
		}
	}
}

// ask makes a request as a visitor and gives status, address of a redirect and
// text. A POST sends the token of the visitor's own session and the fields.
func (p *province) ask(who, method, path, fields string) (status int, to, body string) {
	p.Helper()
	cookie, token := p.cookieOf(who)
	r := httptest.NewRequest(method, path, strings.NewReader(strings.Trim(fields+"&"+page.TokenField+"="+token, "&")))
	r.Host = testHost
	if method == fiber.MethodPost {
		r.Header.Set("Content-Type", formMIME)
	}
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	if who == "parent" {
		r.Header.Set("Referer", baseURL+"/k/"+string(p.a.Link))
	}
	res, err := p.app.Test(r, -1)
	if err != nil {
		p.Fatalf("%s %s: %v", method, path, err)
	}
	text, err := io.ReadAll(res.Body)
	if err != nil {
		p.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Location"), string(text)
}
