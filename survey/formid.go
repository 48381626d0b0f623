package survey

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"time"
)

// FormID is the random name of one form that was shown: whatever is sent under
// it, however often, is one response. It is tied to no person, and only
// one-way hashes of it are stored.
type FormID string

const (
	mintedRandom = 16
	mintedBytes  = mintedRandom + 4 + 8 // random bytes, minute of minting, seal
)

// formIDText is strict: bytes have one text only.
var formIDText = base64.RawURLEncoding.Strict()

// ParseFormID reads an ID: 16–64 letters, digits, hyphens or underscores.
func ParseFormID(s string) (FormID, error) {
	if len(s) < 16 || len(s) > 64 || strings.IndexFunc(s, notIDSign) >= 0 {
		return "", &Error{Kind: Invalid, Message: "Phiếu thiếu mã riêng. Tải lại trang rồi gửi lại", English: "The form lacks a valid id: 16 to 64 letters, digits, - or _",
			Fields: []FieldError{{Field: "id", Message: "Mã phiếu gồm 16 đến 64 chữ cái, chữ số, - hoặc _", English: "id: 16 to 64 letters, digits, - or _"}}}
	}
	return FormID(s), nil
}

func notIDSign(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_')
}

// MintFormID makes an ID for a form that is shown now, from 16 random bytes.
// It is sealed with the service's secret, so that the time can be believed
// when it comes back.
func MintFormID(secret, random []byte, now time.Time) FormID {
	return mint(ownForm, secret, random, now)
}

// MintHelpedFormID makes an ID for a form that is filled in with help. The
// seal says so: no other form can be turned into one, and nothing else that is
// sent makes a response count as helped.
func MintHelpedFormID(secret, random []byte, now time.Time) FormID {
	return mint(helpedForm, secret, random, now)
}

// What the seals of IDs are for.
const (
	ownForm    = "form"
	helpedForm = "help"
)

func mint(what string, secret, random []byte, now time.Time) FormID {
	b := make([]byte, 0, mintedBytes)
	b = append(b, random[:mintedRandom]...)
	b = binary.BigEndian.AppendUint32(b, uint32(now.Unix()/60))
	b = append(b, seal(what, secret, b)...)
	return FormID(formIDText.EncodeToString(b))
}

func seal(what string, secret, b []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(what))
	mac.Write(b)
	return mac.Sum(nil)[:8]
}

// Opened is the minute in which the form was shown, and whether that was to
// fill it in with help; the zero time when the ID was not minted with this
// secret.
func (id FormID) Opened(secret []byte) (at time.Time, helped bool) {
	b, ok := id.minted()
	if !ok {
		return at, false
	}
	for _, what := range []string{ownForm, helpedForm} {
		if hmac.Equal(seal(what, secret, b[:mintedBytes-8]), b[mintedBytes-8:]) {
			return minute(b), what == helpedForm
		}
	}
	return at, false
}

// minted gives the bytes of an ID that looks like a minted one. The decoder
// would pass over line ends, the length does not.
func (id FormID) minted() ([]byte, bool) {
	b, err := formIDText.DecodeString(string(id))
	return b, err == nil && len(b) == mintedBytes && len(id) == formIDText.EncodedLen(mintedBytes)
}

func minute(b []byte) time.Time {
	return time.Unix(60*int64(binary.BigEndian.Uint32(b[mintedRandom:])), 0)
}

// keySize is the size of a response's key in bytes.
const keySize = 18

// foreignKey begins the keys of IDs that others made.
const foreignKey = 0xFFFF

// Key is the primary key of the response: the day in which the form was shown
// (UTC, two bytes), then 128 bits of a hash of the ID. Within a day the order
// of the keys says nothing; the day in front keeps writing fast at any size.
func (id FormID) Key() []byte {
	day := uint16(foreignKey)
	if b, ok := id.minted(); ok {
		day = uint16(minute(b).Unix() / 86400)
	}
	sum := sha256.Sum256([]byte("key:" + string(id)))
	return append(binary.BigEndian.AppendUint16(make([]byte, 0, keySize), day), sum[:keySize-2]...)
}

// Digest seals what was answered under the ID. The same answers give the same
// digest; without the ID, which nobody but the phone has, it says nothing
// about them. Whether somebody helped is no answer and not in it: who sends the
// same answers again gets the receipt, whatever that box says by then.
func (id FormID) Digest(stratum int64, r Response) []byte {
	text := make([]byte, 0, 512)
	text = append(strconv.AppendInt(text, stratum, 10), 0)
	text = append(append(text, EncodeMarks(r.Marks)...), 0)
	text = append(strconv.AppendInt(text, int64(r.Expectation), 10), 0)
	text = append(append(text, r.Comment...), 0)
	mac := hmac.New(sha256.New, []byte(id))
	mac.Write(text)
	return mac.Sum(nil)[:16]
}

// Receipt is the word that confirms a response; the same for every repetition.
func (id FormID) Receipt() string {
	sum := sha256.Sum256([]byte("receipt:" + string(id)))
	word := make([]byte, 10)
	for i := range word {
		word[i] = linkSigns[int(sum[i])%len(linkSigns)]
	}
	return string(word[:5]) + "-" + string(word[5:])
}
