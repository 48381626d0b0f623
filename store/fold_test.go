package store_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

// openHeld opens a store in a folder that moves what arrived only when told to.
func openHeld(t *testing.T, dir string) *store.Store {
	t.Helper()
	c := &clock{at("2026-10-20 09:00")}
	s, err := store.Open(context.Background(), store.WithFolding(store.Options{Dir: dir, Zone: zone, Now: c.read}, 1<<30, store.Hold))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// heldRound is an open round in such a store.
func heldRound(t *testing.T) (s *store.Store, dir string) {
	t.Helper()
	dir = t.TempDir()
	s = openHeld(t, dir)
	load(t, s, twoSchools())
	advance(t, s)
	return s, dir
}

// book is what the tests know was accepted, and the tallies that follow.
type book struct {
	strata   []survey.Stratum
	accepted []survey.Delivery
	comments int
	secret   []byte
}

func newBook(t *testing.T, s *store.Store) *book {
	return &book{strata: strata(t, s, "2026-10"), secret: s.Secret()}
}

// id makes the n-th ID: of a form shown today, yesterday or days ago, or one
// that others made.
func (b *book) id(n int) string {
	var random [16]byte
	binary.LittleEndian.PutUint64(random[:], uint64(n))
	shown := at("2026-10-20 08:00").AddDate(0, 0, -(n % 3))
	if n%4 == 0 {
		return fmt.Sprintf("folded-%012d", n)
	}
	return string(survey.MintFormID(b.secret, random[:], shown))
}

// write makes a fresh delivery, or one that was accepted before.
func (b *book) write(chance *rand.Rand) (d survey.Delivery, fresh bool) {
	if len(b.accepted) > 0 && chance.IntN(5) == 0 {
		return b.accepted[chance.IntN(len(b.accepted))], false
	}
	st := &b.strata[chance.IntN(len(b.strata))]
	d = delivery(*st, b.id(len(b.accepted)))
	for i := range d.Response.Marks {
		d.Response.Marks[i] = survey.Mark(chance.IntN(7))
	}
	d.Response.Expectation, d.Helped = chance.IntN(301)-1, chance.IntN(4) == 0
	if chance.IntN(3) == 0 {
		d.Response.Comment = fmt.Sprintf("Góp ý %d", len(b.accepted))
		b.comments++
	}
	st.Form.Count(&st.Tally, d)
	b.accepted = append(b.accepted, d)
	return d, true
}

// send hands some deliveries to a store, in one transaction.
func (b *book) send(t *testing.T, s *store.Store, chance *rand.Rand) {
	t.Helper()
	var batch []survey.Delivery
	var want []bool
	for range 1 + chance.IntN(20) {
		d, fresh := b.write(chance)
		batch, want = append(batch, d), append(want, fresh)
	}
	for i, fresh := range s.WriteTogether(t, batch...) {
		if fresh != want[i] {
			t.Fatalf("%s: fresh %v, want %v", batch[i].ID, fresh, want[i])
		}
	}
}

// agrees holds what a store gives out against the book.
func (b *book) agrees(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	for i, st := range strata(t, s, "2026-10") {
		if !st.Tally.Equal(b.strata[i].Tally) {
			t.Fatalf("tally of stratum %d: %d responses, want %d", st.ID, st.Tally.Responses, b.strata[i].Tally.Responses)
		}
	}
	if in := wantClean(t, s); in.Responses != len(b.accepted) || in.Opinions != b.comments {
		t.Fatalf("recounted %d responses and %d comments, want %d and %d", in.Responses, in.Opinions, len(b.accepted), b.comments)
	}
	for _, d := range b.accepted {
		if known, err := s.Known(ctx, d); err != nil || !known {
			t.Fatalf("%s is not known: %v", d.ID, err)
		}
		d.Response.Expectation ^= 1
		if _, err := s.Known(ctx, d); survey.KindOf(err) != survey.Conflict {
			t.Fatalf("%s with other answers: %v", d.ID, err)
		}
	}
}

// agreesByDayAndSchool holds the other ways of counting against the book; a
// store counts days anew only after a while.
func (b *book) agreesByDayAndSchool(t *testing.T, s *store.Store) {
	t.Helper()
	days, err := s.DayCounts(context.Background(), "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	byDay, bySchool := 0, 0
	for _, d := range days {
		byDay += d.Responses
	}
	for _, school := range twoSchools() {
		record, err := s.SchoolRecord(context.Background(), school.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range record.Rounds[0].Forms {
			bySchool += form.Participation.Responses
		}
	}
	if byDay != len(b.accepted) || bySchool != len(b.accepted) {
		t.Fatalf("%d by day, %d by school; want %d", byDay, bySchool, len(b.accepted))
	}
}

// settled holds the tables themselves against the book, when all has its place.
func (b *book) settled(t *testing.T, s *store.Store) {
	t.Helper()
	s.Settle(t)
	rows, counted := s.Raw(t, `SELECT COUNT(*) FROM response`), s.Raw(t, `SELECT SUM(responses) FROM tally`)
	if left := s.Raw(t, `SELECT COUNT(*) FROM arrival WHERE length(packed) > 0`); rows != len(b.accepted) || counted != rows || left > 0 {
		t.Fatalf("%d rows, %d counted, %d arrivals left; want %d, as many, none", rows, counted, left, len(b.accepted))
	}
	b.agrees(t, s)
}

// cut copies the database as a crash at this moment leaves it.
func cut(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{store.FileName, store.FileName + "-wal"} {
		if err := os.WriteFile(filepath.Join(to, name), content(t, filepath.Join(dir, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// Whatever the transaction after which the process ends: all that was accepted
// is there, counted once, known again, and comes to its place.
func TestPromiseACutBetweenTwoTransactionsLosesNothing(t *testing.T) {
	for seed := range often(4, 200) {
		chance := rand.New(rand.NewPCG(31, uint64(seed)))
		s, dir := heldRound(t)
		b := newBook(t, s)
		for range 16 {
			if chance.IntN(2) == 0 {
				b.send(t, s, chance)
			} else {
				s.FoldSome(t, 1+chance.IntN(20))
			}
			again := openHeld(t, cut(t, dir))
			b.agrees(t, again)
			b.agreesByDayAndSchool(t, again)
			for _, d := range b.accepted[:min(3, len(b.accepted))] {
				if again.WriteTogether(t, d)[0] {
					t.Fatalf("seed %d: %s was counted twice", seed, d.ID)
				}
			}
			if chance.IntN(2) == 0 {
				again.FoldSome(t, 1+chance.IntN(20))
				b.agrees(t, again)
			}
			b.settled(t, again)
			again.Close()
		}
		b.settled(t, s)
		s.Close()
	}
}

// What was taken in before the filter was made is known when it has moved: the
// filter speaks for it too.
func TestTheFilterKnowsWhatWasOnItsWay(t *testing.T) {
	for _, moved := range []int{0, 3} { // of those that came before
		s, _ := heldRound(t)
		b := newBook(t, s)
		chance := rand.New(rand.NewPCG(35, uint64(moved)))
		for range 6 {
			d, _ := b.write(chance)
			s.WriteTogether(t, d)
		}
		if moved > 0 {
			s.FoldSome(t, moved)
		}
		var batch []survey.Delivery
		for range 12 { // enough at once for a filter
			d, _ := b.write(chance)
			batch = append(batch, d)
		}
		s.WriteTogether(t, batch...)
		s.Settle(t)
		for i, fresh := range s.WriteTogether(t, b.accepted...) {
			if fresh {
				t.Errorf("%d moved: %s was counted twice", moved, b.accepted[i].ID)
			}
		}
		b.settled(t, s)
	}
}

// Two processes that take in and move responses in turn lose and double none.
func TestTwoProcessesMoveWhatArrived(t *testing.T) {
	for seed := range often(6, 200) {
		chance := rand.New(rand.NewPCG(32, uint64(seed)))
		s, dir := heldRound(t)
		both := []*store.Store{s, openHeld(t, dir)}
		b := newBook(t, s)
		for step := range 60 {
			one := both[chance.IntN(2)]
			switch chance.IntN(5) {
			case 0, 1:
				b.send(t, one, chance)
			case 2, 3:
				one.FoldSome(t, 1+chance.IntN(15))
			case 4:
				if err := one.NoteAs("backup"); err != nil { // a commit that has nothing to do with responses
					t.Fatal(err)
				}
			}
			if step%6 == 0 {
				b.agrees(t, both[chance.IntN(2)])
			}
		}
		b.settled(t, both[chance.IntN(2)])
		both[1].Close()
		s.Close()
	}
}

// A commit of others does not throw the moving back to its beginning: it comes
// to its end however often others commit.
func TestMovingGoesOnWhenOthersCommit(t *testing.T) {
	s, _ := heldRound(t)
	b := newBook(t, s)
	chance := rand.New(rand.NewPCG(33, 1))
	for len(b.accepted) < 60 {
		b.send(t, s, chance)
	}
	for range len(b.accepted)/5 + 1 {
		s.FoldSome(t, 5)
		if err := s.NoteAs("backup"); err != nil {
			t.Fatal(err)
		}
	}
	if left := s.Raw(t, `SELECT COUNT(*) FROM arrival WHERE length(packed) > 0`); left > 0 {
		t.Errorf("%d arrivals are left", left)
	}
	b.settled(t, s)
}

// What arrived is moved while more arrives, and in the first quiet moment.
func TestWhatArrivedIsMovedWithoutBeingTold(t *testing.T) {
	c := &clock{at("2026-10-20 09:00")}
	for name, idle := range map[string]time.Duration{"under load": store.Hold, "in a quiet moment": time.Millisecond} {
		s, err := store.Open(context.Background(), store.WithFolding(store.Options{Dir: t.TempDir(), Zone: zone, Now: c.read}, 100, idle))
		if err != nil {
			t.Fatal(err)
		}
		load(t, s, twoSchools())
		advance(t, s)
		b := newBook(t, s)
		chance := rand.New(rand.NewPCG(34, 1))
		for idle == store.Hold && len(b.accepted) < 400 {
			d, _ := b.write(chance)
			accept(t, s, d)
		}
		d, _ := b.write(chance)
		accept(t, s, d)
		for end := time.Now().Add(10 * time.Second); s.Raw(t, `SELECT COUNT(*) FROM response`) == 0; {
			if time.Now().After(end) || idle == store.Hold {
				t.Fatalf("%s: nothing was moved", name)
			}
		}
		b.agrees(t, s)
		b.settled(t, s)
		s.Close()
	}
}

// In a quiet moment the log is written back, so that a slow day does not fill
// it; what is in it is counted all the same.
func TestTheLogBeginsAnewInAQuietMoment(t *testing.T) {
	size := map[int]int64{}
	for _, commits := range []int{10, 1 << 30} {
		c := &clock{at("2026-10-20 09:00")}
		dir := t.TempDir()
		o := store.WithFolding(store.Options{Dir: dir, Zone: zone, Now: c.read}, 1<<30, time.Millisecond)
		s, err := store.Open(context.Background(), store.WithWriteBack(o, commits))
		if err != nil {
			t.Fatal(err)
		}
		load(t, s, twoSchools())
		advance(t, s)
		b := newBook(t, s)
		for n := 1; n <= 200; n++ {
			d := delivery(b.strata[0], b.id(n))
			b.strata[0].Form.Count(&b.strata[0].Tally, d)
			b.accepted = append(b.accepted, d)
			accept(t, s, d)
			for end := time.Now().Add(10 * time.Second); s.Raw(t, `SELECT COUNT(*) FROM response`) < n; {
				if time.Now().After(end) {
					t.Fatal("nothing was moved")
				}
			}
		}
		size[commits] = int64(len(content(t, filepath.Join(dir, store.FileName+"-wal"))))
		b.settled(t, s)
		s.Close()
	}
	if size[10] > size[1<<30]/4 {
		t.Errorf("the log has %d bytes; %d when it is never written back", size[10], size[1<<30])
	}
	t.Log(size)
}

// A start moves what a crash left behind; a process that serves keeps its own.
func TestAStartMovesWhatWasLeftBehind(t *testing.T) {
	s, dir := heldRound(t)
	b := newBook(t, s)
	b.send(t, s, rand.New(rand.NewPCG(35, 1)))
	c := &clock{at("2026-10-20 09:00")}
	again, err := store.Open(context.Background(), store.WithFolding(store.Options{Dir: cut(t, dir), Zone: zone, Now: c.read}, 1<<30, time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for end := time.Now().Add(10 * time.Second); again.Raw(t, `SELECT COUNT(*) FROM arrival WHERE length(packed) > 0`) > 0; {
		if time.Now().After(end) {
			t.Fatal("it is still there")
		}
	}
	b.settled(t, again)
	openHeld(t, dir).Close() // a command beside the service
	if s.Raw(t, `SELECT COUNT(*) FROM arrival WHERE length(packed) > 0`) == 0 {
		t.Error("a command moved what the service holds")
	}
}

// A tally that is damaged keeps nobody out, neither at its own school nor at
// others, and what was sent is stored and known.
func TestADamagedTallyKeepsNobodyOut(t *testing.T) {
	c := &clock{at("2026-10-20 09:00")}
	s, err := store.Open(context.Background(), store.WithFolding(store.Options{Dir: t.TempDir(), Zone: zone, Now: c.read}, 20, store.Hold))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	load(t, s, twoSchools())
	advance(t, s)
	b := newBook(t, s)
	s.Damage(t, `UPDATE tally SET packed = x'00' WHERE stratum_id = ?`, b.strata[0].ID)
	chance := rand.New(rand.NewPCG(39, 1))
	for range 6 {
		var crowd []survey.Delivery
		for range 90 {
			d, _ := b.write(chance)
			crowd = append(crowd, d)
		}
		s.WriteTogether(t, crowd...)
	}
	for _, d := range b.accepted {
		if known, err := s.Known(context.Background(), d); err != nil || !known {
			t.Fatalf("%s is not known: %v", d.ID, err)
		}
	}
	if in, err := s.Check(context.Background()); err != nil || len(in.Findings) == 0 || in.Responses != len(b.accepted) {
		t.Errorf("the damage was not found: %+v %v", in, err)
	}
}
