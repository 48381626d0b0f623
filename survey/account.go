package survey

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Role is what an account may do.
type Role string

// The roles.
const (
	OfficeRole  Role = "office"  // may read and change
	ViewerRole  Role = "viewer"  // may read
	CommuneRole Role = "commune" // may read of the schools of its own area
)

// Roles gives the roles, the one that may do most first.
func Roles() []Role { return []Role{OfficeRole, ViewerRole, CommuneRole} }

// ParseRole reads a role.
func ParseRole(s string) (Role, error) {
	if r := Role(strings.TrimSpace(s)); slices.Contains(Roles(), r) {
		return r, nil
	}
	return "", Refuse(Invalid, "Vai trò «%s» không có. Chọn office (được sửa), viewer (chỉ xem) hoặc commune (chỉ xem trường của một xã)",
		"No role %q; use office, viewer or commune", cut(s))
}

// Name says a role to people.
func (r Role) Name() string {
	switch r {
	case OfficeRole:
		return "Văn phòng: xem và sửa"
	case ViewerRole:
		return "Chỉ xem"
	case CommuneRole:
		return "Xã, phường: chỉ xem trường của mình"
	}
	return string(r)
}

// Changes says whether the role may change anything but its own account.
func (r Role) Changes() bool { return r == OfficeRole }

// ReadsAll says whether the role may read of every school.
func (r Role) ReadsAll() bool { return r == OfficeRole || r == ViewerRole }

// Account is a person of the office or of a commune.
type Account struct {
	Name string
	Role Role
	Area AreaCode // of a CommuneRole; empty otherwise

	Factor bool // signing in asks for a code besides the password
	Owes   bool // codes are asked of it and not set up yet: it may do nothing else
}

// AccountRecord is an account as the office keeps its list.
type AccountRecord struct {
	Account
	AreaTitle string
	Made      time.Time
	Ended     time.Time // zero: not ended
	Invited   time.Time // until when its address for a first password works; zero: there is none
	Active    bool      // it has a password
}

// MayEnd refuses to end an account that is not there, that has ended, or
// without which nobody could change anything.
func MayEnd(all []AccountRecord, name string) error {
	i := slices.IndexFunc(all, func(a AccountRecord) bool { return a.Name == name && a.Ended.IsZero() })
	if i < 0 {
		return Refuse(NotFound, "Không có tài khoản tên %s, hoặc tài khoản đã ngừng", "There is no account %s, or it has ended", name)
	}
	left := slices.ContainsFunc(all, func(a AccountRecord) bool {
		return a.Name != name && a.Role.Changes() && a.Active && a.Ended.IsZero()
	})
	if all[i].Role.Changes() && !left {
		return Refuse(Conflict, "%s là tài khoản văn phòng cuối cùng. Thêm một tài khoản văn phòng khác, đăng nhập thử, rồi mới ngừng tài khoản này",
			"%s is the last account of the office; add another one first", name)
	}
	return nil
}

// Sees says whether the account may read of the schools of an area. An account
// of a role that is not known, or of a commune without its area, sees none.
func (a Account) Sees(area AreaCode) bool {
	return a.Role.ReadsAll() || a.Role == CommuneRole && a.Area != "" && a.Area == area
}

// Check refuses an account whose role and area do not go together.
func (a Account) Check() error {
	switch {
	case a.Role == CommuneRole && a.Area == "":
		return Refuse(Invalid, "Tài khoản xã, phường cần biết của xã, phường nào", "An account of the role commune needs an area")
	case a.Role != CommuneRole && a.Area != "":
		return Refuse(Invalid, "Chỉ tài khoản xã, phường (commune) mới có xã, phường", "Only an account of the role commune has an area")
	}
	return nil
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
