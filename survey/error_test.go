package survey_test

import (
	"errors"
	"fmt"
	"testing"

	"hailong/survey"
)

func TestErrorSpeaksBothLanguages(t *testing.T) {
	cause := errors.New("cause")
	e := survey.Refuse(survey.Conflict, "Đợt %s", "Round %s", "2026-10")
	if e.Error() != "Đợt 2026-10" || e.In(survey.LangVI) != "Đợt 2026-10" || e.In(survey.LangEN) != "Round 2026-10" {
		t.Errorf("%+v", e)
	}
	e.English, e.Err = "", cause
	if e.In(survey.LangEN) != "Đợt 2026-10" || e.Error() != "Đợt 2026-10: cause" || !errors.Is(e, cause) {
		t.Errorf("%+v", e)
	}
	f := survey.FieldError{Message: "sai", English: "wrong"}
	if f.In(survey.LangVI) != "sai" || f.In(survey.LangEN) != "wrong" || (survey.FieldError{Message: "sai"}).In(survey.LangEN) != "sai" {
		t.Errorf("%+v", f)
	}
}

func TestKindOf(t *testing.T) {
	refused := survey.Refuse(survey.Busy, "a", "b")
	for want, err := range map[survey.Kind]error{survey.Busy: fmt.Errorf("read stratum: %w", refused), 0: errors.New("disk")} {
		if got := survey.KindOf(err); got != want {
			t.Errorf("%v is of kind %d", err, got)
		}
	}
	if survey.KindOf(nil) != 0 {
		t.Error("no error has a kind")
	}
}
