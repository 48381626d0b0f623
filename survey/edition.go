package survey

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Edition is a questionnaire as the service has it.
type Edition struct {
	Questionnaire *Questionnaire
	Added         time.Time
	Rounds        []RoundID // those that were opened with it
	Next          bool      // the next round opens with it
	Chosen        bool      // because the office chose it; else because it is the newest
}

// QuestionnaireChanges says what taking over a questionnaire would do.
type QuestionnaireChanges struct {
	Same     bool    // the version is there with this content; nothing changes
	Replaces bool    // the version is there with other content, which no round has used
	Since    Version // the version that it is compared with; empty when there is none
	Reworded []Rewording
	Added    []ItemCode
	Dropped  []ItemCode

	Languages        []Tongue // that come
	LanguagesDropped []Tongue // that go
	Recordings       []string // names of those that are new or sound otherwise
}

// Rewording is a question that keeps its code with other words or in another
// group, and the forms in which it changes so.
type Rewording struct {
	Forms         []FormCode
	Code          ItemCode
	Before, After string // group and words, with the hint in brackets
	Language      string // its name; empty for Vietnamese
}

// Follow says what taking over the questionnaire changes, given the editions
// that are there, newest first. It refuses to change a version that a round has
// used or that comes with the program, and a code that would go on with another
// scale: its figures could no longer be compared.
func (q *Questionnaire) Follow(editions []Edition) (c QuestionnaireChanges, err error) {
	var before *Questionnaire
	for _, e := range editions {
		if e.Questionnaire.Version == q.Version {
			if c.Same, err = q.SameContent(e.Questionnaire); err != nil || c.Same {
				return c, err
			}
			c.Replaces = true
			if err := e.refuseChange(); err != nil {
				return c, err
			}
		} else if before == nil {
			before = e.Questionnaire
		}
	}
	if err := q.refuseOtherScales(editions); err != nil {
		return c, err
	}
	if before != nil {
		c.compare(before, q)
	}
	return c, nil
}

// refuseChange refuses to give an edition other content under its name.
func (e Edition) refuseChange() error {
	switch version := e.Questionnaire.Version; {
	case len(e.Rounds) > 0:
		return Refuse(Conflict, "Đợt %[1]s đã dùng bộ câu hỏi %[2]s nên không sửa được nữa. Đặt tên phiên bản mới ở trang settings rồi nạp lại",
			"Round %[1]s has used questionnaire %[2]s, so it can no longer change; give the file a new version in the sheet settings", e.Rounds[0], version)
	case version == BuiltInQuestionnaire().Version:
		return Refuse(Conflict, "Bộ câu hỏi %[1]s đi kèm phần mềm nên không sửa được. Đặt tên phiên bản mới ở trang settings rồi nạp lại",
			"Questionnaire %[1]s comes with the program and cannot change; give the file a new version in the sheet settings", version)
	}
	return nil
}

// refuseOtherScales names every code that an edition asks on another scale.
func (q *Questionnaire) refuseOtherScales(editions []Edition) error {
	scales := q.scales()
	var codes []string
	version := Version("")
	for _, e := range editions {
		if e.Questionnaire.Version == q.Version {
			continue
		}
		for code, scale := range e.Questionnaire.scales() {
			if now, kept := scales[code]; kept && now != scale && !slices.Contains(codes, string(code)) {
				codes, version = append(codes, string(code)), e.Questionnaire.Version
			}
		}
	}
	if len(codes) == 0 {
		return nil
	}
	slices.Sort(codes)
	return Refuse(Conflict, "Thang trả lời của các câu sau khác với bộ câu hỏi %[2]s, số liệu sẽ không so sánh được: %[1]s. Giữ thang cũ, hoặc đặt mã mới cho các câu này",
		"These items have another scale than in questionnaire %[2]s, so their figures could not be compared: %[1]s; keep the scale or give them new codes",
		strings.Join(codes, ", "), version)
}

// scales says of every code how it is answered.
func (q *Questionnaire) scales() map[ItemCode]string {
	levels := strings.Join(append(q.Scale[:], q.Unknown), " | ")
	out := map[ItemCode]string{}
	for _, f := range q.Forms {
		for _, item := range f.Items {
			out[item.Code] = levels
		}
		out[f.Overall.Code] = levels
		out[f.Expectation.Code] = fmt.Sprintf("0–%d %%", f.Expectation.Max)
		out[f.Comment.Code] = "comment"
	}
	return out
}

// compare notes what the later questionnaire has otherwise.
func (c *QuestionnaireChanges) compare(before, after *Questionnaire) {
	c.Since = before.Version
	c.Added, c.Dropped = before.lacks(after), after.lacks(before)
	c.Languages, c.LanguagesDropped = before.lacksTongues(after), after.lacksTongues(before)
	c.reword(before, after, "")
	for _, t := range after.Translations {
		if words, written := before.In(t.Code); written == t.Code {
			c.reword(words, t.Questionnaire, t.Name)
		}
	}
	for _, name := range after.Named() {
		now, _ := after.Recording(name)
		if old, _ := before.Recording(name); old.ID != now.ID {
			c.Recordings = append(c.Recordings, name)
		}
	}
}

// lacksTongues gives the languages that only the other questionnaire has.
func (q *Questionnaire) lacksTongues(other *Questionnaire) []Tongue {
	return slices.DeleteFunc(other.Tongues(), func(t Tongue) bool {
		return slices.ContainsFunc(q.Tongues(), func(own Tongue) bool { return own.Code == t.Code })
	})
}

// reword notes the questions whose words change in one language.
func (c *QuestionnaireChanges) reword(before, after *Questionnaire, language string) {
	for _, f := range after.Forms {
		old, there := before.Form(string(f.Code))
		if !there {
			continue
		}
		was := map[ItemCode]string{}
		for _, r := range old.wordings() {
			was[r.Code] = r.After
		}
		for _, r := range f.wordings() {
			if words, known := was[r.Code]; known && words != r.After {
				c.note(Rewording{[]FormCode{f.Code}, r.Code, words, r.After, language})
			}
		}
	}
}

// lacks gives the codes that only the other questionnaire has, sorted.
func (q *Questionnaire) lacks(other *Questionnaire) []ItemCode {
	own := q.scales()
	var codes []ItemCode
	for code := range other.scales() {
		if _, has := own[code]; !has {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// note notes a rewording, once for all forms that change alike.
func (c *QuestionnaireChanges) note(r Rewording) {
	for i, known := range c.Reworded {
		if known.Code == r.Code && known.Before == r.Before && known.After == r.After && known.Language == r.Language {
			c.Reworded[i].Forms = append(known.Forms, r.Forms...)
			return
		}
	}
	c.Reworded = append(c.Reworded, r)
}

// wordings gives every question with its group and its words, in After.
func (f *Form) wordings() []Rewording {
	var out []Rewording
	for _, item := range f.Items {
		name := string(item.Group)
		if i := f.group(item.Group); i >= 0 {
			name = f.Groups[i].Name
		}
		out = append(out, Rewording{Code: item.Code, After: name + " › " + item.words()})
	}
	for _, single := range f.all()[len(f.Items):] {
		out = append(out, Rewording{Code: single.Code, After: single.words()})
	}
	return out
}

func (i Item) words() string {
	if i.Hint == "" {
		return i.Text
	}
	return i.Text + " (" + i.Hint + ")"
}
