package store_test

import (
	"context"
	"testing"

	"hailong/survey"
)

func TestAuditLogIsReadAndVerified(t *testing.T) {
	s, _ := openAt(t, "2026-10-20 09:00")
	ctx := context.Background()
	for _, name := range []string{"lan", "minh", "hoa"} {
		if err := s.AddAccount(ctx, "dòng lệnh", survey.Account{Name: name, Role: survey.Role("viewer")}, "mot mat khau that dai"); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.AuditLog(ctx, survey.AuditQuery{Limit: 1000})
	if err != nil || len(all) < 3 {
		t.Fatalf("%d entries, %v", len(all), err)
	}
	if e := all[0]; e.Seq != int64(len(all)) || e.Object != "hoa" || e.Done() != "Thêm tài khoản" || e.Actor != "dòng lệnh" {
		t.Errorf("newest entry %+v", e)
	}
	rest, err := s.AuditLog(ctx, survey.AuditQuery{Before: all[0].Seq, Limit: 1})
	if err != nil || len(rest) != 1 || rest[0] != all[1] {
		t.Errorf("the one before the newest: %+v, %v", rest, err)
	}
	n, seal, err := s.VerifyAudit(ctx)
	if err != nil || n != int64(len(all)) || len(seal) != 64 {
		t.Errorf("%d entries, seal %q, %v", n, seal, err)
	}
}
