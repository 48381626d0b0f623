package survey_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// The items of every form, group by group, as published topics have them.
func TestBuiltInForms(t *testing.T) {
	const school = "A1 A2 A3 A4 A5 A6|B1 B2 B3 B4 B5 B6 B7 B8|C1 C2 C3 C4 C5 C6|D1 D2 D3 D4 D5|E1 E2 E3 E4 E5"
	without := func(codes ...string) string {
		s := school
		for _, code := range codes {
			s = strings.Replace(s, " "+code, "", 1)
		}
		return s
	}
	want := []string{
		"MN cha-me Ông/Bà: A1 A2 A3 A4 A5 A6|B1 B3 B6 B7 B8|C1 C2 C3 C4 C5 C6|D1MN D2MN D3MN D4MN D5MN|E1MN E2MN E3MN E4MN",
		"TH cha-me Ông/Bà: " + without("A4"),
		"THCS cha-me Ông/Bà: " + school,
		"THPT cha-me Ông/Bà: " + school,
		"THPT hoc-sinh em: " + without("C2"),
		"GDTX hoc-vien Anh/Chị: " + without("B8", "C2"),
	}
	var got []string
	for _, f := range survey.BuiltInQuestionnaire().Forms {
		var groups []string
		total := 0
		for _, g := range f.Groups {
			var codes []string
			for _, item := range f.ItemsOf(g.Code) {
				codes = append(codes, string(item.Code))
			}
			total += len(codes)
			groups = append(groups, strings.Join(codes, " "))
		}
		if total != len(f.Items) || f.Questions() != total+2 {
			t.Errorf("%s: %d items in groups, %d in all, %d questions", f.Code, total, len(f.Items), f.Questions())
		}
		got = append(got, string(f.Level)+" "+string(f.Respondent)+" "+f.Address+": "+strings.Join(groups, "|"))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every text that people see is there, clean and short.
func TestBuiltInTexts(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	if q.Version != "mau-tham-khao-2026" || !strings.Contains(q.Notice, "không phải nguyên văn mẫu phiếu của Bộ") || q.Unknown != "Tôi không rõ / không áp dụng" {
		t.Errorf("%s, %s, %s", q.Version, q.Notice, q.Unknown)
	}
	for _, f := range q.Forms {
		texts := []string{f.Name, f.Address, f.Overall.Text, f.Overall.Short, f.Expectation.Text, f.Expectation.Short, f.Comment.Text}
		for _, item := range f.Items {
			texts = append(texts, item.Text, item.Short)
			if utf8.RuneCountInString(item.Short) > 26 {
				t.Errorf("%s %s: the short text is %q", f.Code, item.Code, item.Short)
			}
		}
		for _, g := range f.Groups {
			texts = append(texts, g.Name)
		}
		for _, text := range append(texts, q.Scale[:]...) {
			if n := utf8.RuneCountInString(text); n == 0 || n > 90 || text != survey.CleanLine(text) {
				t.Errorf("%s: a text of %d letters: %q", f.Code, n, text)
			}
		}
		if f.Overall.Code != "F2" || f.Expectation.Code != "F1" || f.Expectation.Max != 300 || f.Comment.Code != "G1" || f.Comment.Max != 1000 {
			t.Errorf("%s: %+v, %+v, %+v", f.Code, f.Overall, f.Expectation, f.Comment)
		}
	}
}

// Each form speaks to those who answer it.
func TestTextsOfOneForm(t *testing.T) {
	nursery, pupils, upper := formNamed(t, "mn"), formNamed(t, "HsThPt"), formNamed(t, "CMTHPT")
	if nursery.Groups[2].Name != "Môi trường chăm sóc và giáo dục trẻ" || upper.Groups[2].Name != "Môi trường giáo dục" {
		t.Errorf("%s, %s", nursery.Groups[2].Name, upper.Groups[2].Name)
	}
	if !strings.Contains(pupils.Expectation.Text, "của em") || !strings.Contains(upper.Expectation.Text, "Ông/Bà") {
		t.Errorf("%s, %s", pupils.Expectation.Text, upper.Expectation.Text)
	}
	if text := nursery.ItemsOf("B")[1].Text; text != "Thiết bị, đồ dùng, đồ chơi" {
		t.Errorf("B3 for nurseries: %s", text)
	}
	if _, ok := survey.BuiltInQuestionnaire().Form("x"); ok {
		t.Error("a form called x")
	}
}

func TestFormsOf(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	codes := func(e survey.Enrolment) string {
		out := ""
		for _, f := range q.FormsOf(survey.School{Enrolment: e}) {
			out += string(f.Code) + " "
		}
		return out
	}
	if got := codes(survey.Enrolment{survey.LevelTHPT: 3, survey.LevelTH: 1, survey.LevelMN: 0}); got != "TH CMTHPT HSTHPT " {
		t.Error(got)
	}
	if got := codes(nil); got != "" {
		t.Error(got)
	}
}

func TestParseQuestionnaireRefuses(t *testing.T) {
	good := string(survey.BuiltInQuestionnaireData())
	tests := map[string][2]string{
		"no version":                   {`"version": "mau-tham-khao-2026"`, `"version": ""`},
		"a group twice":                {`{"code": "B", "name"`, `{"code": "A", "name"`},
		"a group without a code":       {`{"code": "B", "name"`, `{"code": "", "name"`},
		"an item of no group":          {`"code": "A1", "group": "A"`, `"code": "A1", "group": "Z"`},
		"an item twice":                {`{"code": "A2"`, `{"code": "A1"`},
		"an item like the percentage":  {`{"code": "A2"`, `{"code": "F1"`},
		"an item like the overall one": {`{"code": "A2"`, `{"code": "F2"`},
		"an item like the comment":     {`{"code": "A2"`, `{"code": "G1"`},
		"an item without a code":       {`{"code": "A2"`, `{"code": ""`},
		"an item with a bad code":      {`{"code": "A2"`, `{"code": "A 2"`},
		"an item with a long code":     {`{"code": "A2"`, `{"code": "A23456789012345678901"`},
		"a form twice":                 {`{"code": "TH", "level"`, `{"code": "thcs", "level"`},
		"a form without items":         {`{"code": "TH", "level"`, `{"code": "TH9", "level"`},
		"an unknown level":             {`"level": "GDTX"`, `"level": "DH"`},
		"a small percentage":           {`"max": 300`, `"max": 99`},
		"a large percentage":           {`"max": 300`, `"max": 1000`},
		"no comment":                   {`"max": 1000`, `"max": 0`},
		"a long comment":               {`"max": 1000`, `"max": 1001`},
		"something after it":           {`"version"`, `"x": 1} {"version"`},
		"a scale of words":             {`"scale": [`, `"scale": "five", "levels": [`},
	}
	for name, change := range tests {
		broken := strings.Replace(good, change[0], change[1], 1)
		if broken == good {
			t.Errorf("%s: nothing is changed", name)
		}
		_, err := survey.ParseQuestionnaire([]byte(broken))
		refusal(t, name, err, survey.Invalid)
	}
	for _, data := range []string{"", "null", "[]", "{}", good[:len(good)/2]} {
		_, err := survey.ParseQuestionnaire([]byte(data))
		refusal(t, data, err, survey.Invalid)
	}
}

// Sixty items are the most, and any number of groups from one up to that.
func TestParseQuestionnaireLimits(t *testing.T) {
	file := func(items, groups int) string {
		var g, i []string
		for n := range groups {
			g = append(g, `{"code": "`+strings.Repeat("g", n/9+1)+string(rune('1'+n%9))+`", "name": "x"}`)
		}
		for n := range items {
			i = append(i, `{"code": "`+strings.Repeat("i", n/9+1)+string(rune('1'+n%9))+`", "group": "g1", "forms": ["F"], "text": "x", "short": "x"}`)
		}
		return `{"version": "v", "groups": [` + strings.Join(g, ",") + `], "forms": [{"code": "F", "level": "TH"}], "items": [` + strings.Join(i, ",") +
			`], "expectation": {"code": "P", "max": 100}, "overall": {"code": "O"}, "comment": {"code": "C", "max": 1}}`
	}
	for size, fine := range map[[2]int]bool{{1, 1}: true, {60, 60}: true, {61, 1}: false, {1, 61}: false} {
		q, err := survey.ParseQuestionnaire([]byte(file(size[0], size[1])))
		if (err == nil) != fine {
			t.Errorf("%v: %v", size, err)
		}
		if err != nil {
			continue
		}
		f := q.Forms[0]
		tally := tallyOf(f, []survey.Response{{Marks: slices.Repeat([]survey.Mark{5}, size[0]+1), Expectation: 100}})
		if got, err := survey.DecodeTally(tally.Encode()); err != nil || !got.Equal(tally) || f.Heap(got).Figures(0).All.Mean.Value != 5 {
			t.Errorf("%v: the tally does not survive: %v", size, err)
		}
	}
}

// The data handed out may be changed without changing the questionnaire.
func TestBuiltInQuestionnaireDataIsACopy(t *testing.T) {
	data := survey.BuiltInQuestionnaireData()
	clear(data)
	if q := survey.BuiltInQuestionnaire(); len(q.Forms) != 6 {
		t.Errorf("%d forms", len(q.Forms))
	}
}
