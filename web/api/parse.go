package api

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"hailong/survey"
)

// response is a parsed body. Nothing is decided about the answers yet.
type response struct {
	id         survey.FormID
	submission survey.Submission
}

// parse reads {"id", "answers": {"A1": 5, …}, "comment"}. Answers keep their
// JSON spelling, so that "5" and 5.0 are seen for what they are, and repeated
// names stay, so that they can be refused. Every fault of the body's shape is
// reported at once.
func parse(body []byte) (response, error) {
	fields, err := members(body)
	if err != nil || !utf8.Valid(body) {
		return response{}, &survey.Error{Kind: survey.Invalid, Err: err,
			Message: "Nội dung không phải một đối tượng JSON", English: "The body is not one JSON object in UTF-8"}
	}
	var r response
	var wrong []survey.FieldError
	seen := map[string]bool{}
	for _, f := range fields {
		if fault := r.take(f, seen[f.name]); fault != nil {
			wrong = append(wrong, *fault)
		}
		seen[f.name] = true
	}
	if wrong != nil {
		return response{}, &survey.Error{Kind: survey.Invalid, Message: "Có chỗ cần sửa", English: "Some fields need mending", Fields: wrong}
	}
	return r, nil
}

func (r *response) take(f member, again bool) *survey.FieldError {
	if again {
		return &survey.FieldError{Field: f.name, Message: "Trường này có hai lần", English: "This field is there twice"}
	}
	switch f.name {
	case "id":
		var id string
		if json.Unmarshal(f.value, &id) != nil {
			return wantText(f.name)
		}
		r.id = survey.FormID(id)
	case "comment":
		if json.Unmarshal(f.value, &r.submission.Comment) != nil || !isText(f.value) {
			return wantText(f.name)
		}
	case "answers":
		answers, err := members(f.value)
		if err != nil {
			return &survey.FieldError{Field: f.name, Message: "Cần một đối tượng: mã câu và mức trả lời", English: "An object of item codes and answers is needed"}
		}
		for _, a := range answers {
			r.submission.Answers = append(r.submission.Answers, survey.Answer{Code: a.name, Value: string(a.value)})
		}
	default:
		return &survey.FieldError{Field: cut(f.name), Message: "Không có trường này", English: "There is no such field"}
	}
	return nil
}

func wantText(field string) *survey.FieldError {
	return &survey.FieldError{Field: field, Message: "Cần một chuỗi chữ", English: "A string is needed"}
}

func isText(value json.RawMessage) bool { return len(value) > 0 && value[0] == '"' }

func cut(name string) string {
	if r := []rune(name); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return name
}

// member is one name and value of a JSON object.
type member struct {
	name  string
	value json.RawMessage
}

// members reads an object and keeps order and repetitions.
func members(body []byte) ([]member, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errNoObject(err)
	}
	var list []member
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		m := member{name: name}
		if err := dec.Decode(&m.value); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errNoObject(err)
	}
	return list, nil
}

func errNoObject(err error) error {
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return err
}
