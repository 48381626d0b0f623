package api

import (
	"encoding/json"
	"testing"

	"hailong/survey"
)

// FuzzParse: whatever comes, parse gives an answer for people, and what it
// takes is JSON that the standard library takes too.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"id":"0123456789abcdef","answers":{"A1":5,"F1":90},"comment":"tốt"}`,
		`{"answers":{"A1":5,"A1":5.0,"A2":"5","A3":null,"A4":[{}]}}`, `{"comment":"\ud800"}`, `[]`, `{}`, `{}{}`, `{"a`, "{\"\xff\":1}", ``,
	} {
		f.Add([]byte(seed))
	}
	form, _ := survey.BuiltInQuestionnaire().Form("TH")
	f.Fuzz(func(t *testing.T, body []byte) {
		in, err := parse(body)
		if err != nil {
			if survey.KindOf(err) != survey.Invalid {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		if !json.Valid(body) {
			t.Errorf("%q is no JSON and is taken", body)
		}
		if _, err := form.Accept(in.submission); err != nil && survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q: %v", body, err)
		}
	})
}
