package survey_test

import (
	"testing"

	"hailong/survey"
)

func TestParseOrigin(t *testing.T) {
	for s, want := range map[string]string{
		"https://khaosat.example.vn":    "https://khaosat.example.vn",
		" https://KhaoSat.example.vn/ ": "https://khaosat.example.vn",
		"http://127.0.0.1:8080//":       "http://127.0.0.1:8080",
		"http://[::1]:8080":             "http://[::1]:8080",
	} {
		got, err := survey.ParseOrigin(s)
		if err != nil || got.String() != want {
			t.Errorf("%q: %q %v, want %q", s, got, err, want)
		}
	}
	for _, s := range []string{"", "khaosat.example.vn", "ftp://a.vn", "https://", "https://a.vn/b", "https://a.vn?b", "https://a.vn?", "https://a.vn#b", "https://u:p@a.vn", "https:a.vn", "https://a b.vn", "javascript://a.vn/%0aalert(1)"} {
		if got, err := survey.ParseOrigin(s); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q is taken as %q, %v", s, got, err)
		}
	}
}
