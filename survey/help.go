package survey

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// HelpKind is how a form is filled in where others are around.
type HelpKind byte

// The kinds of help.
const (
	Beside HelpKind = 'g' // somebody reads out the questions and presses for one person
	Kiosk  HelpKind = 'm' // a device at a meeting, for one after the other
)

// HelpPass lets forms be opened that count as filled in with help. A school
// makes it on its own page and hands it to a device by its address; it is
// sealed, not stored, and names neither a person nor a device.
type HelpPass struct {
	Kind HelpKind
	Made Day
}

// helpDays is for how many days a pass opens forms, the one on which it was
// made included. It is short because a form that comes from it is set apart:
// an address that strays into a chat group would do that to everybody's.
const helpDays = 2

const (
	passBytes = 1 + 4 + passSeal // kind, day, seal
	passSeal  = 10
)

// Seal writes the pass for one link; it opens no other.
func (p HelpPass) Seal(secret []byte, link LinkCode) string {
	b := binary.BigEndian.AppendUint32([]byte{byte(p.Kind)}, uint32(p.Made))
	return formIDText.EncodeToString(append(b, passMark(secret, link, b)...))
}

func passMark(secret []byte, link LinkCode, b []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("help:" + string(link) + ":"))
	mac.Write(b)
	return mac.Sum(nil)[:passSeal]
}

// ReadHelpPass reads what Seal wrote for that link; anything else is not found.
func ReadHelpPass(secret []byte, link LinkCode, text string) (HelpPass, error) {
	b, err := formIDText.DecodeString(text)
	if err != nil || len(b) != passBytes || len(text) != formIDText.EncodedLen(passBytes) ||
		!hmac.Equal(passMark(secret, link, b[:passBytes-passSeal]), b[passBytes-passSeal:]) {
		return HelpPass{}, Refuse(NotFound, "Không tìm thấy phiếu có người giúp. Mở trang của trường để lấy địa chỉ mới",
			"No such address for helped answering; open the school's page for a new one")
	}
	return HelpPass{Kind: HelpKind(b[0]), Made: Day(binary.BigEndian.Uint32(b[1:]))}, nil
}

// LastDay is the last day on which the pass opens forms.
func (p HelpPass) LastDay() Day { return p.Made + helpDays - 1 }

// Usable refuses a pass that is too old. A form that was opened with it is
// still taken.
func (p HelpPass) Usable(today Day) error {
	if today < p.Made || today > p.LastDay() {
		return Refuse(Closed, "Địa chỉ này chỉ dùng đến hết ngày %s. Mở trang của trường để lấy địa chỉ mới",
			"This address was of use until %s; open the school's page for a new one", p.LastDay())
	}
	return nil
}
