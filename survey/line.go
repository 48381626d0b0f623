package survey

import "slices"

// Line is one line of the released tables: the sum of whole portions. Every
// count of it carries its own number of answers, because a question with too
// few answers in a portion is left out there.
//
// The figures of a group and of all questions are sums of the answers that are
// shown, never of a respondent's own mean: else a question that is hidden
// could be computed from the group and the others.
type Line struct {
	Schools     int // with enough answers for a line of their own, each form counted
	Few         int // in buckets
	Enrolment   int
	Responses   int
	All         Counts
	Groups      []Counts // as the groups of the questionnaire
	Overall     Counts
	Expectation Histogram
	Items       []Counts // as the items of the form, the overall one last; nil over several forms
}

// Empty says whether there is nothing to show.
func (l Line) Empty() bool { return l.Responses == 0 }

// OfficeTables gives the same lines with nothing hidden, for the office's own
// pages: every stratum has its line, whatever it rests on.
func OfficeTables(results Results) Tables {
	r := NewRelease(results, results.LastDay(), Internal)
	return Tables{Release: &r, Questionnaire: results.Questionnaire}
}

// Tables gives the lines of a release. Pages and files take their figures from
// here and from nowhere else; each line is a union of portions.
type Tables struct {
	*Release
	Questionnaire *Questionnaire // the version that the release names
}

// Province is the line of everybody.
func (t Tables) Province() Line { return t.line(func(*Portion) bool { return true }) }

// OfLevel is the line of a level of schooling.
func (t Tables) OfLevel(level Level) Line {
	return t.line(func(p *Portion) bool { return t.form(p).Level == level })
}

// OfForm is the line of a form, with its items.
func (t Tables) OfForm(form FormCode) Line {
	return t.line(func(p *Portion) bool { return p.Form == form })
}

// OfArea is the line of a commune. Its schools that are counted higher up are
// not in it.
func (t Tables) OfArea(area AreaCode) Line {
	return t.line(func(p *Portion) bool { return p.Area == area })
}

// OfAreaForm is the line of a form in a commune.
func (t Tables) OfAreaForm(area AreaCode, form FormCode) Line {
	return t.line(func(p *Portion) bool { return p.Area == area && p.Form == form })
}

// OfBucket is the line of a commune's schools that have few answers to a form.
func (t Tables) OfBucket(area AreaCode, form FormCode) Line {
	return t.line(func(p *Portion) bool { return p.Area == area && p.Form == form && p.School == "" })
}

// OfSchool is the line of a school's answers to a form.
func (t Tables) OfSchool(school SchoolCode, form FormCode) Line {
	return t.line(func(p *Portion) bool { return p.School == school && p.Form == form })
}

// line adds up the portions asked for.
func (t Tables) line(in func(*Portion) bool) Line {
	l := Line{Groups: make([]Counts, len(t.Questionnaire.Groups))}
	forms := map[FormCode]bool{}
	for i := range t.Portions {
		if p := &t.Portions[i]; in(p) {
			forms[p.Form] = true
			l.add(p, t.form(p))
		}
	}
	if len(forms) > 1 {
		l.Items = nil
	}
	return l
}

func (l *Line) add(p *Portion, f *Form) {
	if p.School == "" {
		l.Few += p.Schools
	} else {
		l.Schools++
	}
	l.Enrolment += p.Enrolment
	l.Responses += p.Responses
	l.Expectation.merge(p.Expectation)
	if l.Items == nil {
		l.Items = make([]Counts, 0, len(p.Items))
	}
	for len(l.Items) < len(p.Items) {
		l.Items = append(l.Items, Counts{})
	}
	for i, counts := range p.Items {
		l.Items[i].add(counts)
		if i == len(f.Items) {
			l.Overall.add(counts)
			continue
		}
		l.All.add(counts)
		l.Groups[f.groupOf[i]].add(counts)
	}
}

// form gives the form of a portion; a release names no other questionnaire's.
func (t Tables) form(p *Portion) *Form {
	f, ok := t.Questionnaire.Form(string(p.Form))
	if !ok {
		return &Form{}
	}
	return f
}

// Forms gives the forms of the round that have a line, in the questionnaire's
// order.
func (t Tables) Forms() []*Form {
	return slices.DeleteFunc(slices.Clone(t.Questionnaire.Forms), func(f *Form) bool { return t.OfForm(f.Code).Empty() })
}

// Asks says whether any school was asked a form.
func (r *Release) Asks(form FormCode) bool {
	return slices.ContainsFunc(r.Schools, func(s ReleasedSchool) bool {
		return slices.ContainsFunc(s.Forms, func(f ReleasedForm) bool { return f.Form == form })
	})
}

// Area gives a commune whose schools were asked.
func (r *Release) Area(code AreaCode) (Area, bool) {
	i := slices.IndexFunc(r.Schools, func(s ReleasedSchool) bool { return s.Area.Code == code })
	if i < 0 {
		return Area{}, false
	}
	return r.Schools[i].Area, true
}

// Areas gives the communes whose schools were asked, in the order of the
// release.
func (r *Release) Areas() []Area {
	var areas []Area
	seen := map[AreaCode]bool{}
	for _, s := range r.Schools {
		if !seen[s.Area.Code] {
			seen[s.Area.Code] = true
			areas = append(areas, s.Area)
		}
	}
	return areas
}

// Gap says how much a line leaves out: the answers of strata that have a few
// each, as far as those that it names are concerned. Strata without any answer
// cannot be told from them and are in it too.
type Gap struct{ Schools int }

// AskedEnrolment is how many people the round asked in an area with a form, as
// frozen for the round, whether they have a line or not; an empty area or form
// means all. It rests on no answer, so it tells none: what it must never stand
// beside is the number of all answers, which would give those that are hidden.
func (r *Release) AskedEnrolment(area AreaCode, form FormCode) (n int) {
	for _, s := range r.Schools {
		for _, f := range s.Forms {
			if (area == "" || s.Area.Code == area) && (form == "" || f.Form == form) {
				n += f.Enrolment
			}
		}
	}
	return n
}

// GapOf counts the schools' forms that are counted in no line of an area; with
// no area, in no line at all.
func (r *Release) GapOf(area AreaCode) (g Gap) {
	for _, s := range r.Schools {
		for _, f := range s.Forms {
			missing := f.Place == NoLine || area != "" && f.Place == ProvinceBucket
			if missing && (area == "" || s.Area.Code == area) {
				g.Schools++
			}
		}
	}
	return g
}
