package web_test

import (
	"testing"
	"time"
)

// A phone that never heard the answer sends again, days after the closing.
func TestARepetitionAfterTheClosingGetsItsReceiptAgain(t *testing.T) {
	s := newSite(t)
	const body = `{"id":"my-own-form-0123456789","answers":{"A1":5,"F2":4}}`
	first := s.post(apiForm, jsonMIME, body)
	if first.StatusCode != 201 {
		t.Fatalf("first: %d %s", first.StatusCode, first.body)
	}
	s.closeAt(now.Add(time.Hour))
	s.now = now.Add(3 * 24 * time.Hour)
	if again := s.post(apiForm, jsonMIME, body); again.StatusCode != 200 || again.body != first.body {
		t.Errorf("again: %d %s, first: %s", again.StatusCode, again.body, first.body)
	}
	if other := s.post(apiForm, jsonMIME, `{"id":"my-own-form-0123456789","answers":{"A1":1}}`); other.StatusCode != 409 {
		t.Errorf("other answers: %d %s", other.StatusCode, other.body)
	}
	if late := s.post(apiForm, jsonMIME, `{"id":"another-form-0123456789","answers":{"A1":5}}`); late.StatusCode != 410 {
		t.Errorf("a new form: %d %s", late.StatusCode, late.body)
	}
}
