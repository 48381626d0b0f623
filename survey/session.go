package survey

import (
	"strings"
	"time"
)

// Session is one place where an account is signed in.
type Session struct {
	ID      string // names it to its own account; opens nothing
	Begun   time.Time
	Seen    time.Time // last used, to the minute
	Browser string    // its kind
	Present bool      // the one that asks
}

// browsers and machines are looked for in this order: programs name those that
// they descend from, too.
var (
	browsers = [][2]string{{"Zalo", "Zalo"}, {"Edg", "Edge"}, {"coc_coc", "Cốc Cốc"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"},
		{"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	machines = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}}
)

// BrowserKind gives of what a browser says of itself no more than a person
// needs to know their own: «Chrome, Windows».
func BrowserKind(userAgent string) string {
	browser, machine := firstIn(userAgent, browsers), firstIn(userAgent, machines)
	switch {
	case browser == "" && machine == "":
		return "Trình duyệt khác"
	case browser == "":
		return "Trình duyệt khác, " + machine
	case machine == "":
		return browser
	}
	return browser + ", " + machine
}

func firstIn(text string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(text, n[0]) {
			return n[1]
		}
	}
	return ""
}
