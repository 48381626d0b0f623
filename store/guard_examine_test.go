package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"hailong/store"
	"hailong/survey"
)

func examine(t *testing.T, o store.Options) store.Examination {
	t.Helper()
	o.Zone = zone
	e, err := store.Examine(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(e.Findings, e.Well...) {
		if f.English == "" || strings.Contains(f.Message+f.English, "%!") {
			t.Errorf("badly said: %q %q", f.Message, f.English)
		}
	}
	return e
}

// found says whether a finding contains some words.
func found(e store.Examination, words string) bool {
	for _, f := range e.Findings {
		if strings.Contains(f.Message, words) {
			return true
		}
	}
	return false
}

func TestExamineLooksWithoutChanging(t *testing.T) {
	dir := sample(t)
	before := content(t, filepath.Join(dir, store.FileName))
	e := examine(t, store.Options{Dir: dir})
	if len(e.Findings) > 0 || e.Responses != 80 || e.Schools != 2 || len(e.Well) != 3 {
		t.Errorf("%+v", e)
	}
	s := reopen(t, dir, &clock{at("2026-10-21 09:00")}) // and beside a running program
	if e := examine(t, store.Options{Dir: dir}); len(e.Findings) > 0 || e.Responses != 80 {
		t.Errorf("%+v", e)
	}
	s.Close()
	if len(before) != len(content(t, filepath.Join(dir, store.FileName))) {
		t.Error("the database has another size")
	}
	for _, none := range []string{t.TempDir(), filepath.Join(t.TempDir(), "missing")} {
		_, err := store.Examine(context.Background(), store.Options{Dir: none})
		wantKind(t, err, survey.NotFound)
		if left := names(t, none); len(left) > 0 {
			t.Errorf("it made %v", left)
		}
	}
}

func TestExamineFinds(t *testing.T) {
	for name, c := range map[string]struct{ change, words string }{
		"a changed count":     {`UPDATE tally SET responses = responses + 1`, "Số đếm của trường"},
		"a changed entry":     {`DROP TRIGGER audit_no_update; UPDATE audit SET detail = 'other' WHERE seq = 1`, "Nhật ký bị sửa"},
		"a newer version":     {`PRAGMA user_version = 99`, "bản hailong mới hơn"},
		"an older version":    {`PRAGMA user_version = 0`, "chạy hailong serve một lần"},
		"another application": {`PRAGMA application_id = 7`, "không phải của hailong"},
	} {
		dir := sample(t)
		store.ExecFile(t, filepath.Join(dir, store.FileName), c.change)
		if e := examine(t, store.Options{Dir: dir}); !found(e, c.words) {
			t.Errorf("%s: %+v", name, e.Findings)
		}
	}
}

func TestExamineGoesOnAfterWhatItFinds(t *testing.T) {
	dir := sample(t)
	scarce := func(string) (store.Space, error) { return store.Space{Free: 30 << 20, Total: 1 << 30}, nil }
	e := examine(t, store.Options{Dir: dir, Space: scarce})
	if !found(e, "dưới một phần mười") || e.Responses != 80 {
		t.Errorf("%+v", e)
	}
	for name, damaged := range map[string]string{"empty": "", "text": "Danh sách trường\n"} {
		put(t, filepath.Join(dir, store.FileName), damaged)
		if e := examine(t, store.Options{Dir: dir}); len(e.Findings) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}
