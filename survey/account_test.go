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
	for in, want := range map[string]survey.Role{"office": survey.OfficeRole, " viewer ": survey.ViewerRole} {
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
