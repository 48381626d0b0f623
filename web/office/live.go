package office

import (
	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// livePath is where the board's script asks for the numbers. It asks every half
// minute, and only while somebody looks: counts by day are a minute old anyway,
// a question costs what one view costs, and no connection stands open that a
// proxy cuts or that a stop of the service would have to wait for.
const livePath = "/so/tinh-hinh.json"

// live is the board's numbers, by the names that its elements have.
type live struct {
	Made      string `json:"luc"`
	Responses string `json:"phieu"`
	Percent   string `json:"ty-le"`
	Silent    string `json:"chua-co"`
	Reached   string `json:"dat"`
	Remind    string `json:"can-nhac"`
	Today     string `json:"hom-nay,omitempty"`
}

func (p *Pages) live(c *fiber.Ctx, account survey.Account) error {
	s, err := p.shown(c, account)
	if err != nil {
		return err
	}
	today := s.schedule.Calendar.Today(s.now)
	total := s.summed(s.overview.Participation)
	numbers := live{Made: s.made(), Responses: total.Text, Percent: total.Percent,
		Silent: survey.Count(s.overview.Silent), Reached: survey.Count(s.overview.Reached), Remind: survey.Count(s.overview.Remind)}
	if !s.coarse {
		numbers.Today = survey.Count(s.counts.PerDay(today, today)[0])
	}
	return c.JSON(numbers)
}
