package api

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// offer is what a program needs to ask the questions of a school.
type offer struct {
	School  school   `json:"school"`
	Round   round    `json:"round"`
	Scale   []choice `json:"scale"`
	Unknown choice   `json:"unknown"`
	Notice  string   `json:"notice"`
	Forms   []form   `json:"forms"`
}

type school struct {
	Name string `json:"name"`
	Area string `json:"area"`
}

type round struct {
	ID     survey.RoundID `json:"id"`
	Title  string         `json:"title"`
	State  survey.State   `json:"state"`
	Opens  string         `json:"opens"`
	Closes string         `json:"closes"`
}

type choice struct {
	Value int    `json:"value"`
	Text  string `json:"text"`
}

type form struct {
	Code       survey.FormCode   `json:"code"`
	Name       string            `json:"name"`
	Respondent survey.Respondent `json:"respondent"`
	Address    string            `json:"address"`
	ID         survey.FormID     `json:"id"`
	Groups     []group           `json:"groups"`
	Percent    percent           `json:"percent"`
	Overall    item              `json:"overall"`
	Comment    comment           `json:"comment"`
}

type group struct {
	Code  survey.GroupCode `json:"code"`
	Name  string           `json:"name"`
	Items []item           `json:"items"`
}

type item struct {
	Code survey.ItemCode `json:"code"`
	Text string          `json:"text"`
}

type percent struct {
	Code    survey.ItemCode `json:"code"`
	Text    string          `json:"text"`
	Maximum int             `json:"maximum"`
}

type comment struct {
	Text      string `json:"text"`
	MaxLength int    `json:"maxLength"`
}

// offer gives the forms of a school, each with a fresh id. Before the round
// opens there are none; after it, 410.
func (s *Service) offer(c *fiber.Ctx) error {
	d := s.desk.Directory()
	link, err := d.Open(c.Params("code"))
	if left, gone := d.Left(link, s.desk.Now()); gone {
		return left.Refusal()
	}
	if err != nil {
		return err
	}
	out := newOffer(d, link.School)
	switch err := d.Calendar.Receives(d.Round, s.desk.Now(), time.Time{}); survey.KindOf(err) {
	case survey.Closed:
		return err
	case survey.Forbidden:
		return c.JSON(out)
	}
	for _, asked := range link.Forms {
		id, err := s.desk.Mint()
		if err != nil {
			return err
		}
		out.Forms = append(out.Forms, newForm(asked.Form, id))
	}
	return c.JSON(out)
}

func newOffer(d *survey.Directory, s survey.School) offer {
	q := d.Questionnaire
	out := offer{School: school{s.Name, s.Area.Title()}, Unknown: choice{0, q.Unknown}, Notice: q.Notice, Forms: []form{},
		Round: round{d.Round.ID, d.RoundTitle, d.Round.State, date(d.Round.Opens), date(d.Calendar.LastDay(d.Round))}}
	for i, text := range q.Scale {
		out.Scale = append(out.Scale, choice{i + 1, text})
	}
	return out
}

func newForm(f *survey.Form, id survey.FormID) form {
	out := form{Code: f.Code, Name: f.Name, Respondent: f.Respondent, Address: f.Address, ID: id,
		Percent: percent{f.Expectation.Code, f.Expectation.Text, f.Expectation.Max},
		Overall: item{f.Overall.Code, f.Overall.Text}, Comment: comment{f.Comment.Text, f.Comment.Max}}
	for _, g := range f.Groups {
		items := []item{}
		for _, i := range f.ItemsOf(g.Code) {
			items = append(items, item{i.Code, i.Text})
		}
		if len(items) > 0 {
			out.Groups = append(out.Groups, group{g.Code, g.Name, items})
		}
	}
	return out
}

// date writes a day as programs read it.
func date(d survey.Day) string {
	y, m, day := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), day)
}
