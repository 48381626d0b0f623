package survey

import "slices"

// CountStep is the size of the steps in which a school sees how many of its
// responses have arrived, so that nobody can watch one parent answer.
const CountStep = 5

// Participation (tham gia) is how many of those asked have answered. It says
// nothing of what they answered, so it may be seen while a round is open.
type Participation struct {
	Enrolment int // N of all strata: a learner whom two forms ask for counts in both
	Responses int
	Helped    int // of these, filled in with somebody's help
}

// Rate is the response rate in percent; over 100 is shown, not capped. It is
// false when nobody was asked.
func (p Participation) Rate() (float64, bool) {
	return Figures{Enrolment: p.Enrolment, Responses: p.Responses}.Rate()
}

// InSteps gives the participation as a school may see it: responses rounded
// down to a multiple of CountStep. 0 then means «fewer than CountStep».
func (p Participation) InSteps() Participation {
	p.Responses -= p.Responses % CountStep
	p.Helped = 0 // this, too, would show one person's answering
	return p
}

func (p *Participation) add(s Stratum) {
	p.Enrolment += s.Enrolment
	p.Responses += s.Tally.Responses
	p.Helped += s.Tally.Helped
}

// ParticipationOf gives the participation in all strata together.
func ParticipationOf(strata []Stratum) Participation {
	var p Participation
	for _, s := range strata {
		p.add(s)
	}
	return p
}

// SchoolParticipation is the participation in one school.
type SchoolParticipation struct {
	School School
	Participation
	Forms []FormParticipation
}

// FormParticipation is the participation in one form of a school.
type FormParticipation struct {
	Form *Form
	Participation
}

// ParticipationBySchool gives the participation of each school, in the order
// in which the strata name the schools first.
func ParticipationBySchool(strata []Stratum) []SchoolParticipation {
	var schools []SchoolParticipation
	at := map[SchoolCode]int{}
	for _, s := range strata {
		i, known := at[s.School.Code]
		if !known {
			i = len(schools)
			at[s.School.Code] = i
			schools = append(schools, SchoolParticipation{School: s.School})
		}
		schools[i].add(s)
		schools[i].Forms = append(schools[i].Forms, FormParticipation{s.Form, ParticipationOf([]Stratum{s})})
	}
	return schools
}

// LevelParticipation is the participation at one level of schooling.
type LevelParticipation struct {
	Level Level
	Participation
	Schools int // asked at this level
	Silent  int // of these, without a response at this level
}

// ParticipationByLevel gives the participation of each level that was asked,
// in the usual order of levels.
func ParticipationByLevel(strata []Stratum) []LevelParticipation {
	var levels []LevelParticipation
	for _, level := range Levels() {
		at := slices.DeleteFunc(slices.Clone(strata), func(s Stratum) bool { return s.Form.Level != level })
		if len(at) == 0 {
			continue
		}
		schools := ParticipationBySchool(at)
		levels = append(levels, LevelParticipation{level, ParticipationOf(at), len(schools), Silent(schools)})
	}
	return levels
}

// Silent counts the schools without a response.
func Silent(schools []SchoolParticipation) int {
	n := 0
	for _, s := range schools {
		if s.Responses == 0 {
			n++
		}
	}
	return n
}
