package sheet_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"hailong/export/sheet"
	"hailong/survey"
)

// smallQuestionnaire has two groups, three forms and four items.
const smallQuestionnaire = `{
 "version": "thu-1", "title": "Phiếu thử", "notice": "Bộ câu hỏi dùng để thử phần mềm.", "unknown": "Tôi không rõ",
 "scale": ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"],
 "groups": [{"code": "A", "name": "Tiếp cận"}, {"code": "B", "name": "Cơ sở vật chất", "names": {"MN": "Phòng và sân"}}],
 "forms": [
  {"code": "MN", "level": "MN", "respondent": "cha-me", "name": "Cha mẹ trẻ mầm non", "address": "Ông/Bà"},
  {"code": "CMTHPT", "level": "THPT", "respondent": "cha-me", "name": "Cha mẹ học sinh THPT", "address": "Ông/Bà"},
  {"code": "HSTHPT", "level": "THPT", "respondent": "hoc-sinh", "name": "Học sinh THPT", "address": "em"}],
 "items": [
  {"code": "A1", "group": "A", "forms": ["MN", "CMTHPT", "HSTHPT"], "text": "Thông tin tuyển sinh", "short": "Thông tin"},
  {"code": "A2", "group": "A", "forms": ["MN", "CMTHPT"], "text": "Thủ tục nhập học", "short": "Thủ tục"},
  {"code": "B1", "group": "B", "forms": ["MN", "CMTHPT", "HSTHPT"], "text": "Phòng học", "short": "Phòng học"},
  {"code": "B2", "group": "B", "forms": ["CMTHPT", "HSTHPT"], "text": "Thư viện", "short": "Thư viện"}],
 "expectation": {"code": "F1", "text": "Đáp ứng bao nhiêu phần trăm mong đợi?", "short": "Mong đợi", "max": 300},
 "overall": {"code": "F2", "text": "Hài lòng nói chung", "short": "Chung"},
 "comment": {"code": "G1", "text": "Ý kiến khác", "short": "Ý kiến", "max": 1000}}`

const formulaName = `=HYPERLINK("http://vi.du","Trường THPT") & Trường THPT có tên dài để xuống dòng`

// hostileTexts are comments that a spreadsheet program could take for
// something else, with what the cell must hold.
var hostileTexts = []struct{ typed, cell string }{
	{"=1+1", "'=1+1"},
	{"+84 262 3812345", "'+84 262 3812345"},
	{"-1", "'-1"},
	{"@SUM(A1)", "'@SUM(A1)"},
	{"\t=2+2", "'\t=2+2"},
	{"\n=3+3", "'\n=3+3"},
	{"＝4+4", "'＝4+4"},
	{"＠5", "'＠5"},
	{"1+1=2, thầy cô tốt", "1+1=2, thầy cô tốt"},
	{"'=6+6", "'=6+6"},
	{"_x0041_ và _x000D_", "_x0041_ và _x000D_"},
	{"Dòng một\n=dòng hai; \"ngoặc\", phẩy", "Dòng một\n=dòng hai; \"ngoặc\", phẩy"},
	{"<b>&amp;</b> 😀 👨‍👩‍👧", "<b>&amp;</b> 😀 👨‍👩‍👧"},
	{"0123456789", "0123456789"},
}

// smallProvince has a school with some blanks, one with two forms and a name
// like a formula, one with more responses than learners, and an empty one.
func smallProvince(t testing.TB) survey.Results {
	t.Helper()
	q, err := survey.ParseQuestionnaire([]byte(smallQuestionnaire))
	if err != nil {
		t.Fatal(err)
	}
	r := provinceRound()
	r.Questionnaire = q
	area := survey.BuiltInAreas().All()
	school := func(code, name string, kind survey.SchoolKind, level survey.Level, n int, area survey.Area) survey.School {
		return survey.School{Code: survey.SchoolCode(code), Name: name, Kind: kind, Area: area, Enrolment: survey.Enrolment{level: n}}
	}
	nursery := school("0660001", "Trường Mầm non Hoa Sen", "MN", survey.LevelMN, 20, area[0])
	upper := school("0660002", formulaName, "THPT", survey.LevelTHPT, 30, area[0])
	full := school("0660003", "Trường Mầm non 20-10", "MN", survey.LevelMN, 4, area[1])
	empty := school("0660004", "Trường Mầm non Buôn Kao", "MN", survey.LevelMN, 25, area[2])
	r.Strata = []survey.Stratum{
		stratum(t, q, 11, nursery, "MN", "555. 90", "5555 80", "4444 80", "4.33", "05.4 120", "1234 100", "3333 90", "345. 85", "4444 75", "5555 95", "5.5.", ".... 100"),
		stratum(t, q, 12, upper, "CMTHPT", "55555 80", "44444 70", "33333 60", "22222 50", "11111 10", "54321 100", "0....", "5.5.5", "45454 120", "55555 300", "44444 100"),
		stratum(t, q, 13, upper, "HSTHPT", "5554 100", "4443 80", "1111"),
		stratum(t, q, 14, full, "MN", "5555 100", "4444 100", "5555 100", "4444 90", "5555 90"),
		stratum(t, q, 15, empty, "MN"),
	}
	ids := []int64{13, 11, 12}
	for i, text := range hostileTexts {
		r.Opinions = append(r.Opinions, survey.Opinion{Stratum: ids[i%len(ids)], Text: text.typed})
	}
	return r
}

// stratum counts answers, written as the marks of the form's items in order,
// the overall item last, and the percentage if there is one.
func stratum(t testing.TB, q *survey.Questionnaire, id int64, school survey.School, code string, answers ...string) survey.Stratum {
	t.Helper()
	form, ok := q.Form(code)
	if !ok {
		t.Fatalf("no form %s", code)
	}
	s := survey.Stratum{ID: id, School: school, Form: form, Enrolment: school.Enrolment[form.Level], Tally: form.NewTally()}
	for _, answer := range answers {
		signs, percent, _ := strings.Cut(answer, " ")
		marks, err := survey.DecodeMarks(signs)
		if err != nil || len(marks) != len(form.Items)+1 {
			t.Fatalf("answer %q of form %s: %v", answer, code, err)
		}
		r := survey.Response{Marks: marks, Expectation: survey.NoPercent}
		if n, err := strconv.Atoi(percent); err == nil {
			r.Expectation = n
		}
		form.Add(&s.Tally, r)
	}
	return s
}

// failing is what a test and a property test have in common.
type failing interface {
	Helper()
	Fatal(args ...any)
}

func written(t failing, r survey.Results) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteProvince(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
