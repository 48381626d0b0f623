package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// SchoolChanges says what loading a list would do. A school that the list no
// longer has is reported and stays.
type SchoolChanges struct {
	Added    []School
	Changed  []SchoolChange
	Same     int
	Unlisted []School // stand, and the list lacks them
	Ended    []School // have ended by a succession, and the list still has them; they stay ended
}

// SchoolChange is one school before and after.
type SchoolChange struct{ Before, After School }

// FieldChange is one field of a school before and after; empty where it had
// none.
type FieldChange struct{ What, Before, After string }

// Fields gives the fields that differ, in the order of the list's columns.
func (c SchoolChange) Fields() []FieldChange {
	var out []FieldChange
	add := func(what, before, after string) {
		if before != after {
			out = append(out, FieldChange{what, before, after})
		}
	}
	add("tên", c.Before.Name, c.After.Name)
	add("loại hình", string(c.Before.Kind), string(c.After.Kind))
	add("xã/phường", c.Before.Area.Title(), c.After.Area.Title())
	add("địa chỉ", c.Before.Address, c.After.Address)
	for _, l := range Levels() {
		add("sĩ số "+string(l), learnersText(c.Before, l), learnersText(c.After, l))
	}
	if c.Before.From != c.After.From {
		add("hoạt động từ", fromText(c.Before.From), fromText(c.After.From))
	}
	return out
}

// String says what differs in one line.
func (c SchoolChange) String() string {
	var parts []string
	for _, f := range c.Fields() {
		parts = append(parts, fmt.Sprintf("%s «%s» → «%s»", f.What, f.Before, f.After))
	}
	return strings.Join(parts, "; ")
}

func learnersText(s School, l Level) string {
	if s.Enrolment[l] == 0 {
		return ""
	}
	return Count(s.Enrolment[l])
}

func fromText(d Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// Any says whether loading the list would change anything.
func (c SchoolChanges) Any() bool { return len(c.Added)+len(c.Changed) > 0 }

// CompareSchools compares the stored schools with a list, by code.
func CompareSchools(stored, listed []School) SchoolChanges {
	before := make(map[SchoolCode]School, len(stored))
	for _, s := range stored {
		before[s.Code] = s
	}
	var c SchoolChanges
	for _, s := range listed {
		old, known := before[s.Code]
		s.Link, s.From, s.Until = old.Link, old.From, old.Until
		if s.Until != 0 {
			c.Ended = append(c.Ended, s)
		}
		switch {
		case !known:
			c.Added = append(c.Added, s)
		case old.SameEntry(s):
			c.Same++
		default:
			c.Changed = append(c.Changed, SchoolChange{Before: old, After: s})
		}
		delete(before, s.Code)
	}
	for _, s := range before {
		if s.Until == 0 {
			c.Unlisted = append(c.Unlisted, s)
		}
	}
	slices.SortFunc(c.Unlisted, func(a, b School) int { return cmp.Compare(a.Code, b.Code) })
	return c
}

// SameAs says whether both would do the same to the same schools.
func (c SchoolChanges) SameAs(other SchoolChanges) bool {
	return c.Same == other.Same &&
		slices.EqualFunc(c.Added, other.Added, School.SameEntry) &&
		slices.EqualFunc(c.Unlisted, other.Unlisted, School.SameEntry) &&
		slices.EqualFunc(c.Ended, other.Ended, School.SameEntry) &&
		slices.EqualFunc(c.Changed, other.Changed, func(a, b SchoolChange) bool {
			return a.Before.SameEntry(b.Before) && a.After.SameEntry(b.After)
		})
}
