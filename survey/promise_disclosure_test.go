package survey_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"hailong/survey"
)

// Two forms, three items in two groups, and the overall item.
const disclosureQuestionnaire = `{
 "version": "thu-2", "title": "Phiếu thử", "notice": "Bộ câu hỏi dùng để thử phần mềm.", "unknown": "Tôi không rõ",
 "scale": ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"],
 "groups": [{"code": "A", "name": "Tiếp cận"}, {"code": "B", "name": "Cơ sở vật chất"}],
 "forms": [
  {"code": "TH", "level": "TH", "respondent": "cha-me", "name": "Cha mẹ học sinh tiểu học", "address": "Ông/Bà"},
  {"code": "THCS", "level": "THCS", "respondent": "cha-me", "name": "Cha mẹ học sinh THCS", "address": "Ông/Bà"}],
 "items": [
  {"code": "A1", "group": "A", "forms": ["TH", "THCS"], "text": "Thông tin", "short": "Thông tin"},
  {"code": "A2", "group": "A", "forms": ["TH", "THCS"], "text": "Thủ tục", "short": "Thủ tục"},
  {"code": "B1", "group": "B", "forms": ["TH", "THCS"], "text": "Phòng học", "short": "Phòng học"}],
 "expectation": {"code": "F1", "text": "Bao nhiêu phần trăm?", "short": "Mong đợi", "max": 300},
 "overall": {"code": "F2", "text": "Hài lòng chung", "short": "Chung"},
 "comment": {"code": "G1", "text": "Ý kiến khác", "short": "Ý kiến", "max": 1000}}`

const questions = 4 // three items and the overall one

// respondent is one parent's form: in which of the snapshots it counts, and
// the answers.
type respondent struct {
	in    [snapshots]bool
	marks [questions]survey.Mark
}

// snapshots is how many releases of one round are laid beside each other.
const snapshots = 3

// hamlet is one school × one form with the people who answered.
type hamlet struct {
	school survey.School
	form   *survey.Form
	people []respondent
}

// land is what an attacker wants to know.
type land struct {
	q       *survey.Questionnaire
	hamlets []hamlet
}

// randomProvince is small and awkward: few schools, numbers of answers about
// the threshold, questions that many cannot answer, corrections of any size.
func randomProvince(t *testing.T, chance *rand.Rand) land {
	t.Helper()
	q, err := survey.ParseQuestionnaire([]byte(disclosureQuestionnaire))
	if err != nil {
		t.Fatal(err)
	}
	p := land{q: q}
	unknown := []float64{0.02, 0.02, 0.2, 0.6}[chance.IntN(4)]
	for a := range 1 + chance.IntN(3) {
		area := survey.Area{Code: survey.AreaCode(fmt.Sprintf("X%d", a)), Type: "Xã", Name: fmt.Sprintf("Số %d", a)}
		for n := range 1 + chance.IntN(3) {
			school := survey.School{Code: survey.SchoolCode(fmt.Sprintf("%s-%d", area.Code, n)), Area: area}
			for _, f := range q.Forms[:1+chance.IntN(2)] {
				p.hamlets = append(p.hamlets, hamlet{school, f, randomPeople(chance, unknown)})
			}
		}
	}
	return p
}

func randomPeople(chance *rand.Rand, unknown float64) []respondent {
	n := []int{chance.IntN(4), 1 + chance.IntN(9), 7 + chance.IntN(6), 10 + chance.IntN(8), 20 + chance.IntN(12)}[chance.IntN(5)]
	var people []respondent
	add := func(count int, in ...bool) {
		for range count {
			r := respondent{in: [snapshots]bool(in)}
			for i := range r.marks {
				if r.marks[i] = survey.Mark(1 + chance.IntN(5)); chance.Float64() < unknown {
					r.marks[i] = survey.Unknown
				}
			}
			people = append(people, r)
		}
	}
	add(n, true, true, true)
	for _, in := range [][]bool{{true, false, false}, {false, true, true}, {false, true, false}, {true, true, false}, {false, false, true}, {true, false, true}} {
		if chance.IntN(5) == 0 {
			add([]int{1, 1 + chance.IntN(9), 10 + chance.IntN(6)}[chance.IntN(3)], in...)
		}
	}
	return people
}

// results is what the store would give for one snapshot.
func (p land) results(snapshot int) survey.Results {
	res := survey.Results{Round: survey.Round{ID: "2026-10"}, Questionnaire: p.q}
	for _, h := range p.hamlets {
		tally := h.form.NewTally()
		for _, r := range h.people {
			if r.in[snapshot] {
				h.form.Add(&tally, survey.Response{Marks: r.marks[:], Expectation: survey.NoPercent})
			}
		}
		res.Strata = append(res.Strata, survey.Stratum{School: h.school, Form: h.form, Enrolment: 100, Tally: tally})
	}
	return res
}

// publisher makes every number that anybody may see, always the same ones in
// the same order.
type publisher func(land) []int

// published is what is really published: each line of each snapshot, for each
// of its measures the sum of the answers.
func published(p land) (numbers []int) {
	for _, r := range p.releases() {
		numbers = append(numbers, linesOf(p, r)...)
	}
	return numbers
}

// releases gives what is in effect at each time: the first release, and then
// its corrections where they are allowed.
func (p land) releases() []survey.Release {
	made := []survey.Release{survey.NewRelease(p.results(0), 0, survey.DefaultThreshold)}
	inEffect := slices.Clone(made)
	for i := 1; i < snapshots; i++ {
		if next, _, err := survey.Corrected(made, p.results(i)); err == nil {
			made = append(made, next)
		}
		inEffect = append(inEffect, made[len(made)-1])
	}
	return inEffect
}

// linesOf gives all lines that the pages can ask for.
func linesOf(p land, r survey.Release) (numbers []int) {
	t := survey.Tables{Release: &r, Questionnaire: p.q}
	lines := []survey.Line{t.Province(), t.OfLevel(survey.LevelTH), t.OfLevel(survey.LevelTHCS)}
	for _, f := range p.q.Forms {
		lines = append(lines, t.OfForm(f.Code))
		for _, a := range r.Areas() {
			lines = append(lines, t.OfAreaForm(a.Code, f.Code), t.OfBucket(a.Code, f.Code))
		}
		for _, s := range r.Schools {
			lines = append(lines, t.OfSchool(s.Code, f.Code))
		}
	}
	for _, a := range r.Areas() {
		lines = append(lines, t.OfArea(a.Code))
	}
	for _, l := range lines {
		numbers = append(numbers, l.All.Sum(), l.Overall.Sum(), l.Groups[0].Sum(), l.Groups[1].Sum())
		for i := range questions {
			if i < len(l.Items) {
				numbers = append(numbers, l.Items[i].Sum())
			} else {
				numbers = append(numbers, 0)
			}
		}
	}
	return numbers
}

// atom is what a school's people of one kind answered to one question.
type atom struct {
	hamlet, question int
	in               [snapshots]bool
	answers          []int // who of the school's people
}

func (p land) atoms() (all []atom) {
	for h := range p.hamlets {
		for q := range questions {
			kinds := map[[snapshots]bool][]int{}
			for i, r := range p.hamlets[h].people {
				if r.marks[q] != survey.Unknown {
					kinds[r.in] = append(kinds[r.in], i)
				}
			}
			for in, who := range kinds {
				all = append(all, atom{h, q, in, who})
			}
		}
	}
	slices.SortFunc(all, func(a, b atom) int { return slices.Compare(a.name(), b.name()) })
	return all
}

func (a atom) name() []int {
	name := []int{a.question, a.hamlet}
	for _, in := range a.in {
		if in {
			name = append(name, 1)
		} else {
			name = append(name, 0)
		}
	}
	return name
}

// system is the linear system that an attacker has: for each published number
// how it depends on each atom. It is measured, not taken from what the code
// says of itself: one answer is changed, and everything is published again.
func (p land) system(publish publisher, atoms []atom) ([][]int64, bool) {
	before := publish(p)
	rows := make([][]int64, len(before))
	for i := range rows {
		rows[i] = make([]int64, len(atoms))
	}
	for column, a := range atoms {
		step, ok := p.nudge(publish, before, a)
		if !ok {
			return nil, false
		}
		for i, d := range step {
			rows[i][column] = d
		}
	}
	return rows, true
}

// nudge changes one answer of an atom by one and gives what moved. A change
// that makes a correction be taken or left moves more than itself; another
// answer is tried then.
func (p land) nudge(publish publisher, before []int, a atom) ([]int64, bool) {
	people := p.hamlets[a.hamlet].people
	for _, who := range a.answers {
		mark := &people[who].marks[a.question]
		was := *mark
		for _, to := range []survey.Mark{was + 1, was - 1} {
			if to < 1 || to > 5 {
				continue
			}
			*mark = to
			after := publish(p)
			*mark = was
			if step, ok := moved(before, after, int(to)-int(was)); ok {
				return step, true
			}
		}
	}
	return nil, false
}

func moved(before, after []int, by int) (step []int64, ok bool) {
	for i := range before {
		d := (after[i] - before[i]) * by
		if d < -1 || d > 1 {
			return nil, false
		}
		step = append(step, int64(d))
	}
	return step, true
}

// found says which atoms with fewer answers than the threshold can be worked
// out, in any combination, from what is published; nil: none.
func (p land) found(t *testing.T, publish publisher) (secret []atom, tried bool) {
	t.Helper()
	atoms := p.atoms()
	rows, ok := p.system(publish, atoms)
	if !ok {
		return nil, false
	}
	free := nullSpace(t, rows, len(atoms))
	for chosen := 1; chosen < 1<<questions; chosen++ {
		for _, set := range p.small(atoms, chosen, int(survey.DefaultThreshold)) {
			if !independent(t, free, set) {
				for _, i := range set {
					secret = append(secret, atoms[i])
				}
				return secret, true
			}
		}
	}
	return nil, true
}

// small gives the largest sets of atoms, of the questions chosen, that rest on
// fewer than limit people.
func (p land) small(atoms []atom, chosen, limit int) (sets [][]int) {
	type crowd struct {
		atoms  []int
		people map[int]bool
	}
	kinds := map[string]*crowd{}
	var names []string
	for i, a := range atoms {
		if chosen>>a.question&1 == 0 {
			continue
		}
		name := fmt.Sprint(a.hamlet, a.in)
		if kinds[name] == nil {
			kinds[name] = &crowd{people: map[int]bool{}}
			names = append(names, name)
		}
		kinds[name].atoms = append(kinds[name].atoms, i)
		for _, who := range a.answers {
			kinds[name].people[who] = true
		}
	}
	var grow func(from, room int, set []int, grown bool)
	grow = func(from, room int, set []int, grown bool) {
		if len(sets) > 300 {
			return
		}
		bigger := false
		for n := from; n < len(names); n++ {
			if k := kinds[names[n]]; len(k.people) <= room {
				bigger = true
				grow(n+1, room-len(k.people), append(slices.Clone(set), k.atoms...), true)
			}
		}
		if !bigger && grown {
			sets = append(sets, set)
		}
	}
	grow(0, limit-1, nil, false)
	return sets
}

// Whatever is laid beside each other, nobody can work out a value that rests on
// fewer than ten answers.
func TestPromiseNoReleaseGivesFewerThanTen(t *testing.T) {
	chance := rand.New(rand.NewPCG(18, 2026))
	tried, wanted := 0, often(100, 10000)
	for n := 0; tried < wanted && n < 3*wanted; n++ {
		p := randomProvince(t, chance)
		p.wholes(t)
		secret, ok := p.found(t, published)
		if ok {
			tried++
		}
		if secret != nil {
			t.Fatalf("province %d: what rests on fewer than ten answers can be worked out: %v\n%s", n, secret, p)
		}
	}
	if tried < wanted {
		t.Errorf("%d provinces were tried, want %d", tried, wanted)
	}
	t.Logf("%d provinces", tried)
}

// wholes checks what every line is made of: no portion rests on fewer answers
// than the threshold, no bucket is one school's.
func (p land) wholes(t *testing.T) {
	t.Helper()
	for _, r := range p.releases() {
		for _, part := range r.Portions {
			if part.Responses < 10 || part.Schools < 1 || part.School == "" && part.Schools < 2 {
				t.Fatalf("a portion of %d schools and %d answers: %+v\n%s", part.Schools, part.Responses, part, p)
			}
		}
	}
}

func (p land) String() (text string) {
	for i, h := range p.hamlets {
		text += fmt.Sprintf("%d %s %s:", i, h.school.Code, h.form.Code)
		kinds := map[[snapshots]bool]int{}
		for _, r := range h.people {
			kinds[r.in]++
		}
		text += fmt.Sprintln(kinds)
	}
	return text
}

// Each rule is needed: without it the same search finds what it must not.
func TestPromiseNoReleaseGivesFewerThanTenNeedsEveryRule(t *testing.T) {
	for name, broken := range brokenPublishers {
		t.Run(name, func(t *testing.T) {
			chance := rand.New(rand.NewPCG(18, 2027))
			for range 400 {
				p := randomProvince(t, chance)
				if secret, _ := p.found(t, broken); secret != nil {
					return
				}
			}
			t.Error("the rule is broken and nothing is found")
		})
	}
}

// brokenPublishers publish what a page could publish by mistake.
var brokenPublishers = map[string]publisher{
	"a commune's total with its hidden schools": func(p land) []int {
		return append(published(p), p.sums(0, func(h hamlet, _ int) string { return string(h.school.Area.Code + "/" + survey.AreaCode(h.form.Code)) })...)
	},
	"the province's total with what is left out": func(p land) []int {
		return append(published(p), p.sums(0, func(h hamlet, _ int) string { return string(h.form.Code) })...)
	},
	"a bucket of one school": func(p land) []int {
		return append(published(p), p.sums(0, func(h hamlet, n int) string {
			if n >= 10 {
				return ""
			}
			return string(h.school.Area.Code + "/" + survey.AreaCode(h.form.Code))
		})...)
	},
	"a school's total over its forms": func(p land) []int {
		return append(published(p), p.sums(0, func(h hamlet, _ int) string { return string(h.school.Code) })...)
	},
	"a question that few answered": func(p land) []int {
		return append(published(p), p.sums(0, func(h hamlet, n int) string {
			if n < 10 {
				return ""
			}
			return string(h.school.Code) + string(h.form.Code)
		})...)
	},
	"a group with a question that few answered": func(p land) (numbers []int) {
		numbers = published(p)
		for _, s := range p.results(0).Strata {
			group := 0
			for _, item := range s.Tally.Items[:2] {
				if s.Tally.Responses >= 10 && item.Valid()+s.Tally.Items[0].Valid() >= 10 {
					group += item.Sum()
				}
			}
			numbers = append(numbers, group)
		}
		return numbers
	},
	"a correction of a few answers": func(p land) []int {
		first, second := survey.NewRelease(p.results(0), 0, 10), survey.NewRelease(p.results(1), 0, 10)
		return append(linesOf(p, first), linesOf(p, second)...)
	},
	"a correction compared with the last release only": func(p land) []int {
		r := survey.NewRelease(p.results(0), 0, 10)
		numbers := linesOf(p, r)
		for i := 1; i < snapshots; i++ {
			if next, _, err := survey.Corrected([]survey.Release{r}, p.results(i)); err == nil {
				r = next
			}
			numbers = append(numbers, linesOf(p, r)...)
		}
		return numbers
	},
}

// sums adds up everything that was answered to each question in one snapshot,
// by the name that a stratum with so many responses gets; "" is left out.
func (p land) sums(snapshot int, name func(h hamlet, responses int) string) []int {
	var names []string
	sums := map[string]*[questions]int{}
	for i, s := range p.results(snapshot).Strata {
		key := name(p.hamlets[i], s.Tally.Responses)
		if key == "" {
			continue
		}
		if sums[key] == nil {
			sums[key] = &[questions]int{}
			names = append(names, key)
		}
		for q := range questions {
			sums[key][q] += s.Tally.Items[q].Sum()
		}
	}
	var numbers []int
	for _, key := range names {
		numbers = append(numbers, sums[key][:]...)
	}
	return numbers
}
