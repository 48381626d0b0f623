package store_test

import (
	"context"
	"testing"
	"time"

	"hailong/survey"
)

// P14: a session ends although the clock went back while it lived: what began
// or was used after now was not begun by this clock.
func TestPromiseASessionEndsWhateverTheClockDoes(t *testing.T) {
	for jump, alive := range map[time.Duration]bool{
		time.Minute: true, 29 * time.Minute: true, time.Hour: false, 24 * time.Hour: false, 365 * 24 * time.Hour: false,
		-time.Minute: true, -time.Hour: false, -24 * time.Hour: false, -365 * 24 * time.Hour: false,
	} {
		s, c := openRound(t)
		account := survey.Account{Name: "vanphong", Role: survey.OfficeRole}
		if err := s.AddAccount(context.Background(), "test", account, "bốn con mèo đen"); err != nil {
			t.Fatal(err)
		}
		token, err := s.SignIn(context.Background(), account, "")
		if err != nil {
			t.Fatal(err)
		}
		c.now = c.now.Add(jump)
		if _, err := s.SignedIn(context.Background(), token); (err == nil) != alive {
			t.Errorf("clock moved by %v: alive %v, want %v (%v)", jump, err == nil, alive, err)
		}
	}
}

// P14: after the closing a form counts as late by the closing that is stored,
// and the clock going back opens nothing again.
func TestPromiseAClosedRoundStaysClosedWhateverTheClockDoes(t *testing.T) {
	s, c := openRound(t)
	shown := survey.MintFormID(s.Secret(), make([]byte, 16), at("2026-11-30 22:00"))
	unknown := survey.FormID("not-minted-by-this-service")
	c.now = at("2026-12-01 00:01")
	advance(t, s)
	for _, step := range []struct {
		now       string
		late, own bool // is the form accepted that was shown before the closing, and one of unknown age
	}{
		{"2026-12-01 00:01", true, false},
		{"2026-12-01 23:59", true, false},
		{"2026-12-02 00:01", false, false},
		{"2026-11-30 23:00", true, false},
		{"2026-10-20 09:00", true, false},
		{"2027-12-01 00:00", false, false},
		{"2026-12-02 09:00", false, false},
	} {
		c.now = at(step.now)
		advance(t, s)
		schedule, err := s.Rounds(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		r, err := schedule.Round("2026-10")
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[survey.FormID]bool{shown: step.late, unknown: step.own} {
			opened, _ := id.Opened(s.Secret())
			err := schedule.Calendar.Receives(r, c.now, opened)
			if (err == nil) != want {
				t.Errorf("at %s: accepted %v, want %v (%v)", step.now, err == nil, want, err)
			}
		}
	}
}

// P14: a clock that went back does not open a round of the past: answers would
// go into it instead of the one that is open.
func TestPromiseAClockThatWentBackOpensNoPastRound(t *testing.T) {
	s, c := openRound(t)
	for _, now := range []string{"2025-10-20 09:00", "2026-03-20 09:00", "2024-10-20 09:00", "2026-10-21 09:00"} {
		c.now = at(now)
		advance(t, s)
		d, err := s.Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if d.Round.ID != "2026-10" || d.Round.State != survey.Open {
			t.Errorf("at %s parents meet round %s (%s)", now, d.Round.ID, d.Round.State)
		}
	}
}
