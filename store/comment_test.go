package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hailong/store"
	"hailong/survey"
)

// commented gives a store with so many responses with comments of the school S1
// and three of S2, the autumn round open.
func commented(t *testing.T, responses, comments int) *store.Store {
	t.Helper()
	s, _ := openRound(t)
	for _, st := range strata(t, s, "2026-10") {
		n := 3
		if st.School.Code == "S1" {
			n = responses
		}
		for k := range n {
			d := delivery(st, fmt.Sprintf("comment-%s-%s-%06d", st.School.Code, st.Form.Code, k), survey.Mark(4), 4, 4)
			if k < comments || st.School.Code != "S1" {
				d.Response.Comment = fmt.Sprintf("Cô Lan tốt %02d, gọi 0905123456", k)
			}
			accept(t, s, d)
		}
	}
	return s
}

func remarksOf(t *testing.T, s *store.Store, school survey.SchoolCode) (list []survey.Remark) {
	t.Helper()
	all := got[survey.Remarks](t)(s.Remarks(context.Background(), "2026-10"))
	for _, r := range all.List {
		if all.Strata[r.Stratum].School.Code == school {
			list = append(list, r)
		}
	}
	return list
}

func release(t *testing.T, s *store.Store, r survey.Remark) {
	t.Helper()
	must(t, s.DecideRemark(context.Background(), "lan", "2026-10", r.ID, survey.CommentVerdict{State: survey.CommentReleased, Masked: r.Proposed()}))
}

func TestCommentsReachASchoolTogether(t *testing.T) {
	for _, c := range []struct{ responses, released, want int }{{20, 5, 5}, {19, 5, 0}, {20, 4, 0}, {40, 9, 9}} {
		s := commented(t, c.responses, 12)
		for _, r := range remarksOf(t, s, "S1")[:c.released] {
			release(t, s, r)
		}
		for _, r := range remarksOf(t, s, "S2") {
			release(t, s, r) // of another school: few responses
		}
		texts := got[[]string](t)(s.ReleasedComments(context.Background(), "2026-10", "S1"))
		if len(texts) != c.want {
			t.Errorf("%+v: the school sees %d comments", c, len(texts))
		}
		for _, text := range texts {
			if strings.Contains(text, "Lan") || strings.Contains(text, "0905") {
				t.Errorf("the school reads %q", text)
			}
		}
		if others := got[[]string](t)(s.ReleasedComments(context.Background(), "2026-10", "S2")); others != nil {
			t.Errorf("the other school sees %q", others)
		}
		if other := got[[]string](t)(s.ReleasedComments(context.Background(), "2026-03", "S1")); other != nil {
			t.Errorf("another round shows %q", other)
		}
	}
}

// The order says nothing of who wrote first, and stays the same.
func TestCommentsHaveNoOrderOfArrival(t *testing.T) {
	s := commented(t, 30, 30)
	first := remarksOf(t, s, "S1")
	arrived := slices.IsSortedFunc(first, func(a, b survey.Remark) int { return strings.Compare(a.Text, b.Text) })
	if again := remarksOf(t, s, "S1"); len(first) != 30 || arrived || again[7].ID != first[7].ID {
		t.Errorf("%d comments, in the order of arrival: %v", len(first), arrived)
	}
	for _, r := range first {
		release(t, s, r)
	}
	if texts := got[[]string](t)(s.ReleasedComments(context.Background(), "2026-10", "S1")); len(texts) != 30 || slices.IsSorted(texts) {
		t.Errorf("the school reads %d comments, in the order of arrival: %v", len(texts), slices.IsSorted(texts))
	}
	if n := s.Number(t, `SELECT count(*) FROM opinion WHERE instr(lower(hex(key)), ?) OR instr(lower(hex(key)), ?)`, first[0].ID, first[1].ID); n != 0 {
		t.Error("the name of a comment is a part of its key")
	}
}

func TestADecisionOfAComment(t *testing.T) {
	s := commented(t, 20, 6)
	ctx := context.Background()
	r := remarksOf(t, s, "S1")[2]
	if r.State != survey.CommentNew || r.Proposed() == r.Text || r.By != "" {
		t.Fatalf("a new comment: %+v", r)
	}
	for name, wrong := range map[string]survey.CommentVerdict{"no state": {Masked: "x"}, "nothing to release": {State: survey.CommentReleased, Masked: " \n"},
		"nobody told": {State: survey.CommentRead, Urgent: true, Told: " "}, "unknown": {State: "x"}} {
		if err := s.DecideRemark(ctx, "lan", "2026-10", r.ID, wrong); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantKind(t, s.DecideRemark(ctx, "lan", "2026-10", "0123456789", survey.CommentVerdict{State: survey.CommentRead}), survey.NotFound)
	wantKind(t, s.DecideRemark(ctx, "lan", "2026-03", r.ID, survey.CommentVerdict{State: survey.CommentRead}), survey.NotFound)
	urgent := survey.CommentVerdict{State: survey.CommentWithheld, Masked: "Trẻ bị đánh", Urgent: true, Told: "Ông Bình, 10 giờ"}
	for range 2 { // the same once more leaves no second entry
		must(t, s.DecideRemark(ctx, "lan", "2026-10", r.ID, urgent))
	}
	again := remarksOf(t, s, "S1")[2]
	if again.ID != r.ID || again.CommentVerdict != urgent || again.By != "lan" || again.Text != r.Text {
		t.Errorf("decided: %+v", again)
	}
	log := got[[]survey.AuditEntry](t)(s.AuditLog(ctx, survey.AuditQuery{Actor: "lan", Limit: 9}))
	if len(log) != 2 || log[0].Action != "comment urgent" || log[1].Object != "S1" || log[1].Detail != "đợt 2026-10: mới → không phát hành" {
		t.Errorf("audit log: %+v", log)
	}
	for _, e := range log {
		if strings.Contains(e.Detail, "Trẻ") || strings.Contains(e.Detail, "Lan") {
			t.Errorf("the audit log holds the comment: %q", e.Detail)
		}
	}
}

// Files hold comments as others may read them.
func TestFilesHoldMaskedComments(t *testing.T) {
	s := commented(t, 20, 6)
	r := remarksOf(t, s, "S1")[0]
	must(t, s.DecideRemark(context.Background(), "lan", "2026-10", r.ID, survey.CommentVerdict{State: survey.CommentRead, Masked: "đã che tay"}))
	byHand := 0
	for _, o := range got[survey.Results](t)(s.Results(context.Background(), "2026-10")).Opinions {
		if strings.Contains(o.Text, "0905") || strings.Contains(o.Text, "Lan") {
			t.Errorf("a file holds %q", o.Text)
		}
		if o.Text == "đã che tay" {
			byHand++
		}
	}
	if byHand != 1 {
		t.Errorf("%d comments as they were masked by hand", byHand)
	}
}
