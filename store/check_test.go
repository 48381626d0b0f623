package store_test

import (
	"context"
	"strings"
	"testing"

	"hailong/survey"
)

func TestEveryConnectionHasTheSameSettings(t *testing.T) {
	s, _ := openAt(t, "2026-10-20 09:00")
	for query, want := range map[string]string{
		"PRAGMA journal_mode": "wal", "PRAGMA synchronous": "2", "PRAGMA foreign_keys": "1", "PRAGMA busy_timeout": "10000"} {
		for i, got := range s.Text(t, query) {
			if got != want {
				t.Errorf("%s of pool %d is %s, want %s", query, i, got, want)
			}
		}
	}
}

func TestCheckFinds(t *testing.T) {
	for name, damage := range map[string]string{
		"a changed count":    `UPDATE tally SET responses = responses + 1 WHERE responses > 0`,
		"a lost tally":       `UPDATE tally SET packed = x'00' WHERE responses > 0`,
		"a changed help":     `UPDATE response SET helped = 1 - helped`,
		"a changed answer":   `UPDATE response SET marks = '1' || substr(marks, 2)`,
		"a lost response":    `DELETE FROM response`,
		"a malformed answer": `UPDATE response SET marks = 'x'`,
		"a changed entry":    `DROP TRIGGER audit_no_update; UPDATE audit SET detail = 'other' WHERE seq = 1`,
		"a lost entry":       `DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := openRound(t)
			accept(t, s, delivery(strata(t, s, "2026-10")[0], "damaged-0123456789", 5, 4))
			wantClean(t, s)
			s.Exec(t, damage)
			in, err := s.Check(context.Background())
			if err != nil || len(in.Findings) == 0 {
				t.Fatalf("not found: %v", err)
			}
			for _, f := range in.Findings {
				if strings.Contains(f.Message+f.English, "%!") {
					t.Errorf("badly formatted: %s / %s", f.Message, f.English)
				}
			}
		})
	}
}

func TestTheAuditLogOnlyGrows(t *testing.T) {
	s, _ := openRound(t)
	for _, query := range []string{`UPDATE audit SET detail = ''`, `DELETE FROM audit`} {
		if err := s.TryExec(query); err == nil {
			t.Errorf("%s went through", query)
		}
	}
	if n := s.Number(t, `SELECT COUNT(*) FROM audit WHERE action = 'round open'`); n != 1 {
		t.Errorf("%d entries about the opening", n)
	}
}

func TestDirectory(t *testing.T) {
	s, c := openAt(t, "2026-09-20 09:00")
	load(t, s, twoSchools())
	advance(t, s)
	look := func() map[string]int64 {
		d, err := s.Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int64{}
		for _, link := range d.Links {
			for _, f := range link.Forms {
				got[string(link.School.Code)+" "+string(f.Form.Code)] = f.Stratum
			}
		}
		return got
	}
	if before := look(); len(before) != 4 || before["S1 TH"] != 0 {
		t.Fatalf("before the opening: %v", before)
	}
	c.now = at("2026-10-01 00:00")
	advance(t, s)
	if open := look(); len(open) != 4 || open["S1 TH"] == 0 {
		t.Fatalf("while open: %v", open)
	}
}

func TestNaming(t *testing.T) {
	s, _ := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	before, err := s.Naming(ctx)
	if err != nil || before.Office == "" {
		t.Fatal(before, err)
	}
	wanted := before
	wanted.Helpline = " 0262 3 123 456 "
	for range 2 { // the second changes nothing
		if err := s.SetNaming(ctx, "test", wanted); err != nil {
			t.Fatal(err)
		}
	}
	n, err := s.Naming(ctx)
	if err != nil || n.Helpline != "0262 3 123 456" || n.Office != before.Office {
		t.Fatal(n, err)
	}
	if log, err := s.AuditLog(ctx, survey.AuditQuery{Action: "setting", Limit: 9}); err != nil || len(log) != 1 || log[0].Detail != "«» → «0262 3 123 456»" {
		t.Errorf("audit log: %v %v", log, err)
	}
	wanted.Office = ""
	wantKind(t, s.SetNaming(ctx, "test", wanted), survey.Invalid)
}
