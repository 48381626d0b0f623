package sheet_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// releasedTables has three primary schools: 60 people of two opinions, 45 who
// all said the same, 6; the first and the last in one commune.
func releasedTables() survey.Tables {
	q := survey.BuiltInQuestionnaire()
	f, _ := q.Form("TH")
	stratum := func(code, area string, n int, marks ...survey.Mark) survey.Stratum {
		s := survey.Stratum{School: survey.School{Code: survey.SchoolCode(code), Name: "=Trường " + code, Area: survey.Area{Code: survey.AreaCode(area), Type: "Xã", Name: area}},
			Form: f, Enrolment: 200, Tally: f.NewTally()}
		for i := range n {
			r := survey.Response{Expectation: 80}
			for range len(f.Items) + 1 {
				r.Marks = append(r.Marks, marks[i%len(marks)])
			}
			f.Add(&s.Tally, r)
		}
		return s
	}
	results := survey.Results{Round: survey.Round{ID: "2026-10"}, Title: "Đợt tháng 10–11/2026", Questionnaire: q, Made: time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC),
		Strata: []survey.Stratum{stratum("T-A1", "X", 60, 2, 5), stratum("T-B1", "Y", 45, 5), stratum("T-A2", "X", 6, 1)}}
	r := survey.NewRelease(results, 0, survey.DefaultThreshold)
	return survey.Tables{Release: &r, Questionnaire: q}
}

// writeReleased gives the rows of each sheet below its header.
func writeReleased(t *testing.T, book sheet.ReleasedBook) map[string][][]string {
	t.Helper()
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if len(row) > 0 && (row[0] == "Phạm vi" || row[0] == "Mục") {
				out[name] = rows[i+1:]
			}
		}
	}
	return out
}

func TestReleasedBookOfASchool(t *testing.T) {
	sheets := writeReleased(t, sheet.ReleasedBook{Tables: releasedTables(), School: "T-A1"})
	own := sheets["Hài lòng chung"][0]
	if want := []string{"Trường", "T-A1", "=Trường T-A1", "Cha mẹ học sinh tiểu học", "60"}; !slices.Equal(own[:5], want) || own[6] != "50" || own[11] != "50" {
		t.Errorf("%q", own)
	}
	for name, rows := range sheets {
		for _, row := range rows {
			if text := strings.Join(row, " "); strings.Contains(text, "T-B1") || strings.Contains(text, "T-A2") {
				t.Errorf("%s shows another school: %s", name, text)
			}
		}
	}
}

// Six answers, and that all of 45 said the same, are in no file.
func TestReleasedBookHides(t *testing.T) {
	for _, book := range []sheet.ReleasedBook{{}, {Area: "X"}, {School: "T-A2"}, {School: "T-B1"}, {Area: "Y"}} {
		book.Tables = releasedTables()
		for name, rows := range writeReleased(t, book) {
			for _, row := range rows {
				if len(row) < 5 || name == "Cách đọc" {
					continue
				}
				hidden := len(row) > 1 && row[1] == "T-A2"
				for _, value := range row[4:] {
					if value == "6" || value == "100" || value == "0" || hidden && strings.Trim(value, "0123456789.") == "" && value != "" {
						t.Errorf("%+v, %s: %q in %q", book.School+survey.SchoolCode(book.Area), name, value, row)
					}
				}
			}
		}
	}
}

func TestReleasedBookOfNobody(t *testing.T) {
	for _, book := range []sheet.ReleasedBook{{School: "Z"}, {Area: "Z"}} {
		book.Tables = releasedTables()
		if err := book.Write(&bytes.Buffer{}); survey.KindOf(err) != survey.NotFound {
			t.Errorf("%v", err)
		}
	}
}

// 105 answers stand in the file, of 600 people asked and 400 in its lines.
func TestReleasedFileNamesBothRates(t *testing.T) {
	for _, row := range writeReleased(t, sheet.ReleasedBook{Tables: releasedTables()})["Cách đọc"] {
		if row[0] == "Tỷ lệ tham gia" && strings.Contains(row[1], "105 phiếu của toàn tỉnh, bằng 17,5% sĩ số của mọi trường được hỏi; trong các trường có trong bảng: 26,3%") {
			return
		}
	}
	t.Error("the rates of participation are not there")
}
