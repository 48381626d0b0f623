package parent

import (
	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// left shows what became of a school that is no more, and the addresses of
// those in its place: posters hang for years. It says false, and shows
// nothing, while the school is asked.
func (p *Pages) left(c *fiber.Ctx, r reader, link survey.Link) (bool, error) {
	gone, yes := r.dir.Left(link, p.desk.Now())
	if !yes {
		return false, nil
	}
	name := "state.left."
	if gone.Still {
		name = "state.leaves."
	}
	said := r.texts.Say(name+string(gone.By.Kind), "day", gone.By.Day)
	state := statePage{Head: r.head(said, nil, ""), Says: page.Says{What: said}, School: link.School.Name + " (" + firstLower(link.School.Area.Title()) + ")"}
	for _, heir := range gone.Heirs {
		state.Links = append(state.Links, page.MenuLink{Path: r.to("/k/" + string(heir.Link)), Text: heir.Name + " (" + firstLower(heir.Area.Title()) + ")"})
	}
	if state.More = []string{r.texts.Say("state.left.heirs")}; len(gone.Heirs) == 0 {
		state.More = []string{r.texts.Say("state.left.none")}
		state.Link = &page.MenuLink{Path: r.to("/"), Text: r.texts.Say("search.title")}
	}
	return true, p.set.Render(c, fiber.StatusOK, "state", state)
}
