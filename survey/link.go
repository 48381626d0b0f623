package survey

import "strings"

// linkSigns are the signs of a link code: no 0 O 1 I L, which people confuse.
const linkSigns = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// linkLength is the number of signs: 31^8 is about 8.5 × 10^11 codes.
const linkLength = 8

// LinkCode (mã trường rút gọn) is the short code in a school's address. It
// opens the school's form and nothing else, is the same in every round, and a
// person can type it.
type LinkCode string

// ParseLinkCode reads a code as typed: case, blanks and hyphens do not matter.
func ParseLinkCode(s string) (LinkCode, error) {
	if len(s) > 4*linkLength {
		return "", errNoLink()
	}
	s = strings.ToUpper(strings.Map(dropSeparators, s))
	if len(s) != linkLength || strings.Trim(s, linkSigns) != "" {
		return "", errNoLink()
	}
	return LinkCode(s), nil
}

func dropSeparators(r rune) rune {
	if r == ' ' || r == '-' {
		return -1
	}
	return r
}

// NewLinkCode makes a code from at least 16 random bytes; all codes are
// equally likely. It reports false when the bytes run out, which 16 bytes do
// with a chance of about 1 in 4 × 10^9.
func NewLinkCode(random []byte) (LinkCode, bool) {
	var code []byte
	fair := byte(len(linkSigns) * (256 / len(linkSigns)))
	for _, b := range random {
		if b < fair && len(code) < linkLength {
			code = append(code, linkSigns[int(b)%len(linkSigns)])
		}
	}
	return LinkCode(code), len(code) == linkLength
}

func errNoLink() *Error {
	return Refuse(NotFound, "Không tìm thấy phiếu. Xem lại địa chỉ trên tờ dán, hoặc hỏi thầy cô",
		"No form at this address; check the address on the poster or ask the school")
}
