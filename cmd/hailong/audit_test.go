package main_test

import (
	"database/sql"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hailong/store"
)

func TestAuditListAndVerify(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	if out := o.must("audit"); !strings.Contains(out, "dòng lệnh  Nạp danh sách trường") {
		t.Errorf("printed: %s", out)
	}
	rows, err := csv.NewReader(strings.NewReader(o.must("audit", "list", "--csv", "--last", "9"))).ReadAll()
	if err != nil || rows[0][3] != "Việc" || !slices.ContainsFunc(rows, func(row []string) bool { return row[3] == "Nạp danh sách trường" }) {
		t.Errorf("%v, %v", rows, err)
	}
	if out := o.must("audit", "verify"); !strings.HasPrefix(out, "Nhật ký nguyên vẹn: "+rows[1][0]+" dòng") {
		t.Errorf("printed: %s", out)
	}
	if r := o.run("", "audit", "list", "--last", "0"); r.status != 1 || !strings.Contains(r.errors, "Số dòng từ 1") {
		t.Errorf("status %d: %s", r.status, r.errors)
	}
	db, err := sql.Open("sqlite", filepath.Join(o.data, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'ai do' WHERE seq = 1`); err != nil {
		t.Fatal(err)
	}
	if r := o.run("", "audit", "verify"); r.status != 1 || !strings.Contains(r.errors, "sai từ dòng 1") {
		t.Errorf("a changed entry: status %d: %s", r.status, r.errors)
	}
}
