package office

import (
	"strconv"

	"hailong/survey"
)

// fewText says that fewer have answered than one step.
var fewText = "dưới " + strconv.Itoa(survey.CountStep)

// coarsen puts the counts into the steps that a school sees of itself: each
// school by its forms, and everything else summed from these, so that nobody
// finds by subtracting what no school's own page shows. It leaves nothing of
// single days. A school should then be reminded only while it has few.
func (s *shown) coarsen(targets survey.Targets) {
	s.coarse, s.counts = true, nil
	for i := range s.strata {
		tally := &s.strata[i].Tally
		stepped := survey.Participation{Responses: tally.Responses}.InSteps()
		tally.Responses, tally.Helped = stepped.Responses, 0
	}
	for i := range s.schools {
		one := &s.schools[i]
		one.Participation, one.Latest = one.Participation.InSteps(), 0
		for k := range one.Forms {
			one.Forms[k].Participation = one.Forms[k].Participation.InSteps()
		}
		one.Attainment, one.Reason = one.Against(targets), ""
		if one.Responses == 0 {
			one.Reason = survey.NoResponse
		}
	}
}

// unremind leaves nothing to remind of: the round takes no responses.
func (s *shown) unremind() {
	for i := range s.schools {
		s.schools[i].Reason, s.schools[i].Latest = "", 0
	}
}

// open says whether the round takes responses.
func (s shown) open() bool { return s.round.State == survey.Open }

// summed is a share of several counts. Where they are steps and none has a
// whole one, the sum says nothing.
func (s shown) summed(p survey.Participation) share {
	out := shareOf(p)
	if s.coarse && p.Responses == 0 {
		out.Text, out.Percent = "–", "–"
	}
	return out
}

// steppedShare is the share of one school or form, in steps.
func steppedShare(p survey.Participation) share {
	p = p.InSteps()
	out := shareOf(p)
	if p.Responses == 0 {
		out.Text, out.Percent = fewText, "–"
	}
	return out
}

// entries prepares the schools for the list.
func (s shown) entries() []entry {
	all := entries(s.schools)
	for i := range all {
		all[i].coarse = s.coarse
	}
	return all
}

// filter is the form that narrows the list, with what the account can look for.
func (s shown) filter(all []entry) filter {
	f := s.selection.filter(all)
	var states []choice
	for _, c := range f.States {
		if c.Value == silentOnly && s.coarse {
			c.Text = "Dưới " + strconv.Itoa(survey.CountStep) + " phiếu"
		}
		if c.Value != remindOnly || s.open() {
			states = append(states, c)
		}
	}
	f.States = states
	return f
}
