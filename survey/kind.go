package survey

import "slices"

// SchoolKind (loại hình) is the kind of a school, as offices write it.
type SchoolKind string

type kindRow struct {
	kind     SchoolKind
	levels   []Level
	synonyms []string // folded
}

// kinds is the table of kinds with their usual levels and other spellings.
var kinds = []kindRow{
	{"MN", []Level{LevelMN}, []string{"mam non", "mau giao", "nha tre", "truong mam non", "truong mau giao", "mg"}},
	{"TH", []Level{LevelTH}, []string{"tieu hoc", "truong tieu hoc"}},
	{"THCS", []Level{LevelTHCS}, []string{"trung hoc co so", "truong thcs"}},
	{"TH&THCS", []Level{LevelTH, LevelTHCS}, []string{"th thcs", "th va thcs", "tieu hoc va trung hoc co so", "tieu hoc va thcs"}},
	{"THPT", []Level{LevelTHPT}, []string{"trung hoc pho thong", "thpt chuyen", "truong thpt"}},
	{"THCS&THPT", []Level{LevelTHCS, LevelTHPT}, []string{"thcs thpt", "thcs va thpt", "trung hoc co so va trung hoc pho thong"}},
	{"TH&THCS&THPT", []Level{LevelTH, LevelTHCS, LevelTHPT}, []string{"th thcs thpt", "th thcs va thpt", "tieu hoc thcs va thpt"}},
	{"MN&TH", []Level{LevelMN, LevelTH}, []string{"mn th", "mam non va tieu hoc", "mn va th"}},
	{"PTDTNT", []Level{LevelTHCS, LevelTHPT}, []string{"pho thong dan toc noi tru", "dan toc noi tru", "ptdtnt thcs", "ptdtnt thpt", "ptdtnt thcs thpt", "dtnt"}},
	{"PTDTBT", []Level{LevelTH, LevelTHCS}, []string{"pho thong dan toc ban tru", "dan toc ban tru", "ptdtbt th", "ptdtbt thcs", "ptdtbt th thcs", "dtbt"}},
	{"GDTX", []Level{LevelGDTX}, []string{"giao duc thuong xuyen", "gdnn gdtx", "ttgdtx", "tt gdtx", "tt gdnn gdtx", "trung tam gdtx", "trung tam gdnn gdtx",
		"trung tam giao duc thuong xuyen", "trung tam giao duc nghe nghiep giao duc thuong xuyen"}},
}

// SchoolKinds gives every kind in the usual order.
func SchoolKinds() []SchoolKind {
	out := make([]SchoolKind, len(kinds))
	for i, row := range kinds {
		out[i] = row.kind
	}
	return out
}

// ParseSchoolKind reads a kind by its abbreviation or any usual spelling of it,
// whatever the case, accents and signs between the parts.
func ParseSchoolKind(s string) (SchoolKind, error) {
	folded := Fold(s)
	for _, row := range kinds {
		if folded != "" && (folded == Fold(string(row.kind)) || slices.Contains(row.synonyms, folded)) {
			return row.kind, nil
		}
	}
	if folded == "" {
		return "", Refuse(Invalid, "Chưa ghi loại hình trường. Ghi một trong: %s", "The kind of school is missing; use one of %s", kindList())
	}
	return "", Refuse(Invalid, "Không có loại hình này. Ghi một trong: %s", "No such kind of school; use one of %s", kindList())
}

// UsualLevels gives the levels that schools of the kind have.
func (k SchoolKind) UsualLevels() []Level {
	for _, row := range kinds {
		if row.kind == k {
			return row.levels
		}
	}
	return nil
}

func kindList() string {
	out := ""
	for i, row := range kinds {
		if i > 0 {
			out += ", "
		}
		out += string(row.kind)
	}
	return out
}
