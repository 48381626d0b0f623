package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"hailong/survey"
)

// TestWriteProvinceNotes looks at the remarks on the last column, at the very
// numbers at which they begin.
func TestWriteProvinceNotes(t *testing.T) {
	const (
		few  = "Dưới 10 phiếu: không công bố"
		over = "Số phiếu vượt sĩ số: kiểm tra lại sĩ số"
	)
	for _, c := range []struct {
		name                 string
		enrolment, responses int
		want                 string
	}{
		{"none", 30, 0, "Chưa có phiếu"},
		{"one", 30, 1, few},
		{"nine", 30, 9, few},
		{"ten", 30, 10, ""},
		{"all", 10, 10, ""},
		{"one too many", 10, 11, over},
		{"few and too many", 4, 5, few + "; " + over},
		{"enrolment unknown", 0, 12, "Chưa rõ sĩ số: khoảng tin cậy không hiệu chỉnh theo sĩ số"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := smallProvince(t)
			s := stratum(t, r.Questionnaire, 1, r.Strata[0].School, "MN", slices.Repeat([]string{"5544 90"}, c.responses)...)
			s.Enrolment = c.enrolment
			r.Strata, r.Opinions = []survey.Stratum{s}, nil
			f := opened(t, written(t, r))
			for sheet, cell := range map[string]string{"Theo trường": "S6", "Trường theo phiếu": "T6"} {
				if got, err := f.GetCellValue(sheet, cell); err != nil || got != c.want {
					t.Errorf("%s says %q, want %q, %v", sheet, got, c.want, err)
				}
			}
		})
	}
}

// TestWriteProvinceSummaryCountsSchools has a school of which only the first
// form has responses, and one of which no form has.
func TestWriteProvinceSummaryCountsSchools(t *testing.T) {
	r := smallProvince(t)
	half, none := r.Strata[1].School, r.Strata[1].School
	none.Code = "0660009"
	r.Strata = []survey.Stratum{
		stratum(t, r.Questionnaire, 1, half, "CMTHPT", "55555 80"),
		stratum(t, r.Questionnaire, 2, half, "HSTHPT"),
		stratum(t, r.Questionnaire, 3, none, "CMTHPT"),
	}
	r.Opinions = nil
	row := rawRows(t, opened(t, written(t, r)), "Tổng hợp")[5]
	if row[0] != "Trung học phổ thông" || row[2] != "2" || row[3] != "1" {
		t.Errorf("level, schools and schools with responses are %q", row[:4])
	}
	want := "Dưới 10 phiếu: không công bố; 2 trong 3 phần (trường × phiếu) chưa có phiếu, chiếm 66,7% sĩ số; Sĩ số tính cho từng phiếu: CMTHPT 60 + HSTHPT 30"
	if got := row[len(row)-1]; !strings.EqualFold(got, want) {
		t.Errorf("the note is %q, want %q", got, want)
	}
}
