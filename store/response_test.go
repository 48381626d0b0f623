package store_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hailong/store"
	"hailong/survey"
)

func delivery(st survey.Stratum, id string, marks ...survey.Mark) survey.Delivery {
	r := survey.Response{Expectation: survey.NoPercent}
	for i := range len(st.Form.Items) + 1 {
		m := survey.Blank
		if i < len(marks) {
			m = marks[i]
		}
		r.Marks = append(r.Marks, m)
	}
	return survey.Delivery{ID: survey.FormID(id), Stratum: st.ID, Day: 20746, Response: r}
}

func accept(t *testing.T, s *store.Store, d survey.Delivery) bool {
	t.Helper()
	fresh, err := s.Accept(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestTheSameFormTwiceIsOneResponse(t *testing.T) {
	s, _ := openRound(t)
	st := strata(t, s, "2026-10")[0]
	d := delivery(st, "form-id-0123456789", 5, 4, 0)
	d.Response.Comment = "Cảm ơn thầy cô"
	if !accept(t, s, d) || accept(t, s, d) {
		t.Fatal("first delivery must be fresh, the second not")
	}
	other := delivery(st, "form-id-0123456789", 1)
	if _, err := s.Accept(context.Background(), other); survey.KindOf(err) != survey.Conflict {
		t.Fatalf("other answers under the same ID: %v", err)
	}
	if got := strata(t, s, "2026-10")[0].Tally.Responses; got != 1 {
		t.Fatalf("%d responses counted", got)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM response`) + s.Number(t, `SELECT COUNT(*) FROM opinion`); n != 2 {
		t.Fatalf("%d rows of responses and opinions, want 1 + 1", n)
	}
}

// Help is counted with the response that it was given for; who sends the same
// answers again gets the receipt, whatever is said of help then.
func TestHelpIsCountedOnce(t *testing.T) {
	s, _ := openRound(t)
	st := strata(t, s, "2026-10")[0]
	d := delivery(st, "form-id-0123456789", 5, 4, 0)
	d.Helped = true
	accept(t, s, d)
	accept(t, s, delivery(st, "form-id-9876543210", 5))
	d.Helped = false
	if accept(t, s, d) {
		t.Error("the repetition was taken for another form")
	}
	if got := strata(t, s, "2026-10")[0].Tally; got.Responses != 2 || got.Helped != 1 {
		t.Errorf("%d responses, %d with help; want 2 and 1", got.Responses, got.Helped)
	}
	wantClean(t, s)
}

func TestManyAtOnceAreEachCountedOnce(t *testing.T) {
	s, _ := openRound(t)
	all := strata(t, s, "2026-10")
	const forms, repeats = 400, 5
	var stored [forms]atomic.Int64
	var group sync.WaitGroup
	for i := range forms * repeats {
		group.Go(func() {
			n := i % forms
			d := delivery(all[n%len(all)], fmt.Sprintf("form-id-%010d", n), survey.Mark(n%6))
			fresh, err := s.Accept(context.Background(), d)
			for survey.KindOf(err) == survey.Busy {
				fresh, err = s.Accept(context.Background(), d)
			}
			if err != nil {
				t.Error(err)
			}
			if fresh && stored[n].Add(1) > 1 {
				t.Errorf("form %d was fresh twice", n)
			}
		})
	}
	group.Wait()
	counted := 0
	for _, st := range strata(t, s, "2026-10") {
		counted += st.Tally.Responses
	}
	if rows := s.Number(t, `SELECT COUNT(*) FROM response`); rows != forms || counted != forms {
		t.Fatalf("%d rows, %d counted, want %d", rows, counted, forms)
	}
	wantClean(t, s)
}

func wantClean(t *testing.T, s *store.Store) store.Inspection {
	t.Helper()
	in, err := s.Check(context.Background())
	if err != nil || len(in.Findings) > 0 {
		t.Fatal(in.Findings, err)
	}
	return in
}

func TestTalliesEqualARecount(t *testing.T) {
	s, _ := openRound(t)
	all := strata(t, s, "2026-10")
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		st := all[rapid.IntRange(0, len(all)-1).Draw(rt, "stratum")]
		d := delivery(st, fmt.Sprintf("property-%010d", n))
		for i := range d.Response.Marks {
			d.Response.Marks[i] = survey.Mark(rapid.IntRange(0, 6).Draw(rt, "mark"))
		}
		d.Response.Expectation = rapid.IntRange(survey.NoPercent, 300).Draw(rt, "percent")
		before := want(strata(t, s, "2026-10"), st.ID)
		accept(t, s, d)
		st.Form.Add(&before, d.Response)
		if after := want(strata(t, s, "2026-10"), st.ID); !after.Equal(before) {
			rt.Fatalf("tally differs: %s", cmp.Diff(before, after))
		}
	})
	if in := wantClean(t, s); in.Responses != n {
		t.Fatalf("%d responses recounted, %d sent", in.Responses, n)
	}
}

func want(all []survey.Stratum, id int64) survey.Tally {
	for _, st := range all {
		if st.ID == id {
			return st.Tally
		}
	}
	return survey.Tally{}
}

func TestAnUnknownStratumHarmsNoOther(t *testing.T) {
	s, _ := openRound(t)
	st := strata(t, s, "2026-10")[0]
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			d := delivery(st, fmt.Sprintf("mixed-id-%010d", i), 5)
			if i%10 == 0 {
				d.Stratum = 999999
			}
			if _, err := s.Accept(context.Background(), d); (err != nil) != (i%10 == 0) {
				t.Errorf("delivery %d: %v", i, err)
			}
		})
	}
	group.Wait()
	if n := s.Number(t, `SELECT COUNT(*) FROM response`); n != 36 {
		t.Fatalf("%d rows, want 36", n)
	}
	wantClean(t, s)
}

func TestAcceptAfterCloseIsRefused(t *testing.T) {
	s, _ := openRound(t)
	st := strata(t, s, "2026-10")[0]
	s.Close()
	_, err := s.Accept(context.Background(), delivery(st, "after-close-0123456", 5))
	wantKind(t, err, survey.Busy)
}

// Nothing that is stored may lead from a comment to the answers beside it, or
// from a row to the form's ID.
func TestNothingJoinsAnAnswerToACommentOrAPhone(t *testing.T) {
	s, _ := openRound(t)
	st := strata(t, s, "2026-10")[0]
	id := survey.MintFormID(s.Secret(), bytes.Repeat([]byte{7}, 16), at("2026-10-20 09:00"))
	d := delivery(st, string(id), 5)
	d.Response.Comment = "Một lời góp ý"
	accept(t, s, d)
	joined := s.Number(t, `SELECT COUNT(*) FROM response JOIN opinion ON substr(response.key, 3) = substr(opinion.key, 3) OR response.digest = opinion.key`)
	named := s.Number(t, `SELECT COUNT(*) FROM response WHERE instr(CAST(key AS TEXT), ?) OR instr(CAST(digest AS TEXT), ?)`, string(id), string(id))
	if joined+named != 0 {
		t.Fatalf("%d joined, %d named", joined, named)
	}
	if opinions, err := s.Results(context.Background(), "2026-10"); err != nil || len(opinions.Opinions) != 1 || opinions.Opinions[0].Text != "Một lời góp ý" {
		t.Fatal(opinions.Opinions, err)
	}
}
