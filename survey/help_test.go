package survey_test

import (
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

func TestOnlyAFormOpenedWithHelpCountsAsHelped(t *testing.T) {
	now := at(2026, 10, 20, 9, 30, 0)
	own, helped := survey.MintFormID(secret, random16(5), now), survey.MintHelpedFormID(secret, random16(5), now)
	for _, c := range []struct {
		id     survey.FormID
		secret []byte
		opened time.Time
		helped bool
	}{
		{own, secret, now, false}, {helped, secret, now, true},
		{helped, []byte("another"), time.Time{}, false}, {"0123456789abcdef", secret, time.Time{}, false},
	} {
		if opened, helped := c.id.Opened(c.secret); !opened.Equal(c.opened) || helped != c.helped {
			t.Errorf("%s: opened %s, helped %v; want %s, %v", c.id, opened, helped, c.opened, c.helped)
		}
	}
	for i := range own { // no sign of an ordinary ID makes it a helped one
		for _, sign := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
			other := own[:i] + survey.FormID(sign) + own[i+1:]
			if _, helped := other.Opened(secret); helped {
				t.Fatalf("%s counts as helped", other)
			}
		}
	}
}

func TestAHelpPassOpensItsOwnLinkForTwoDays(t *testing.T) {
	day := survey.NewDay(2026, 10, 20)
	pass := survey.HelpPass{Kind: survey.Kiosk, Made: day}
	text := pass.Seal(secret, "AAAA2222")
	got, err := survey.ReadHelpPass(secret, "AAAA2222", text)
	if err != nil || got != pass {
		t.Fatalf("%+v, %v", got, err)
	}
	for today, usable := range map[survey.Day]bool{day - 1: false, day: true, day + 1: true, day + 2: false} {
		if err := got.Usable(today); (err == nil) != usable {
			t.Errorf("%s: %v", today, err)
		}
	}
	for _, other := range []string{"", text + "A", text[1:], text[:len(text)-1] + "!", strings.ToUpper(text), "AAAA" + text[4:]} {
		if _, err := survey.ReadHelpPass(secret, "AAAA2222", other); survey.KindOf(err) != survey.NotFound {
			t.Errorf("%q: %v", other, err)
		}
	}
	if _, err := survey.ReadHelpPass(secret, "BBBB3333", text); survey.KindOf(err) != survey.NotFound {
		t.Errorf("another school's link: %v", err)
	}
	if _, err := survey.ReadHelpPass([]byte("another"), "AAAA2222", text); survey.KindOf(err) != survey.NotFound {
		t.Errorf("another secret: %v", err)
	}
}
