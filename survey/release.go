package survey

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// releaseFormat names the form in which a release is stored.
const releaseFormat = 1

// Release (bản công bố) is a frozen snapshot of everything that a school, a
// commune and the public may see of a round: made once, stored, the same for
// everyone. It holds nothing that may not be seen: see Portion.
type Release struct {
	Format        int              `json:"format"`
	Formula       string           `json:"formula"`
	Round         RoundID          `json:"round"`
	Number        int              `json:"number"` // 1, 2 … of the round
	Title         string           `json:"title"`
	Opens         Day              `json:"opens"`
	Last          Day              `json:"last"`
	Questionnaire Version          `json:"questionnaire"`
	Threshold     Threshold        `json:"threshold"`
	Made          time.Time        `json:"made"`
	Schools       []ReleasedSchool `json:"schools"` // in the order of communes and names
	Portions      []Portion        `json:"portions"`
}

// ReleasedSchool is a school as it was when the release was made.
type ReleasedSchool struct {
	Code  SchoolCode     `json:"code"`
	Name  string         `json:"name"`
	Kind  SchoolKind     `json:"kind"`
	Area  Area           `json:"area"`
	Forms []ReleasedForm `json:"forms"`
}

// ReleasedForm says where a school's answers to one form are. One with too few
// answers and one without any look the same from outside.
type ReleasedForm struct {
	Form      FormCode `json:"form"`
	Enrolment int      `json:"enrolment"`
	Place     Place    `json:"place"`
}

// NewRelease makes the first release of a round from everything that is known
// of it. last is the day on which it ended.
func NewRelease(results Results, last Day, t Threshold) Release {
	return newRelease(results, last, t, t.Places(results.Strata))
}

func newRelease(results Results, last Day, t Threshold, places []Place) Release {
	r := Release{Format: releaseFormat, Formula: FormulaVersion, Round: results.Round.ID, Number: 1, Title: results.Title,
		Opens: results.Round.Opens, Last: last, Questionnaire: results.Questionnaire.Version, Threshold: t, Made: results.Made}
	at := map[SchoolCode]int{}
	for i, s := range results.Strata {
		n, known := at[s.School.Code]
		if !known {
			n = len(r.Schools)
			at[s.School.Code] = n
			r.Schools = append(r.Schools, ReleasedSchool{Code: s.School.Code, Name: s.School.Name, Kind: s.School.Kind, Area: s.School.Area})
		}
		r.Schools[n].Forms = append(r.Schools[n].Forms, ReleasedForm{s.Form.Code, s.Enrolment, places[i]})
	}
	r.Portions = t.portions(results.Strata, places)
	return r
}

// Corrected makes a new release after the latest of those given (all of the
// round, the oldest first). What is counted where stays as it was. A portion
// is counted anew only when the difference to every state of it that was ever
// shown rests on no fewer answers than the threshold, question by question, in
// what came as in what went; else it stays. Conflict when nothing changes: the
// difference between two snapshots could be a single parent's answers.
func Corrected(earlier []Release, results Results) (r Release, changed int, err error) {
	latest := earlier[len(earlier)-1]
	r = newRelease(latest.asked(results), latest.Last, latest.Threshold, latest.places(results.Strata))
	r.Number, r.Schools = latest.Number+1, latest.Schools
	fresh := map[portionKey]*Portion{}
	for i := range r.Portions {
		fresh[r.Portions[i].key()] = &r.Portions[i]
	}
	kept := slices.Clone(latest.Portions)
	for i := range kept {
		after := fresh[kept[i].key()]
		if after == nil || !r.Threshold.Met(after.Responses) || anyTells(earlier, after, r.Threshold) {
			continue
		}
		changed += kept[i].changed(after)
		kept[i] = *after
	}
	r.Portions = kept
	if changed == 0 {
		return latest, 0, Refuse(Conflict, "Chưa có trường nào thay đổi từ %d phiếu trở lên, nên bản công bố giữ nguyên: so hai bản sẽ thấy câu trả lời của vài người",
			"No school has changed by %d answers or more, so the release stays as it is: comparing two would show the answers of a few people", r.Threshold)
	}
	return r, changed, nil
}

// anyTells says whether a portion's new state beside any that was shown would
// show too few answers. All of them count: the public keeps what it saw.
func anyTells(earlier []Release, after *Portion, t Threshold) bool {
	for _, r := range earlier {
		i := slices.IndexFunc(r.Portions, func(p Portion) bool { return p.key() == after.key() })
		if i >= 0 && r.Portions[i].tells(after, t) {
			return true
		}
	}
	return false
}

// asked leaves out strata that the release does not know.
func (r *Release) asked(results Results) Results {
	known := r.placeOf()
	results.Strata = slices.DeleteFunc(slices.Clone(results.Strata), func(s Stratum) bool {
		_, ok := known[stratumName{s.School.Code, s.Form.Code}]
		return !ok
	})
	for i := range results.Strata { // a school may have moved since
		results.Strata[i].School.Area = r.areaOf(results.Strata[i].School)
	}
	return results
}

type stratumName struct {
	school SchoolCode
	form   FormCode
}

func (r *Release) placeOf() map[stratumName]Place {
	at := map[stratumName]Place{}
	for _, s := range r.Schools {
		for _, f := range s.Forms {
			at[stratumName{s.Code, f.Form}] = f.Place
		}
	}
	return at
}

func (r *Release) areaOf(school School) Area {
	if s, err := r.School(school.Code); err == nil {
		return s.Area
	}
	return school.Area
}

// places gives the strata that the release knows the places they had.
func (r *Release) places(strata []Stratum) []Place {
	known := r.placeOf()
	var places []Place
	for _, s := range strata {
		if p, ok := known[stratumName{s.School.Code, s.Form.Code}]; ok {
			places = append(places, p)
		}
	}
	return places
}

// School gives a school of the release, or NotFound.
func (r *Release) School(code SchoolCode) (ReleasedSchool, error) {
	i := slices.IndexFunc(r.Schools, func(s ReleasedSchool) bool { return s.Code == code })
	if i < 0 {
		return ReleasedSchool{}, Refuse(NotFound, "Đợt này không hỏi ý kiến về trường này", "The round did not ask about this school")
	}
	return r.Schools[i], nil
}

// Encode writes the release as it is stored and sealed: the same release gives
// the same bytes.
func (r *Release) Encode() ([]byte, error) { return json.Marshal(r) }

// DecodeRelease reads what Encode wrote.
func DecodeRelease(b []byte) (r Release, err error) {
	if err := json.Unmarshal(b, &r); err != nil {
		return r, fmt.Errorf("survey: read a release: %w", err)
	}
	if r.Format != releaseFormat {
		return r, fmt.Errorf("survey: release in form %d, this program knows %d", r.Format, releaseFormat)
	}
	return r, nil
}
