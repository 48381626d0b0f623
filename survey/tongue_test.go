package survey_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

func TestParseLanguage(t *testing.T) {
	for text, fine := range map[string]bool{"vi": true, "rad": true, "cmo": true, "en-GB": true, "": false, "Rad": false, "r": false, "rade": false, "ê": false, "en_GB": false, "en-": false, "../en": false} {
		if got, err := survey.ParseLanguage(text); (err == nil) != fine || fine && string(got) != text {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// speaking is the built-in set with English words, and with M'Nông in
// recordings only.
func speaking(t *testing.T, change func(q, english *survey.Questionnaire)) (*survey.Questionnaire, error) {
	t.Helper()
	q, english, spoken := survey.BuiltInQuestionnaire(), survey.BuiltInQuestionnaire(), survey.BuiltInQuestionnaire()
	q.Version = "so-1"
	for _, f := range english.Forms {
		for i := range f.Items {
			f.Items[i].Text = "English " + f.Items[i].Text
		}
	}
	q.Translations = []survey.Translation{{Tongue: survey.Tongue{Code: "en", Name: "English"}, Questionnaire: english},
		{Tongue: survey.Tongue{Code: "cmo", Name: "M'Nông"}, SpokenOnly: true, Questionnaire: spoken}}
	if change != nil {
		change(q, english)
	}
	data, err := q.Data()
	if err != nil {
		t.Fatal(err)
	}
	return survey.ParseQuestionnaire(data)
}

func TestLanguagesOfAQuestionnaire(t *testing.T) {
	q, err := speaking(t, func(q, _ *survey.Questionnaire) { q.Default = "en" })
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[survey.Language]survey.Language{"vi": "vi", "en": "en", "cmo": "cmo", "rad": "en", "": "en"} {
		if got := q.Speaks(asked); got != want {
			t.Errorf("asked for %q it speaks %q", asked, got)
		}
	}
	for code, want := range map[survey.Language]string{"vi": "vi Việc", "en": "en English", "cmo": "vi Việc", "rad": "vi Việc"} {
		words, written := q.In(code)
		if got := string(written) + " " + strings.Fields(words.Forms[0].Items[0].Text)[0]; got != want {
			t.Errorf("in %s: %s, want %s", code, got, want)
		}
	}
	var none *survey.Questionnaire
	if words, written := none.In("en"); words != nil || written != "vi" || none.Speaks("en") != "vi" || len(none.Tongues()) != 1 {
		t.Error("no questionnaire does not speak Vietnamese")
	}
}

func TestLanguagesThatAreRefused(t *testing.T) {
	for name, change := range map[string]func(q, english *survey.Questionnaire){
		"a question less":        func(_, e *survey.Questionnaire) { e.Forms[1].Items = e.Forms[1].Items[1:] },
		"another code":           func(_, e *survey.Questionnaire) { e.Forms[0].Items[2].Code = "X9" },
		"another order":          func(_, e *survey.Questionnaire) { i := e.Forms[0].Items; i[0], i[1] = i[1], i[0] },
		"a form less":            func(_, e *survey.Questionnaire) { e.Forms = e.Forms[1:] },
		"a text missing":         func(_, e *survey.Questionnaire) { e.Forms[2].Items[3].Text = "" },
		"another limit":          func(_, e *survey.Questionnaire) { e.Forms[0].Expectation.Max = 200 },
		"an answer without text": func(_, e *survey.Questionnaire) { e.Scale[2] = "" },
		"a language twice":       func(q, _ *survey.Questionnaire) { q.Translations[1].Code = "en" },
		"Vietnamese twice":       func(q, _ *survey.Questionnaire) { q.Translations[0].Code = "vi" },
		"no name":                func(q, _ *survey.Questionnaire) { q.Translations[0].Name = "" },
		"no code":                func(q, _ *survey.Questionnaire) { q.Translations[0].Code = "Anh" },
		"an unknown first one":   func(q, _ *survey.Questionnaire) { q.Default = "rad" },
		"nine further ones": func(q, e *survey.Questionnaire) {
			for _, c := range "abcdefg" {
				q.Translations = append(q.Translations, survey.Translation{Tongue: survey.Tongue{Code: survey.Language("z" + string(c)), Name: "x"}, Questionnaire: e})
			}
		},
	} {
		_, err := speaking(t, change)
		refusal(t, name, err, survey.Invalid)
	}
}

func TestChangesOfLanguages(t *testing.T) {
	before, err := speaking(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	before.Version = "so-0"
	after, err := speaking(t, func(q, english *survey.Questionnaire) {
		english.Forms[0].Items[0].Text = "Other words"
		english.Forms[1].Items[0].Hint = "A hint"
		q.Forms[0].Items[1].Recording = "A2.m4a"
		q.Recordings = []survey.Recording{{Name: "A2.m4a", ID: "AAAAAAAAAAAA", Type: "audio/mp4", Size: 9}}
		q.Translations[1].Tongue = survey.Tongue{Code: "rad", Name: "Ê Đê"}
	})
	if err != nil {
		t.Fatal(err)
	}
	changes, err := after.Follow([]survey.Edition{{Questionnaire: before}})
	if err != nil {
		t.Fatal(err)
	}
	words := "Tiếp cận dịch vụ giáo dục › English Việc cung cấp thông tin về tuyển sinh, nhập học của nhà trường"
	want := survey.QuestionnaireChanges{Since: "so-0", Recordings: []string{"A2.m4a"},
		Languages: []survey.Tongue{{Code: "rad", Name: "Ê Đê"}}, LanguagesDropped: []survey.Tongue{{Code: "cmo", Name: "M'Nông"}},
		Reworded: []survey.Rewording{{Forms: []survey.FormCode{"MN"}, Code: "A1", Before: words, After: "Tiếp cận dịch vụ giáo dục › Other words", Language: "English"},
			{Forms: []survey.FormCode{"TH"}, Code: "A1", Before: words, After: words + " (A hint)", Language: "English"}}}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Error(diff)
	}
}
