package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hailong/survey"
)

// SchoolField is what a column of a school list holds. The five enrolment
// columns are named by their level: "MN", "TH", "THCS", "THPT", "GDTX".
type SchoolField string

// The fields beside the levels. Number and Faults are recognised so that
// nobody asks about them; they are not read.
const (
	FieldNumber   SchoolField = "number"
	FieldCode     SchoolField = "code"
	FieldName     SchoolField = "name"
	FieldKind     SchoolField = "kind"
	FieldArea     SchoolField = "area"
	FieldAreaCode SchoolField = "area-code"
	FieldAddress  SchoolField = "address"
	FieldFaults   SchoolField = "faults"
)

type fieldRow struct {
	field    SchoolField
	title    string
	synonyms []string // folded
}

// fields is the table of columns with their usual headers.
var fields = []fieldRow{
	{FieldNumber, "STT", []string{"stt", "tt", "so tt", "so thu tu", "thu tu"}},
	{FieldCode, "Mã trường", []string{"ma truong", "ma so", "ma", "ma csdl", "ma don vi", "ma so truong", "ma truong csdl", "ma csdl nganh",
		"ma truong csdl nganh", "ma dinh danh", "ma dinh danh truong", "ma dinh danh csdl", "ma co so", "ma co so giao duc", "ma co so gd",
		"ma csgd", "ma cs gd", "ma so don vi", "ma don vi csdl", "ma truong hoc", "ma so co so giao duc", "ma truong moet", "ma moet"}},
	{FieldName, "Tên trường", []string{"ten truong", "truong", "ten don vi", "don vi", "ten co so giao duc", "co so giao duc", "ten co so gd",
		"ten csgd", "ten cs gd", "ten co so", "ten nha truong", "nha truong", "ten truong hoc", "truong hoc", "ten don vi truong", "ten truong don vi",
		"ten truong trung tam", "truong trung tam", "ten don vi truong hoc", "ho ten truong", "ten day du", "ten day du cua truong"}},
	{FieldKind, "Loại hình", []string{"loai hinh", "loai truong", "loai hinh truong", "loai", "cap hoc", "bac hoc", "cap", "cap truong",
		"loai hinh co so giao duc", "loai hinh co so", "loai hinh don vi", "loai don vi", "loai co so giao duc", "nhom truong", "loai hinh cap hoc", "cap day"}},
	{FieldArea, "Xã/Phường", []string{"xa phuong", "phuong xa", "xa", "phuong", "ten xa", "ten phuong", "ten xa phuong", "ten phuong xa", "dia ban",
		"dia ban xa phuong", "don vi hanh chinh", "ten don vi hanh chinh", "dvhc", "ten dvhc", "dvhc cap xa", "don vi hanh chinh cap xa",
		"xa phuong thi tran", "xa phuong dac khu", "thuoc xa phuong", "thuoc xa", "dia ban xa", "cap xa"}},
	{FieldAreaCode, "Mã xã", []string{"ma xa", "ma phuong", "ma xa phuong", "ma phuong xa", "ma dvhc", "ma don vi hanh chinh", "ma so xa",
		"ma dia ban", "ma xa phuong thi tran", "ma xa phuong dac khu", "ma dvhc cap xa"}},
	{FieldAddress, "Địa chỉ", []string{"dia chi", "dia chi truong", "dia chi tru so", "tru so", "dia diem", "dia chi co so", "dia chi lien he", "noi dat tru so"}},
	{FieldFaults, "Lỗi", []string{"loi"}},
	{SchoolField(survey.LevelMN), "Mầm non", []string{"mam non", "mn", "mau giao", "mg", "nha tre", "nha tre mau giao", "mau giao nha tre", "nt mg",
		"giao duc mam non", "gdmn", "mam non mau giao", "nha tre va mau giao"}},
	{SchoolField(survey.LevelTH), "Tiểu học", []string{"tieu hoc", "th", "cap 1", "cap i", "c1", "giao duc tieu hoc", "gdth"}},
	{SchoolField(survey.LevelTHCS), "THCS", []string{"thcs", "trung hoc co so", "cap 2", "cap ii", "c2", "giao duc thcs"}},
	{SchoolField(survey.LevelTHPT), "THPT", []string{"thpt", "trung hoc pho thong", "cap 3", "cap iii", "c3", "giao duc thpt"}},
	{SchoolField(survey.LevelGDTX), "GDTX", []string{"gdtx", "giao duc thuong xuyen", "thuong xuyen", "gdnn gdtx", "tt gdtx", "bo tuc", "trung tam gdtx"}},
}

// alone are headers that name a level only when nothing stands beside them.
var alone = map[string]SchoolField{
	"so tre": SchoolField(survey.LevelMN), "so tre em": SchoolField(survey.LevelMN), "tre": SchoolField(survey.LevelMN),
	"so chau": SchoolField(survey.LevelMN), "hoc vien": SchoolField(survey.LevelGDTX), "so hoc vien": SchoolField(survey.LevelGDTX),
}

// fillers are the words around a level that do not change what is counted:
// learners. Words such as «lớp», «giáo viên» or «nữ» are not among them.
var fillers = []string{"hoc sinh", "hoc vien", "nguoi hoc", "nam hoc", "si so", "quy mo", "so luong", "trong do", "tre em", "cap hoc", "bac hoc",
	"chia theo", "so", "tong", "ts", "sl", "hs", "hv", "tre", "chau", "nguoi", "cac", "theo", "va", "khoi", "bac"}

var (
	bracketed = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)
	schoolDay = regexp.MustCompile(`^(19|20)\d\d$`) // a year
	ordinal   = regexp.MustCompile(`^([123]|i{1,3})$`)
)

// matchHeader says what a column holds from its header's texts, from the top
// row down. Case, accents, composition, blanks and line breaks do not count.
func matchHeader(texts []string) (SchoolField, bool) {
	if field, ok := matchLevel(texts); ok {
		return field, true
	}
	last := texts[len(texts)-1]
	above := strings.Join(texts[:len(texts)-1], " ")
	for _, text := range []string{last, last + " " + above, above + " " + last} {
		if field, ok := lookUp(survey.Fold(text), false); ok {
			return field, true
		}
		if field, ok := lookUp(survey.Fold(bracketed.ReplaceAllString(text, " ")), false); ok {
			return field, true
		}
	}
	return "", false
}

func matchLevel(texts []string) (SchoolField, bool) {
	if field, ok := lookUp(withoutFillers(strings.Join(texts, " ")), true); ok {
		return field, true
	}
	above := strings.Join(texts[:len(texts)-1], " ")
	field, ok := alone[survey.Fold(texts[len(texts)-1])]
	return field, ok && withoutFillers(above) == ""
}

func lookUp(folded string, levels bool) (SchoolField, bool) {
	for _, row := range fields {
		if row.field.isLevel() == levels && slices.Contains(row.synonyms, folded) {
			return row.field, true
		}
	}
	return "", false
}

// withoutFillers leaves the words of a header that tell what is counted.
func withoutFillers(text string) string {
	words := strings.Fields(survey.Fold(text))
	var kept []string
	for i := 0; i < len(words); {
		n := filler(words[i:])
		if n == 0 {
			kept = append(kept, words[i])
			n = 1
		}
		i += n
	}
	return strings.Join(kept, " ")
}

// filler counts the words at the beginning that may be left out.
func filler(words []string) int {
	if len(words) > 1 && slices.Contains(fillers, words[0]+" "+words[1]) {
		return 2
	}
	if words[0] == "cap" && !(len(words) > 1 && ordinal.MatchString(words[1])) {
		return 1
	}
	if slices.Contains(fillers, words[0]) || schoolDay.MatchString(words[0]) {
		return 1
	}
	return 0
}

// Title is the field's usual header.
func (f SchoolField) Title() string {
	for _, row := range fields {
		if row.field == f {
			return row.title
		}
	}
	return string(f)
}

func (f SchoolField) isLevel() bool {
	return slices.Contains(survey.Levels(), survey.Level(f))
}
