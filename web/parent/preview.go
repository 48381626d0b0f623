package parent

import (
	"fmt"
	"hash/fnv"

	"hailong/export/card"
	"hailong/survey"
	"hailong/web/page"
)

// preview is what messengers show of a school's address, or of one form's when
// the school has several. form is nil for the choice; a
// school that is not asked has no preview.
func preview(base string, r reader, link survey.Link, form *survey.Form) *page.Card {
	forms := link.Forms
	if len(forms) == 0 {
		return nil
	}
	path := home(link)
	if form != nil && len(forms) > 1 {
		path = fmt.Sprintf("%s/%s", path, form.Code)
	}
	if form != nil {
		forms = []survey.AskedForm{{Form: form}}
	}
	out := &page.Card{Title: r.texts.Say("card.title", "asked", askedOf(forms), "school", link.School.Name),
		About: r.texts.Say("card.about", "questions", survey.Link{Forms: forms}.Questions(), "day", r.dir.Calendar.LastDay(r.dir.Round))}
	if base != "" {
		out.URL = base + r.to(path)
		out.Image = fmt.Sprintf("%s%s/anh.png?v=%s", base, home(link), version(picture(r.dir, link)))
	}
	return out
}

// askedOf names those whose opinion is asked: the parents wherever they are
// among them, for it is to them that addresses are sent.
func askedOf(forms []survey.AskedForm) string {
	name := ""
	for _, f := range forms {
		if f.Form.Respondent == survey.Parents || name == "" {
			name = firstLower(f.Form.Respondent.Name())
		}
	}
	return name
}

// picture is what stands on a school's picture.
func picture(d *survey.Directory, link survey.Link) card.Card {
	return card.Card{Office: d.Office, School: link.School.Name, Area: link.School.Area.Title(),
		When: fmt.Sprintf("Từ %s đến %s · khoảng 5 phút · không ghi tên", d.Round.Opens, d.Calendar.LastDay(d.Round))}
}

// version changes with what stands on a picture, so that a picture may be kept
// for ever.
func version(c card.Card) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q", c)
	return fmt.Sprintf("%016x", h.Sum64())
}
