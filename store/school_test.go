package store_test

import (
	"context"
	"testing"

	"hailong/survey"
)

func TestLoadSchools(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 09:00")
	first := load(t, s, twoSchools())
	if len(first.Added) != 2 || first.Added[0].Link == "" || first.Added[0].Link == first.Added[1].Link {
		t.Fatalf("first load: %+v", first)
	}
	if again := load(t, s, twoSchools()); again.Any() || again.Same != 2 {
		t.Fatalf("the same list again: %+v", again)
	}
	renamed := twoSchools()[1:]
	renamed[0].Name = "Trường mới tên"
	renamed[0].Enrolment = survey.Enrolment{survey.LevelTHPT: 250}
	changes := load(t, s, renamed)
	if len(changes.Changed) != 1 || len(changes.Unlisted) != 1 || changes.Unlisted[0].Code != "S1" {
		t.Fatalf("a changed list: %+v", changes)
	}
	schools, err := s.Schools(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(schools) != 2 || schools[1].Name != "Trường mới tên" || !schools[1].Enrolment.Equal(renamed[0].Enrolment) || schools[1].Link != first.Added[1].Link {
		t.Fatalf("stored: %+v", schools)
	}
}

func TestLoadSchoolsAsATrialWritesNothing(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 09:00")
	changes, err := s.LoadSchools(context.Background(), "test", twoSchools(), true)
	if err != nil || len(changes.Added) != 2 {
		t.Fatal(changes, err)
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM school`); n != 0 {
		t.Fatalf("%d schools written", n)
	}
}

func TestLoadSchoolsIsAllOrNothing(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 09:00")
	bad := append(twoSchools(), school("S3", "TH", survey.Enrolment{survey.LevelTH: 5}))
	bad[2].Area.Code = "no such area"
	if _, err := s.LoadSchools(context.Background(), "test", bad, false); err == nil {
		t.Fatal("a school without an area was stored")
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM school`); n != 0 {
		t.Fatalf("%d schools written", n)
	}
}

func TestANewSchoolIsAskedInTheOpenRound(t *testing.T) {
	s, _ := openRound(t)
	more := append(twoSchools(), school("S3", "MN", survey.Enrolment{survey.LevelMN: 90}))
	more[0].Enrolment = survey.Enrolment{survey.LevelTH: 999}
	load(t, s, more)
	got := map[string]int{}
	for _, st := range strata(t, s, "2026-10") {
		got[string(st.School.Code)+" "+string(st.Form.Code)] = st.Enrolment
	}
	want := map[string]int{"S1 TH": 400, "S2 THCS": 300, "S2 CMTHPT": 200, "S2 HSTHPT": 200, "S3 MN": 90}
	if len(got) != len(want) {
		t.Fatalf("strata %v, want %v", got, want)
	}
	for key, n := range want {
		if got[key] != n {
			t.Errorf("%s: enrolment %d, want %d", key, got[key], n)
		}
	}
}

func TestRotateLink(t *testing.T) {
	s, _ := openRound(t)
	ctx := context.Background()
	before, err := s.Directory(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var old survey.LinkCode
	for code, link := range before.Links {
		if link.School.Code == "S1" {
			old = code
		}
	}
	fresh, err := s.RotateLink(ctx, "test", "S1")
	if err != nil || fresh == old {
		t.Fatal(fresh, err)
	}
	after, err := s.Directory(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if after.Revision == before.Revision {
		t.Error("the revision stayed the same")
	}
	_, err = after.Find(old)
	wantKind(t, err, survey.Closed)
	if link, err := after.Find(fresh); err != nil || link.School.Code != "S1" || len(link.Forms) != 1 {
		t.Fatal(link, err)
	}
	_, err = s.RotateLink(ctx, "test", "NOBODY")
	wantKind(t, err, survey.NotFound)
}

func TestSchoolAccess(t *testing.T) {
	s, _ := openRound(t)
	ctx := context.Background()
	token, err := s.GrantAccess(ctx, "test", "S1")
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.EnterSchool(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	if code, err := s.SchoolEntered(ctx, session); err != nil || code != "S1" {
		t.Fatal(code, err)
	}
	if _, err := s.GrantAccess(ctx, "test", "S1"); err != nil {
		t.Fatal(err)
	}
	_, err = s.SchoolEntered(ctx, session)
	wantKind(t, err, survey.Forbidden)
	_, err = s.EnterSchool(ctx, token)
	wantKind(t, err, survey.NotFound)
	_, err = s.GrantAccess(ctx, "test", "NOBODY")
	wantKind(t, err, survey.NotFound)
}

// Secrets come into force together, or not at all.
func TestSecretsAreGrantedTogether(t *testing.T) {
	s, _ := openRound(t)
	ctx := context.Background()
	old, err := s.GrantAccess(ctx, "test", "S1")
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := s.NewSecret()
	if err != nil || len(fresh) != 22 {
		t.Fatal(fresh, err)
	}
	if _, err := s.EnterSchool(ctx, fresh); survey.KindOf(err) != survey.NotFound {
		t.Errorf("a secret opens before it is granted: %v", err)
	}
	err = s.GrantSecrets(ctx, "test", map[survey.SchoolCode]string{"S1": fresh, "SZZ": "x"})
	wantKind(t, err, survey.NotFound)
	if _, err := s.EnterSchool(ctx, old); err != nil {
		t.Errorf("after a grant that was refused the old secret is gone: %v", err)
	}
	if err := s.GrantSecrets(ctx, "test", map[survey.SchoolCode]string{"S1": fresh}); err != nil {
		t.Fatal(err)
	}
	_, err = s.EnterSchool(ctx, old)
	wantKind(t, err, survey.NotFound)
	session, err := s.EnterSchool(ctx, fresh)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RevokeAccess(ctx, "test", "S1"); err != nil {
		t.Fatal(err)
	}
	_, err = s.SchoolEntered(ctx, session)
	wantKind(t, err, survey.Forbidden)
	_, err = s.EnterSchool(ctx, fresh)
	wantKind(t, err, survey.NotFound)
	wantKind(t, s.RevokeAccess(ctx, "test", "NOBODY"), survey.NotFound)
	log, err := s.AuditLog(ctx, survey.AuditQuery{Limit: 5})
	if err != nil || log[0].Done() != "Thu hồi trang riêng của trường" || log[0].Object != "S1" {
		t.Errorf("the audit log says %+v, %v", log[0], err)
	}
}
