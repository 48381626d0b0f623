package survey_test

import (
	"slices"
	"strings"
	"testing"

	"hailong/survey"
)

// asking is a directory in which one school is asked about its upper level.
func asking(r survey.Round) *survey.Directory {
	q := survey.BuiltInQuestionnaire()
	parents, _ := q.Form("CMTHPT")
	pupils, _ := q.Form("HSTHPT")
	forms := []survey.AskedForm{{Form: parents, Stratum: 11}, {Form: pupils, Stratum: 12}}
	return &survey.Directory{Calendar: calendar(), Round: r, Questionnaire: q,
		Links: map[survey.LinkCode]survey.Link{"ABCD2345": {Forms: forms}, "EFGH2345": {Forms: forms, Revoked: true}}}
}

func arrival() survey.Arrival {
	return survey.Arrival{Link: "abcd-2345", Form: "hsthpt", ID: "0123456789abcdef", At: at(2026, 10, 5, 0, 30, 0),
		Submission: survey.Submission{Answers: answers("A1", "4")}}
}

func TestReceive(t *testing.T) {
	got, err := asking(openAutumn()).Receive(arrival())
	if err != nil || got.ID != "0123456789abcdef" || got.Stratum != 12 || got.Day != survey.NewDay(2026, 10, 5) || got.Response.Marks[0] != 4 {
		t.Errorf("%+v, %v", got, err)
	}
	late := arrival()
	late.At, late.Opened = at(2026, 12, 1, 20, 0, 0), at(2026, 11, 30, 23, 50, 0)
	if got, err := asking(closedAutumn()).Receive(late); err != nil || got.Day != survey.NewDay(2026, 12, 1) {
		t.Errorf("in the day of grace: %+v, %v", got, err)
	}
}

func TestReceiveRefuses(t *testing.T) {
	tests := []struct {
		name   string
		round  survey.Round
		change func(*survey.Arrival)
		want   survey.Kind
	}{
		{"an unknown link", openAutumn(), func(a *survey.Arrival) { a.Link = "ZZZZ2345" }, survey.NotFound},
		{"no link at all", openAutumn(), func(a *survey.Arrival) { a.Link = "../x" }, survey.NotFound},
		{"a revoked link", openAutumn(), func(a *survey.Arrival) { a.Link = "EFGH2345" }, survey.Closed},
		{"a form of another level", openAutumn(), func(a *survey.Arrival) { a.Form = "MN" }, survey.NotFound},
		{"too early", autumn(), func(*survey.Arrival) {}, survey.Forbidden},
		{"too late", closedAutumn(), func(a *survey.Arrival) { a.At = at(2026, 12, 3, 0, 0, 0) }, survey.Closed},
		{"too late, and wrong fields", closedAutumn(), func(a *survey.Arrival) { a.At, a.Submission = at(2026, 12, 3, 0, 0, 0), survey.Submission{} }, survey.Closed},
		{"a bad id", openAutumn(), func(a *survey.Arrival) { a.ID = "x" }, survey.Invalid},
		{"a blank form", openAutumn(), func(a *survey.Arrival) { a.Submission = survey.Submission{} }, survey.Invalid},
	}
	for _, tt := range tests {
		a := arrival()
		tt.change(&a)
		got, err := asking(tt.round).Receive(a)
		refusal(t, tt.name, err, tt.want)
		if onlyLate := tt.name == "too late"; (got.ID != "") != onlyLate || (got.Response.Marks != nil) != onlyLate {
			t.Errorf("%s: %+v", tt.name, got) // the delivery comes along only when nothing but the closing is against it
		}
	}
}

// A bad id and wrong fields come in one refusal.
func TestReceiveRefusesAllAtOnce(t *testing.T) {
	a := arrival()
	a.ID, a.Submission = "x", survey.Submission{Answers: answers("A1", "9", "q", "1"), Comment: strings.Repeat("x", 1001)}
	_, err := asking(openAutumn()).Receive(a)
	if got := refusedFields(t, err); !slices.Equal(got, []string{"id", "A1", "q", "G1"}) {
		t.Errorf("wrong fields %v", got)
	}
}

func TestSchedule(t *testing.T) {
	s := survey.Schedule{Calendar: calendar(), Rounds: calendar().RoundsOf(2026)}
	if r, err := s.Round("2026-10"); err != nil || s.Title(r) != "Đợt tháng 10–11/2026 (đợt 1 năm học 2026–2027 · đợt 2 năm 2026)" {
		t.Errorf("%+v, %v", r, err)
	}
	_, err := s.Round("2026-11")
	refusal(t, "no such round", err, survey.NotFound)
}

func TestCurrentRound(t *testing.T) {
	c := calendar()
	spring := c.RoundsOf(2027)[0]
	never := c.Advance(c.RoundsOf(2026)[0], at(2026, 9, 1, 0, 0, 0), false)
	tests := []struct {
		name   string
		rounds []survey.Round
		day    survey.Day
		want   survey.RoundID
	}{
		{"none", nil, survey.NewDay(2026, 10, 5), ""},
		{"the open one", []survey.Round{never, openAutumn(), spring}, survey.NewDay(2026, 10, 5), "2026-10"},
		{"closed lately", []survey.Round{closedAutumn(), spring}, survey.NewDay(2026, 12, 5), "2026-10"},
		{"closed long ago, the next far off", []survey.Round{closedAutumn(), spring}, survey.NewDay(2026, 12, 25), "2026-10"},
		{"the next is near", []survey.Round{closedAutumn(), spring}, survey.NewDay(2027, 2, 15), "2027-03"},
		{"only the next", []survey.Round{never, autumn(), spring}, survey.NewDay(2026, 7, 1), "2026-10"},
	}
	for _, tt := range tests {
		got, ok := c.Current(tt.rounds, tt.day.Start(province))
		if got.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %s, %v; want %s", tt.name, got.ID, ok, tt.want)
		}
	}
}
