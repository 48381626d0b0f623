package survey_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hailong/survey"
)

type codes = []survey.SchoolCode

// first and second are the days on which two rounds opened, with a year between.
var first, second = survey.NewDay(2025, 10, 1), survey.NewDay(2026, 10, 1)

func standing(all ...survey.SchoolCode) (schools []survey.School) {
	for _, code := range all {
		schools = append(schools, survey.School{Code: code, Name: string(code)})
	}
	return schools
}

func lineage(t *testing.T, all ...survey.Succession) survey.Lineage {
	t.Helper()
	var l survey.Lineage
	var err error
	for i, s := range all {
		s.ID = int64(i + 1)
		if l, err = l.With(s, standing("A", "B", "C", "D", "E"), second); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func merge(day survey.Day, into survey.SchoolCode, from ...survey.SchoolCode) survey.Succession {
	return survey.Succession{Kind: survey.Merging, Day: day, Before: from, After: codes{into}}
}

func split(day survey.Day, from survey.SchoolCode, into ...survey.SchoolCode) survey.Succession {
	return survey.Succession{Kind: survey.Parting, Day: day, Before: codes{from}, After: into}
}

func closing(day survey.Day, from survey.SchoolCode, into ...survey.SchoolCode) survey.Succession {
	return survey.Succession{Kind: survey.Closing, Day: day, Before: codes{from}, After: into}
}

func TestBetween(t *testing.T) {
	for name, c := range map[string]struct {
		changes       []survey.Succession
		before, after codes
		want          []survey.Kin
	}{
		"nothing": {nil, codes{"A"}, codes{"A"}, []survey.Kin{{Bond: survey.SameSchool, Before: codes{"A"}, After: codes{"A"}}}},
		"new and gone": {nil, codes{"A"}, codes{"B"}, []survey.Kin{
			{Bond: survey.OnlyBefore, Before: codes{"A"}}, {Bond: survey.OnlyAfter, After: codes{"B"}}}},
		"one after another": {[]survey.Succession{merge(first+9, "B", "A")}, codes{"A"}, codes{"B"},
			[]survey.Kin{{Bond: survey.Followed, Before: codes{"A"}, After: codes{"B"}}}},
		"merged into one of them": {[]survey.Succession{merge(first+9, "B", "A")}, codes{"A", "B"}, codes{"B"},
			[]survey.Kin{{Bond: survey.Merged, Before: codes{"A", "B"}, After: codes{"B"}}}},
		"merged into a new one, over two steps": {[]survey.Succession{merge(first+9, "C", "A", "B"), merge(first+90, "D", "C")}, codes{"A", "B"}, codes{"D"},
			[]survey.Kin{{Bond: survey.Merged, Before: codes{"A", "B"}, After: codes{"D"}}}},
		"divided, the old one stays": {[]survey.Succession{split(first+9, "A", "A", "B")}, codes{"A"}, codes{"A", "B"},
			[]survey.Kin{{Bond: survey.Divided, Before: codes{"A"}, After: codes{"A", "B"}}}},
		"closed with two after it": {[]survey.Succession{closing(first+9, "A", "B", "C")}, codes{"A", "B", "C"}, codes{"B", "C"},
			[]survey.Kin{{Bond: survey.Regrouped, Before: codes{"A", "B", "C"}, After: codes{"B", "C"}}}},
		"closed with nobody after it": {[]survey.Succession{closing(first+9, "A")}, codes{"A"}, nil, []survey.Kin{{Bond: survey.OnlyBefore, Before: codes{"A"}}}},
		"before the earlier round": {[]survey.Succession{merge(first, "B", "A")}, codes{"B"}, codes{"B"},
			[]survey.Kin{{Bond: survey.SameSchool, Before: codes{"B"}, After: codes{"B"}}}},
		"after the later round opened": {[]survey.Succession{merge(second+1, "B", "A")}, codes{"A", "B"}, codes{"A", "B"}, []survey.Kin{
			{Bond: survey.SameSchool, Before: codes{"A"}, After: codes{"A"}}, {Bond: survey.SameSchool, Before: codes{"B"}, After: codes{"B"}}}},
		"a predecessor was not asked": {[]survey.Succession{merge(first+9, "C", "A", "B")}, codes{"A"}, codes{"C"},
			[]survey.Kin{{Bond: survey.Unfollowed, Before: codes{"A"}, After: codes{"C"}, Missing: codes{"B"}}}},
		"a successor is not asked": {[]survey.Succession{split(first+9, "A", "B", "C")}, codes{"A"}, codes{"B"},
			[]survey.Kin{{Bond: survey.Unfollowed, Before: codes{"A"}, After: codes{"B"}, Missing: codes{"C"}}}},
	} {
		l := lineage(t, c.changes...)
		got := l.Between(survey.Asked{Opened: first, Schools: c.before}, survey.Asked{Opened: second, Schools: c.after})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLineageRefuses(t *testing.T) {
	day := second - 30
	for name, c := range map[string]struct {
		before []survey.Succession
		add    survey.Succession
		kind   survey.Kind
	}{
		"nobody":                 {nil, merge(day, "B"), survey.Invalid},
		"into itself":            {nil, merge(day, "A", "A"), survey.Invalid},
		"one part":               {nil, split(day, "A", "B"), survey.Invalid},
		"closing into itself":    {nil, closing(day, "A", "A"), survey.Invalid},
		"an unknown school":      {nil, merge(day, "Z", "A"), survey.NotFound},
		"a far year":             {nil, merge(second+500, "B", "A"), survey.Invalid},
		"ended twice":            {[]survey.Succession{closing(day-9, "A")}, merge(day, "B", "A"), survey.Conflict},
		"into one that ended":    {[]survey.Succession{closing(day-9, "B")}, merge(day, "B", "A"), survey.Conflict},
		"ended on the same day":  {[]survey.Succession{closing(day, "B")}, merge(day, "B", "A"), survey.Conflict},
		"ends before a part":     {[]survey.Succession{merge(day, "B", "A")}, closing(day-9, "B"), survey.Conflict},
		"no kind":                {nil, survey.Succession{Day: day, Before: codes{"A"}, After: codes{"B"}}, survey.Invalid},
		"stands only afterwards": {nil, merge(day, "LATE", "A"), survey.Conflict},
	} {
		l := lineage(t, c.before...)
		schools := append(standing("A", "B", "C"), survey.School{Code: "LATE", From: day + 1})
		more, err := l.With(c.add, schools, second)
		if survey.KindOf(err) != c.kind || len(more) != len(l) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHeirs(t *testing.T) {
	l := lineage(t, merge(first+10, "B", "A"), split(first+20, "B", "C", "D"), closing(first+30, "D"))
	for day, want := range map[survey.Day]codes{first: nil, first + 10: {"B"}, first + 19: {"B"}, first + 20: {"C", "D"}, first + 30: {"C"}} {
		if got := l.Heirs("A", day); !slices.Equal(got, want) {
			t.Errorf("on day %d: %v, want %v", day-first, got, want)
		}
	}
	if got := l.Heirs("C", second); got != nil {
		t.Errorf("a school that stands has heirs: %v", got)
	}
}

// A circle can only come from a damaged file; it is found and ends every walk.
func TestACircleIsFound(t *testing.T) {
	l := survey.NewLineage([]survey.Succession{merge(first+1, "B", "A"), merge(first+2, "A", "B")})
	if faults := l.Faults(standing("A", "B")); len(faults) == 0 {
		t.Error("a circle passes")
	}
	if heirs := l.Heirs("A", second); len(heirs) != 0 {
		t.Errorf("heirs %v", heirs)
	}
}

// drawn is a history that the rules let through, made of whatever was tried.
func drawn(t *rapid.T) (survey.Lineage, []survey.School) {
	var schools []survey.School
	for i := range rapid.IntRange(2, 8).Draw(t, "schools") {
		schools = append(schools, survey.School{Code: survey.SchoolCode(fmt.Sprintf("S%d", i))})
	}
	code := rapid.Custom(func(t *rapid.T) survey.SchoolCode {
		return schools[rapid.IntRange(0, len(schools)-1).Draw(t, "i")].Code
	})
	var l survey.Lineage
	for i := range rapid.IntRange(0, 12).Draw(t, "tries") {
		s := survey.Succession{ID: int64(i + 1), Kind: rapid.SampledFrom([]survey.SuccessionKind{survey.Merging, survey.Parting, survey.Closing}).Draw(t, "kind"),
			Day:    first + survey.Day(rapid.IntRange(-20, 380).Draw(t, "day")),
			Before: rapid.SliceOfN(code, 0, 3).Draw(t, "before"), After: rapid.SliceOfN(code, 0, 3).Draw(t, "after")}
		if more, err := l.With(s, schools, second); err == nil {
			l = more
		}
	}
	return l, schools
}

func askedOn(l survey.Lineage, schools []survey.School, day survey.Day, draw func(int) bool) survey.Asked {
	asked := survey.Asked{Opened: day}
	for i, s := range schools {
		if end, ended := l.Until(s.Code); (!ended || day < end.Day) && draw(i) {
			asked.Schools = append(asked.Schools, s.Code)
		}
	}
	return asked
}

// Whatever happened to the schools: no circles, every heir stands, and every
// school that a round asked is counted once.
func TestEverySchoolIsCountedOnce(t *testing.T) {
	bonds := map[survey.Bond]int{}
	for range 30 { // histories are cheap, and some bonds rare
		rapid.Check(t, countedOnce(bonds))
	}
	for b := survey.SameSchool; b <= survey.Unfollowed; b++ {
		if bonds[b] == 0 {
			t.Errorf("no history had the bond «%s»", b.Name())
		}
	}
}

func countedOnce(bonds map[survey.Bond]int) func(*rapid.T) {
	return func(t *rapid.T) {
		l, schools := drawn(t)
		if faults := l.Faults(schools); len(faults) > 0 {
			t.Fatalf("let through: %v", faults[0])
		}
		draw := func(i int) bool { return rapid.IntRange(0, 9).Draw(t, "asked") > 0 }
		before, after := askedOn(l, schools, first, draw), askedOn(l, schools, second, draw)
		for _, s := range schools {
			for _, heir := range l.Heirs(s.Code, second) {
				if end, ended := l.Until(heir); ended && end.Day <= second {
					t.Fatalf("%s leads to %s, which has ended", s.Code, heir)
				}
			}
		}
		var counted survey.Asked
		for _, k := range l.Between(before, after) {
			bonds[k.Bond]++
			counted.Schools = append(counted.Schools, k.Before...)
			counted.Opened += survey.Day(len(k.After))
			if k.Bond.Comparable() != (len(k.Before) > 0 && len(k.After) > 0 && len(k.Missing) == 0) {
				t.Fatalf("bond %d of %+v", k.Bond, k)
			}
		}
		if got := slices.Sorted(slices.Values(counted.Schools)); !slices.Equal(got, slices.Sorted(slices.Values(before.Schools))) || int(counted.Opened) != len(after.Schools) {
			t.Fatalf("of %v and %v: %v and %d were counted", before.Schools, after.Schools, got, counted.Opened)
		}
	}
}

func TestCounterpartsAddUp(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	form, _ := q.Form("TH")
	stratum := func(code survey.SchoolCode, enrolment int, marks ...survey.Mark) survey.Stratum {
		s := survey.Stratum{School: survey.School{Code: code}, Form: form, Enrolment: enrolment, Tally: form.NewTally()}
		for _, m := range marks {
			form.Add(&s.Tally, survey.Response{Marks: slices.Repeat([]survey.Mark{m}, len(form.Items)+1), Expectation: 80})
		}
		return s
	}
	l := lineage(t, merge(first+9, "C", "A", "B"))
	before := []survey.Stratum{stratum("A", 100, 5, 5, 4), stratum("B", 50, 1), stratum("D", 70, 3)}
	after := []survey.Stratum{stratum("C", 140, 5, 4), stratum("D", 70, 3, 3), stratum("E", 10, 2)}
	kin := l.Between(survey.Asked{Opened: first, Schools: codes{"A", "B", "D"}}, survey.Asked{Opened: second, Schools: codes{"C", "D", "E"}})
	got := survey.Counterparts(kin, before, after)
	if len(got) != 2 || got[0].Kin.Bond != survey.Merged || got[1].Kin.Bond != survey.SameSchool {
		t.Fatalf("counterparts %+v", got)
	}
	c := got[0]
	if c.Before.Enrolment != 150 || c.Before.Heap.Responses != 4 || c.After.Enrolment != 140 || c.After.Heap.Responses != 2 || c.Before.Heap.All.Satisfied != 3*len(form.Items) {
		t.Errorf("A and B against C: %+v", c)
	}
}
