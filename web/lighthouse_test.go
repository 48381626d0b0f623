package web_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// lighthouse is cli/index.js of the npm package lighthouse 12.8.2:
// go test ./web -run TestLighthouse -lighthouse node_modules/lighthouse/cli/index.js -v
var lighthouse = flag.String("lighthouse", "", "Lighthouse's cli/index.js; its scores of accessibility and best practices must be 100")

// TestLighthouse asks Lighthouse about the pages that parents and schools see
// first. It takes a minute and node, so it runs only when it is asked for.
func TestLighthouse(t *testing.T) {
	if *lighthouse == "" {
		return
	}
	s := newSite(t)
	addr := s.serve()
	p := newProvince(t)
	schools := (&site{T: t, app: p.app}).serve()
	token, err := p.store.GrantAccess(context.Background(), "test", p.a.Code)
	if err != nil {
		t.Fatal(err)
	}
	session, err := p.store.EnterSchool(context.Background(), token)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []struct{ name, url, cookie string }{
		{"form", addr + formOfOne, ""}, {"choice", addr + "/k/" + allForms, ""}, {"thanks", addr + "/k/" + oneForm + "/cam-on", ""}, {"search", addr + "/", ""},
		{"school", schools + "/truong/", "hl-truong=" + session}, {"school, helping", schools + "/truong/giup", "hl-truong=" + session},
	} {
		scores := audit(t, page.url, page.cookie)
		t.Logf("%s: %v", page.name, scores)
		if scores["accessibility"] != 100 || scores["best-practices"] != 100 {
			t.Errorf("%s: accessibility %v, best practices %v, want 100", page.name, scores["accessibility"], scores["best-practices"])
		}
	}
}

// audit gives Lighthouse's scores of a page, 0 to 100, and a few of its figures.
func audit(t *testing.T, url, cookie string) map[string]float64 {
	t.Helper()
	out := filepath.Join(t.TempDir(), "report.json")
	args := []string{*lighthouse, url, "--quiet", "--output=json", "--output-path=" + out, "--form-factor=mobile",
		"--screenEmulation.width=360", "--screenEmulation.height=640", "--screenEmulation.deviceScaleFactor=2", "--screenEmulation.mobile",
		"--throttling-method=simulate", "--only-categories=performance,accessibility,best-practices", "--chrome-flags=--headless=new --no-sandbox"}
	if cookie != "" {
		args = append(args, fmt.Sprintf(`--extra-headers={"Cookie":%q}`, cookie))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, "node", args...)
	run.Env = append(os.Environ(), "CHROME_PATH="+chromium(t))
	if said, err := run.CombinedOutput(); err != nil {
		t.Fatalf("lighthouse: %v\n%s", err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Categories map[string]struct{ Score float64 }
		Audits     map[string]struct {
			Score        *float64
			NumericValue float64
			Title        string
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	scores := map[string]float64{}
	for name, category := range report.Categories {
		scores[name] = math.Round(100 * category.Score)
	}
	for _, figure := range []string{"first-contentful-paint", "cumulative-layout-shift", "total-blocking-time"} {
		scores[figure] = report.Audits[figure].NumericValue
	}
	for name, a := range report.Audits {
		if a.Score != nil && *a.Score < .9 {
			t.Logf("%s: %s (%.2f)", name, a.Title, *a.Score)
		}
	}
	return scores
}
