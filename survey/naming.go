package survey

import "unicode/utf8"

// Naming is how the service names itself to people.
type Naming struct {
	Province string
	Office   string
	Helpline string // telephone for parents, may be empty
}

// maxNaming is how many letters a name or a telephone number may have.
const maxNaming = 120

// Clean gives the names as they are stored.
func (n Naming) Clean() Naming {
	return Naming{CleanLine(n.Province), CleanLine(n.Office), CleanLine(n.Helpline)}
}

// Check refuses names that cannot be shown, all faults at once.
func (n Naming) Check() error {
	refusal := &Error{Kind: Invalid, Message: "Có chỗ cần sửa", English: "Some fields need to be mended"}
	for _, f := range []struct {
		field, text, name string
		wanted            bool
	}{{"tinh", n.Province, "Tên tỉnh", true}, {"co-quan", n.Office, "Tên cơ quan", true}, {"dien-thoai", n.Helpline, "Số điện thoại", false}} {
		switch {
		case f.text == "" && f.wanted:
			refusal.Fields = append(refusal.Fields, FieldError{Field: f.field, Message: f.name + " chưa có. Ghi vào ô này", English: f.field + " is missing"})
		case utf8.RuneCountInString(f.text) > maxNaming:
			refusal.Fields = append(refusal.Fields, FieldError{Field: f.field, Message: f.name + " dài quá 120 ký tự. Viết ngắn lại", English: f.field + " is longer than 120 characters"})
		}
	}
	if refusal.Fields == nil {
		return nil
	}
	return refusal
}
