package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hailong/store"
	"hailong/survey"
)

func day(text string) survey.Day {
	d, err := survey.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// threeSchools adds a primary school to twoSchools.
func threeSchools() []survey.School {
	return append(twoSchools(), school("S3", "TH", survey.Enrolment{survey.LevelTH: 150}))
}

func succeed(t *testing.T, s *store.Store, kind survey.SuccessionKind, on string, before, after []survey.SchoolCode) {
	t.Helper()
	err := s.Succeed(context.Background(), "lan", survey.Succession{Kind: kind, Day: day(on), Before: before, After: after, Reason: "QĐ 1"})
	if err != nil {
		t.Fatal(err)
	}
}

func linkOf(t *testing.T, d *survey.Directory, code survey.SchoolCode) survey.Link {
	t.Helper()
	for _, link := range d.Links {
		if !link.Revoked && link.School.Code == code {
			return link
		}
	}
	t.Fatalf("no link of %s", code)
	return survey.Link{}
}

func directory(t *testing.T, s *store.Store) *survey.Directory {
	t.Helper()
	d, err := s.Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A school that is merged while a round asks it is asked to the end of that
// round and never again; its link then leads to the school that took over.
func TestAMergedSchoolIsAskedToTheEndOfItsRound(t *testing.T) {
	s, c := openAt(t, "2026-10-20 09:00")
	load(t, s, threeSchools())
	advance(t, s)
	succeed(t, s, survey.Merging, "2026-11-01", []survey.SchoolCode{"S1"}, []survey.SchoolCode{"S3"})
	if n := len(strata(t, s, "2026-10")); n != 5 {
		t.Errorf("%d strata in the open round, want 5", n)
	}
	c.now = at("2026-11-10 09:00")
	d := directory(t, s)
	if _, left := d.Left(linkOf(t, d, "S1"), c.now); left {
		t.Error("the open round no longer asks S1")
	}
	c.now = at("2027-03-02 09:00")
	advance(t, s)
	for _, st := range strata(t, s, "2027-03") {
		if st.School.Code == "S1" {
			t.Error("a school that ended is asked")
		}
	}
	old := linkOf(t, directory(t, s), "S1").School.Link
	if _, err := s.RotateLink(context.Background(), "lan", "S1"); err != nil {
		t.Fatal(err)
	}
	d = directory(t, s)
	link, err := d.Find(old)
	wantKind(t, err, survey.Closed)
	if _, ok := d.Left(link, c.now); !ok {
		t.Error("a link that was replaced before the school ended has no answer")
	}
	left, ok := d.Left(linkOf(t, d, "S1"), c.now)
	if !ok || len(left.Heirs) != 1 || left.Heirs[0].Code != "S3" || left.Heirs[0].Link == "" || left.What() != "Trường này đã sáp nhập từ 01/11/2026" {
		t.Errorf("%+v", left)
	}
	if e := left.Refusal(); !strings.Contains(e.Message, "/k/"+string(left.Heirs[0].Link)) || strings.Contains(e.Message+e.English, "%!") {
		t.Errorf("%s · %s", e.Message, e.English)
	}
	r, err := s.SchoolRecord(context.Background(), "S3")
	if err != nil || len(r.Rounds) != 2 || r.Rounds[0].Kin.Bond != survey.Merged || !slices.Equal(r.Rounds[0].Kin.Before, []survey.SchoolCode{"S1", "S3"}) || len(r.Successions) != 1 {
		t.Errorf("%+v %v", r, err)
	}
	wantClean(t, s)
}

func TestALaterOpeningAsksOnlySchoolsThatStand(t *testing.T) {
	s, c := openAt(t, "2026-09-01 09:00")
	load(t, s, threeSchools())
	if _, err := s.AddSchool(context.Background(), "lan", "QĐ 2", survey.School{Code: "S4", Name: "Trường S4", Kind: "TH", Area: survey.BuiltInAreas().All()[0],
		From: day("2026-11-01"), Enrolment: survey.Enrolment{survey.LevelTH: 50}}); err != nil {
		t.Fatal(err)
	}
	succeed(t, s, survey.Parting, "2026-11-01", []survey.SchoolCode{"S1"}, []survey.SchoolCode{"S1", "S4"})
	succeed(t, s, survey.Closing, "2026-09-15", []survey.SchoolCode{"S3"}, nil)
	d := directory(t, s)
	if left, ok := d.Left(linkOf(t, d, "S3"), at("2026-09-20 09:00")); !ok || left.Still || len(left.Heirs) != 0 || left.What() != "Trường này đã giải thể từ 15/09/2026" {
		t.Errorf("after the day: %+v %v", left, ok)
	}
	c.now = at("2026-10-20 09:00")
	advance(t, s)
	var asked []string
	for _, st := range strata(t, s, "2026-10") {
		asked = append(asked, string(st.School.Code))
	}
	if got := strings.Join(slices.Compact(asked), " "); got != "S1 S2" {
		t.Errorf("asked %s", got)
	}
	changes := load(t, s, threeSchools())
	if len(changes.Ended) != 1 || changes.Ended[0].Code != "S3" || len(changes.Unlisted) != 1 || changes.Unlisted[0].Code != "S4" {
		t.Errorf("a list that still has S3: %+v", changes)
	}
	if changes = load(t, s, twoSchools()); len(changes.Ended) != 0 || len(changes.Unlisted) != 1 {
		t.Errorf("a list that no longer has S3, as it should: %+v", changes)
	}
}

func TestASuccessionIsWithdrawn(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 09:00")
	ctx := context.Background()
	load(t, s, threeSchools())
	succeed(t, s, survey.Merging, "2026-08-01", []survey.SchoolCode{"S1"}, []survey.SchoolCode{"S3"})
	wantKind(t, s.Succeed(ctx, "lan", survey.Succession{Kind: survey.Closing, Day: day("2026-08-01"), Before: []survey.SchoolCode{"S1"}, Reason: "x"}), survey.Conflict)
	l, err := s.Lineage(ctx)
	if err != nil || len(l) != 1 {
		t.Fatal(l, err)
	}
	if err := s.WithdrawSuccession(ctx, "lan", "ghi nhầm", l[0].ID); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.WithdrawSuccession(ctx, "lan", "ghi nhầm", l[0].ID), survey.NotFound)
	schools, err := s.Schools(ctx)
	if err != nil || schools[0].Until != 0 {
		t.Errorf("%+v %v", schools[0], err)
	}
}

// Rounds go on being told with the names and communes of their time.
func TestARoundKeepsTheNamesOfItsTime(t *testing.T) {
	s, c := openRound(t)
	ctx := context.Background()
	wantKind(t, s.RenameSchool(ctx, "lan", survey.FormerName{School: "S1", Name: "Trường Mới", Until: day("2026-10-21"), Reason: "QĐ 3"}), survey.Invalid)
	c.now = at("2027-01-05 09:00")
	advance(t, s)
	if err := s.RenameSchool(ctx, "lan", survey.FormerName{School: "S1", Name: "Trường Mới", Until: day("2027-01-01"), Reason: "QĐ 3"}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.RenameSchool(ctx, "lan", survey.FormerName{School: "S1", Name: "Trường Mới", Until: day("2027-01-02"), Reason: "QĐ 3"}), survey.Invalid)
	wantKind(t, s.RenameSchool(ctx, "lan", survey.FormerName{School: "S1", Name: "Trường Khác", Until: day("2026-12-01"), Reason: "QĐ 3"}), survey.Conflict)
	areas := survey.BuiltInAreas().All()
	moved, err := s.MergeArea(ctx, "lan", survey.AreaMerger{From: areas[0].Code, Into: areas[1].Code, Day: day("2027-01-01"), Reason: "NQ 1"})
	if err != nil || moved != 2 {
		t.Fatal(moved, err)
	}
	wantKind(t, func() error {
		_, err := s.MergeArea(ctx, "lan", survey.AreaMerger{From: areas[0].Code, Into: areas[2].Code, Day: day("2027-01-02"), Reason: "NQ 1"})
		return err
	}(), survey.Conflict)
	old := strata(t, s, "2026-10")[0].School
	if old.Name != "Trường S1" || old.Area.Code != areas[0].Code {
		t.Errorf("the round of then says %s in %s", old.Name, old.Area.Title())
	}
	schools, err := s.Schools(ctx)
	if err != nil || schools[0].Name != "Trường Mới" || schools[0].Area.Code != areas[1].Code {
		t.Errorf("now: %+v %v", schools[0], err)
	}
	if d := directory(t, s); len(d.Formerly["S1"]) != 1 || d.Formerly["S1"][0] != "Trường S1" {
		t.Errorf("formerly: %v", d.Formerly)
	}
	known, err := s.Areas(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := known.Find(areas[0].Title(), ""); err == nil || !strings.Contains(err.Error(), areas[1].Title()) {
		t.Errorf("the old commune is looked for: %v", err)
	}
	wantClean(t, s)
}

func TestEditSchool(t *testing.T) {
	s, _ := openRound(t)
	ctx := context.Background()
	r, err := s.SchoolRecord(ctx, "S1")
	if err != nil {
		t.Fatal(err)
	}
	edit := survey.SchoolEdit{School: r.School, Seen: r.School.Mark(), Reason: "đính chính"}
	edit.School.Enrolment = survey.Enrolment{survey.LevelTH: 444, survey.LevelTHCS: 30}
	change, err := s.EditSchool(ctx, "lan", edit)
	if err != nil || change.String() != "sĩ số TH «400» → «444»; sĩ số THCS «» → «30»" {
		t.Fatal(change, err)
	}
	_, err = s.EditSchool(ctx, "lan", edit)
	wantKind(t, err, survey.Conflict)
	got := map[survey.FormCode]int{}
	for _, st := range strata(t, s, "2026-10") {
		if st.School.Code == "S1" {
			got[st.Form.Code] = st.Enrolment
		}
	}
	if got["TH"] != 400 || got["THCS"] != 30 {
		t.Errorf("the open round has %v", got)
	}
	if r, err = s.SchoolRecord(ctx, "S1"); err != nil || len(r.History) != 2 || !strings.HasSuffix(r.History[0].Detail, "· đính chính") {
		t.Errorf("%+v %v", r.History, err)
	}
	_, err = s.AddSchool(ctx, "lan", "x", r.School)
	wantKind(t, err, survey.Conflict)
}

// A list does what was seen before, or nothing.
func TestTakeSchools(t *testing.T) {
	s, _ := openAt(t, "2026-09-01 09:00")
	ctx := context.Background()
	seen, err := s.LoadSchools(ctx, "lan", threeSchools(), true)
	if err != nil {
		t.Fatal(err)
	}
	load(t, s, twoSchools())
	_, err = s.TakeSchools(ctx, "lan", threeSchools(), seen)
	wantKind(t, err, survey.Conflict)
	if n := s.Number(t, `SELECT COUNT(*) FROM school`); n != 2 {
		t.Errorf("%d schools", n)
	}
	if seen, err = s.LoadSchools(ctx, "lan", threeSchools(), true); err != nil {
		t.Fatal(err)
	}
	taken, err := s.TakeSchools(ctx, "lan", threeSchools(), seen)
	if err != nil || len(taken.Added) != 1 || taken.Added[0].Link == "" {
		t.Errorf("%+v %v", taken, err)
	}
}

func TestCheckKnowsTheLineage(t *testing.T) {
	for name, damage := range map[string]string{
		"a circle":             `INSERT INTO succession VALUES (8, 'merge', 20000, 'x', NULL), (9, 'merge', 20001, 'x', NULL); INSERT INTO succession_school VALUES (8, 'before', 'S1'), (8, 'after', 'S3'), (9, 'before', 'S3'), (9, 'after', 'S1')`,
		"ended twice":          `INSERT INTO succession VALUES (8, 'close', 20000, 'x', NULL), (9, 'close', 20001, 'x', NULL); INSERT INTO succession_school VALUES (8, 'before', 'S1'), (9, 'before', 'S1')`,
		"before it stood":      `UPDATE school SET from_day = 30000; INSERT INTO succession VALUES (8, 'close', 20000, 'x', NULL); INSERT INTO succession_school VALUES (8, 'before', 'S1')`,
		"in a commune no more": `UPDATE area SET until_day = 20000, successor = (SELECT MAX(code) FROM area) WHERE code = (SELECT area_code FROM school LIMIT 1)`,
	} {
		s, _ := openAt(t, "2026-09-01 09:00")
		load(t, s, threeSchools())
		wantClean(t, s)
		s.Exec(t, damage)
		in, err := s.Check(context.Background())
		if err != nil || len(in.Findings) == 0 {
			t.Errorf("%s: %+v %v", name, in, err)
		}
	}
}
