package survey

import (
	"slices"
	"strconv"
	"strings"
)

// Mark is the answer to one item: 1–5, or one of the two missing ones.
type Mark byte

// The marks that are no level of satisfaction; neither is in a denominator.
const (
	Unknown Mark = 0 // «Tôi không rõ / không áp dụng»
	Blank   Mark = 6 // left out
)

// NoPercent stands for a percentage that was left out.
const NoPercent = -1

// maxCommentBytes is the hard limit of a comment, whatever its characters.
const maxCommentBytes = 4000

// maxFieldErrors is more than a form has fields: a stranger's thousands of
// made-up fields get no answer of their own size.
const maxFieldErrors = 100

// Submission is a form as it arrived, nothing decided yet: its fields in the
// order in which they came, repeated ones included.
type Submission struct {
	Answers []Answer
	Comment string
}

// Answer is the raw value of one field.
type Answer struct {
	Code  string
	Value string
}

// Response (phiếu trả lời) is a valid answer to a form.
type Response struct {
	Marks       []Mark // one for each item of the form, the overall item last
	Expectation int    // percent, or NoPercent
	Comment     string // cleaned text, may be empty
}

// Equal says whether both give the same answers.
func (r Response) Equal(other Response) bool {
	return slices.Equal(r.Marks, other.Marks) && r.Expectation == other.Expectation && r.Comment == other.Comment
}

// blank says whether nothing at all was answered.
func (r Response) blank() bool {
	return r.Comment == "" && r.Expectation == NoPercent && !slices.ContainsFunc(r.Marks, func(m Mark) bool { return m != Blank })
}

// Accept decides whether a submission is a valid response to the form. Blank
// items are allowed, an entirely blank form is not. Every wrong field is
// reported at once.
func (f *Form) Accept(in Submission) (Response, error) {
	r := Response{Marks: slices.Repeat([]Mark{Blank}, len(f.Items)+1), Expectation: NoPercent}
	var wrong []FieldError
	seen := map[string]bool{}
	for _, a := range in.Answers {
		if err := f.take(&r, a, seen[a.Code]); err != nil && len(wrong) < maxFieldErrors {
			wrong = append(wrong, *err)
		}
		seen[a.Code] = true
	}
	var err *FieldError
	if r.Comment, err = f.takeComment(in.Comment); err != nil {
		wrong = append(wrong, *err)
	}
	if len(wrong) == 0 && r.blank() {
		wrong = append(wrong, FieldError{Field: string(f.Items[0].Code),
			Message: "Chọn ít nhất một câu trả lời rồi bấm Gửi ý kiến", English: "Choose at least one answer, then send"})
	}
	if len(wrong) > 0 {
		return Response{}, &Error{Kind: Invalid, Message: "Có chỗ cần sửa", English: "Some answers need mending", Fields: wrong}
	}
	return r, nil
}

func (f *Form) take(r *Response, a Answer, again bool) *FieldError {
	i, isItem := f.index[ItemCode(a.Code)]
	switch {
	case !isItem && a.Code != string(f.Expectation.Code):
		return fieldError(cut(a.Code), "Phiếu này không có câu %s. Mở lại địa chỉ của trường để lấy phiếu mới", "This form has no item %s", cut(a.Code))
	case again:
		return fieldError(a.Code, "Câu %s được gửi hai lần. Chọn một câu trả lời", "Item %s was sent twice", a.Code)
	case isItem:
		return takeMark(&r.Marks[i], a)
	}
	return f.takeExpectation(r, a)
}

func takeMark(m *Mark, a Answer) *FieldError {
	switch {
	case a.Value == "":
		return nil
	case len(a.Value) == 1 && a.Value[0] >= '0' && a.Value[0] <= '5':
		*m = Mark(a.Value[0] - '0')
		return nil
	}
	return fieldError(a.Code, "Câu %s: chọn một mức từ 1 đến 5, hoặc 0 nếu không rõ", "Item %s: choose a level from 1 to 5, or 0 if you do not know", a.Code)
}

// takeExpectation is kinder than takeMark, because people type it.
func (f *Form) takeExpectation(r *Response, a Answer) *FieldError {
	value := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(a.Value), "%"))
	if value == "" {
		return nil
	}
	if len(value) > 6 || strings.Trim(value, "0123456789") != "" {
		return fieldError(a.Code, "Ghi số phần trăm, ví dụ 80", "Write the percentage as a number, such as 80")
	}
	n, err := strconv.Atoi(value)
	if err != nil || n > f.Expectation.Max {
		return fieldError(a.Code, "Số phần trăm từ 0 đến %d", "The percentage goes from 0 to %d", f.Expectation.Max)
	}
	r.Expectation = n
	return nil
}

func (f *Form) takeComment(text string) (string, *FieldError) {
	text = CleanText(text)
	over := Letters(text) - f.Comment.Max
	if over <= 0 && len(text) > maxCommentBytes {
		over = (len(text) - maxCommentBytes + 3) / 4
	}
	if over > 0 {
		return "", fieldError(string(f.Comment.Code), "Góp ý dài quá %s chữ cái. Bớt %d chữ cái", "The comment is longer than %s characters; take away %d",
			thousands(f.Comment.Max), over)
	}
	return text, nil
}

func fieldError(field, vi, en string, args ...any) *FieldError {
	e := Refuse(Invalid, vi, en, args...)
	return e.on(field)
}

// cut keeps a field name that a stranger chose short in a message.
func cut(s string) string {
	s = CleanLine(s)
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// marks as they are written down: 0–5 and a point for a blank.
const markSigns = "012345."

// EncodeMarks writes the marks in one sign each.
func EncodeMarks(marks []Mark) string {
	out := make([]byte, len(marks))
	for i, m := range marks {
		out[i] = markSigns[m]
	}
	return string(out)
}

// DecodeMarks reads what EncodeMarks wrote.
func DecodeMarks(s string) ([]Mark, error) { return AppendMarks(make([]Mark, 0, len(s)), s) }

// AppendMarks reads what EncodeMarks wrote, behind other marks.
func AppendMarks(marks []Mark, s string) ([]Mark, error) {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '5':
			marks = append(marks, Mark(c-'0'))
		case c == markSigns[Blank]:
			marks = append(marks, Blank)
		default:
			return nil, Refuse(Invalid, "Phiếu trả lời lưu sai dạng", "A stored response has a wrong sign")
		}
	}
	return marks, nil
}
