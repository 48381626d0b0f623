package survey_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hailong/survey"
)

func TestParseSchoolKind(t *testing.T) {
	tests := map[survey.SchoolKind][]string{
		"MN":           {"MN", "mn", "Mầm non", "MẦM NON", "Trường mầm non", "Mẫu giáo", "Nhà trẻ", "MG", " mầm\n non "},
		"TH":           {"TH", "Tiểu học", "Trường Tiểu học", "tieu hoc"},
		"THCS":         {"THCS", "Trung học cơ sở", "Trường THCS"},
		"TH&THCS":      {"TH&THCS", "TH & THCS", "TH-THCS", "TH và THCS", "TH, THCS", "Tiểu học và trung học cơ sở", "Tiểu học và THCS", "TH–THCS"},
		"THPT":         {"THPT", "Trung học phổ thông", "THPT chuyên", "Trường THPT"},
		"THCS&THPT":    {"THCS&THPT", "THCS và THPT", "THCS - THPT", "Trung học cơ sở và trung học phổ thông"},
		"TH&THCS&THPT": {"TH&THCS&THPT", "TH, THCS và THPT", "TH-THCS-THPT", "Tiểu học, THCS và THPT"},
		"MN&TH":        {"MN&TH", "Mầm non và Tiểu học", "MN - TH", "MN và TH"},
		"PTDTNT":       {"PTDTNT", "Phổ thông dân tộc nội trú", "Dân tộc nội trú", "DTNT", "PTDTNT THCS", "PTDTNT THCS&THPT", "ptdtnt thpt"},
		"PTDTBT":       {"PTDTBT", "Phổ thông dân tộc bán trú", "DTBT", "PTDTBT TH", "PTDTBT THCS", "PTDTBT TH&THCS"},
		"GDTX":         {"GDTX", "Giáo dục thường xuyên", "GDNN-GDTX", "TTGDTX", "TT GDNN - GDTX", "Trung tâm GDTX", "Trung tâm GDNN-GDTX", "Trung tâm giáo dục nghề nghiệp – giáo dục thường xuyên"},
	}
	for want, spellings := range tests {
		for _, s := range spellings {
			for _, spelled := range []string{s, strings.ToUpper(s), norm.NFD.String(s), survey.Fold(s)} {
				if got, err := survey.ParseSchoolKind(spelled); err != nil || got != want {
					t.Errorf("%q is %q, %v; want %s", spelled, got, err, want)
				}
			}
		}
	}
	if len(tests) != len(survey.SchoolKinds()) {
		t.Errorf("%d kinds are tested of %d", len(tests), len(survey.SchoolKinds()))
	}
	for _, s := range []string{"", " ", "…", "đại học", "TH&MN&GDTX", "MNN"} {
		if got, err := survey.ParseSchoolKind(s); survey.KindOf(err) != survey.Invalid || !strings.Contains(err.Error(), "MN, TH, THCS, TH&THCS, THPT") {
			t.Errorf("%q is %q, %v", s, got, err)
		}
	}
}

func TestUsualLevels(t *testing.T) {
	for _, kind := range survey.SchoolKinds() {
		levels := kind.UsualLevels()
		if len(levels) == 0 {
			t.Errorf("%s has no levels", kind)
		}
		for _, level := range levels {
			if !slices.Contains(survey.Levels(), level) {
				t.Errorf("%s has level %s", kind, level)
			}
		}
		if combined := strings.Contains(string(kind), "&"); combined && len(levels) != strings.Count(string(kind), "&")+1 {
			t.Errorf("%s has levels %v", kind, levels)
		}
	}
	if got := survey.SchoolKind("x").UsualLevels(); got != nil {
		t.Errorf("an unknown kind has levels %v", got)
	}
}
