package survey_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

var (
	now2026 = at(2026, 10, 20, 9, 0, 0)
	winter  = at(2026, 12, 10, 9, 0, 0)
)

// refusal checks an error's kind and that both its sentences are whole.
func refusal(t *testing.T, name string, err error, want survey.Kind) {
	t.Helper()
	var e *survey.Error
	if !errors.As(err, &e) || e.Kind != want || e.Message == "" || e.English == "" {
		t.Errorf("%s: %v, want a refusal of kind %d", name, err, want)
		return
	}
	if strings.Contains(e.Message+e.English, "%!") {
		t.Errorf("%s: %s / %s", name, e.Message, e.English)
	}
}

func TestExtend(t *testing.T) {
	c, until := calendar(), survey.NewDay(2026, 12, 15)
	r, err := c.Extend(openAutumn(), until, now2026)
	if err != nil || r.Closes != until || r.State != survey.Open {
		t.Errorf("%+v, %v", r, err)
	}
	if still := c.Advance(r, at(2026, 12, 15, 23, 59, 59), true); still.State != survey.Open {
		t.Errorf("on its new last day it is %s", still.State)
	}
	if r, err := c.Extend(autumn(), until, now2026); err != nil || r.Closes != until || r.State != survey.Scheduled {
		t.Errorf("scheduled: %+v, %v", r, err)
	}
	tests := []struct {
		name  string
		round survey.Round
		until survey.Day
		now   time.Time
		want  survey.Kind
	}{
		{"closed", closedAutumn(), survey.NewDay(2026, 12, 31), winter, survey.Conflict},
		{"released", survey.Round{State: survey.Released}, until, now2026, survey.Conflict},
		{"the same day", openAutumn(), survey.NewDay(2026, 11, 30), now2026, survey.Invalid},
		{"an earlier day", openAutumn(), survey.NewDay(2026, 11, 29), now2026, survey.Invalid},
		{"a day that is over", openAutumn(), survey.NewDay(2026, 12, 5), winter, survey.Invalid},
		{"the wrong year", openAutumn(), survey.NewDay(2027, 12, 15), now2026, survey.Invalid},
		{"201 days", openAutumn(), openAutumn().Opens + 201, now2026, survey.Invalid},
	}
	for _, tt := range tests {
		got, err := c.Extend(tt.round, tt.until, tt.now)
		refusal(t, tt.name, err, tt.want)
		if got != tt.round {
			t.Errorf("%s: the round is changed to %+v", tt.name, got)
		}
	}
	if _, err := c.Extend(openAutumn(), openAutumn().Opens+200, now2026); err != nil {
		t.Errorf("200 days: %v", err)
	}
}

func TestClose(t *testing.T) {
	r, err := calendar().Close(openAutumn(), now2026)
	if err != nil || r.State != survey.Shut || !r.ClosedAt.Equal(now2026) || r.Closes != autumn().Closes {
		t.Errorf("%+v, %v", r, err)
	}
	if later := calendar().Advance(r, at(2026, 11, 1, 0, 0, 0), true); later != r {
		t.Errorf("closed by the office, it becomes %+v", later)
	}
	for _, state := range []survey.State{survey.Scheduled, survey.Shut, survey.Released} {
		_, err := calendar().Close(survey.Round{ID: "2026-10", State: state}, now2026)
		refusal(t, string(state), err, survey.Conflict)
	}
}

func TestReopen(t *testing.T) {
	c, until := calendar(), survey.NewDay(2026, 12, 20)
	r, err := c.Reopen(closedAutumn(), until, winter)
	if err != nil || r.State != survey.Open || r.Closes != until || !r.ClosedAt.IsZero() || !r.OpenedAt.Equal(closedAutumn().OpenedAt) {
		t.Errorf("%+v, %v", r, err)
	}
	if r := c.Advance(r, at(2026, 12, 21, 0, 0, 0), true); r.State != survey.Shut || !r.ClosedAt.Equal(at(2026, 12, 21, 0, 0, 0)) {
		t.Errorf("after the new last day: %+v", r)
	}
	never := c.Advance(autumn(), winter, false)
	if r, err := c.Reopen(never, until, winter); err != nil || r.State != survey.Scheduled || c.Advance(r, winter, true).State != survey.Open {
		t.Errorf("one that never opened: %+v, %v", r, err)
	}
	tests := []struct {
		name  string
		round survey.Round
		until survey.Day
		want  survey.Kind
	}{
		{"open", openAutumn(), until, survey.Conflict},
		{"scheduled", autumn(), until, survey.Conflict},
		{"released", survey.Round{State: survey.Released}, until, survey.Conflict},
		{"until yesterday", closedAutumn(), survey.NewDay(2026, 12, 9), survey.Invalid},
		{"the wrong year", closedAutumn(), survey.NewDay(2027, 12, 20), survey.Invalid},
	}
	for _, tt := range tests {
		got, err := c.Reopen(tt.round, tt.until, winter)
		refusal(t, tt.name, err, tt.want)
		if got != tt.round {
			t.Errorf("%s: the round is changed to %+v", tt.name, got)
		}
	}
	if r, err := c.Reopen(closedAutumn(), survey.NewDay(2026, 12, 10), winter); err != nil || r.State != survey.Open {
		t.Errorf("until today: %+v, %v", r, err)
	}
}

func TestAdd(t *testing.T) {
	c := calendar()
	known := c.Due(now2026)
	r, err := c.Add(survey.NewDay(2026, 12, 10), survey.NewDay(2026, 12, 31), known, now2026)
	if err != nil || r.ID != "2026-12" || !r.Added || r.State != survey.Scheduled {
		t.Fatalf("%+v, %v", r, err)
	}
	second, err := c.Add(survey.NewDay(2026, 12, 1), survey.NewDay(2026, 12, 9), append(known, r), now2026)
	if err != nil || second.ID != "2026-12-2" {
		t.Fatalf("%+v, %v", second, err)
	}
	third, err := c.Add(survey.NewDay(2027, 1, 1), survey.NewDay(2027, 1, 1), append(known, r, second), now2026)
	if err != nil || third.ID != "2027-01" {
		t.Errorf("one day: %+v, %v", third, err)
	}
	tests := []struct {
		name          string
		opens, closes survey.Day
		want          survey.Kind
	}{
		{"its first day is another's last", survey.NewDay(2026, 11, 30), survey.NewDay(2026, 12, 9), survey.Conflict},
		{"its last day is another's first", survey.NewDay(2026, 12, 1), survey.NewDay(2026, 12, 10), survey.Conflict},
		{"around another", survey.NewDay(2026, 12, 1), survey.NewDay(2027, 1, 31), survey.Conflict},
		{"inside another", survey.NewDay(2026, 11, 2), survey.NewDay(2026, 11, 3), survey.Conflict},
		{"ends before it begins", survey.NewDay(2027, 1, 9), survey.NewDay(2027, 1, 8), survey.Invalid},
		{"over already", survey.NewDay(2026, 9, 1), survey.NewDay(2026, 9, 9), survey.Invalid},
		{"the wrong year", survey.NewDay(2027, 1, 9), survey.NewDay(2028, 1, 19), survey.Invalid},
	}
	for _, tt := range tests {
		got, err := c.Add(tt.opens, tt.closes, append(known, r), now2026)
		refusal(t, tt.name, err, tt.want)
		if got != (survey.Round{}) {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

func TestARoundMayNotBeMovedIntoAnother(t *testing.T) {
	s := survey.Schedule{Rounds: []survey.Round{
		{ID: "2026-10", Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30)},
		{ID: "2027-03", Opens: survey.NewDay(2027, 3, 1), Closes: survey.NewDay(2027, 4, 30)}}}
	autumn := s.Rounds[0]
	for day, clashes := range map[survey.Day]bool{survey.NewDay(2027, 2, 28): false, survey.NewDay(2027, 3, 1): true} {
		autumn.Closes = day
		if got := survey.KindOf(s.Fits(autumn)) == survey.Conflict; got != clashes {
			t.Errorf("until %s: clash %v, want %v", day, got, clashes)
		}
	}
}
