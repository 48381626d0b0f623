package survey

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// What the second factor's codes are (RFC 6238 with its defaults, which every
// telephone's program for codes knows).
const (
	FactorBytes = 20 // of its secret, as RFC 4226 recommends
	codeDigits  = 6
	codeLife    = 30 * time.Second
	codeDrift   = 1 // steps that a clock may be off, either way
)

// FactorSecret is what the service and the telephone share; from it and the
// time both make the same codes.
type FactorSecret []byte

// Letters gives the secret to be typed: base32 in groups of four.
func (f FactorSecret) Letters() string {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(f)
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), " ")
}

// Address gives the secret as the picture to be scanned holds it (otpauth, the
// Key URI format).
func (f FactorSecret) Address(issuer, account string) string {
	query := url.Values{"secret": {strings.ReplaceAll(f.Letters(), " ", "")}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// Code gives the code of a step (RFC 4226, section 5.3).
func (f FactorSecret) Code(step int64) string {
	mac := hmac.New(sha1.New, f)
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(step))
	mac.Write(counter[:])
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	number := binary.BigEndian.Uint32(sum[offset:offset+4]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, number%1_000_000)
}

// FactorStep is the number of the half minute.
func FactorStep(now time.Time) int64 { return now.Unix() / int64(codeLife/time.Second) }

// Step gives the step whose code was typed: the present one or a neighbour,
// and later than the last one taken, so that no code is taken twice.
func (f FactorSecret) Step(typed string, now time.Time, last int64) (step int64, ok bool) {
	typed = strings.Join(strings.Fields(typed), "")
	present := FactorStep(now)
	for s := present - codeDrift; s <= present+codeDrift; s++ {
		if subtle.ConstantTimeCompare([]byte(f.Code(s)), []byte(typed)) == 1 && s > last {
			step, ok = s, true
		}
	}
	return step, ok
}

// How many codes do for the second factor when the telephone is gone, and how
// long each is: 31^16 is about 2^79, too many to try even with the hashes at hand.
const (
	RecoveryCodes  = 10
	recoveryLength = 16
)

// MintRecoveryCode makes a code, in groups of four, of random bytes of which
// it uses those below 248; ok is false when there were too few.
func MintRecoveryCode(random []byte) (code string, ok bool) {
	var b strings.Builder
	n := 0
	for _, r := range random {
		if int(r) >= len(linkSigns)*8 || n == recoveryLength {
			continue
		}
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(linkSigns[int(r)%len(linkSigns)])
		n++
	}
	return b.String(), n == recoveryLength
}

// PlainRecoveryCode gives a code as it is compared, of what was typed; false
// when no code looks like that.
func PlainRecoveryCode(typed string) (string, bool) {
	plain := strings.ToUpper(strings.Join(strings.FieldsFunc(typed, func(r rune) bool { return r == '-' || r == ' ' }), ""))
	if len(plain) != recoveryLength || strings.Trim(plain, linkSigns) != "" {
		return "", false
	}
	return plain, true
}
