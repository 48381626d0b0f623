package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

func xlsForm(t testing.TB, q *survey.Questionnaire) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteQuestionnaire(&b, q); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readForm reads an XLSForm without recordings.
func readForm(data []byte) (*survey.Questionnaire, []sheet.Fault, error) {
	up, warnings, err := sheet.ReadQuestionnaire(data, sheet.Media{})
	return up.Questionnaire, warnings, err
}

func sameQuestionnaire(a, b *survey.Questionnaire) string {
	return cmp.Diff(a, b, cmp.AllowUnexported(survey.Form{}))
}

// edited gives the built-in XLSForm after some cells were changed.
func edited(t testing.TB, edit func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(xlsForm(t, survey.BuiltInQuestionnaire())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBuiltInQuestionnaireRoundTrip(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	back, warnings, err := readForm(xlsForm(t, q))
	if err != nil || len(warnings) > 0 {
		t.Fatalf("%v, %v", warnings, err)
	}
	if diff := sameQuestionnaire(q, back); diff != "" {
		t.Error(diff)
	}
}

// letters are some that are easily lost: Ê Đê ones, in one code point and in
// several, and signs with a meaning in XML, spreadsheets and XLSForm.
var letters = []string{"ƀ", "Ƀ", "č", "ê̆", "ô̆", "ơ̆", "ư̆", "Đ", "ỹ", "=", "+1", "<b>", "&", `"`, "_x0041_", "'", "$", "}", "1", "không rõ", "日"}

func someText(r *rand.Rand) string {
	var words []string
	for range 1 + r.IntN(6) {
		words = append(words, letters[r.IntN(len(letters))]+letters[r.IntN(len(letters))])
	}
	return survey.CleanLine(strings.Join(words, " "))
}

// someQuestionnaire makes any questionnaire that the survey can hold: items in
// any order, groups in several runs, wordings and group names of single forms.
func someQuestionnaire(t testing.TB, r *rand.Rand) *survey.Questionnaire {
	t.Helper()
	q := &survey.Questionnaire{Version: survey.Version(fmt.Sprint("v-", r.IntN(1000))), Title: someText(r), Unknown: someText(r)}
	if r.IntN(2) == 0 {
		q.Notice = someText(r)
	}
	for i := range q.Scale {
		q.Scale[i] = someText(r)
	}
	for i := range 1 + r.IntN(4) {
		q.Groups = append(q.Groups, survey.Group{Code: survey.GroupCode(fmt.Sprint(".-", i)), Name: someText(r)})
	}
	var items []survey.Item
	for i := range 1 + r.IntN(12) {
		items = append(items, survey.Item{Code: survey.ItemCode(fmt.Sprint("9.", i)), Group: q.Groups[r.IntN(len(q.Groups))].Code, Text: someText(r), Short: someText(r)})
	}
	overall := survey.Item{Code: "O", Text: someText(r), Short: someText(r)}
	expectation := survey.Percent{Code: "P", Text: someText(r), Short: someText(r), Max: 100 + r.IntN(900)}
	comment := survey.Comment{Code: "C", Text: someText(r), Max: 1 + r.IntN(1000)}
	for i := range 1 + r.IntN(4) {
		f := &survey.Form{Code: survey.FormCode(fmt.Sprint(i, "-F")), Level: survey.Levels()[r.IntN(5)], Respondent: survey.Pupils, Name: someText(r),
			Address: someText(r), Overall: overall, Expectation: expectation, Comment: comment, Groups: append([]survey.Group{}, q.Groups...)}
		for _, j := range r.Perm(len(items))[:1+r.IntN(len(items))] {
			item := items[j]
			if r.IntN(3) == 0 {
				item.Text = someText(r)
			}
			f.Items = append(f.Items, item)
		}
		f.Groups[r.IntN(len(f.Groups))].Name = someText(r)
		f.Comment.Text = someText(r)
		q.Forms = append(q.Forms, f)
	}
	data, err := q.Data()
	if err != nil {
		t.Fatal(err)
	}
	if q, err = survey.ParseQuestionnaire(data); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return q
}

func TestAnyQuestionnaireRoundTrip(t *testing.T) {
	for seed := range uint64(60) {
		q := someQuestionnaire(t, rand.New(rand.NewPCG(seed, 1)))
		back, _, err := readForm(xlsForm(t, q))
		var faults sheet.Faults
		if errors.As(err, &faults) {
			t.Fatalf("seed %d: %v", seed, faults)
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if diff := sameQuestionnaire(q, back); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

// Readers that stream believe what a sheet says of its size; pyxform reads an
// empty form where it says A1.
func TestSheetsSayHowLargeTheyAre(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(xlsForm(t, survey.BuiltInQuestionnaire())))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"survey": "A1:M264", "choices": "A1:C12", "settings": "A1:D2"} {
		if got, err := f.GetSheetDimension(name); got != want || err != nil {
			t.Errorf("%s: %s, want %s, %v", name, got, want, err)
		}
	}
}

// Other programs of XLSForm need names that differ and are valid in XML.
func TestNamesAreGoodForOtherPrograms(t *testing.T) {
	good := regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)
	for seed := range uint64(10) {
		f, err := excelize.OpenReader(bytes.NewReader(xlsForm(t, someQuestionnaire(t, rand.New(rand.NewPCG(seed, 2))))))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("survey")
		if err != nil {
			t.Fatal(err)
		}
		depth, seen := 0, map[string]bool{}
		for _, row := range rows[1:] {
			switch row[0] {
			case "begin_group":
				depth++
			case "end_group":
				depth--
				continue
			}
			if name := row[1]; !good.MatchString(name) || seen[name] {
				t.Errorf("seed %d: name %q is wrong or there twice", seed, name)
			}
			seen[row[1]] = true
		}
		if depth != 0 {
			t.Errorf("seed %d: %d groups left open", seed, depth)
		}
	}
}

// Every fault is found at once, each with its sheet, row and column. Row 3 is
// the first form, 4 its first group, 5 to 9 the items A1 to A5.
func TestEveryFaultAtOnce(t *testing.T) {
	data := edited(t, func(f *excelize.File) {
		for _, c := range [][3]string{
			{"survey", "A5", "select_multiple muc_do"}, {"survey", "A6", "select_one khac"}, {"survey", "B7", "phieu_MN"}, {"survey", "B8", "1 a"},
			{"survey", "C9", ""}, {"survey", "C10", "Ôi ${x}"}, {"survey", "D12", "yes"}, {"survey", "D13", "no"}, {"survey", "E13", ". > 3"}, {"survey", "F14", "map"},
			{"survey", "N1", "relevant"}, {"survey", "N15", "${a} = 1"}, {"survey", "O1", "label::English"}, {"survey", "O16", "Hello"},
			{"survey", "P1", "guidance_hint::Tiếng Việt (vi)"}, {"survey", "P17", "gợi ý"}, {"survey", "Q18", "?"}, {"survey", "R1", "calculation"}, {"survey", "R3", "1"},
			{"survey", "H3", "MẦM"}, {"survey", "I3", "ông bà"}, {"survey", "J3", ""}, {"survey", "R1", "calculation"}, {"survey", "S1", "ghi chú"},
			{"choices", "B3", "1"}, {"choices", "B9", "Ô"}, {"choices", "A10", "khac"},
			{"settings", "C2", "một hai"}, {"settings", "D2", "English"}, {"settings", "A3", "thừa"},
		} {
			if err := f.SetCellStr(c[0], c[1], c[2]); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellFormula("survey", "C20", "1+1"); err != nil {
			t.Fatal(err)
		}
	})
	_, _, err := readForm(data)
	var faults sheet.Faults
	if survey.KindOf(err) != survey.Invalid || !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprint(f.Sheet, "!", f.Column, f.Row))
		if f.Message == "" || f.English == "" {
			t.Errorf("%+v", f)
		}
	}
	want := "survey!R3 survey!H3 survey!I3 survey!J3 survey!A5 survey!A6 survey!B7 survey!B8 survey!C9 survey!C10 survey!D12 survey!E13 survey!F14 survey!N15 survey!O1 survey!P17 survey!Q18 survey!C20"
	for _, cell := range append(strings.Fields(want), "choices!B3", "choices!B9", "choices!A10", "settings!C2", "settings!D2", "settings!3") {
		if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+cell+" ") {
			t.Errorf("%s is not among %v", cell, got)
		}
	}
	if line := faults[1].In(survey.LangEN); !strings.Contains(line, "Sheet «survey», row 3, column ") {
		t.Error(line)
	}
}
