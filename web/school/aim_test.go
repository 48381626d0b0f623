package school_test

import (
	"strings"
	"testing"

	"hailong/survey"
)

// The school sees what it should reach; whether it has is told by the counts in
// steps, so that the page never changes with one parent.
func TestTheSchoolSeesItsTarget(t *testing.T) {
	for name, c := range map[string]struct {
		responses int
		targets   survey.Targets
		want      string
	}{
		"no target":             {132, nil, ""},
		"none at this level":    {132, survey.Targets{survey.LevelMN: {Rate: 50}}, ""},
		"below":                 {132, survey.Targets{survey.LevelTH: {Rate: 50}}, "Mức cần đạt: 205 phiếu."},
		"reached":               {132, survey.Targets{survey.LevelTH: {Least: 130}}, "Đã đạt mức cần đạt: 130 phiếu."},
		"reached by one only":   {132, survey.Targets{survey.LevelTH: {Least: 131}}, "Mức cần đạt: 131 phiếu."},
		"reached by a step too": {135, survey.Targets{survey.LevelTH: {Least: 131}}, "Đã đạt mức cần đạt: 131 phiếu."},
	} {
		s := newSite(t, local)
		s.rooms.targets = c.targets
		for i := range s.rooms.strata {
			if s.rooms.strata[i].Form.Code == "TH" {
				s.rooms.strata[i].Tally.Responses = c.responses
			}
		}
		text := s.page(primary).all("main")[0].text()
		if got := strings.Contains(text, "ức cần đạt"); got != (c.want != "") || !strings.Contains(text, c.want) {
			t.Errorf("%s: the page does not say «%s»:\n%s", name, c.want, text)
		}
	}
}
