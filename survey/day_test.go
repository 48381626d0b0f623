package survey_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hailong/survey"
)

func TestDayInTheProvince(t *testing.T) {
	midnight := time.Date(2026, 9, 30, 17, 0, 0, 0, time.UTC) // 1 October in Vietnam
	if got := survey.DayOf(midnight, province); got != survey.NewDay(2026, 10, 1) {
		t.Errorf("midnight is on %s", got)
	}
	if got := survey.DayOf(midnight.Add(-time.Nanosecond), province); got != survey.NewDay(2026, 9, 30) {
		t.Errorf("just before midnight is on %s", got)
	}
	if got := survey.NewDay(2026, 10, 1).Start(province); !got.Equal(midnight) {
		t.Errorf("the day begins at %s", got.UTC())
	}
	if survey.NewDay(1970, 1, 1) != 0 || survey.NewDay(1970, 1, 2) != 1 || survey.NewDay(1969, 12, 31) != -1 {
		t.Error("days are not counted from 1970-01-01")
	}
}

func TestDayRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := survey.Day(rapid.IntRange(-30000, 60000).Draw(t, "day"))
		year, month, dom := day.Date()
		read, err := survey.ParseDay(day.String())
		if survey.NewDay(year, month, dom) != day || err != nil || read != day {
			t.Fatalf("%d is %s, read as %d, %v", day, day, read, err)
		}
		if survey.DayOf(day.Start(province), province) != day || survey.DayOf((day+1).Start(province).Add(-1), province) != day {
			t.Fatalf("%s does not begin or end where it should", day)
		}
	})
}

func TestParseDay(t *testing.T) {
	want := survey.NewDay(2026, 3, 5)
	for _, s := range []string{"05/03/2026", "5/3/2026", "2026-03-05", "2026-3-5", " 5/3/2026\n"} {
		if got, err := survey.ParseDay(s); err != nil || got != want {
			t.Errorf("%q: %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "31/4/2026", "29/2/2026", "0/1/2026", "13/13/2026", "5-3-2026", "5/3/26", "2026/03/05", "tomorrow", "5/3/2026 10:00"} {
		if got, err := survey.ParseDay(s); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q: %s, %v", s, got, err)
		}
	}
	if got := want.String(); got != "05/03/2026" {
		t.Errorf("written %s", got)
	}
}
