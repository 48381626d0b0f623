package survey

import (
	_ "embed" // the communes of the province
	"strings"
)

//go:embed areas.csv
var areasCSV string

// AreaCode is the official code of a commune or ward.
type AreaCode string

// Area is a commune or ward (xã, phường): the only tier below the province.
type Area struct {
	Code AreaCode
	Type string // Xã or Phường
	Name string

	Until Day      // the first on which it is no more; 0: it is
	Into  AreaCode // the one that it went into
}

// Title is the area as it is written: «Xã Ea Kar».
func (a Area) Title() string { return a.Type + " " + a.Name }

// Areas finds communes by code and by name.
type Areas struct {
	list   []Area
	byCode map[AreaCode]Area
	byName map[string][]Area // by folded name, with and without the type
	gone   []Area            // those that are no more, for the sentence that says so
}

// BuiltInAreas gives the 102 communes and wards of the province.
func BuiltInAreas() Areas {
	var list []Area
	for _, line := range strings.Split(strings.TrimSpace(areasCSV), "\n")[1:] {
		part := strings.SplitN(strings.TrimSpace(line), ",", 3)
		list = append(list, Area{Code: AreaCode(part[0]), Type: part[1], Name: CleanLine(part[2])})
	}
	return NewAreas(list)
}

// NewAreas indexes a list of areas. Those that are no more are found by nobody.
func NewAreas(list []Area) Areas {
	a := Areas{byCode: map[AreaCode]Area{}, byName: map[string][]Area{}}
	for _, area := range list {
		if area.Until != 0 {
			a.gone = append(a.gone, area)
			continue
		}
		a.list = append(a.list, area)
		a.byCode[area.Code] = area
		for _, name := range []string{area.Name, area.Title()} {
			a.byName[Fold(name)] = append(a.byName[Fold(name)], area)
		}
	}
	return a
}

// All gives the areas in the order of their list.
func (a Areas) All() []Area { return a.list }

// ByCode gives the area with that code.
func (a Areas) ByCode(code AreaCode) (Area, bool) {
	area, ok := a.byCode[code]
	return area, ok
}

// Find reads an area from what a list says of it: its name («Xã Ea Kar», «ea
// kar») and, where there is one, its code. Both must mean the same area.
func (a Areas) Find(name, code string) (Area, error) {
	name, code = CleanLine(name), CleanLine(code)
	coded, known := a.byCode[AreaCode(code)]
	named := a.byName[Fold(name)]
	switch {
	case name == "" && code == "":
		return Area{}, Refuse(Invalid, "Chưa ghi xã/phường. Ghi tên xã hoặc phường của trường", "The commune is missing")
	case name == "" && known:
		return coded, nil
	case code == "" && len(named) == 1:
		return named[0], nil
	case len(named) == 0 && !known:
		if old, was := a.former(name, code); was {
			return Area{}, Refuse(Invalid, "%s đã sáp nhập từ %s. Ghi tên xã/phường mới: %s", "%s was merged on %s; write the new commune: %s", old.Title(), old.Until, a.byCode[old.Into].Title())
		}
		return Area{}, Refuse(Invalid, "Không có xã/phường này trong danh mục. Xem lại tên hoặc mã xã",
			"No such commune in the province's list; check its name or code")
	case code == "" && len(named) > 1:
		return Area{}, Refuse(Invalid, "Có nhiều xã/phường cùng tên. Ghi thêm mã xã", "Several communes have this name; add the code")
	}
	for _, area := range named {
		if known && area.Code == coded.Code {
			return area, nil
		}
	}
	return Area{}, Refuse(Invalid, "Tên xã/phường và mã xã «%s» không khớp nhau. Sửa một trong hai ô",
		"The commune's name and the code %q do not match; correct one of them", code)
}

// former gives the area that a name or a code meant before it was merged.
func (a Areas) former(name, code string) (Area, bool) {
	for _, area := range a.gone {
		if code != "" && string(area.Code) == code || name != "" && (Fold(name) == Fold(area.Name) || Fold(name) == Fold(area.Title())) {
			return area, true
		}
	}
	return Area{}, false
}
