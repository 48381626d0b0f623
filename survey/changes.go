package survey

import (
	"cmp"
	"slices"
)

// SchoolChanges says what loading a list would do. A school that the list no
// longer has is reported and stays.
type SchoolChanges struct {
	Added    []School
	Changed  []SchoolChange
	Same     int
	Unlisted []School
}

// SchoolChange is one school before and after.
type SchoolChange struct{ Before, After School }

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
		s.Link = old.Link
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
		c.Unlisted = append(c.Unlisted, s)
	}
	slices.SortFunc(c.Unlisted, func(a, b School) int { return cmp.Compare(a.Code, b.Code) })
	return c
}
