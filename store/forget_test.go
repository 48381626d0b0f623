package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"hailong/survey"
)

func TestASecondDeliveryIsKnownUntilAWeekAfterTheClosing(t *testing.T) {
	s, c := openRound(t)
	ctx := context.Background()
	all := strata(t, s, "2026-10")
	var sent []survey.Delivery
	for i := range 50 {
		d := delivery(all[i%len(all)], fmt.Sprintf("forgotten-%010d", i), survey.Mark(i%6))
		accept(t, s, d)
		sent = append(sent, d)
	}
	before := strata(t, s, "2026-10")
	c.now = at("2026-12-01 00:00").Add(survey.Remembered - time.Minute)
	advance(t, s)
	if done, err := s.ForgetForms(ctx); err != nil || len(done) != 0 {
		t.Fatal("forgotten too early", done, err)
	}
	if known, err := s.Known(ctx, sent[7]); err != nil || !known {
		t.Fatal("a delivery of this week is not known", err)
	}
	other := sent[7]
	other.Response = sent[8].Response
	_, err := s.Known(ctx, other)
	wantKind(t, err, survey.Conflict)

	c.now = c.now.Add(time.Minute)
	if done, err := s.ForgetForms(ctx); err != nil || len(done) != 1 {
		t.Fatal(done, err)
	}
	for i, d := range sent {
		if known, err := s.Known(ctx, d); err != nil || known {
			t.Fatalf("delivery %d is still known: %v", i, err)
		}
		if n := s.Number(t, `SELECT COUNT(*) FROM response WHERE key = ?`, d.ID.Key()); n != 0 {
			t.Fatalf("the key of delivery %d is still there", i)
		}
	}
	if in := wantClean(t, s); in.Responses != len(sent) {
		t.Fatalf("%d responses left of %d", in.Responses, len(sent))
	}
	for i, st := range strata(t, s, "2026-10") {
		if !st.Tally.Equal(before[i].Tally) {
			t.Errorf("the tally of stratum %d changed", st.ID)
		}
	}
	if done, err := s.ForgetForms(ctx); err != nil || len(done) != 0 {
		t.Fatal("forgotten twice", done, err)
	}
}
