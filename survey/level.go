package survey

// Level is a level of schooling (cấp học).
type Level string

// The levels.
const (
	LevelMN   Level = "MN"
	LevelTH   Level = "TH"
	LevelTHCS Level = "THCS"
	LevelTHPT Level = "THPT"
	LevelGDTX Level = "GDTX"
)

// Levels gives all levels in their usual order.
func Levels() []Level {
	return []Level{LevelMN, LevelTH, LevelTHCS, LevelTHPT, LevelGDTX}
}

// Name is the level's name in Vietnamese.
func (l Level) Name() string {
	switch l {
	case LevelMN:
		return "Mầm non"
	case LevelTH:
		return "Tiểu học"
	case LevelTHCS:
		return "Trung học cơ sở"
	case LevelTHPT:
		return "Trung học phổ thông"
	case LevelGDTX:
		return "Giáo dục thường xuyên"
	}
	return string(l)
}

// Enrolment (sĩ số) is the number of learners at each level of a school; a
// level that the school does not have is absent.
type Enrolment map[Level]int

// Total is the number of learners at all levels.
func (e Enrolment) Total() int {
	total := 0
	for _, n := range e {
		total += n
	}
	return total
}

// Equal says whether both have the same levels with the same numbers.
func (e Enrolment) Equal(other Enrolment) bool {
	for _, l := range Levels() {
		if e[l] != other[l] {
			return false
		}
	}
	return true
}
