package parent

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the form beside the items.
const (
	idField     = "id"
	overHundred = "hon-100" // value of F1 that sends to the box
	boxSuffix   = "-so"     // F1-so is the box
)

// formPage is the form, blank or filled.
type formPage struct {
	page.Head
	words
	School    string
	Area      string
	Form      string          // whose form it is, as in «Phiếu dành cho …»
	Foreign   survey.Language // of the questionnaire's words, when the page speaks another
	Search    string          // where people go who opened the wrong school
	Action    string
	Questions int
	LastDay   survey.Day
	Till      int64 // Unix seconds until which a phone may keep what it could not send
	Groups    []group
	Percent   percent
	Comment   comment
	Text      string // of the comment
	Notice    string
	ID        survey.FormID
	Script    string
	Help      *help // nil: nobody helps
}

// foreign is a text that may be in another language than the page.
type foreign struct {
	Lang survey.Language
	Text string
}

// Words marks words of the questionnaire with their language.
func (p formPage) Words(text string) foreign { return foreign{p.Foreign, text} }

type group struct {
	Number, Of int
	Own        bool // the name is the page's, not the questionnaire's
	Name       string
	Questions  []question
}

type question struct {
	Code    string
	Number  int
	Text    string
	Options []option
	Problem page.Problem
	Hint    foreign
	Listen  *listen
	Lang    survey.Language // of the words, when the page speaks another
	Page    survey.Language // of the page, where Lang is set
}

// Described names what describes the question, for aria-describedby.
func (q question) Described() string {
	var ids []string
	if q.Hint.Text != "" {
		ids = append(ids, q.Code+"-y")
	}
	if q.Problem.Message != "" {
		ids = append(ids, q.Code+"-loi")
	}
	return strings.Join(ids, " ")
}

type option struct {
	Value   string
	Label   string
	Checked bool
	Listen  *listen
}

// comment is the place for writing; Hint and Listen may be empty.
type comment struct {
	Code   survey.ItemCode
	Label  string
	Max    int
	Hint   foreign
	Listen *listen
}

type percent struct {
	question
	Over    string // value of the tile that belongs to the box
	More    string // on that tile
	How     string // to fill in the box
	Chosen  bool   // that tile
	Box     string // name of the box
	Written string // in the box
	Max     int
}

// sheet builds form pages: the form of one school with what was filled in.
type sheet struct {
	opened
	form     *survey.Form // in the reader's language
	filled   page.Form
	problems page.Problems
	id       survey.FormID
	base     string // of addresses for messengers
}

func (s sheet) page() formPage {
	school := s.link.School
	p := formPage{Head: s.head(s.texts.Say("form.title", "school", school.Name), nil, resumed), words: s.wordsFor(s.form), Foreign: s.foreign(), Search: s.to("/"), School: school.Name, Area: firstLower(school.Area.Title()),
		Form: firstLower(s.form.Name), Action: s.path(string(s.form.Code)), Questions: s.form.Questions(),
		LastDay: s.dir.Calendar.LastDay(s.dir.Round), Till: keptTill(s.dir).Unix(), Comment: s.comment(), Text: s.filled.Get(string(s.form.Comment.Code)),
		Notice: s.words.Notice, ID: s.id, Script: s.view(), Help: s.help}
	if len(s.problems) > 0 {
		p.Languages = nil // what was typed would be lost
	}
	p.Problems, p.Sounds = s.problems, s.sounds()
	if s.help == nil {
		p.Card = preview(s.base, s.reader, s.link, s.form)
	} else {
		p.Helpline = "" // it stands in the page, under the one thing that stays in sight
	}
	number := 0
	for _, g := range s.form.Groups {
		items := s.form.ItemsOf(g.Code)
		if len(items) == 0 {
			continue
		}
		p.Groups = append(p.Groups, group{Number: len(p.Groups) + 1, Name: g.Name, Questions: s.items(items, &number)})
	}
	number++
	p.Percent = s.percent(number)
	p.Groups = append(p.Groups, group{Number: len(p.Groups) + 1, Own: true, Name: s.texts.Say("form.overall"), Questions: s.items([]survey.Item{s.form.Overall}, &number)})
	for i := range p.Groups {
		p.Groups[i].Of = len(p.Groups)
	}
	return p
}

// keptTill is a week after the round's last day.
func keptTill(d *survey.Directory) time.Time {
	return (d.Calendar.LastDay(d.Round) + 8).Start(d.Calendar.Zone)
}

func (s sheet) items(items []survey.Item, number *int) []question {
	out := make([]question, len(items))
	for i, item := range items {
		*number++
		out[i] = s.question(item, *number)
		for level, label := range s.words.Scale {
			out[i].Options = append(out[i].Options, s.answer(out[i].Code, level+1, label))
		}
		out[i].Options = append(out[i].Options, s.answer(out[i].Code, 0, s.words.Unknown))
	}
	return out
}

// answer is one of the levels, which may be spoken.
func (s sheet) answer(code string, level int, label string) option {
	o := s.option(code, strconv.Itoa(level), label)
	o.Listen = s.listen("form.listen.answer", s.words.Heard[level])
	return o
}

func (s sheet) question(item survey.Item, number int) question {
	code := string(item.Code)
	q := question{Code: code, Number: number, Text: item.Text, Hint: s.hint(item.Code, item.Hint), Listen: s.listen("form.listen", item.Recording), Lang: s.foreign(), Problem: page.Problem{Field: code, Message: s.problems.Of(code)}}
	if q.Lang != "" {
		q.Page = s.texts.Lang()
	}
	return q
}

func (s sheet) option(code, value, label string) option {
	return option{Value: value, Label: label, Checked: s.filled.Get(code) == value}
}

func (s sheet) percent(number int) percent {
	ask := s.form.Expectation
	p := percent{question: s.question(survey.Item{Code: ask.Code, Text: ask.Text, Hint: ask.Hint, Recording: ask.Recording}, number), Over: overHundred, More: s.texts.Say("form.over"), How: s.texts.Say("form.over.how"), Box: string(ask.Code) + boxSuffix, Max: ask.Max}
	for value := 0; value <= 100; value += 10 {
		text := strconv.Itoa(value)
		p.Options = append(p.Options, s.option(p.Code, text, text+"%"))
	}
	p.Chosen, p.Written = s.filled.Get(p.Code) == overHundred, s.filled.Get(p.Box)
	return p
}

// submission takes the answers out of a form that was sent. The percentage is
// the tile's, or the box's when the tile says so or none was chosen. Fields
// that the form does not have stay in, to be refused.
func submission(form *survey.Form, sent page.Form) survey.Submission {
	ask := string(form.Expectation.Code)
	ours := [...]string{idField, ask, ask + boxSuffix, string(form.Comment.Code)} // read below
	var seen [len(ours)]bool
	in := survey.Submission{Comment: sent.Get(string(form.Comment.Code)), Answers: make([]survey.Answer, 0, len(sent)+1)}
	for _, f := range sent {
		i := slices.Index(ours[:], f.Name)
		if i < 0 || seen[i] {
			in.Answers = append(in.Answers, survey.Answer{Code: f.Name, Value: f.Value})
			continue
		}
		seen[i] = true
	}
	in.Answers = append(in.Answers, survey.Answer{Code: ask, Value: percentage(sent, ask)})
	return in
}

// percentage is the tile's value, or what the box says when no tile was chosen
// or the one that sends there. Under that tile an empty box is not a blank but
// a number forgotten, so the tile's own value stays and is refused.
func percentage(sent page.Form, ask string) string {
	tile, written := sent.Get(ask), sent.Get(ask+boxSuffix)
	if tile == "" || tile == overHundred && written != "" {
		return written
	}
	return tile
}
