package survey_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hailong/survey"
)

func formNamed(t *testing.T, code string) *survey.Form {
	t.Helper()
	f, ok := survey.BuiltInQuestionnaire().Form(code)
	if !ok {
		t.Fatalf("no form %q", code)
	}
	return f
}

func answers(pairs ...string) []survey.Answer {
	var out []survey.Answer
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, survey.Answer{Code: pairs[i], Value: pairs[i+1]})
	}
	return out
}

// refusedFields gives the fields that are wrong, in their order, and checks
// what every refusal must have.
func refusedFields(t *testing.T, err error) []string {
	t.Helper()
	var e *survey.Error
	if !errors.As(err, &e) || e.Kind != survey.Invalid || e.Message == "" || e.English == "" {
		t.Fatalf("refused with %#v", err)
	}
	var fields []string
	for _, f := range e.Fields {
		if f.Message == "" || f.English == "" || strings.Contains(f.Message+f.English, "%!") {
			t.Errorf("field error %+v", f)
		}
		fields = append(fields, f.Field)
	}
	return fields
}

func TestAcceptMarks(t *testing.T) {
	f := formNamed(t, "TH")
	for value, want := range map[string]survey.Mark{"0": 0, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "": survey.Blank} {
		r, err := f.Accept(survey.Submission{Answers: answers("A1", value, "F2", "4")})
		if err != nil || r.Marks[0] != want || r.Marks[len(f.Items)] != 4 || len(r.Marks) != len(f.Items)+1 {
			t.Errorf("A1 = %q: %v, %v", value, r.Marks, err)
		}
		if n := len(f.Items); slices.ContainsFunc(r.Marks[1:n], func(m survey.Mark) bool { return m != survey.Blank }) {
			t.Errorf("items without an answer are not blank: %v", r.Marks)
		}
	}
	for _, value := range []string{"-3", "6", "9", "99", "abc", "3.0", "3,0", "+3", "0x3", " 3", "3 ", "03", "３", "٣", "99999999999999999999", "\xff", "%zz", "5\x00", "null", "[1]"} {
		_, err := f.Accept(survey.Submission{Answers: answers("A1", value, "A2", "3", "F2", value)})
		if got := refusedFields(t, err); !slices.Equal(got, []string{"A1", "F2"}) {
			t.Errorf("%q: wrong fields %v", value, got)
		}
	}
}

func TestAcceptFields(t *testing.T) {
	f := formNamed(t, "THCS")
	tests := []struct {
		name string
		in   []survey.Answer
		want []string
	}{
		{"twice", answers("A1", "1", "A1", "5"), []string{"A1"}},
		{"twice the same", answers("A1", "5", "A1", "5"), []string{"A1"}},
		{"first empty, then chosen", answers("A1", "", "A1", "5"), []string{"A1"}},
		{"chosen, then empty", answers("A1", "5", "A1", ""), []string{"A1"}},
		{"percentage twice", answers("F1", "50", "F1", "60"), []string{"F1"}},
		{"unknown item", answers("A1", "4", "q99", "3"), []string{"q99"}},
		{"item of another form", answers("A1", "4", "D1MN", "3"), []string{"D1MN"}},
		{"case of a code", answers("a1", "4"), []string{"a1"}},
		{"the comment as an item", answers("A1", "4", "G1", "hay"), []string{"G1"}},
		{"the school", answers("A1", "4", "school_id", "2"), []string{"school_id"}},
		{"index", answers("A1", "4", "a[999999999]", "1", "a[-1]", "1"), []string{"a[999999999]", "a[-1]"}},
		{"no code", answers("A1", "4", "", "1"), []string{""}},
		{"long code", answers("A1", "4", strings.Repeat("x", 5000), "1"), []string{strings.Repeat("x", 20) + "…"}},
		{"all at once", answers("A1", "9", "q9", "1", "F1", "much", "A2", "3", "A2", "3", "F2", "no"), []string{"A1", "q9", "F1", "A2", "F2"}},
	}
	for _, tt := range tests {
		r, err := f.Accept(survey.Submission{Answers: tt.in})
		if err == nil {
			t.Errorf("%s: accepted as %+v", tt.name, r)
			continue
		}
		if got := refusedFields(t, err); !slices.Equal(got, tt.want) {
			t.Errorf("%s: wrong fields %q, want %q", tt.name, got, tt.want)
		}
	}
	_, err := f.Accept(survey.Submission{Answers: answers("A1", "9"), Comment: strings.Repeat("x", 1001)})
	if got := refusedFields(t, err); !slices.Equal(got, []string{"A1", "G1"}) {
		t.Errorf("mark and comment: wrong fields %q", got)
	}
}

// Thousands of made-up fields are refused, with an answer of bounded size.
func TestAcceptBoundsItsAnswer(t *testing.T) {
	var in survey.Submission
	for i := range 20000 {
		in.Answers = append(in.Answers, survey.Answer{Code: fmt.Sprint("x", i), Value: "1"})
	}
	_, err := formNamed(t, "MN").Accept(in)
	if n := len(refusedFields(t, err)); n < 65 || n > 200 {
		t.Errorf("%d field errors", n)
	}
}

func TestAcceptExpectation(t *testing.T) {
	f := formNamed(t, "GDTX")
	for value, want := range map[string]int{"0": 0, "80": 80, " 80 ": 80, "80%": 80, "80 % ": 80, "100": 100, "300": 300, "080": 80, "": survey.NoPercent, " ": survey.NoPercent, "%": survey.NoPercent} {
		r, err := f.Accept(survey.Submission{Answers: answers("A1", "5", "F1", value)})
		if err != nil || r.Expectation != want {
			t.Errorf("F1 = %q: %d, %v; want %d", value, r.Expectation, err, want)
		}
	}
	for _, value := range []string{"-1", "301", "1000000000000", "8o", "80,5", "80.5", "+80", "８０", "80%%", "tám mươi", "1e2", "8 0"} {
		if _, err := f.Accept(survey.Submission{Answers: answers("A1", "5", "F1", value)}); !slices.Equal(refusedFields(t, err), []string{"F1"}) {
			t.Errorf("F1 = %q: %v", value, err)
		}
	}
}

func TestAcceptRefusesAnEntirelyBlankForm(t *testing.T) {
	f := formNamed(t, "MN")
	blank := []survey.Submission{{}, {Answers: answers("A1", "", "F1", "", "F2", "")}, {Comment: " \u200b\n"}, {Answers: answers("F1", " % ")}}
	for _, in := range blank {
		if _, err := f.Accept(in); !slices.Equal(refusedFields(t, err), []string{"A1"}) {
			t.Errorf("%+v: %v", in, err)
		}
	}
	enough := []survey.Submission{{Answers: answers("A1", "0")}, {Answers: answers("F2", "1")}, {Answers: answers("F1", "0")}, {Comment: "tốt"}}
	for _, in := range enough {
		if _, err := f.Accept(in); err != nil {
			t.Errorf("%+v: %v", in, err)
		}
	}
}

func TestAcceptComment(t *testing.T) {
	f := formNamed(t, "HSTHPT")
	family := "👨\u200d👩\u200d👧" // 18 bytes
	tests := []struct {
		name, in, want string // want "": refused
	}{
		{"at the limit", strings.Repeat("ế", 1000), strings.Repeat("ế", 1000)},
		{"one over", strings.Repeat("ế", 1001), ""},
		{"at the limit in NFD", norm.NFD.String(strings.Repeat("ế", 1000)), strings.Repeat("ế", 1000)},
		{"cleaned before it is counted", strings.Repeat(" \u200b\n", 900) + "tốt", "tốt"},
		{"emoji at the limit of bytes", strings.Repeat(family, 222), strings.Repeat(family, 222)},
		{"emoji over the limit of bytes", strings.Repeat(family, 223), ""},
		{"40,000 letters", strings.Repeat("x", 40000), ""},
		{"surrogates and no bytes of a character", "a\xed\xa0\x80b\uffffc", "a\ufffdbc"},
		{"markup", "<b>=1+1</b>", "<b>=1+1</b>"},
	}
	for _, tt := range tests {
		r, err := f.Accept(survey.Submission{Comment: tt.in})
		switch {
		case tt.want != "" && (err != nil || r.Comment != tt.want):
			t.Errorf("%s: %.60q, %v", tt.name, r.Comment, err)
		case tt.want == "" && !slices.Equal(refusedFields(t, err), []string{"G1"}):
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestCommentRefusalSaysHowMuchToTakeAway(t *testing.T) {
	_, err := formNamed(t, "MN").Accept(survey.Submission{Comment: strings.Repeat("ô", 1042)})
	var e *survey.Error
	if !errors.As(err, &e) || e.Fields[0].Message != "Góp ý dài quá 1.000 chữ cái. Bớt 42 chữ cái" {
		t.Errorf("%v", err)
	}
}

// Responses are equal only in everything, and their marks survive writing.
func TestMarksRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range drawResponses(t, drawForm(t), 3) {
			marks, err := survey.DecodeMarks(survey.EncodeMarks(r.Marks))
			if err != nil || !slices.Equal(marks, r.Marks) {
				t.Fatal(cmp.Diff(r.Marks, marks), err)
			}
		}
	})
	for _, s := range []string{"6", "01x", "\xff", "5 "} {
		if marks, err := survey.DecodeMarks(s); err == nil {
			t.Errorf("%q is read as %v", s, marks)
		}
	}
	r := survey.Response{Marks: []survey.Mark{1, 6}, Expectation: 5, Comment: "a"}
	for _, other := range []survey.Response{{Marks: []survey.Mark{1, 0}, Expectation: 5, Comment: "a"}, {Marks: r.Marks, Expectation: 6, Comment: "a"}, {Marks: r.Marks, Expectation: 5}} {
		if !r.Equal(r) || r.Equal(other) {
			t.Errorf("%+v and %+v", r, other)
		}
	}
}
