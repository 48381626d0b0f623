package survey_test

import (
	"pgregory.net/rapid"

	"hailong/survey"
)

// drawForm gives any form of the built-in questionnaire.
func drawForm(t *rapid.T) *survey.Form {
	return rapid.SampledFrom(survey.BuiltInQuestionnaire().Forms).Draw(t, "form")
}

// drawResponses gives responses with blanks and zeros, some of them with
// nothing else.
func drawResponses(t *rapid.T, f *survey.Form, most int) []survey.Response {
	mark := rapid.SampledFrom([]survey.Mark{1, 2, 3, 4, 4, 5, 5, 5, survey.Unknown, survey.Blank})
	empty := rapid.SampledFrom([]survey.Mark{survey.Unknown, survey.Blank})
	one := rapid.Custom(func(t *rapid.T) survey.Response {
		marks := mark
		if rapid.IntRange(0, 9).Draw(t, "empty") == 0 {
			marks = empty
		}
		return survey.Response{
			Marks:       rapid.SliceOfN(marks, len(f.Items)+1, len(f.Items)+1).Draw(t, "marks"),
			Expectation: rapid.SampledFrom([]int{survey.NoPercent, 0, 50, 80, 99, 100, 101, 300}).Draw(t, "percent"),
		}
	})
	return rapid.SliceOfN(one, 0, most).Draw(t, "responses")
}

func tallyOf(f *survey.Form, responses []survey.Response) survey.Tally {
	tally := f.NewTally()
	for _, r := range responses {
		f.Add(&tally, r)
	}
	return tally
}

// drawParts gives strata of one form.
func drawParts(t *rapid.T, f *survey.Form, most int) []survey.Part {
	var parts []survey.Part
	for range rapid.IntRange(1, most).Draw(t, "strata") {
		heap := f.Heap(tallyOf(f, drawResponses(t, f, 6)))
		parts = append(parts, survey.Part{
			Level:     rapid.SampledFrom(survey.Levels()).Draw(t, "level"),
			Enrolment: rapid.IntRange(1, 12).Draw(t, "enrolment"),
			Heap:      heap,
		})
	}
	return parts
}

// estimates lists every estimate among figures, in a fixed order.
func estimates(f survey.Figures) []survey.Estimate {
	all := []survey.Estimate{f.Expectation, f.Exceeded}
	for _, s := range append([]survey.Satisfaction{f.All, f.Overall}, f.Groups...) {
		all = append(all, s.Mean, s.Index, s.Share)
	}
	return all
}
