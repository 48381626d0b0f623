package survey

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Role is what an account may do.
type Role string

// The roles.
const (
	OfficeRole Role = "office" // may read and change
	ViewerRole Role = "viewer" // may read
)

// ParseRole reads a role.
func ParseRole(s string) (Role, error) {
	switch r := Role(strings.TrimSpace(s)); r {
	case OfficeRole, ViewerRole:
		return r, nil
	}
	return "", Refuse(Invalid, "Vai trò «%s» không có. Chọn office (được sửa) hoặc viewer (chỉ xem)", "No role %q; use office or viewer", cut(s))
}

// Account is a person of the office.
type Account struct {
	Name string
	Role Role
}

// ParseAccountName reads a name to log in with: 3–40 letters without accents,
// digits, points or hyphens; case does not matter.
func ParseAccountName(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) < 3 || len(s) > 40 || strings.IndexFunc(s, notCodeSign) >= 0 {
		return "", Refuse(Invalid, "Tên đăng nhập gồm 3 đến 40 chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối", "An account name has 3 to 40 letters, digits, points or hyphens")
	}
	return s, nil
}

const (
	minPassword = 12  // characters
	maxPassword = 256 // bytes
)

// commonPasswords are refused although they are long enough (folded).
var commonPasswords = []string{"123456789012", "1234567890123", "khaosat", "hailong", "matkhau", "password", "daklak", "giaoduc", "admin", "qwertyuiop"}

// ParsePassword reads a new password: at least 12 characters, at most 256
// bytes, none that a stranger would try first. Any signs will do.
func ParsePassword(s string) (string, error) {
	s = norm.NFC.String(s)
	switch {
	case utf8.RuneCountInString(s) < minPassword:
		return "", Refuse(Invalid, "Mật khẩu cần ít nhất %d ký tự", "The password needs at least %d characters", minPassword)
	case len(s) > maxPassword:
		return "", Refuse(Invalid, "Mật khẩu dài quá %d byte", "The password is longer than %d bytes", maxPassword)
	case guessable(s):
		return "", Refuse(Invalid, "Mật khẩu này dễ đoán. Chọn vài từ không liên quan đến nhau", "This password is easy to guess; use a few unrelated words")
	}
	return s, nil
}

// guessable finds one sign or one common word repeated, or only numbered.
func guessable(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if strings.Trim(s, string(first)) == "" || strings.Trim(s, "0123456789 ") == "" {
		return true
	}
	bare := strings.TrimRight(strings.ReplaceAll(Fold(s), " ", ""), "0123456789")
	return bare != "" && slices.ContainsFunc(commonPasswords, func(word string) bool {
		return strings.ReplaceAll(bare, word, "") == ""
	})
}
