package survey

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Target (mức cần đạt) is how many should answer at one level of a school.
type Target struct {
	Rate  int // percent of the enrolment, 0–100; 0: none is asked
	Least int // responses; 0: none is asked
}

// maxLeast bounds the least number of responses; no school has as many learners.
const maxLeast = 10_000

// Needs gives the responses that reach the target where so many are asked:
// enough for the rate and for the least number, but never more than there are
// people. 0 when nothing is asked.
func (t Target) Needs(enrolment int) int {
	rate := (t.Rate*enrolment + 99) / 100
	return max(rate, min(t.Least, enrolment))
}

// String says a target to people.
func (t Target) String() string {
	switch {
	case t.Rate > 0 && t.Least > 0:
		return fmt.Sprintf("%d%% và ít nhất %s phiếu", t.Rate, Count(t.Least))
	case t.Rate > 0:
		return fmt.Sprintf("%d%%", t.Rate)
	case t.Least > 0:
		return fmt.Sprintf("ít nhất %s phiếu", Count(t.Least))
	}
	return "không đặt mức"
}

// Targets are the targets of the levels that have one.
type Targets map[Level]Target

// ParseTargets reads targets such as "MN 50/30, TH 60, THPT 0/100": the level,
// the rate in percent and, after a slash, the least number of responses.
// Nothing, or "0", means that no level has a target.
func ParseTargets(s string) (Targets, error) {
	targets := Targets{}
	if s = strings.TrimSpace(s); s == "" || s == "0" {
		return targets, nil
	}
	for _, part := range strings.Split(s, ",") {
		level, numbers, _ := strings.Cut(strings.TrimSpace(part), " ")
		rate, least, _ := strings.Cut(numbers, "/")
		l := Level(strings.ToUpper(level))
		if _, twice := targets[l]; twice || !slices.Contains(Levels(), l) {
			return nil, Refuse(Invalid, "Mức «%s» không đúng. Ghi cấp học, tỷ lệ và số phiếu ít nhất, ví dụ TH 60/30",
				"Target %q is not valid; write level, rate and least number, such as TH 60/30", cut(part))
		}
		t, err := ParseTarget(rate, least)
		if err != nil {
			return nil, err
		}
		if t != (Target{}) {
			targets[l] = t
		}
	}
	return targets, nil
}

// ParseTarget reads a rate in percent and a least number of responses; an empty
// one asks nothing. The fields of its refusal are rate and least.
func ParseTarget(rate, least string) (t Target, err error) {
	var wrong []FieldError
	var ok bool
	if t.Rate, ok = boundedNumber(strings.TrimSuffix(strings.TrimSpace(rate), "%"), 100); !ok {
		wrong = append(wrong, FieldError{Field: "rate", Message: fmt.Sprintf("Tỷ lệ «%s» không đúng. Ghi số phần trăm từ 0 đến 100", cut(rate))})
	}
	if t.Least, ok = boundedNumber(strings.ReplaceAll(strings.TrimSpace(least), ".", ""), maxLeast); !ok {
		wrong = append(wrong, FieldError{Field: "least", Message: fmt.Sprintf("Số phiếu «%s» không đúng. Ghi số từ 0 đến %s", cut(least), Count(maxLeast))})
	}
	if wrong == nil {
		return t, nil
	}
	refusal := Refuse(Invalid, "%[1]s", "A target needs a rate from 0 to 100 and a least number from 0 to %[2]d", wrong[0].Message, maxLeast)
	refusal.Fields = wrong
	return Target{}, refusal
}

// boundedNumber reads a number from 0 to most; nothing is 0.
func boundedNumber(s string, most int) (int, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= most && s[0] != '+'
}

// String writes targets as ParseTargets reads them, in the order of the levels.
func (t Targets) String() string {
	var parts []string
	for _, l := range Levels() {
		if one, ok := t[l]; ok && one != (Target{}) {
			parts = append(parts, fmt.Sprintf("%s %d/%d", l, one.Rate, one.Least))
		}
	}
	if parts == nil {
		return "0"
	}
	return strings.Join(parts, ", ")
}

// Equal says whether both ask the same.
func (t Targets) Equal(o Targets) bool { return maps.Equal(t, o) }

// Attainment is where a school stands against the targets of its levels.
type Attainment struct {
	Needed  int // responses that reach the targets of all its levels
	Missing int // of these, still to come
}

// Asked says whether any of the school's levels has a target.
func (a Attainment) Asked() bool { return a.Needed > 0 }

// Reached says whether every target of the school's levels is reached. A school
// of which nothing is asked has reached nothing.
func (a Attainment) Reached() bool { return a.Needed > 0 && a.Missing == 0 }

// Against compares the school with the targets, level by level: many responses
// at one level make up for none at another.
func (s SchoolParticipation) Against(targets Targets) Attainment {
	var out Attainment
	for level, target := range targets {
		var p Participation
		for _, f := range s.Forms {
			if f.Form.Level == level {
				p.Enrolment += f.Enrolment
				p.Responses += f.Responses
			}
		}
		needed := target.Needs(p.Enrolment)
		out.Needed += needed
		out.Missing += max(0, needed-p.Responses)
	}
	return out
}

// Reached counts the schools of which something is asked, and those of them
// that have reached it.
func Reached(schools []SchoolParticipation, targets Targets) (reached, asked int) {
	for _, s := range schools {
		attainment := s.Against(targets)
		if attainment.Asked() {
			asked++
		}
		if attainment.Reached() {
			reached++
		}
	}
	return reached, asked
}
