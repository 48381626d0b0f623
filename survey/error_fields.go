package survey

import "errors"

// JoinFields makes one refusal of several, so that everything that is wrong
// comes at once; nil when there is none. What is no refusal comes as it is.
func JoinFields(errs ...error) error {
	var joined *Error
	for _, err := range errs {
		var e *Error
		switch {
		case err == nil:
		case !errors.As(err, &e):
			return err
		case joined == nil:
			first := *e
			joined = &first
		default:
			joined.Fields = append(joined.Fields[:len(joined.Fields):len(joined.Fields)], e.Fields...)
		}
	}
	if joined == nil {
		return nil
	}
	return joined
}

// MoveFields gives a refusal with its fields under other names, because a page
// has several forms. A refusal without a field goes to the one named "".
func MoveFields(err error, names map[string]string) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	moved := *e
	moved.Fields = nil
	for _, f := range e.Fields {
		if to, ok := names[f.Field]; ok {
			f.Field = to
		}
		moved.Fields = append(moved.Fields, f)
	}
	if to, ok := names[""]; ok && len(moved.Fields) == 0 {
		moved.Fields = []FieldError{{Field: to, Message: e.Message, English: e.English}}
	}
	return &moved
}
