package survey_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hailong/survey"
)

func TestParseAccountName(t *testing.T) {
	for in, want := range map[string]string{"Lan": "lan", " nguyen.van-a ": "nguyen.van-a", "abc": "abc", strings.Repeat("x", 40): strings.Repeat("x", 40), "123": "123"} {
		if got, err := survey.ParseAccountName(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "ab", strings.Repeat("x", 41), "lân", "a b c", "a@b.vn", "abc\n.", "abc\x00", "a/b/c"} {
		_, err := survey.ParseAccountName(in)
		refusal(t, in, err, survey.Invalid)
	}
}

func TestParseRole(t *testing.T) {
	for in, want := range map[string]survey.Role{"office": survey.OfficeRole, " viewer ": survey.ViewerRole, "commune": survey.CommuneRole} {
		if got, err := survey.ParseRole(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "Office", "admin", strings.Repeat("x", 500)} {
		_, err := survey.ParseRole(in)
		refusal(t, in, err, survey.Invalid)
		if len(err.Error()) > 200 {
			t.Errorf("the refusal repeats %d bytes", len(err.Error()))
		}
	}
}

func TestParsePassword(t *testing.T) {
	for _, in := range []string{"ba con voi tím", "correct horse battery", "Mưa rào tháng 7!", "hailong thứ ba xanh", "aB3$aB3$aB3$", strings.Repeat("xy", 128), "  hai đầu có dấu cách  "} {
		if got, err := survey.ParsePassword(in); err != nil || got != in {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	nfd := norm.NFD.String("ba con voi tím")
	if got, err := survey.ParsePassword(nfd); err != nil || got != "ba con voi tím" {
		t.Errorf("a decomposed password is %q, %v", got, err)
	}
	refused := []string{"", "ngắn", "mười một kt", norm.NFD.String("ế ế ế ế ế ế"), strings.Repeat("ab", 129), strings.Repeat("ế", 100), "aaaaaaaaaaaa", "ĐĐĐĐĐĐĐĐĐĐĐĐ", "123456789012", "9999999999999",
		"hailonghailong", "HaiLong123456", "mật khẩu 2026", "password12345", "admin-admin-admin", "Đắk Lắk 2026!!", "qwertyuiop123", "............"}
	for _, in := range refused {
		_, err := survey.ParsePassword(in)
		refusal(t, in, err, survey.Invalid)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	for _, c := range []struct {
		account            survey.Account
		own, other, change bool
	}{
		{survey.Account{Role: survey.OfficeRole}, true, true, true},
		{survey.Account{Role: survey.ViewerRole}, true, true, false},
		{survey.Account{Role: survey.CommuneRole, Area: "24472"}, true, false, false},
		{survey.Account{Role: survey.CommuneRole}, false, false, false},
		{survey.Account{}, false, false, false},
		{survey.Account{Role: "admin", Area: "24472"}, false, false, false},
	} {
		if a := c.account; a.Sees("24472") != c.own || a.Sees("24473") != c.other || a.Role.Changes() != c.change || a.Sees("") && !a.Role.ReadsAll() {
			t.Errorf("%+v sees its own: %v, others: %v, changes: %v", a, a.Sees("24472"), a.Sees("24473"), a.Role.Changes())
		}
	}
}

func TestAnAreaBelongsToACommune(t *testing.T) {
	for _, a := range []survey.Account{{Role: survey.OfficeRole}, {Role: survey.ViewerRole}, {Role: survey.CommuneRole, Area: "24472"}} {
		if err := a.Check(); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
	for _, a := range []survey.Account{{Role: survey.CommuneRole}, {Role: survey.OfficeRole, Area: "24472"}} {
		refusal(t, string(a.Role), a.Check(), survey.Invalid)
	}
}
