package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hailong/store"
	"hailong/survey"
)

const catPassword = "bốn con mèo đen"

// staffed gives a store with an account of the office.
func staffed(t *testing.T) (*store.Store, *clock, survey.Account) {
	t.Helper()
	s, c := openAt(t, "2026-10-20 09:00")
	lan := survey.Account{Name: "lan", Role: survey.OfficeRole}
	must(t, s.AddAccount(context.Background(), "test", lan, catPassword))
	return s, c, lan
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func got[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func TestAnInvitedAccountSetsItsPasswordOnce(t *testing.T) {
	s, c, _ := staffed(t)
	ctx := context.Background()
	hoa := survey.Account{Name: "hoa", Role: survey.CommuneRole, Area: survey.BuiltInAreas().All()[3].Code}
	token := got[string](t)(s.InviteAccount(ctx, "lan", hoa))
	if _, err := s.CheckPassword(ctx, "hoa", ""); survey.KindOf(err) != survey.Forbidden {
		t.Errorf("an account without a password let somebody in: %v", err)
	}
	if name, err := s.Invited(ctx, token); err != nil || name != "hoa" {
		t.Fatal(name, err)
	}
	if a, err := s.Activate(ctx, token, "", catPassword); err != nil || a != hoa {
		t.Fatal(a, err)
	}
	_, err := s.Activate(ctx, token, "", "mot mat khau khac")
	wantKind(t, err, survey.NotFound)
	if a, err := s.CheckPassword(ctx, "hoa", catPassword); err != nil || a != hoa {
		t.Error(a, err)
	}
	secret := got[string](t)(s.SignIn(ctx, hoa, ""))
	again := got[string](t)(s.RenewInvitation(ctx, "lan", "hoa"))
	if _, err := s.SignedIn(ctx, secret); survey.KindOf(err) != survey.Forbidden {
		t.Error("the session outlived the password")
	}
	if _, err := s.CheckPassword(ctx, "hoa", catPassword); survey.KindOf(err) != survey.Forbidden {
		t.Error("the old password still fits")
	}
	c.now = c.now.Add(73 * time.Hour)
	_, err = s.Invited(ctx, again)
	wantKind(t, err, survey.NotFound)
}

func TestTheFirstAccountIsMadeOnce(t *testing.T) {
	s, c := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	old := got[string](t)(s.OpenFirst(ctx))
	token := got[string](t)(s.OpenFirst(ctx))
	_, err := s.Activate(ctx, old, "lan", catPassword)
	wantKind(t, err, survey.NotFound)
	c.now = c.now.Add(25 * time.Hour)
	_, err = s.Activate(ctx, token, "lan", catPassword)
	wantKind(t, err, survey.NotFound)
	token = got[string](t)(s.OpenFirst(ctx))
	if a, err := s.Activate(ctx, token, "lan", catPassword); err != nil || a.Role != survey.OfficeRole || a.Name != "lan" {
		t.Fatal(a, err)
	}
	_, err = s.Activate(ctx, token, "mai", catPassword)
	wantKind(t, err, survey.NotFound)
	_, err = s.OpenFirst(ctx)
	wantKind(t, err, survey.Conflict)
}

// An address for the first account is of no use once there is one.
func TestTheFirstAddressEndsWithTheFirstAccount(t *testing.T) {
	s, _ := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	token := got[string](t)(s.OpenFirst(ctx))
	must(t, s.AddAccount(ctx, "test", survey.Account{Name: "lan", Role: survey.OfficeRole}, catPassword))
	_, err := s.Activate(ctx, token, "mai", catPassword)
	wantKind(t, err, survey.Conflict)
}

func TestEndingAnAccount(t *testing.T) {
	s, _, lan := staffed(t)
	ctx := context.Background()
	wantKind(t, s.EndAccount(ctx, "test", "lan"), survey.Conflict) // the last one
	got[string](t)(s.InviteAccount(ctx, "lan", survey.Account{Name: "mai", Role: survey.OfficeRole}))
	wantKind(t, s.EndAccount(ctx, "test", "lan"), survey.Conflict) // the other has no password yet
	must(t, s.SetPassword(ctx, "test", "mai", catPassword))
	secret := got[string](t)(s.SignIn(ctx, lan, "Chrome, Windows"))
	must(t, s.EndAccount(ctx, "mai", "lan"))
	_, err := s.SignedIn(ctx, secret)
	wantKind(t, err, survey.Forbidden)
	_, err = s.CheckPassword(ctx, "lan", catPassword)
	wantKind(t, err, survey.Forbidden)
	wantKind(t, s.EndAccount(ctx, "mai", "lan"), survey.NotFound)
	wantKind(t, s.SetPassword(ctx, "mai", "lan", catPassword), survey.NotFound)
	wantKind(t, s.AddAccount(ctx, "mai", lan, catPassword), survey.Conflict)
	all := got[[]survey.AccountRecord](t)(s.AccountList(ctx))
	if len(all) != 2 || all[0].Name != "lan" || all[0].Ended.IsZero() || all[0].Active || !all[1].Active || !all[1].Ended.IsZero() {
		t.Errorf("list: %+v", all)
	}
}

func TestACommuneIsKnown(t *testing.T) {
	s, _, _ := staffed(t)
	ctx := context.Background()
	wantKind(t, s.AddAccount(ctx, "test", survey.Account{Name: "hoa", Role: survey.CommuneRole, Area: "99999"}, catPassword), survey.Invalid)
	wantKind(t, s.AddAccount(ctx, "test", survey.Account{Name: "hoa", Role: survey.CommuneRole}, catPassword), survey.Invalid)
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	s, c, lan := staffed(t)
	ctx := context.Background()
	must(t, s.AddAccount(ctx, "test", survey.Account{Name: "minh", Role: survey.ViewerRole}, catPassword))
	others := got[string](t)(s.SignIn(ctx, survey.Account{Name: "minh"}, "Firefox, Linux"))
	office := got[string](t)(s.SignIn(ctx, lan, "Chrome, Windows"))
	c.now = c.now.Add(5 * time.Minute)
	home := got[string](t)(s.SignIn(ctx, lan, "Safari, iPhone"))
	all := got[[]survey.Session](t)(s.Sessions(ctx, office))
	if len(all) != 2 || !all[0].Present || all[0].Browser != "Chrome, Windows" || all[1].Present || all[1].Browser != "Safari, iPhone" {
		t.Fatalf("sessions: %+v", all)
	}
	theirs := got[[]survey.Session](t)(s.Sessions(ctx, others))[0].ID
	wantKind(t, s.EndSession(ctx, office, theirs), survey.NotFound)
	must(t, s.EndSession(ctx, office, all[1].ID))
	_, err := s.SignedIn(ctx, home)
	wantKind(t, err, survey.Forbidden)
	home = got[string](t)(s.SignIn(ctx, lan, ""))
	must(t, s.EndSession(ctx, office, ""))
	_, err = s.SignedIn(ctx, home)
	wantKind(t, err, survey.Forbidden)
	if _, err := s.SignedIn(ctx, office); err != nil {
		t.Error("ending the others ended this one")
	}
	if _, err := s.SignedIn(ctx, others); err != nil {
		t.Error("ending one's own ended another's")
	}
}

func TestANewPasswordEndsTheOtherSessions(t *testing.T) {
	s, c, lan := staffed(t)
	ctx := context.Background()
	home := got[string](t)(s.SignIn(ctx, lan, ""))
	office := got[string](t)(s.SignIn(ctx, lan, "Chrome, Windows"))
	_, err := s.ChangePassword(ctx, office, "sai", "ba con voi uong nuoc")
	wantKind(t, err, survey.Forbidden)
	c.now = c.now.Add(20 * time.Minute)
	fresh := got[string](t)(s.ChangePassword(ctx, office, catPassword, "ba con voi uong nuoc"))
	for _, gone := range []string{home, office} {
		_, err := s.SignedIn(ctx, gone)
		wantKind(t, err, survey.Forbidden)
	}
	if _, err := s.CheckPassword(ctx, "lan", "ba con voi uong nuoc"); err != nil {
		t.Error(err)
	}
	for range 24 {
		if _, err := s.SignedIn(ctx, fresh); err != nil {
			t.Fatal(err)
		}
		c.now = c.now.Add(29 * time.Minute)
	}
	c.now = at("2026-10-20 21:01") // twelve hours after the login, not after the change
	_, err = s.SignedIn(ctx, fresh)
	wantKind(t, err, survey.Forbidden)
}

func TestThePasswordOnceMore(t *testing.T) {
	s, c, lan := staffed(t)
	ctx := context.Background()
	secret := got[string](t)(s.SignIn(ctx, lan, ""))
	c.now = c.now.Add(25 * time.Minute)
	if at := got[time.Time](t)(s.Proven(ctx, secret)); c.now.Sub(at) != 25*time.Minute {
		t.Errorf("proven at %v", at)
	}
	_, err := s.Prove(ctx, secret, "sai")
	wantKind(t, err, survey.Forbidden)
	fresh := got[string](t)(s.Prove(ctx, secret, catPassword))
	if at := got[time.Time](t)(s.Proven(ctx, fresh)); !at.Equal(c.now) || fresh == secret {
		t.Errorf("proven at %v", at)
	}
	_, err = s.SignedIn(ctx, secret)
	wantKind(t, err, survey.Forbidden)
}

func TestFailedLoginsLeaveATrace(t *testing.T) {
	s, _, lan := staffed(t)
	ctx := context.Background()
	for _, name := range []string{"lan", "mai.dang"} {
		_, err := s.CheckPassword(ctx, name, "mật khẩu gõ sai")
		wantKind(t, err, survey.Forbidden)
	}
	must(t, s.SignOut(ctx, got[string](t)(s.SignIn(ctx, lan, ""))))
	var trace []string
	for _, e := range got[[]survey.AuditEntry](t)(s.AuditLog(ctx, survey.AuditQuery{Limit: 4})) {
		trace = append(trace, e.Actor+"/"+e.Action+"/"+e.Object+"/"+e.Detail)
	}
	want := "lan/sign out//|lan/sign in//|người chưa đăng nhập/sign in failed//|người chưa đăng nhập/sign in failed/lan/"
	if got := strings.Join(trace, "|"); got != want {
		t.Errorf("trace %s, want %s", got, want)
	}
}

func TestManyPasswordsAtOnceAreRefused(t *testing.T) {
	s, _, _ := staffed(t)
	free := s.FillPasswordQueue()
	_, err := s.CheckPassword(context.Background(), "lan", catPassword)
	wantKind(t, err, survey.Busy)
	free()
	if _, err := s.CheckPassword(context.Background(), "lan", catPassword); err != nil {
		t.Error(err)
	}
}

func TestAuditIsSearched(t *testing.T) {
	s, c, lan := staffed(t)
	ctx := context.Background()
	got[string](t)(s.SignIn(ctx, lan, ""))
	c.now = c.now.AddDate(0, 0, 1)
	must(t, s.SetNaming(ctx, "lan", survey.Naming{Province: "Đắk Lắk", Office: "Sở Giáo dục", Helpline: "0262"}))
	for name, c := range map[string]struct {
		query survey.AuditQuery
		want  int
	}{
		"all":    {survey.AuditQuery{}, 4},
		"actor":  {survey.AuditQuery{Actor: "lan"}, 3},
		"action": {survey.AuditQuery{Action: "sign in"}, 1},
		"words":  {survey.AuditQuery{Words: []string{"hien", "thi", "0262"}}, 1},
		"from":   {survey.AuditQuery{From: at("2026-10-21 00:00")}, 2},
		"until":  {survey.AuditQuery{Until: at("2026-10-21 00:00")}, 2},
		"before": {survey.AuditQuery{Before: 2}, 1},
		"nobody": {survey.AuditQuery{Actor: "la"}, 0},
	} {
		c.query.Limit = 100
		if log := got[[]survey.AuditEntry](t)(s.AuditLog(ctx, c.query)); len(log) != c.want {
			t.Errorf("%s: %d entries, want %d", name, len(log), c.want)
		}
	}
	if actors := got[[]string](t)(s.AuditActors(ctx)); strings.Join(actors, ",") != "lan,test" {
		t.Errorf("actors %v", actors)
	}
}

// Nothing is done whose entry nobody could read.
func TestAnActionWithoutWordsIsNotDone(t *testing.T) {
	s, _, _ := staffed(t)
	if err := s.NoteAs("frobnicate"); err == nil || !strings.Contains(err.Error(), "frobnicate") {
		t.Errorf("an action without words was noted: %v", err)
	}
	if err := s.NoteAs("setting"); err != nil {
		t.Error(err)
	}
}

func TestSecondFactor(t *testing.T) {
	s, c, lan := staffed(t)
	ctx := context.Background()
	if secret, err := s.OfferedFactor(ctx, "lan"); err != nil || secret != nil {
		t.Fatal(secret, err)
	}
	_, err := s.ConfirmFactor(ctx, "lan", "000000")
	wantKind(t, err, survey.Conflict)
	must(t, s.OfferFactor(ctx, "lan"))
	secret := got[survey.FactorSecret](t)(s.OfferedFactor(ctx, "lan"))
	code := func() string { return secret.Code(survey.FactorStep(c.now)) }
	_, err = s.ConfirmFactor(ctx, "lan", "12")
	wantKind(t, err, survey.Invalid)
	recovery := got[[]string](t)(s.ConfirmFactor(ctx, "lan", code()))
	if len(recovery) != survey.RecoveryCodes {
		t.Fatalf("%d recovery codes", len(recovery))
	}
	if n := s.Number(t, `SELECT count(*) FROM account WHERE instr(factor, ?)`, string(secret)); n != 0 {
		t.Error("the secret lies open in the database")
	}
	lan = got[survey.Account](t)(s.CheckPassword(ctx, "lan", catPassword))
	if !lan.Factor {
		t.Fatal("the account has no second factor")
	}
	waiting := got[string](t)(s.SignIn(ctx, lan, "Chrome, Windows"))
	_, err = s.SignedIn(ctx, waiting)
	wantKind(t, err, survey.Forbidden)
	_, err = s.PassFactor(ctx, waiting, code()) // the code with which it was confirmed
	wantKind(t, err, survey.Forbidden)
	c.now = c.now.Add(time.Minute)
	used := code()
	in := got[string](t)(s.PassFactor(ctx, waiting, used))
	if a, err := s.SignedIn(ctx, in); err != nil || a != lan {
		t.Error(a, err)
	}
	_, err = s.PassFactor(ctx, waiting, used)
	wantKind(t, err, survey.Forbidden)
	again := got[string](t)(s.SignIn(ctx, lan, ""))
	_, err = s.PassFactor(ctx, again, used)
	wantKind(t, err, survey.Forbidden)
	got[string](t)(s.PassFactor(ctx, again, " "+strings.ToLower(recovery[3])))
	again = got[string](t)(s.SignIn(ctx, lan, ""))
	_, err = s.PassFactor(ctx, again, recovery[3])
	wantKind(t, err, survey.Forbidden)
	if n := got[int](t)(s.RecoveryCodesLeft(ctx, "lan")); n != survey.RecoveryCodes-1 {
		t.Errorf("%d recovery codes left", n)
	}
	got[[]string](t)(s.RenewRecoveryCodes(ctx, "lan"))
	_, err = s.PassFactor(ctx, again, recovery[4])
	wantKind(t, err, survey.Forbidden)
	c.now = c.now.Add(6 * time.Minute)
	_, err = s.PassFactor(ctx, again, code())
	wantKind(t, err, survey.Forbidden) // waited too long
	must(t, s.DropFactor(ctx, "test", "lan"))
	if a := got[survey.Account](t)(s.CheckPassword(ctx, "lan", catPassword)); a.Factor {
		t.Error("the second factor is still there")
	}
	_, err = s.RenewRecoveryCodes(ctx, "lan")
	wantKind(t, err, survey.Conflict)
}

// A copy of the database without the key beside it makes no codes; recovery
// codes still work.
func TestABackupMakesNoCodes(t *testing.T) {
	dir := t.TempDir()
	c := &clock{at("2026-10-20 09:00")}
	s := reopen(t, dir, c)
	ctx := context.Background()
	must(t, s.AddAccount(ctx, "test", survey.Account{Name: "lan", Role: survey.OfficeRole}, catPassword))
	must(t, s.OfferFactor(ctx, "lan"))
	secret := got[survey.FactorSecret](t)(s.OfferedFactor(ctx, "lan"))
	recovery := got[[]string](t)(s.ConfirmFactor(ctx, "lan", secret.Code(survey.FactorStep(c.now))))
	must(t, s.Close())
	other := t.TempDir()
	copyTo(t, filepath.Join(dir, store.FileName), filepath.Join(other, store.FileName))
	c.now = c.now.Add(time.Minute)
	s = reopen(t, other, c)
	lan := got[survey.Account](t)(s.CheckPassword(ctx, "lan", catPassword))
	waiting := got[string](t)(s.SignIn(ctx, lan, ""))
	_, err := s.PassFactor(ctx, waiting, secret.Code(survey.FactorStep(c.now)))
	wantKind(t, err, survey.Conflict)
	got[string](t)(s.PassFactor(ctx, waiting, recovery[0]))
	must(t, s.OfferFactor(ctx, "lan")) // a new telephone, a new key
	got[survey.FactorSecret](t)(s.OfferedFactor(ctx, "lan"))
}

func TestWhoOwesASecondFactor(t *testing.T) {
	s, _, lan := staffed(t)
	ctx := context.Background()
	must(t, s.AddAccount(ctx, "test", survey.Account{Name: "minh", Role: survey.ViewerRole}, catPassword))
	secret := got[string](t)(s.SignIn(ctx, lan, ""))
	for _, required := range []bool{true, false} {
		must(t, s.SetFactorRule(ctx, "test", required))
		if now := got[bool](t)(s.FactorRule(ctx)); now != required {
			t.Error("the rule did not change")
		}
		if a := got[survey.Account](t)(s.SignedIn(ctx, secret)); a.Owes != required {
			t.Errorf("required %v: %+v", required, a)
		}
		if a := got[survey.Account](t)(s.CheckPassword(ctx, "minh", catPassword)); a.Owes {
			t.Error("a viewer owes a second factor")
		}
	}
}
