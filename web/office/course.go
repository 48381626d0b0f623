package office

import (
	"context"
	"fmt"

	"hailong/survey"
)

const (
	barsShown   = 14 // days that have a bar
	barHeight   = 60 // of the fullest day
	pastCourses = 4  // earlier rounds from which a forecast learns
)

// courseView is how the responses of a round came, and how many are expected.
type courseView struct {
	Bars     []dayBar // the last days
	Days     []dayBar // all days so far, the newest first
	Forecast string   // empty when the round is over or the account sees only a part of it
}

// dayBar is the responses of a day.
type dayBar struct {
	Day         string
	Count       int
	Top, Height int  // of the bar
	Today       bool // not over yet
}

// viewCourse gives the days from the opening, or the first response, to today
// or the last day.
func (p *Pages) viewCourse(ctx context.Context, s shown, whole bool) (v courseView, err error) {
	if s.coarse {
		return v, nil
	}
	calendar := s.schedule.Calendar
	course := calendar.Course(s.round, s.counts, s.now)
	today, last := calendar.Today(s.now), calendar.LastDay(s.round)
	from := last - survey.Day(course.Days-1)
	perDay := s.counts.PerDay(from, min(today, last))
	most := 1
	for i, n := range perDay {
		v.Days = append([]dayBar{{Day: dayAndMonth(from + survey.Day(i)), Count: n, Today: from+survey.Day(i) == today}}, v.Days...)
		if i >= len(perDay)-barsShown {
			most = max(most, n)
		}
	}
	for i := min(barsShown, len(v.Days)) - 1; i >= 0; i-- {
		bar := v.Days[i]
		bar.Height = (bar.Count*barHeight + most - 1) / most
		bar.Top = barHeight - bar.Height
		v.Bars = append(v.Bars, bar)
	}
	if whole && s.round.State == survey.Open {
		v.Forecast, err = p.forecast(ctx, s, course)
	}
	return v, err
}

func dayAndMonth(d survey.Day) string {
	_, month, day := d.Date()
	return fmt.Sprintf("%d/%d", day, int(month))
}

// forecast says how many are expected at the closing, or that it is too early.
func (p *Pages) forecast(ctx context.Context, s shown, course survey.Course) (string, error) {
	var past []survey.Course
	for i := len(s.schedule.Rounds) - 1; i >= 0 && len(past) < pastCourses; i-- {
		r := s.schedule.Rounds[i]
		if r.OpenedAt.IsZero() || r.ID == s.round.ID || r.Opens >= s.round.Opens {
			continue
		}
		counts, err := p.Planning.DayCounts(ctx, r.ID)
		if err != nil {
			return "", err
		}
		past = append(past, s.schedule.Calendar.Course(r, counts, s.now))
	}
	f, ok := course.Forecast(past)
	if !ok {
		return "Chưa đủ ngày để dự báo số phiếu đến ngày cuối.", nil
	}
	f = f.Between(s.overview.Responses, s.overview.Enrolment)
	return fmt.Sprintf("Dự báo đến %s: %s (%s–%s phiếu).", dayAndMonth(s.schedule.Calendar.LastDay(s.round)),
		percents(f, s.overview.Enrolment), survey.Count(f.Low), survey.Count(f.High)), nil
}

// percents gives the ends of a forecast as rates: whole ones, small ones with a decimal.
func percents(f survey.Forecast, enrolment int) string {
	low, high := 100*float64(f.Low)/float64(max(enrolment, 1)), 100*float64(f.High)/float64(max(enrolment, 1))
	digits := 0
	if high < 10 {
		digits = 1
	}
	return survey.Decimal(low, digits) + "–" + survey.Decimal(high, digits) + "%"
}
