package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"hailong/store"
)

// P17: which responses came together is gone when they have their places, from
// free pages too, and a backup never holds it, also one that is made while they
// are on their way. An arrival has the keys of its responses side by side; in
// rows of their own they never are.
func TestPromiseNothingRemainsOfTheOrderOfArrival(t *testing.T) {
	s, dir := heldRound(t)
	b := newBook(t, s)
	chance := rand.New(rand.NewPCG(36, 1))
	for len(b.accepted) < 1200 {
		b.send(t, s, chance)
		if len(b.accepted) < 600 && chance.IntN(3) == 0 {
			s.FoldSome(t, 20)
		}
	}
	kept := backUp(t, s, filepath.Join(t.TempDir(), "copy.db"))
	if kept.Rows["response"] != int64(len(b.accepted)) {
		t.Errorf("the backup has %d responses, want %d", kept.Rows["response"], len(b.accepted))
	}
	wantWhole(t, kept)
	if n := together(t, b, kept.File); n > 0 {
		t.Errorf("the backup shows of %d pairs that they came together", n)
	}
	if n := together(t, b, filepath.Join(dir, store.FileName+"-wal")); n < 100 {
		t.Errorf("only %d pairs are together while on their way: the search proves nothing", n)
	}
	b.agrees(t, s)
	s.Settle(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := together(t, b, filepath.Join(dir, store.FileName)); n > 0 {
		t.Errorf("the database shows of %d pairs that they came together", n)
	}
}

// together counts the keys that lie beside another in a file.
func together(t *testing.T, b *book, file string) (pairs int) {
	t.Helper()
	known := map[string]bool{}
	for _, d := range b.accepted {
		known[string(d.ID.Key())] = true
	}
	text := string(content(t, file))
	for key := range known {
		for at := strings.Index(text, key); at >= 0; {
			after := text[at+len(key):]
			if len(after) >= len(key) && known[after[:len(key)]] {
				pairs++
			}
			next := strings.Index(after, key)
			if next < 0 {
				break
			}
			at += len(key) + next
		}
	}
	return pairs
}

// Damage to what is on its way is found, and what is wrong beside it too.
func TestCheckFindsDamageToWhatArrived(t *testing.T) {
	for name, damage := range map[string]string{
		"a lost transaction": `DELETE FROM arrival WHERE seq = 3`,
		"the first one lost": `DELETE FROM arrival WHERE seq = (SELECT MIN(seq) FROM arrival)`,
		"a changed arrival":  `UPDATE arrival SET packed = CAST(substr(packed, 1, 60) || x'00' || substr(packed, 62) AS BLOB) WHERE seq = 3`,
		"an emptied arrival": `UPDATE arrival SET packed = x'' WHERE seq = 3`,
		"all lost":           `DELETE FROM arrival`,
		"a tally ahead":      `UPDATE tally SET counted = 1000`,
		"a changed count":    `UPDATE tally SET responses = responses + 1`,
		"a changed answer":   `UPDATE response SET marks = '1' || substr(marks, 2) WHERE substr(marks, 1, 1) <> '1'`,
		"a lost response":    `DELETE FROM response WHERE key = ?`,
		"a changed day":      `UPDATE response SET day = day + 1`,
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := heldRound(t)
			b := newBook(t, s)
			chance := rand.New(rand.NewPCG(37, 1))
			b.send(t, s, chance)
			s.FoldSome(t, 100)
			for range 4 {
				b.send(t, s, chance)
			}
			s.FoldSome(t, 4) // some have their rows already
			b.agrees(t, s)
			if strings.Contains(damage, "?") {
				s.Damage(t, damage, b.accepted[0].ID.Key())
			} else {
				s.Damage(t, damage)
			}
			in, err := s.Check(context.Background())
			if err != nil || len(in.Findings) == 0 {
				t.Fatalf("not found: %+v %v", in, err)
			}
		})
	}
}

// A week after the closing nothing of a phone is left, also of a response that
// was still on its way when a crash ended the service.
func TestForgettingReachesWhatArrived(t *testing.T) {
	s, dir := heldRound(t)
	d := delivery(strata(t, s, "2026-10")[0], "form-id-0123456789", 5)
	s.WriteTogether(t, d)
	c := &clock{at("2026-12-20 09:00")}
	again, err := store.Open(context.Background(), store.WithFolding(store.Options{Dir: cut(t, dir), Zone: zone, Now: c.read}, 1<<30, store.Hold))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	advance(t, again)
	if finished, err := again.ForgetForms(context.Background()); err != nil || fmt.Sprint(finished) != "[2026-10]" {
		t.Fatal(finished, err)
	}
	if known, err := again.Known(context.Background(), d); err != nil || known {
		t.Errorf("it is still known: %v", err)
	}
	if n := again.Raw(t, `SELECT COUNT(*) FROM response WHERE length(digest) > 0`) + again.Raw(t, `SELECT COUNT(*) FROM arrival WHERE length(packed) > 0`); n != 0 {
		t.Errorf("%d are left", n)
	}
	wantClean(t, again)
}

// What another process moved and made unknown is not brought back by one that
// was moving it too.
func TestForgottenResponsesDoNotComeBack(t *testing.T) {
	s, dir := heldRound(t)
	b := newBook(t, s)
	b.send(t, s, rand.New(rand.NewPCG(38, 1)))
	s.FoldSome(t, 1)
	c := &clock{at("2026-12-20 09:00")}
	other := reopen(t, dir, c)
	advance(t, other)
	if _, err := other.ForgetForms(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.WriteTogether(t, delivery(b.strata[0], "another-0123456789", 5))
	s.FoldSome(t, 100)
	if n := s.Raw(t, `SELECT COUNT(*) FROM response`); n != len(b.accepted)+1 {
		t.Errorf("%d rows, %d were sent", n, len(b.accepted)+1)
	}
	wantClean(t, s)
}
