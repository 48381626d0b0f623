package survey_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hailong/survey"
)

var secret = []byte("a secret of this test, no other")

func random16(b byte) []byte { return bytes.Repeat([]byte{b}, 16) }

func TestParseFormID(t *testing.T) {
	for _, s := range []string{"0123456789abcdef", strings.Repeat("Z", 64), "f47ac10b-58cc-4372-a567-0e02b2c3d479", "____------______"} {
		if id, err := survey.ParseFormID(s); err != nil || string(id) != s {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range []string{"", "0123456789abcde", strings.Repeat("Z", 65), "0123456789abcdef ", "0123456789abcde=", "0123456789abcde/", "0123456789abcdé", "0123456789abcdef\n", "0123456789abcde\x00"} {
		_, err := survey.ParseFormID(s)
		if got := refusedFields(t, err); !slices.Equal(got, []string{"id"}) {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// What was minted opens with the same secret, to the minute, and is a valid ID.
func TestMintAndOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(0, 1<<32).Draw(t, "now"), 0)
		random := rapid.SliceOfN(rapid.Byte(), 16, 20).Draw(t, "random")
		id := survey.MintFormID(secret, random, now)
		if _, err := survey.ParseFormID(string(id)); err != nil {
			t.Fatal(err)
		}
		if opened, _ := id.Opened(secret); !opened.Equal(now.Truncate(time.Minute)) {
			t.Fatalf("minted at %s, opened %s", now, opened)
		}
		if opened, _ := id.Opened([]byte("another")); !opened.IsZero() {
			t.Fatalf("opened with another secret: %s", opened)
		}
	})
}

// No sign of a minted ID can be changed, added or left out.
func TestTamperedIDsAreNotBelieved(t *testing.T) {
	id := string(survey.MintFormID(secret, random16(7), at(2026, 10, 5, 12, 0, 0)))
	for i := range id {
		for _, sign := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
			other := id[:i] + string(sign) + id[i+1:]
			if opened, _ := survey.FormID(other).Opened(secret); other != id && !opened.IsZero() {
				t.Fatalf("sign %d changed to %c: opened %s", i, sign, opened)
			}
		}
	}
	for _, other := range []string{"", id[1:], id[:len(id)-1], id + "A", id + "\n", "f47ac10b-58cc-4372-a567-0e02b2c3d479"} {
		if opened, _ := survey.FormID(other).Opened(secret); !opened.IsZero() {
			t.Errorf("%q: opened %s", other, opened)
		}
	}
}

// Keys of later days come later, say nothing within a day, and those of IDs
// that others made come last.
func TestKeyOrder(t *testing.T) {
	early := survey.MintFormID(secret, random16(9), at(2026, 10, 5, 7, 0, 0))
	same := survey.MintFormID(secret, random16(9), at(2026, 10, 5, 23, 0, 0))
	later := survey.MintFormID(secret, random16(1), at(2026, 10, 6, 7, 0, 0))
	foreign := survey.FormID("f47ac10b-58cc-4372-a567-0e02b2c3d479")
	if len(early.Key()) != 18 || len(foreign.Key()) != 18 {
		t.Errorf("keys of %d and %d bytes", len(early.Key()), len(foreign.Key()))
	}
	if !bytes.Equal(early.Key()[:2], same.Key()[:2]) || bytes.Equal(early.Key(), same.Key()) {
		t.Errorf("%x and %x on one day", early.Key(), same.Key())
	}
	if bytes.Compare(early.Key(), later.Key()) >= 0 || bytes.Compare(later.Key(), foreign.Key()) >= 0 || !bytes.HasPrefix(foreign.Key(), []byte{0xff, 0xff}) {
		t.Errorf("%x, %x, %x are not in order", early.Key(), later.Key(), foreign.Key())
	}
	rising := 0
	for i := range 200 {
		a := survey.MintFormID(secret, random16(byte(i)), at(2026, 10, 5, 7, 0, 0))
		b := survey.MintFormID(secret, random16(byte(i)), at(2026, 10, 5, 8, 0, 0))
		if bytes.Compare(a.Key(), b.Key()) < 0 {
			rising++
		}
	}
	if rising < 60 || rising > 140 {
		t.Errorf("of 200 pairs an hour apart %d are in order", rising)
	}
}

func TestDigestSealsTheAnswers(t *testing.T) {
	id, other := survey.FormID("0123456789abcdef"), survey.FormID("0123456789abcdeg")
	base := survey.Response{Marks: []survey.Mark{1, 2, 6}, Expectation: 80, Comment: "tốt"}
	want := id.Digest(5, base)
	if len(want) != 16 || !bytes.Equal(want, id.Digest(5, base)) {
		t.Errorf("digest %x", want)
	}
	changed := map[string][]byte{
		"mark":                               id.Digest(5, survey.Response{Marks: []survey.Mark{1, 2, 0}, Expectation: 80, Comment: "tốt"}),
		"percentage":                         id.Digest(5, survey.Response{Marks: base.Marks, Expectation: survey.NoPercent, Comment: "tốt"}),
		"comment":                            id.Digest(5, survey.Response{Marks: base.Marks, Expectation: 80}),
		"stratum":                            id.Digest(6, base),
		"id":                                 other.Digest(5, base),
		"a sign moved from stratum to marks": id.Digest(51, survey.Response{Marks: base.Marks[1:], Expectation: 80, Comment: "tốt"}),
	}
	for name, got := range changed {
		if bytes.Equal(got, want) {
			t.Errorf("another %s, the same digest", name)
		}
	}
}

// Receipts, keys and digests are stored or shown: they never change.
func TestReceiptAndKeyAreStable(t *testing.T) {
	id := survey.FormID("0123456789abcdef")
	if got := id.Receipt(); got != "T5JXN-487A6" {
		t.Errorf("receipt %s", got)
	}
	if got := fmt.Sprintf("%x", id.Key()); got != "ffff2e92a4f97730ce3751ad97cbc200c026" {
		t.Errorf("key %s", got)
	}
	minted := survey.MintFormID(secret, random16(3), at(2026, 10, 5, 12, 0, 0))
	if minted != "AwMDAwMDAwMDAwMDAwMDAwHHhQyql8wt-tUwfw" {
		t.Errorf("minted %s", minted)
	}
	if a, b := id.Receipt(), survey.FormID("0123456789abcdeg").Receipt(); a == b || len(a) != 11 || strings.ContainsAny(a, "01OIL") {
		t.Errorf("receipts %s and %s", a, b)
	}
}
