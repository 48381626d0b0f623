package office

import (
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// boardPage is who has taken part in one round.
type boardPage struct {
	page.Head
	Round   roundView
	Others  []choice // the rounds that can be shown, if there are several
	Made    string   // when the counts were read
	Listed  bool     // there is a school list
	Coarse  bool     // counts are in steps
	Step    int      // how large these are
	Live    string   // address of the numbers while the round is open; empty: they do not change
	Total   share
	Schools survey.Overview
	Course  courseView
	Remind  remindView
	Levels  []levelRow
	List    schoolList
}

// share is how many have answered, with the rate in percent as people read it.
type share struct {
	survey.Participation
	Text    string // the responses, as people read them
	Percent string
}

func shareOf(p survey.Participation) share {
	if rate, ok := p.Rate(); ok {
		return share{p, survey.Count(p.Responses), survey.Decimal(rate, 1)}
	}
	return share{p, survey.Count(p.Responses), "–"}
}

type levelRow struct {
	survey.LevelParticipation
	Text, Percent string
}

// roundView is the round as the board names it.
type roundView struct {
	ID     survey.RoundID
	Title  string
	State  string
	Window string
	Left   string // how many days are left; empty when it is not open
	Opened bool
	Open   bool // it takes responses
	File   bool // this account may have the workbook
}

// choice is one value of a list to choose from.
type choice struct {
	Value, Text string
	Chosen      bool
}

// shown is the round that an address asks for, with its strata.
type shown struct {
	selection
	schedule survey.Schedule
	round    survey.Round
	strata   []survey.Stratum
	schools  []survey.Turnout
	overview survey.Overview
	counts   survey.DayCounts // of those strata
	now      time.Time
	coarse   bool // counts are in steps: the account is a commune's
}

func (s shown) made() string {
	return s.now.In(s.schedule.Calendar.Zone).Format("15:04 ngày 02/01/2006")
}

// shown reads what an address asks for and the account may see.
func (p *Pages) shown(c *fiber.Ctx, account survey.Account) (s shown, err error) {
	s.selection, s.now = readSelection(func(name string) string { return c.Query(name) }), p.Clock()
	if s.schedule, err = p.Rounds.Rounds(c.UserContext()); err != nil {
		return s, err
	}
	if s.round, err = chosenRound(s.schedule, s.Round, s.now); err != nil {
		return s, err
	}
	strata, err := p.Rounds.Strata(c.UserContext(), s.round.ID)
	if err != nil {
		return s, err
	}
	s.strata = seenBy(account, strata)
	return s, p.turnouts(c.UserContext(), &s, account.Role.ReadsAll())
}

// turnouts adds how far the schools have come.
func (p *Pages) turnouts(ctx context.Context, s *shown, exactly bool) error {
	targets, err := p.Planning.Targets(ctx, s.round.ID)
	if err != nil {
		return err
	}
	counts, err := p.Planning.DayCounts(ctx, s.round.ID)
	if err != nil {
		return err
	}
	s.counts = counts.Of(s.strata)
	s.schools = s.schedule.Calendar.Turnouts(s.round, s.strata, targets, s.counts, s.now)
	if !exactly {
		s.coarsen(targets)
	}
	if !s.open() {
		s.unremind()
	}
	s.overview = survey.OverviewOf(s.schools)
	return nil
}

// seenBy leaves out the schools that are not the account's to see.
func seenBy(account survey.Account, strata []survey.Stratum) []survey.Stratum {
	var seen []survey.Stratum
	for _, s := range strata {
		if account.Sees(s.School.Area.Code) {
			seen = append(seen, s)
		}
	}
	return seen
}

func (p *Pages) board(c *fiber.Ctx, account survey.Account) error {
	s, err := p.shown(c, account)
	if err != nil {
		return err
	}
	b := boardPage{Head: p.head(c, "Tình hình tham gia", account), Round: viewRound(s.schedule, s.round, s.now), Others: choices(s.schedule, s.round),
		Made: s.made(), Listed: len(p.Directory().Links) > 0, Total: s.summed(s.overview.Participation), Schools: s.overview, Coarse: s.coarse, Step: survey.CountStep}
	if b.Course, err = p.viewCourse(c.UserContext(), s, account.Role.ReadsAll()); err != nil {
		return err
	}
	for _, level := range survey.ParticipationByLevel(s.strata) {
		counted := s.summed(level.Participation)
		b.Levels = append(b.Levels, levelRow{level, counted.Text, counted.Percent})
	}
	b.List, b.Remind = p.list(s), s.remind(account)
	b.List.Remind = b.Remind
	b.Round.File = mayTakeWorkbook(account, s.open())
	if s.open() {
		b.Live = livePath + "?dot=" + string(s.round.ID)
	}
	return p.set.Render(c, http.StatusOK, "board", b)
}

// chosenRound gives the round asked for, which must have opened, or the
// current one.
func chosenRound(sc survey.Schedule, id survey.RoundID, now time.Time) (survey.Round, error) {
	if id == "" {
		round, ok := sc.Calendar.Current(sc.Rounds, now)
		if !ok {
			return round, survey.Refuse(survey.NotFound, "Chưa có đợt nào trong lịch", "There is no round yet")
		}
		return round, nil
	}
	round, err := sc.Round(id)
	if err != nil || round.OpenedAt.IsZero() {
		return round, survey.Refuse(survey.NotFound, "Không có đợt này, hoặc đợt chưa mở", "There is no such round, or it has not opened")
	}
	return round, nil
}

func viewRound(sc survey.Schedule, r survey.Round, now time.Time) roundView {
	v := roundView{ID: r.ID, Title: sc.Title(r), State: r.State.Name(), Window: r.Opens.String() + "–" + sc.Calendar.LastDay(r).String(),
		Opened: !r.OpenedAt.IsZero(), Open: r.State == survey.Open}
	if left := sc.Calendar.DaysLeft(r, now); r.State == survey.Open && left > 0 {
		v.Left = "còn " + survey.Count(left) + " ngày"
	} else if r.State == survey.Open {
		v.Left = "hôm nay là ngày cuối"
	}
	return v
}

// choices gives the rounds that have opened, the newest first.
func choices(sc survey.Schedule, shown survey.Round) []choice {
	var out []choice
	for i := len(sc.Rounds) - 1; i >= 0; i-- {
		if r := sc.Rounds[i]; !r.OpenedAt.IsZero() {
			out = append(out, choice{string(r.ID), "Tháng " + r.Months(), r.ID == shown.ID})
		}
	}
	if len(out) == 1 && out[0].Chosen {
		return nil
	}
	return out
}
