package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

// ended makes the school of one link end, in the way and with the successors
// given.
func (s *site) ended(kind survey.SuccessionKind, day survey.Day, heirs ...survey.LinkCode) {
	change := survey.Succession{Kind: kind, Day: day, Before: []survey.SchoolCode{s.dir.Links[oneForm].School.Code}}
	for _, link := range heirs {
		change.After = append(change.After, s.dir.Links[link].School.Code)
	}
	s.dir.Lineage = survey.NewLineage([]survey.Succession{change})
}

// A poster of a school that is no more has an answer: the schools in its place.
func TestTheLinkOfASchoolThatIsNoMore(t *testing.T) {
	today := survey.DayOf(now, zone)
	for name, c := range map[string]struct {
		kind  survey.SuccessionKind
		day   survey.Day
		heirs []survey.LinkCode
		state func(*site)
		says  []string
		form  bool
	}{
		"merged while the round asks it": {survey.Merging, today - 3, []survey.LinkCode{allForms}, nil, nil, true},
		"merged, the round over": {survey.Merging, today - 3, []survey.LinkCode{allForms}, func(s *site) { s.closeAt(now.Add(-48 * time.Hour)) },
			[]string{"Trường này đã sáp nhập từ 17/10/2026", `href="/k/` + allForms + `"`}, false},
		"split, not asked any more": {survey.Parting, today - 30, []survey.LinkCode{allForms, longest}, (*site).unaskOne,
			[]string{"đã chia tách", `href="/k/` + allForms + `"`, `href="/k/` + longest + `"`}, false},
		"closed for good": {survey.Closing, today - 30, nil, (*site).unaskOne, []string{"đã giải thể", "Không còn phiếu", `href="/"`}, false},
		"will close":      {survey.Closing, today + 30, nil, (*site).unaskOne, []string{"sẽ giải thể"}, false},
	} {
		s := newSite(t)
		s.ended(c.kind, c.day, c.heirs...)
		if c.state != nil {
			c.state(s)
		}
		res := s.get("/k/" + oneForm)
		if c.form != strings.Contains(res.body, `action="/k/`+oneForm) || res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, a form: %v", name, res.StatusCode, !c.form)
		}
		for _, words := range c.says {
			if !strings.Contains(res.body, words) {
				t.Errorf("%s does not say «%s»:\n%s", name, words, res.body)
			}
		}
		api := s.get("/api/v1/k/" + oneForm)
		if (api.StatusCode == http.StatusGone) == c.form || len(c.heirs) > 0 && !c.form && !strings.Contains(api.body, "/k/"+allForms) {
			t.Errorf("%s: the interface says %d %s", name, api.StatusCode, api.body)
		}
	}
}

// unaskOne is a round that does not ask the school of oneForm.
func (s *site) unaskOne() {
	link := s.dir.Links[oneForm]
	link.Forms = nil
	s.dir.Links[oneForm] = link
}

// So has a poster whose link was replaced before the school ended.
func TestAReplacedLinkOfASchoolThatIsNoMore(t *testing.T) {
	s := newSite(t)
	s.ended(survey.Merging, survey.DayOf(now, zone)-30, allForms)
	s.dir.Links[revoked] = survey.Link{School: s.dir.Links[oneForm].School, Revoked: true}
	if res := s.get("/k/" + revoked); res.StatusCode != http.StatusGone || strings.Contains(res.body, allForms) {
		t.Errorf("while the round asks the school: %d", res.StatusCode)
	}
	s.unaskOne()
	if res := s.get("/k/" + revoked); res.StatusCode != http.StatusOK || !strings.Contains(res.body, `href="/k/`+allForms) {
		t.Errorf("afterwards: %d\n%s", res.StatusCode, res.body)
	}
}
