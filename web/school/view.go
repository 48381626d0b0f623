package school

import (
	"fmt"
	"time"

	"hailong/survey"
	"hailong/web/page"
)

// schoolPage is what a head teacher sees.
type schoolPage struct {
	page.Head
	School   survey.School
	Round    string
	State    string  // what the round does now, as a sentence
	Address  string  // for parents
	Counts   []count // the total first, then the forms when there are several
	Aim      string  // what the school should reach, as a sentence; empty: nothing is asked
	Messages []survey.Invitation
	Results  string // title of the round whose results the school may see; empty: none
}

// count is how many have answered, in steps.
type count struct {
	Form    string // name; empty for the total
	Few     bool   // fewer than one step
	Shown   int
	Of      int
	Who     string // of whom Of counts: học sinh, học viên, người được hỏi
	Percent string // empty when there are few
}

// fill adds what depends on the round and on the time.
func (p *schoolPage) fill(d *survey.Directory, link survey.Link, strata []survey.Stratum, now time.Time) {
	p.State = state(d, now)
	left, gone := d.Left(link, now)
	if gone {
		p.State = left.What() + "."
	}
	total := survey.ParticipationOf(strata).InSteps()
	if len(strata) > 0 {
		p.Counts = append(p.Counts, newCount("", whose(strata), total))
	}
	if len(strata) > 1 {
		for _, s := range strata {
			p.Counts = append(p.Counts, newCount(s.Form.Name, whose([]survey.Stratum{s}), survey.ParticipationOf([]survey.Stratum{s}).InSteps()))
		}
	}
	if gone {
		return // there is nothing to hand out any more
	}
	p.Messages = d.Invitations(link, p.Address, total.Responses, now)
}

func newCount(form, who string, p survey.Participation) count {
	c := count{Form: form, Few: p.Responses == 0, Shown: p.Responses, Of: p.Enrolment, Who: who}
	if rate, ok := p.Rate(); ok && !c.Few {
		c.Percent = survey.Decimal(rate, 1)
	}
	return c
}

// whose names those whom the enrolment counts. Where two forms ask for the
// same learners it counts them twice, so it speaks of those asked.
func whose(strata []survey.Stratum) string {
	levels, learners := map[survey.Level]bool{}, 0
	for _, s := range strata {
		levels[s.Form.Level] = true
		if s.Form.Respondent == survey.Learners {
			learners++
		}
	}
	switch {
	case len(levels) < len(strata):
		return "người được hỏi"
	case learners == len(strata):
		return "học viên"
	case learners > 0:
		return "học sinh, học viên"
	}
	return "học sinh"
}

// state says what the round does now and until when.
func state(d *survey.Directory, now time.Time) string {
	last := d.Calendar.LastDay(d.Round)
	switch left := d.Calendar.DaysLeft(d.Round, now); {
	case d.Round.State == survey.Scheduled:
		return fmt.Sprintf("Chưa đến ngày trả lời. Phiếu mở từ %s đến %s.", d.Round.Opens, last)
	case d.Round.State != survey.Open:
		return fmt.Sprintf("Đợt hỏi ý kiến đã kết thúc ngày %s.", last)
	case left <= 0:
		return fmt.Sprintf("Đang nhận phiếu. Hôm nay, %s, là ngày cuối.", last)
	default:
		return fmt.Sprintf("Đang nhận phiếu. Còn %d ngày, ngày cuối là %s.", left, last)
	}
}
