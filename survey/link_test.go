package survey_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hailong/survey"
)

func TestParseLinkCode(t *testing.T) {
	for _, s := range []string{"ABCD2345", "abcd2345", " abcd-2345 ", "AB CD 23 45", "a-b-c-d-2-3-4-5"} {
		if code, err := survey.ParseLinkCode(s); err != nil || code != "ABCD2345" {
			t.Errorf("%q: %s, %v", s, code, err)
		}
	}
	refused := []string{"", "ABCD234", "ABCD23456", "ABCD\u200b2345", "ABCD234\x00", "ABCD/345", "..", "%2F345678", "ÁBCD2345", "ＡBCD2345", "ABCD2345\n", strings.Repeat("-", 1000)}
	for _, sign := range "01OILoil" {
		refused = append(refused, "ABCD234"+string(sign))
	}
	for _, s := range refused {
		if code, err := survey.ParseLinkCode(s); survey.KindOf(err) != survey.NotFound || code != "" {
			t.Errorf("%q: %q, %v", s, code, err)
		}
	}
}

func TestNewLinkCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "random")
		code, ok := survey.NewLinkCode(random)
		if !ok {
			return
		}
		if read, err := survey.ParseLinkCode(strings.ToLower(string(code))); err != nil || read != code {
			t.Fatalf("%s is read as %s, %v", code, read, err)
		}
	})
	if code, ok := survey.NewLinkCode(bytes.Repeat([]byte{255}, 100)); ok {
		t.Errorf("made from nothing usable: %s", code)
	}
	if _, ok := survey.NewLinkCode([]byte{1, 2, 3, 4, 5, 6, 7}); ok {
		t.Error("made from seven bytes")
	}
}

// Of all bytes that are used, each sign gets the same number.
func TestLinkSignsAreEquallyLikely(t *testing.T) {
	count := map[byte]int{}
	for b := range 256 {
		code, ok := survey.NewLinkCode(bytes.Repeat([]byte{byte(b)}, 8))
		if ok {
			count[code[0]]++
		}
	}
	if len(count) != 31 {
		t.Errorf("%d signs", len(count))
	}
	for sign, n := range count {
		if n != 8 {
			t.Errorf("sign %c comes from %d bytes", sign, n)
		}
	}
}
