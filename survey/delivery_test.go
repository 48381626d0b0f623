package survey_test

import (
	"slices"
	"testing"

	"hailong/survey"
)

// Help is counted beside the answers and changes none of them.
func TestCountingHelp(t *testing.T) {
	f := survey.BuiltInQuestionnaire().Forms[0]
	r := survey.Response{Marks: slices.Repeat([]survey.Mark{4}, len(f.Items)+1), Expectation: 80}
	want := tallyOf(f, []survey.Response{r, r})
	got := f.NewTally()
	f.Count(&got, survey.Delivery{Response: r})
	f.Count(&got, survey.Delivery{Response: r, Helped: true})
	if got.Helped != 1 {
		t.Errorf("%d were helped, want 1", got.Helped)
	}
	if got.Helped = 0; !got.Equal(want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
