package survey_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zone is there on every machine

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// province is the province's zone: seven hours ahead, without summer time.
var province = time.FixedZone("+07", 7*3600)

func calendar() survey.Calendar { return survey.DefaultCalendar(province) }

// at gives a moment in the province.
func at(year int, month time.Month, day, hour, minute, second int) time.Time {
	return time.Date(year, month, day, hour, minute, second, 0, province)
}

func TestProvinceZoneIsHoChiMinh(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	c := survey.DefaultCalendar(zone)
	for _, r := range c.RoundsOf(2026) {
		if !r.Opens.Start(zone).Equal(r.Opens.Start(province)) || r.Opens.Start(zone).UTC().Hour() != 17 {
			t.Errorf("%s begins at %s", r.ID, r.Opens.Start(zone).UTC())
		}
	}
}

func ids(rounds []survey.Round) string {
	var out []string
	for _, r := range rounds {
		out = append(out, string(r.ID))
	}
	return strings.Join(out, " ")
}

func TestRoundsOfAYear(t *testing.T) {
	want := []survey.Round{
		{ID: "2026-03", Opens: survey.NewDay(2026, 3, 1), Closes: survey.NewDay(2026, 4, 30), State: survey.Scheduled},
		{ID: "2026-10", Opens: survey.NewDay(2026, 10, 1), Closes: survey.NewDay(2026, 11, 30), State: survey.Scheduled},
	}
	if diff := cmp.Diff(want, calendar().RoundsOf(2026)); diff != "" {
		t.Error(diff)
	}
}

func TestDue(t *testing.T) {
	tests := []struct {
		now  time.Time
		want string
	}{
		{at(2026, 10, 15, 9, 0, 0), "2026-10 2027-03 2027-10 2028-03"},
		{at(2027, 3, 15, 9, 0, 0), "2026-10 2027-03 2027-10 2028-03"},
		{at(2027, 7, 31, 23, 59, 59), "2026-10 2027-03 2027-10 2028-03"},
		{at(2027, 8, 1, 0, 0, 0), "2027-10 2028-03 2028-10 2029-03"},
	}
	for _, tt := range tests {
		if got := ids(calendar().Due(tt.now)); got != tt.want {
			t.Errorf("at %s: %s, want %s", tt.now, got, tt.want)
		}
		if got := ids(calendar().Due(tt.now.UTC())); got != tt.want {
			t.Errorf("at %s: %s, want %s", tt.now.UTC(), got, tt.want)
		}
	}
	summer, err := survey.ParseCalendar("1/7-31/8", province)
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(summer.Due(at(2026, 9, 1, 0, 0, 0))); got != "2026-07 2027-07 2028-07" {
		t.Errorf("a round over the turn of the school year: %s", got)
	}
}

func TestParseCalendar(t *testing.T) {
	tests := map[string]string{
		"1/10-30/11, 1/3-30/4":   "1/3-30/4, 1/10-30/11",
		"01/10 – 30/11,1/3–30/4": "1/3-30/4, 1/10-30/11",
		"15/12-10/1":             "15/12-10/1",
		"29/2-29/2":              "29/2-29/2",
	}
	for in, want := range tests {
		c, err := survey.ParseCalendar(in, province)
		if err != nil || c.String() != want || c.Zone != province {
			t.Errorf("%q: %s, %v", in, c, err)
		}
		if again, err := survey.ParseCalendar(c.String(), province); err != nil || again.String() != want {
			t.Errorf("%q: read again %s, %v", in, again, err)
		}
	}
	if got := calendar().String(); got != "1/3-30/4, 1/10-30/11" {
		t.Errorf("the default is %s", got)
	}
	for _, in := range []string{"", ",", "1/10", "1/10-30/11,", "32/1-1/2", "0/1-1/2", "31/4-1/5", "30/2-1/3", "1/13-1/14", "1/1/2026-2/1/2026", "a/b-c/d", "1-2",
		"1/3-30/4, 15/4-1/6", "1/3-30/4, 30/4-1/6", "15/12-10/1, 5/1-1/2", "1/3-10/3, 20/3-30/3", "20/3-30/3, 1/3-10/3"} {
		if c, err := survey.ParseCalendar(in, province); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q: %s, %v", in, c, err)
		}
	}
}

// A window over New Year ends in the next year.
func TestWindowOverNewYear(t *testing.T) {
	c, err := survey.ParseCalendar("15/12-10/1", province)
	if err != nil {
		t.Fatal(err)
	}
	r := c.RoundsOf(2026)[0]
	if r.Closes != survey.NewDay(2027, 1, 10) || r.Months() != "12/2026–1/2027" {
		t.Errorf("%+v, %s", r, r.Months())
	}
	if got, want := c.Title(r, nil), "Đợt tháng 12/2026–1/2027 (đợt 1 năm học 2026–2027 · đợt 1 năm 2026)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestSchoolYear(t *testing.T) {
	tests := map[survey.Day]string{
		survey.NewDay(2026, 7, 31): "2025–2026", survey.NewDay(2026, 8, 1): "2026–2027",
		survey.NewDay(2026, 12, 31): "2026–2027", survey.NewDay(2027, 1, 1): "2026–2027",
	}
	for day, want := range tests {
		if got := survey.SchoolYearOf(day).String(); got != want {
			t.Errorf("%s is in %s, want %s", day, got, want)
		}
	}
}
