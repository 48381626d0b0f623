package survey

import (
	"cmp"
	"slices"
)

// Asked is the schools that a round asked and the day on which it opened: its
// strata are those of the schools that stood then.
type Asked struct {
	Opened  Day
	Schools []SchoolCode
}

// Bond says how the schools of two rounds belong together.
type Bond uint8

// The bonds. Those up to Regrouped may be compared, each as a whole.
const (
	SameSchool Bond = iota + 1 // one school, the same in both rounds
	Followed                   // one school took over from one
	Merged                     // one school against the sum of those that went into it
	Divided                    // the sum of those that one school was divided into
	Regrouped                  // several became several: only their sums
	OnlyBefore                 // nothing asked in the later round follows it
	OnlyAfter                  // nothing asked in the earlier round went before it
	Unfollowed                 // a part of them was not asked in one of the rounds
)

// Name is the bond as people see it.
func (b Bond) Name() string {
	return map[Bond]string{
		SameSchool: "cùng một trường", Followed: "trường kế tiếp", Merged: "gộp các trường đã sáp nhập", Divided: "gộp các trường tách ra", Regrouped: "gộp cả nhóm trường",
		OnlyBefore: "đợt sau không còn trường để so", OnlyAfter: "đợt trước chưa có trường để so", Unfollowed: "không so được",
	}[b]
}

// Comparable says whether the later round may be held against the earlier one.
func (b Bond) Comparable() bool { return b >= SameSchool && b <= Regrouped }

// Kin is schools of two rounds that belong together: their answers are compared
// as two sums and in no smaller parts.
type Kin struct {
	Bond    Bond
	Before  []SchoolCode // asked in the earlier round
	After   []SchoolCode // asked in the later one
	Missing []SchoolCode // belong to them but were not asked; why the bond is Unfollowed
}

// Between maps the schools of two rounds. Every school that a round asked
// belongs to exactly one kin, so nothing is counted twice. The kin stand in the
// order of their first school.
func (l Lineage) Between(before, after Asked) []Kin {
	f := families{parent: map[SchoolCode]SchoolCode{}}
	for _, code := range slices.Concat(before.Schools, after.Schools) {
		f.root(code)
	}
	var inside Lineage
	for _, s := range l {
		if before.Opened < s.Day && s.Day <= after.Opened {
			inside = append(inside, s)
			f.join(slices.Concat(s.Before, s.After))
		}
	}
	kin := map[SchoolCode]*Kin{}
	of := func(code SchoolCode) *Kin {
		root := f.root(code)
		if kin[root] == nil {
			kin[root] = &Kin{}
		}
		return kin[root]
	}
	for _, code := range distinct(before.Schools) {
		of(code).Before = append(of(code).Before, code)
	}
	for _, code := range distinct(after.Schools) {
		of(code).After = append(of(code).After, code)
	}
	for _, code := range l.unasked(inside, before, after) {
		of(code).Missing = append(of(code).Missing, code)
	}
	return judged(kin)
}

// unasked gives the schools whose answers would be needed to hold one round
// against the other and that a round did not ask: those that went into a
// change without having come out of an earlier one, and those that stood after
// all changes.
func (l Lineage) unasked(inside Lineage, before, after Asked) []SchoolCode {
	came := map[SchoolCode]bool{}
	for _, code := range before.Schools {
		came[code] = true
	}
	asked := map[SchoolCode]bool{}
	for _, code := range after.Schools {
		asked[code] = true
	}
	var missing []SchoolCode
	for _, s := range inside {
		for _, code := range s.Before {
			if !came[code] {
				missing = append(missing, code)
			}
		}
		for _, code := range s.After {
			came[code] = true
			if !asked[code] && l.standsOn(code, after.Opened) {
				missing = append(missing, code)
			}
		}
	}
	return distinct(missing)
}

func judged(kin map[SchoolCode]*Kin) []Kin {
	var all []Kin
	for _, k := range kin {
		if len(k.Before)+len(k.After) == 0 {
			continue
		}
		k.Bond = k.bond()
		all = append(all, *k)
	}
	slices.SortFunc(all, func(a, b Kin) int { return cmp.Compare(a.first(), b.first()) })
	return all
}

func (k Kin) bond() Bond {
	switch b, a := len(k.Before), len(k.After); {
	case len(k.Missing) > 0:
		return Unfollowed
	case a == 0:
		return OnlyBefore
	case b == 0:
		return OnlyAfter
	case b > 1 && a > 1:
		return Regrouped
	case b > 1:
		return Merged
	case a > 1:
		return Divided
	case k.Before[0] != k.After[0]:
		return Followed
	}
	return SameSchool
}

func (k Kin) first() SchoolCode {
	return slices.Min(slices.Concat(k.Before, k.After))
}

func distinct(codes []SchoolCode) []SchoolCode {
	return slices.Compact(slices.Sorted(slices.Values(codes)))
}

// families puts codes that belong together under one of them.
type families struct{ parent map[SchoolCode]SchoolCode }

func (f families) root(code SchoolCode) SchoolCode {
	up, known := f.parent[code]
	if !known {
		f.parent[code] = code
		return code
	}
	if up == code {
		return code
	}
	root := f.root(up)
	f.parent[code] = root
	return root
}

func (f families) join(codes []SchoolCode) {
	for _, code := range codes {
		f.parent[f.root(code)] = f.root(codes[0])
	}
}
