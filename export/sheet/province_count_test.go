package sheet_test

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"hailong/survey"
)

// counted is a form's or a stratum's answers by item, counted one by one.
type counted map[[2]string]survey.Counts

// TestWriteProvinceCounts makes random rounds, counts the answers by itself,
// and finds the same numbers on every sheet.
func TestWriteProvinceCounts(t *testing.T) {
	q, err := survey.ParseQuestionnaire([]byte(smallQuestionnaire))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := provinceRound()
		r.Questionnaire = q
		strata, province, responses := counted{}, counted{}, map[string]int{}
		for i := range rapid.IntRange(0, 6).Draw(t, "schools") {
			school := survey.School{Code: survey.SchoolCode("S" + strconv.Itoa(i)), Name: "Trường", Enrolment: survey.Enrolment{}}
			level := rapid.SampledFrom([]survey.Level{survey.LevelMN, survey.LevelTHPT}).Draw(t, "level")
			school.Enrolment[level] = rapid.IntRange(1, 9).Draw(t, "enrolment")
			for _, form := range q.FormsOf(school) {
				s := survey.Stratum{ID: int64(len(r.Strata)), School: school, Form: form, Enrolment: school.Enrolment[level], Tally: form.NewTally()}
				for range rapid.IntRange(0, 12).Draw(t, "responses") {
					answer(t, &s, strata, province)
					responses[string(school.Code)]++
				}
				r.Strata = append(r.Strata, s)
			}
		}
		f, err := excelize.OpenReader(bytes.NewReader(written(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		compareCounts(t, f, "Trường và câu hỏi", [2]int{0, 3}, strata)
		compareCounts(t, f, "Theo câu hỏi", [2]int{0, 1}, province)
		compareResponses(t, f, responses)
	})
}

// answer gives the stratum one random response and counts it by hand.
func answer(t *rapid.T, s *survey.Stratum, strata, province counted) {
	r := survey.Response{Expectation: survey.NoPercent}
	items := append(append([]survey.Item{}, s.Form.Items...), s.Form.Overall)
	for _, item := range items {
		mark := rapid.IntRange(0, 6).Draw(t, "mark")
		r.Marks = append(r.Marks, survey.Mark(mark))
		for into, key := range map[*counted]string{&strata: string(s.School.Code) + string(s.Form.Code), &province: string(s.Form.Code)} {
			counts := (*into)[[2]string{key, string(item.Code)}]
			counts[mark]++
			(*into)[[2]string{key, string(item.Code)}] = counts
		}
	}
	s.Form.Add(&s.Tally, r)
}

// compareCounts reads the counts of a sheet on which the first of two columns
// has the school or form and the second the item. The form of a school stands
// behind its name.
func compareCounts(t *rapid.T, f *excelize.File, sheet string, keys [2]int, want counted) {
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	got := counted{}
	for _, row := range rows[5:] {
		if len(row) < 12 {
			continue // the empty row of an empty table
		}
		var counts survey.Counts
		for i, column := range []int{10, 5, 6, 7, 8, 9, 11} {
			counts[i] = number(t, row[column])
		}
		if counts.Valid() != number(t, row[4]) {
			t.Fatalf("%s: %q has another number of answers than its levels", sheet, row)
		}
		key := row[keys[0]]
		if sheet == "Trường và câu hỏi" {
			key += row[2]
		}
		if counts != (survey.Counts{}) {
			got[[2]string{key, row[keys[1]]}] = counts
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", sheet, diff)
	}
}

// compareResponses compares the responses of schools, forms and the province.
func compareResponses(t *rapid.T, f *excelize.File, want map[string]int) {
	total := 0
	for _, n := range want {
		total += n
	}
	for sheet, column := range map[string]int{"Theo trường": 5, "Trường theo phiếu": 6} {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, row := range rows[5:] {
			if len(row) > column && number(t, row[column]) > 0 {
				got[row[0]] += number(t, row[column])
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", sheet, diff)
		}
	}
	rows, err := f.GetRows("Tổng hợp", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[len(rows)-3:] {
		if row[0] != "Toàn tỉnh" || number(t, row[5]) != total {
			t.Fatalf("Tổng hợp has %q, want %d responses in all", row[:6], total)
		}
	}
}

func number(t *rapid.T, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%q is no count", text)
	}
	return n
}
