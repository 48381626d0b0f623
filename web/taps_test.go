package web_test

import (
	"encoding/json"
	"slices"
	"testing"

	"hailong/survey"
)

// The 32 taps that were promised are those of a form of 25 questions in six
// parts: one for the start, one a question, one a part. The set that ships asks
// 31, which takes 38.
func TestTwentyFiveQuestionsTakeThirtyTwoTaps(t *testing.T) {
	s := newSite(t)
	s.ask(t, 23) // and the two about all of it
	p := newPhone(t, s, s.serve())
	if n := p.form().Questions(); n != 25 {
		t.Fatalf("the form has %d questions", n)
	}
	parts := 0
	p.toTheEnd(func() { parts++ })
	p.tap("=Gửi ý kiến")
	p.thanked()
	s.shelf.only(t)
	if *p.taps > 32 || parts != 6 {
		t.Errorf("%d taps for %d parts", *p.taps, parts)
	}
}

// ask shortens the primary school's form to so many items, some of each group.
func (s *site) ask(t *testing.T, items int) {
	t.Helper()
	var set map[string]any
	if err := json.Unmarshal(survey.BuiltInQuestionnaireData(), &set); err != nil {
		t.Fatal(err)
	}
	all := set["items"].([]any)
	var kept []any
	group, asked := map[string]int{}, 0
	for _, item := range all {
		item := item.(map[string]any)
		if g := item["group"].(string); slices.Contains(item["forms"].([]any), any("TH")) {
			if group[g] == (items+4)/5 || asked == items {
				continue
			}
			group[g]++
			asked++
		}
		kept = append(kept, item)
	}
	set["items"] = kept
	data, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	q, err := survey.ParseQuestionnaire(data)
	if err != nil {
		t.Fatal(err)
	}
	d := *s.dir
	d.Revision++
	d.Questionnaire = q
	link := d.Links[oneForm]
	link.Forms[0].Form, _ = q.Form("TH")
	d.Links[oneForm] = link
	s.dir = &d
}
