package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"hailong/survey"
)

func TestPasswords(t *testing.T) {
	s, _ := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	office := survey.Account{Name: "vanphong", Role: survey.OfficeRole}
	const password = "ngựa đỏ qua cầu" // typed in NFC
	if err := s.AddAccount(ctx, "test", office, password); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.AddAccount(ctx, "test", office, "another password"), survey.Conflict)
	const decomposed = "ng\u01b0\u0323a đo\u0309 qua câ\u0300u" // the same in NFD
	for _, right := range []string{password, decomposed} {
		if a, err := s.CheckPassword(ctx, "vanphong", right); err != nil || a != office {
			t.Errorf("%q: %v %v", right, a, err)
		}
	}
	for name, wrong := range map[string]string{"vanphong": password + "x", "nobody": password} {
		_, err := s.CheckPassword(ctx, name, wrong)
		wantKind(t, err, survey.Forbidden)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM account WHERE password_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'`); n != 1 {
		t.Error("the password is not stored as argon2id")
	}
}

func TestManyPasswordChecksAtOnceAllFinish(t *testing.T) {
	s, _ := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	if err := s.AddAccount(ctx, "test", survey.Account{Name: "xem", Role: survey.ViewerRole}, "bốn con mèo đen"); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if _, err := s.CheckPassword(ctx, "xem", "bốn con mèo đen"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestSessionsEnd(t *testing.T) {
	s, c := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	office := survey.Account{Name: "vanphong", Role: survey.OfficeRole}
	if err := s.AddAccount(ctx, "test", office, "bốn con mèo đen"); err != nil {
		t.Fatal(err)
	}
	token, err := s.SignIn(ctx, office, "")
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM session WHERE instr(CAST(token_hash AS TEXT), ?)`, token); n != 0 {
		t.Error("the session's secret is stored")
	}
	for range 24 { // in use: every half hour but one minute
		if a, err := s.SignedIn(ctx, token); err != nil || a != office {
			t.Fatal(a, err)
		}
		c.now = c.now.Add(29 * time.Minute)
	}
	c.now = at("2026-10-20 21:01") // twelve hours are over
	_, err = s.SignedIn(ctx, token)
	wantKind(t, err, survey.Forbidden)

	token, _ = s.SignIn(ctx, office, "")
	c.now = c.now.Add(31 * time.Minute)
	_, err = s.SignedIn(ctx, token)
	wantKind(t, err, survey.Forbidden)

	token, _ = s.SignIn(ctx, office, "")
	if err := s.SignOut(ctx, token); err != nil {
		t.Fatal(err)
	}
	_, err = s.SignedIn(ctx, token)
	wantKind(t, err, survey.Forbidden)
}
