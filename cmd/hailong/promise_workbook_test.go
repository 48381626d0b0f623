package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hailong/export/sheet"
	"hailong/store"
	"hailong/survey"
)

// P16: the workbook equals the data. Of random rounds every figure is worked
// out again from what was sent, by formulas of the test's own, and no text is
// cut.
func TestPromiseTheWorkbookEqualsTheData(t *testing.T) {
	sent := 0
	for seed := range often(10, 200) {
		t.Run(fmt.Sprint("round ", seed), func(t *testing.T) {
			r := newRandomRound(t, uint64(seed))
			sent += len(r.book)
			w := openWorkbook(t, r.write(t))
			w.checkSchools(r.book, r.schools)
			w.checkItems(r.book, r.schools)
			w.checkOpinions(r.book)
			w.checkSummary(r.book, r.list)
		})
	}
	t.Logf("%d responses", sent)
}

// randomRound is a round with made-up schools and answers, and the test's own
// book about it.
type randomRound struct {
	chance  *rand.Rand
	store   *store.Store
	book    book
	schools []visited
	list    [][]string // rows as `schools list --csv` has them
}

func newRandomRound(t *testing.T, seed uint64) *randomRound {
	t.Helper()
	zone := time.FixedZone("ICT", 7*3600)
	now := time.Date(2026, 10, 20, 9, 0, 0, 0, zone)
	s, err := store.Open(context.Background(), store.Options{Dir: t.TempDir(), Zone: zone, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r := &randomRound{chance: rand.New(rand.NewPCG(16, seed)), store: s}
	if _, err := s.LoadSchools(context.Background(), "test", r.newSchools(), false); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AdvanceRounds(context.Background()); err != nil {
		t.Fatal(err)
	}
	strata, err := s.Strata(context.Background(), "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range strata {
		r.answer(t, st)
	}
	return r
}

func (r *randomRound) newSchools() (all []survey.School) {
	kinds, areas := survey.SchoolKinds(), survey.BuiltInAreas().All()
	for n := range 1 + r.chance.IntN(7) {
		s := survey.School{Code: survey.SchoolCode(fmt.Sprintf("R%02d", n)), Name: fmt.Sprintf("Trường số %d", n), Kind: kinds[r.chance.IntN(len(kinds))],
			Area: areas[r.chance.IntN(len(areas))], Enrolment: survey.Enrolment{}}
		v := visited{code: string(s.Code), kind: string(s.Kind), enrolment: map[string]int{}}
		row := make([]string, 10)
		for i, level := range survey.Levels() {
			for _, usual := range s.Kind.UsualLevels() {
				if usual == level {
					s.Enrolment[level] = 40 + r.chance.IntN(900)
					v.enrolment[string(level)] = s.Enrolment[level]
					row[4+i] = strconv.Itoa(s.Enrolment[level])
				}
			}
		}
		all, r.schools, r.list = append(all, s), append(r.schools, v), append(r.list, row)
	}
	return all
}

// answer lets a few people answer a school's form, or nobody at all.
func (r *randomRound) answer(t *testing.T, st survey.Stratum) {
	t.Helper()
	if r.chance.IntN(8) == 0 {
		return
	}
	for range 1 + r.chance.IntN(30) {
		response, noted := r.fill(st.Form)
		noted.school, noted.form = string(st.School.Code), string(st.Form.Code)
		id := survey.FormID(fmt.Sprintf("workbook-%016x", r.chance.Uint64()))
		if _, err := r.store.Accept(context.Background(), survey.Delivery{ID: id, Stratum: st.ID, Day: 20746, Response: response}); err != nil {
			t.Fatal(err)
		}
		r.book = append(r.book, noted)
	}
}

// fill answers a form by chance and writes the answers into the book by hand.
func (r *randomRound) fill(form *survey.Form) (survey.Response, sent) {
	response := survey.Response{Expectation: survey.NoPercent}
	noted := sent{marks: map[string]int{}, percent: -1}
	codes := make([]string, 0, len(form.Items)+1)
	for _, item := range form.Items {
		codes = append(codes, string(item.Code))
	}
	for _, code := range append(codes, "F2") {
		mark := r.chance.IntN(7) // 6: left blank
		response.Marks = append(response.Marks, survey.Mark(mark))
		if mark < 6 {
			noted.marks[code] = mark
		}
	}
	if r.chance.IntN(5) > 0 {
		noted.percent = r.chance.IntN(form.Expectation.Max + 1)
		response.Expectation = noted.percent
	}
	if r.chance.IntN(4) == 0 {
		noted.comment = r.comment(form.Comment.Max)
		response.Comment = noted.comment
	}
	return response, noted
}

// comment is a text that a spreadsheet could take for something else, or one
// as long as the form allows. It has no run of digits: one that could be a
// telephone number or that of an identity paper is masked in the workbook.
func (r *randomRound) comment(most int) string {
	first := []string{"=1+1 ", "+84 ", "-5 ", "@SUM(A1) ", "_x0041_ ", "<b>&amp; ", "👩‍👩‍👧 ", "Góp ý "}[r.chance.IntN(8)]
	text := first + lettersOnly.Replace(strconv.FormatUint(r.chance.Uint64(), 36))
	if r.chance.IntN(3) == 0 {
		text += strings.Repeat("ữ", most-survey.Letters(text))
	}
	return text
}

var lettersOnly = strings.NewReplacer("0", "A", "1", "B", "2", "C", "3", "D", "4", "E", "5", "F", "6", "G", "7", "H", "8", "I", "9", "J")

func (r *randomRound) write(t *testing.T) string {
	t.Helper()
	results, err := r.store.Results(context.Background(), "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "ket-qua.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := sheet.WriteProvince(f, results); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}
