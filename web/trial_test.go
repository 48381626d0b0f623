package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hailong/store"
	"hailong/survey"
	"hailong/web"
)

// trialBeside is the trial of a test's store, served as the command does.
type trialBeside struct {
	main, now *store.Store
	serve     *web.Trial
}

func (t *trialBeside) Trial() *web.Trial { return t.serve }

func (t *trialBeside) StartTrial(ctx context.Context, act survey.Act, plan survey.TrialPlan) error {
	err := t.main.StartTrial(ctx, act, plan)
	if err != nil {
		return err
	}
	if t.now, err = t.main.OpenTrial(ctx); err != nil {
		return err
	}
	s := t.now
	t.serve = &web.Trial{Responses: s, Secret: s.Secret(), Directory: func() *survey.Directory {
		d, err := s.Directory(context.Background())
		if err != nil {
			panic(err)
		}
		return d
	}}
	return nil
}

func (t *trialBeside) DropTrial(ctx context.Context, act survey.Act) error {
	if t.now != nil {
		t.now.Close()
		t.now, t.serve = nil, nil
	}
	return t.main.DropTrial(ctx, act)
}

func (t *trialBeside) TrialResults(ctx context.Context) (survey.Results, error) {
	if t.now == nil {
		return survey.Results{}, survey.NoTrial()
	}
	return t.now.TrialResults(ctx)
}

// trialLink starts a trial by its page and gives the link of school A in it.
func (p *province) trialLink() string {
	p.Helper()
	status, to, body := p.ask("office", "POST", "/so/dot/thu/mo", "den=25/10/2026&bo=")
	if status != http.StatusSeeOther {
		p.Fatalf("start: %d\n%s", status, body)
	}
	_, _, body = p.ask("office", "GET", to, "")
	found := regexp.MustCompile(`/k/([A-Z0-9]{8})">` + p.a.Name).FindStringSubmatch(body)
	if found == nil || !strings.Contains(body, "Đã mở đợt thử.") || !strings.Contains(body, "ĐỢT THỬ 20/10/2026–25/10/2026") {
		p.Fatalf("the page of the trial:\n%s", body)
	}
	return found[1]
}

// sendForm fills a form in as a browser does and sends it.
func (p *province) sendForm(link string) (status int, to, page string) {
	p.Helper()
	_, _, page = p.ask("parent", "GET", "/k/"+link+"/TH", "")
	id := regexp.MustCompile(`name="?id"? value="?([^" >]+)`).FindStringSubmatch(page)
	if id == nil {
		p.Fatalf("no form behind %s:\n%s", link, page)
	}
	form, _ := survey.BuiltInQuestionnaire().Form("TH")
	fields := url.Values{"id": {id[1]}, string(form.Items[0].Code): {"5"}}
	r := httptest.NewRequest("POST", "/k/"+link+"/TH", strings.NewReader(fields.Encode()))
	r.Host = testHost
	r.Header.Set("Content-Type", formMIME)
	res, err := p.app.Test(r, -1)
	if err != nil {
		p.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Location"), page
}

func (p *province) responses(id survey.RoundID) int {
	p.Helper()
	strata, err := p.store.Strata(context.Background(), id)
	if err != nil {
		p.Fatal(err)
	}
	return survey.ParticipationOf(strata).Responses
}

// A trial answers on its own links, says so on every page, and leaves the real
// round alone; a real link leads to the real round while a trial is open.
func TestATrialByItsPages(t *testing.T) {
	p := newProvince(t)
	before := p.responses("2026-10")
	link := p.trialLink()
	for _, path := range []string{"/k/" + link, "/K/" + strings.ToLower(link), "/k/" + link + "/TH", "/k/" + link + "/cam-on"} {
		if status, _, body := p.ask("parent", "GET", path, ""); status != 200 || !strings.Contains(body, survey.TrialMark) {
			t.Errorf("%s: %d, not marked as a trial:\n%s", path, status, firstLines(body))
		}
	}
	if status, to, _ := p.sendForm(link); status != http.StatusSeeOther || to != "/k/"+link+"/cam-on" {
		t.Errorf("a trial's form: %d to %s", status, to)
	}
	if n := p.responses("2026-10") - before; n != 0 {
		t.Errorf("the real round counts %d responses of the trial", n)
	}
	_, _, board := p.ask("office", "GET", "/so/", "")
	if strings.Contains(board, "THỬ") || strings.Contains(board, link) {
		t.Error("the board shows the trial")
	}
	if _, _, page := p.ask("office", "GET", "/so/dot/thu?q=tieu+hoc", ""); !strings.Contains(page, "1 phiếu thử") {
		t.Errorf("the trial's page does not count its response:\n%s", page)
	}
	status, _, page := p.sendForm(string(p.a.Link))
	if status != http.StatusSeeOther || strings.Contains(page, survey.TrialMark) {
		t.Errorf("a real link while there is a trial: %d", status)
	}
	if n := p.responses("2026-10") - before; n != 1 {
		t.Errorf("the real round counts %d responses more, want 1", n)
	}
	if status, _, body := p.ask("parent", "GET", "/api/v1/k/"+link, ""); status != 200 || !strings.Contains(body, "ĐỢT THỬ") {
		t.Errorf("the programs' address: %d %s", status, firstLines(body))
	}
	if status, _, body := p.ask("parent", "GET", "/?q=tieu+hoc+an", ""); status != 200 || strings.Contains(body, link) {
		t.Error("the search finds a trial's link")
	}
	p.dropTrial(link)
	if n := p.responses("2026-10") - before; n != 1 {
		t.Errorf("afterwards the real round counts %d responses more, want 1", n)
	}
}

// dropTrial removes it by its page: said first, then done.
func (p *province) dropTrial(link string) {
	p.Helper()
	effects, to := p.decide("/so/dot/thu/xoa", url.Values{})
	if !strings.Contains(effects, "1 phiếu thử") || to != "/so/dot/thu?da=xoa" {
		p.Errorf("dropping it says %s and leads to %s", effects, to)
	}
	if status, _, _ := p.ask("parent", "GET", "/k/"+link, ""); status != http.StatusNotFound {
		p.Errorf("its link afterwards: %d", status)
	}
	if note := p.lastNote(); note != "lan · trial drop · thu · " {
		p.Error(note)
	}
}

func TestATrialThatCannotBeIsRefusedBesideItsField(t *testing.T) {
	p := newProvince(t)
	for fields, want := range map[string]string{"den=19/10/2026&bo=": "đã qua", "den=&bo=": "Chưa ghi ngày", "den=1/6/2027&bo=": "dài nhất 60 ngày"} {
		if status, _, body := p.ask("office", "POST", "/so/dot/thu/mo", fields); status != http.StatusUnprocessableEntity || !strings.Contains(body, want) || !strings.Contains(body, `id="den-loi"`) {
			t.Errorf("%s: %d\n%s", fields, status, body)
		}
	}
	if status, _, _ := p.ask("office", "POST", "/so/dot/thu/bang-ket-qua", ""); status != http.StatusNotFound {
		t.Errorf("the workbook of no trial: %d", status)
	}
}
