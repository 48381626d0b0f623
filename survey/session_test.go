package survey_test

import (
	"testing"

	"hailong/survey"
)

func TestBrowserKind(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36":                   "Chrome, Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0":         "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1":         "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/154 Mobile Safari/537.36 Zalo android/2": "Zalo, Android",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                            "Firefox, Linux",
		"curl/8.5":            "Trình duyệt khác",
		"":                    "Trình duyệt khác",
		"Something (Windows)": "Trình duyệt khác, Windows",
	} {
		if got := survey.BrowserKind(agent); got != want {
			t.Errorf("%s: %s, want %s", agent, got, want)
		}
	}
}
