package survey_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

// rfcSecret is the secret of RFC 6238, appendix B.
var rfcSecret = survey.FactorSecret("12345678901234567890")

// The eight-digit SHA-1 values of RFC 6238, appendix B, without their first two
// digits.
func TestFactorCodes(t *testing.T) {
	for seconds, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		now := time.Unix(seconds, 0)
		if got := rfcSecret.Code(survey.FactorStep(now)); got != want {
			t.Errorf("at %d: %s, want %s", seconds, got, want)
		}
	}
}

func TestACodeIsTakenOnceAndInItsTime(t *testing.T) {
	now := time.Unix(1111111111, 0)
	step := survey.FactorStep(now)
	for off, want := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		if got, ok := rfcSecret.Step(rfcSecret.Code(step+off), now, 0); ok != want || ok && got != step+off {
			t.Errorf("a code %d steps off: %d, %v", off, got, ok)
		}
	}
	if _, ok := rfcSecret.Step("050 471", now, 0); !ok {
		t.Error("a blank in the code is a fault")
	}
	if _, ok := rfcSecret.Step("050471", now, step); ok {
		t.Error("a code was taken twice")
	}
	if _, ok := rfcSecret.Step(rfcSecret.Code(step-1), now, step); ok {
		t.Error("a code older than the last one was taken")
	}
	for _, wrong := range []string{"", "050472", "0504711", "50471", "05O471"} {
		if _, ok := rfcSecret.Step(wrong, now, 0); ok {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestFactorAsTypedAndScanned(t *testing.T) {
	if got, want := rfcSecret.Letters(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"; got != want {
		t.Errorf("letters %q, want %q", got, want)
	}
	want := "otpauth://totp/S%E1%BB%9F%20GD:lan?issuer=S%E1%BB%9F%20GD&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	if got := rfcSecret.Address("Sở GD", "lan"); got != want {
		t.Errorf("address %s, want %s", got, want)
	}
}

func TestRecoveryCodes(t *testing.T) {
	code, ok := survey.MintRecoveryCode([]byte{255, 0, 1, 2, 3, 248, 30, 31, 61, 62, 4, 5, 6, 7, 8, 9, 10, 247})
	if want := "2345-Z2Z2-6789-ABCZ"; !ok || code != want {
		t.Errorf("code %q %v, want %q", code, ok, want)
	}
	if _, ok := survey.MintRecoveryCode(bytes.Repeat([]byte{250}, 40)); ok {
		t.Error("a code was made of bytes that favour some signs")
	}
	if plain, ok := survey.PlainRecoveryCode(" 2345-z2z2 6789abcz "); !ok || plain != "2345Z2Z26789ABCZ" {
		t.Errorf("typed: %q %v", plain, ok)
	}
	for _, wrong := range []string{"", "2345-Z2Z2-6789-ABC", "2345-Z2Z2-6789-ABCO", "2345-Z2Z2-6789-ABCZZ", strings.Repeat("Ắ", 8)} {
		if _, ok := survey.PlainRecoveryCode(wrong); ok {
			t.Errorf("%q looks like a code", wrong)
		}
	}
}
