package survey_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// variant is the built-in questionnaire as version v2 with some texts replaced.
func variant(t *testing.T, replace ...string) *survey.Questionnaire {
	t.Helper()
	replace = append([]string{`"version": "mau-tham-khao-2026"`, `"version": "v2"`}, replace...)
	q, err := survey.ParseQuestionnaire([]byte(strings.NewReplacer(replace...).Replace(string(survey.BuiltInQuestionnaireData()))))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestDataIsReadAsTheSame(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	data, err := q.Data()
	if err != nil {
		t.Fatal(err)
	}
	back, err := survey.ParseQuestionnaire(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(q, back, cmp.AllowUnexported(survey.Form{})); diff != "" {
		t.Error(diff)
	}
	again, err := back.Data()
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("other bytes the second time, %v", err)
	}
	if len(data) > 2*len(survey.BuiltInQuestionnaireData()) {
		t.Errorf("%d bytes: forms no longer share their items", len(data))
	}
}

// A form may ask an item in another group, or elsewhere in the order.
func TestDataKeepsWhatOneFormHasOtherwise(t *testing.T) {
	q := variant(t, `"code": "A3", "group": "A", "forms": ["MN", `, `"code": "A3", "group": "B", "forms": ["MN"], "text": "x", "short": "Địa điểm trường"}, {"code": "A3", "group": "A", "forms": [`)
	data, err := q.Data()
	if err != nil {
		t.Fatal(err)
	}
	back, err := survey.ParseQuestionnaire(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(q, back, cmp.AllowUnexported(survey.Form{})); diff != "" || q.Forms[0].Items[2].Group != "B" {
		t.Error(diff)
	}
}

func TestFollow(t *testing.T) {
	builtIn := survey.Edition{Questionnaire: survey.BuiltInQuestionnaire()}
	used := survey.Edition{Questionnaire: variant(t), Rounds: []survey.RoundID{"2026-10"}}
	unused := survey.Edition{Questionnaire: variant(t)}
	reworded := variant(t, "Mức học phí theo quy định", "Mức học phí")
	tests := map[string]struct {
		q        *survey.Questionnaire
		editions []survey.Edition
		want     string // refusal, or what changes
	}{
		"the first":                   {variant(t), nil, "false false 0 0 0"},
		"the same":                    {variant(t), []survey.Edition{used, builtIn}, "true false 0 0 0"},
		"used, with other words":      {reworded, []survey.Edition{used, builtIn}, "Đợt 2026-10 đã dùng bộ câu hỏi v2"},
		"unused, with other words":    {reworded, []survey.Edition{unused, builtIn}, "false true 0 0 1"},
		"another level":               {variant(t, `"Bình thường"`, `"Tạm được"`), []survey.Edition{builtIn}, "A1, A2, "},
		"another «không rõ»":          {variant(t, `"Tôi không rõ / không áp dụng"`, `"Không rõ"`), []survey.Edition{builtIn}, "E5, F2."},
		"another most":                {variant(t, `"max": 300`, `"max": 200`), []survey.Edition{builtIn}, "không so sánh được: F1."},
		"an item that was a comment":  {variant(t, `"code": "G1"`, `"code": "G2"`, `"code": "A2"`, `"code": "G1"`), []survey.Edition{builtIn}, "không so sánh được: G1."},
		"an item added, one left out": {variant(t, `"code": "A2"`, `"code": "A9"`), []survey.Edition{builtIn}, "false false 1 1 0"},
		"another group name":          {variant(t, "Tiếp cận dịch vụ giáo dục", "Tiếp cận giáo dục"), []survey.Edition{builtIn}, "false false 0 0 6"},
		"longer comments":             {variant(t, `"max": 1000`, `"max": 500`), []survey.Edition{builtIn}, "false false 0 0 0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := test.q.Follow(test.editions)
			got := fmt.Sprint(c.Same, c.Replaces, len(c.Added), len(c.Dropped), len(c.Reworded))
			if err != nil {
				got = err.Error()
				if survey.KindOf(err) != survey.Conflict {
					t.Errorf("kind %d", survey.KindOf(err))
				}
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestFollowComparesWithEveryEdition(t *testing.T) {
	old := variant(t, `"max": 300`, `"max": 200`)
	old.Version = "v0"
	_, err := variant(t).Follow([]survey.Edition{{Questionnaire: survey.BuiltInQuestionnaire()}, {Questionnaire: old}})
	if survey.KindOf(err) != survey.Conflict || !strings.Contains(err.Error(), "bộ câu hỏi v0") {
		t.Error(err)
	}
}

func TestTheBuiltInVersionNeverChanges(t *testing.T) {
	q := variant(t, "Mức học phí theo quy định", "Mức học phí")
	q.Version = survey.BuiltInQuestionnaire().Version
	_, err := q.Follow([]survey.Edition{{Questionnaire: survey.BuiltInQuestionnaire()}})
	if survey.KindOf(err) != survey.Conflict || !strings.Contains(err.Error(), "đi kèm phần mềm") {
		t.Error(err)
	}
}

func TestParseCodes(t *testing.T) {
	var got []string
	for _, s := range []string{"A1", " D1-MN.2 ", "", "A 1", "Đ1", "A23456789012345678901", "a_1"} {
		code, err := survey.ParseCode(s)
		got = append(got, fmt.Sprintf("%s %t", code, err == nil))
	}
	if want := []string{"A1 true", "D1-MN.2 true", " false", " false", " false", " false", " false"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := survey.ParseVersion(strings.Repeat("v", 41)); survey.KindOf(err) != survey.Invalid {
		t.Error(err)
	}
	if level, err := survey.ParseLevel("THCS"); level != survey.LevelTHCS || err != nil {
		t.Error(level, err)
	}
	if _, err := survey.ParseLevel("thcs"); survey.KindOf(err) != survey.Invalid {
		t.Error(err)
	}
	if _, err := survey.ParseRespondent("thầy"); survey.KindOf(err) != survey.Invalid {
		t.Error(err)
	}
}
