package survey_test

import (
	"testing"
	"time"

	"hailong/survey"
)

// autumn is the round of October 2026, not yet open.
func autumn() survey.Round { return calendar().RoundsOf(2026)[1] }

// openAutumn is the same, open since its first morning.
func openAutumn() survey.Round { return calendar().Advance(autumn(), at(2026, 10, 1, 6, 0, 0), true) }

// closedAutumn is the same, closed by the clock.
func closedAutumn() survey.Round {
	return calendar().Advance(openAutumn(), at(2026, 12, 1, 0, 0, 0), true)
}

func TestTitle(t *testing.T) {
	c := calendar()
	added, err := c.Add(survey.NewDay(2027, 1, 5), survey.NewDay(2027, 1, 20), c.Due(at(2026, 10, 1, 0, 0, 0)), at(2026, 12, 1, 0, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	spring := c.RoundsOf(2027)[0]
	tests := []struct {
		round  survey.Round
		stored []survey.Round
		want   string
	}{
		{autumn(), nil, "Đợt tháng 10–11/2026 (đợt 1 năm học 2026–2027 · đợt 2 năm 2026)"},
		{autumn(), []survey.Round{autumn()}, "Đợt tháng 10–11/2026 (đợt 1 năm học 2026–2027 · đợt 2 năm 2026)"},
		{spring, nil, "Đợt tháng 3–4/2027 (đợt 2 năm học 2026–2027 · đợt 1 năm 2027)"},
		{spring, []survey.Round{autumn(), spring}, "Đợt tháng 3–4/2027 (đợt 2 năm học 2026–2027 · đợt 1 năm 2027)"},
		{added, []survey.Round{autumn(), added, spring}, "Đợt tháng 1/2027 (đợt 2 năm học 2026–2027 · đợt 1 năm 2027)"},
		{spring, []survey.Round{autumn(), added, spring}, "Đợt tháng 3–4/2027 (đợt 3 năm học 2026–2027 · đợt 2 năm 2027)"},
		{c.RoundsOf(2027)[1], []survey.Round{added}, "Đợt tháng 10–11/2027 (đợt 1 năm học 2027–2028 · đợt 3 năm 2027)"},
	}
	for _, tt := range tests {
		if got := c.Title(tt.round, tt.stored); got != tt.want {
			t.Errorf("%s\nwant %s", got, tt.want)
		}
	}
}

func TestParseRoundID(t *testing.T) {
	for _, s := range []string{"2026-10", " 2027-03 ", "2026-10-2", "2099-12-9"} {
		if _, err := survey.ParseRoundID(s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range []string{"", "2026", "2026-00", "2026-13", "2026-1", "1926-10", "2026-10-1", "2026-10-10", "2026-10/..", "2026-10\n2026-11", "x2026-10"} {
		if got, err := survey.ParseRoundID(s); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q: %s, %v", s, got, err)
		}
	}
	if got := survey.NewRoundID(survey.NewDay(2026, 3, 9)); got != "2026-03" {
		t.Errorf("named %s", got)
	}
}

func TestAdvanceFollowsTheClock(t *testing.T) {
	tests := []struct {
		name    string
		from    survey.Round
		now     time.Time
		schools bool
		want    survey.State
	}{
		{"a second before the first day", autumn(), at(2026, 9, 30, 23, 59, 59), true, survey.Scheduled},
		{"the first moment", autumn(), at(2026, 10, 1, 0, 0, 0), true, survey.Open},
		{"no schools yet", autumn(), at(2026, 10, 20, 0, 0, 0), false, survey.Scheduled},
		{"the last moment", autumn(), at(2026, 11, 30, 23, 59, 59), true, survey.Open},
		{"after its window, never opened", autumn(), at(2026, 12, 1, 0, 0, 0), true, survey.Shut},
		{"after its window, no schools", autumn(), at(2026, 12, 1, 0, 0, 0), false, survey.Shut},
		{"open, the last moment", openAutumn(), at(2026, 11, 30, 23, 59, 59), true, survey.Open},
		{"open, the moment after", openAutumn(), at(2026, 12, 1, 0, 0, 0), true, survey.Shut},
		{"open, the schools are gone", openAutumn(), at(2026, 11, 1, 0, 0, 0), false, survey.Open},
		{"open, the clock goes back a year", openAutumn(), at(2025, 11, 1, 0, 0, 0), true, survey.Open},
		{"closed, the clock goes back", closedAutumn(), at(2026, 11, 1, 0, 0, 0), true, survey.Shut},
		{"closed, the clock goes back a year", closedAutumn(), at(2025, 10, 15, 0, 0, 0), true, survey.Shut},
		{"released", survey.Round{State: survey.Released, Closes: survey.NewDay(2030, 1, 1)}, at(2026, 11, 1, 0, 0, 0), true, survey.Released},
	}
	for _, tt := range tests {
		got := calendar().Advance(tt.from, tt.now, tt.schools)
		if got.State != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.State, tt.want)
		}
		if again := calendar().Advance(got, tt.now, tt.schools); again != got {
			t.Errorf("%s: a second look changes %+v to %+v", tt.name, got, again)
		}
	}
}

func TestAdvanceNotesTheTimes(t *testing.T) {
	end := at(2026, 12, 1, 0, 0, 0)
	if r := openAutumn(); !r.OpenedAt.Equal(at(2026, 10, 1, 6, 0, 0)) || !r.ClosedAt.IsZero() {
		t.Errorf("open: %+v", r)
	}
	if r := calendar().Advance(openAutumn(), end.Add(50*time.Hour), true); !r.ClosedAt.Equal(end) || r.OpenedAt.IsZero() {
		t.Errorf("closed late: %+v", r)
	}
	if r := calendar().Advance(autumn(), end.Add(50*time.Hour), true); !r.ClosedAt.Equal(end) || !r.OpenedAt.IsZero() {
		t.Errorf("never open: %+v", r)
	}
}

// A form opened before the closing is received for 24 hours after it.
func TestReceives(t *testing.T) {
	end := at(2026, 12, 1, 0, 0, 0)
	early := at(2026, 11, 20, 15, 0, 0)
	stopped, err := calendar().Close(openAutumn(), early)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name        string
		round       survey.Round
		now, opened time.Time
		want        survey.Kind
	}{
		{"scheduled", autumn(), at(2026, 9, 30, 12, 0, 0), time.Time{}, survey.Forbidden},
		{"open", openAutumn(), end.Add(-time.Second), time.Time{}, 0},
		{"closed, opened a second before", closedAutumn(), end, end.Add(-time.Second), 0},
		{"closed, the last second of grace", closedAutumn(), end.Add(24*time.Hour - time.Second), end.Add(-time.Hour), 0},
		{"closed, grace is over", closedAutumn(), end.Add(24 * time.Hour), end.Add(-time.Hour), survey.Closed},
		{"closed, opened at the closing", closedAutumn(), end.Add(time.Minute), end, survey.Closed},
		{"closed, opened at an unknown time", closedAutumn(), end, time.Time{}, survey.Closed},
		{"closed early", stopped, early.Add(23 * time.Hour), early.Add(-time.Minute), 0},
		{"closed early, opened after", stopped, early.Add(23 * time.Hour), early.Add(time.Minute), survey.Closed},
		{"closed early, grace is over", stopped, early.Add(25 * time.Hour), early.Add(-time.Minute), survey.Closed},
	}
	for _, tt := range tests {
		if err := calendar().Receives(tt.round, tt.now, tt.opened); survey.KindOf(err) != tt.want || (err == nil) != (tt.want == 0) {
			t.Errorf("%s: %v, want kind %d", tt.name, err, tt.want)
		}
	}
}

func TestRefusalsNameTheLastDay(t *testing.T) {
	stopped, _ := calendar().Close(openAutumn(), at(2026, 11, 20, 0, 0, 0))
	tests := map[string]survey.Round{
		"Đợt hỏi ý kiến đã kết thúc ngày 30/11/2026": closedAutumn(),
		"Đợt hỏi ý kiến đã kết thúc ngày 19/11/2026": stopped,
	}
	for want, r := range tests {
		if err := calendar().Receives(r, at(2026, 12, 9, 0, 0, 0), time.Time{}); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := calendar().Receives(autumn(), at(2026, 9, 1, 0, 0, 0), time.Time{}); err.Error() != "Chưa đến ngày trả lời. Phiếu mở từ 01/10/2026 đến 30/11/2026" {
		t.Error(err)
	}
	if got := calendar().LastDay(autumn()); got != survey.NewDay(2026, 11, 30) {
		t.Errorf("it will end on %s", got)
	}
}

func TestStateNames(t *testing.T) {
	for state, want := range map[survey.State]string{survey.Scheduled: "sắp mở", survey.Open: "đang mở", survey.Shut: "đã đóng", survey.Released: "đã công bố", "x": "x"} {
		if got := state.Name(); got != want {
			t.Errorf("%s is called %s", state, got)
		}
	}
}
