package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// editForm changes cells of an XLSForm and keeps it under another name.
func editForm(t *testing.T, from, to string, cells map[string]string) string {
	t.Helper()
	f, err := excelize.OpenFile(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, text := range cells {
		sheet, cell, _ := strings.Cut(at, "!")
		if err := f.SetCellStr(sheet, cell, text); err != nil {
			t.Fatal(err)
		}
	}
	to = filepath.Join(filepath.Dir(from), to)
	if err := f.SaveAs(to); err != nil {
		t.Fatal(err)
	}
	return to
}

// The office takes the questionnaire out, changes it and puts it in again; the
// round that opens then asks it.
func TestTheOfficeChangesTheQuestionnaire(t *testing.T) {
	o := newOffice(t)
	file := filepath.Join(t.TempDir(), "bo-cau-hoi.xlsx")
	o.must("questionnaire", "export", file)
	if out := o.must("questionnaire", "import", file); !strings.Contains(out, "đã có với đúng nội dung này") {
		t.Error(out)
	}
	reworded := editForm(t, file, "moi.xlsx", map[string]string{"settings!C2": "2026-2", "survey!C5": "Thông tin tuyển sinh của trường Ƀuôn Đôn"})
	if out := o.must("questionnaire", "import", reworded, "--dry-run"); !strings.HasPrefix(out, "Xem trước, chưa ghi bộ câu hỏi 2026-2: 6 phiếu.") ||
		!strings.Contains(out, "câu đổi lời: A1 ở phiếu MN: «Tiếp cận dịch vụ giáo dục › Việc cung cấp") {
		t.Error(out)
	}
	if out := o.must("questionnaire", "list"); strings.Contains(out, "2026-2") {
		t.Errorf("a trial was written: %s", out)
	}
	if out := o.must("questionnaire", "import", reworded); !strings.Contains(out, "Đợt mở tiếp theo dùng bộ câu hỏi 2026-2.") {
		t.Error(out)
	}
	if out := o.must("questionnaire", "use", "mau-tham-khao-2026"); !strings.Contains(out, "dùng bộ câu hỏi mau-tham-khao-2026.") {
		t.Error(out)
	}
	o.must("questionnaire", "use")
	if lines := strings.Split(o.must("questionnaire", "list"), "\n"); !strings.HasPrefix(lines[0], "2026-2\t6 phiếu\t") || !strings.Contains(lines[0], "\tđợt tới\t") {
		t.Error(lines)
	}
}

func TestAFaultyQuestionnaireIsRefusedWhole(t *testing.T) {
	o := newOffice(t)
	file := filepath.Join(t.TempDir(), "bo-cau-hoi.xlsx")
	o.must("questionnaire", "export", file, "--version", "mau-tham-khao-2026")
	faulty := editForm(t, file, "loi.xlsx", map[string]string{"settings!C2": "v 2", "survey!A5": "range", "choices!C2": ""})
	r := o.run("", "questionnaire", "import", faulty, "--lang", "en")
	if r.status != 1 || r.out != "" {
		t.Errorf("status %d, %s", r.status, r.out)
	}
	for _, want := range []string{"Sheet «survey», row 5, column A (type), found «range»", "Sheet «choices», row 2, column C", "Sheet «settings», row 2, column C",
		"hailong: The questionnaire has 3 faults and nothing was taken in"} {
		if !strings.Contains(r.errors, want) {
			t.Errorf("%q is not in:\n%s", want, r.errors)
		}
	}
	rescaled := editForm(t, file, "thang.xlsx", map[string]string{"settings!C2": "v2", "choices!C4": "Tạm được"})
	if r := o.run("", "questionnaire", "import", rescaled); r.status != 1 || strings.Count(r.errors, "\n") != 1 || !strings.Contains(r.errors, "Thang trả lời của các câu sau khác") {
		t.Errorf("status %d: %s", r.status, r.errors)
	}
	if r := o.run("", "questionnaire", "export"); r.status != 2 {
		t.Errorf("status %d", r.status)
	}
	none := filepath.Join(t.TempDir(), "x.xlsx")
	if r := o.run("", "questionnaire", "export", none, "--version", "v0"); r.status != 1 || !strings.Contains(r.errors, "Không có bộ câu hỏi v0") {
		t.Errorf("status %d: %s", r.status, r.errors)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a file was written")
	}
}

// A language with recordings goes in from a folder, comes out with the
// questionnaire, and need not be brought again.
func TestALanguageIsSpoken(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	file, sounds := filepath.Join(dir, "bo-cau-hoi.xlsx"), filepath.Join(dir, "ghi âm")
	o.must("questionnaire", "export", file)
	spoken := editForm(t, file, "moi.xlsx", map[string]string{"settings!C2": "2026-2", "survey!N1": "media::audio::Ê Đê (rad)", "survey!N5": "A1 Ê Đê.m4a"})
	if r := o.run("", "questionnaire", "import", spoken); r.status != 1 || !strings.Contains(r.errors, "dòng 5, cột N (media::audio::Ê Đê (rad)), ghi «A1 Ê Đê.m4a»: Không có tệp ghi âm này") {
		t.Errorf("%+v", r)
	}
	if err := os.Mkdir(sounds, 0o755); err != nil {
		t.Fatal(err)
	}
	sound := []byte("\x00\x00\x00\x20ftypM4A ....mp4a...." + strings.Repeat("x", 30<<10))
	if err := os.WriteFile(filepath.Join(sounds, "A1 Ê Đê.m4a"), sound, 0o644); err != nil {
		t.Fatal(err)
	}
	r := o.run("", "questionnaire", "import", spoken, "--media", sounds)
	if r.status != 0 || !strings.Contains(r.out, "tiếng thêm: Ê Đê (rad)") || !strings.Contains(r.out, "bản ghi âm mới hoặc đổi: A1 Ê Đê.m4a") || !strings.Contains(r.errors, "nặng 30 KB") {
		t.Errorf("%+v", r)
	}
	if lines := o.must("questionnaire", "list"); !strings.Contains(lines, "vi rad, 1 bản ghi âm") {
		t.Error(lines)
	}
	again := filepath.Join(dir, "lai.xlsx")
	o.must("questionnaire", "export", again, "--media", filepath.Join(dir, "ra"))
	if back, err := os.ReadFile(filepath.Join(dir, "ra", "A1 Ê Đê.m4a")); err != nil || string(back) != string(sound) {
		t.Errorf("%d bytes, %v", len(back), err)
	}
	if out := o.must("questionnaire", "import", again); !strings.Contains(out, "đã có với đúng nội dung này") {
		t.Error(out)
	}
}

func TestTextsOfAFurtherLanguage(t *testing.T) {
	o := newOffice(t)
	file := filepath.Join(t.TempDir(), "rad.txt")
	o.must("texts", "template", file)
	if out := o.must("texts", "check"); !strings.Contains(out, "đều đủ và đúng") {
		t.Error(out)
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), "\nscript.begin = Bắt đầu\n") {
		t.Fatalf("%s, %v", data, err)
	}
	folder := filepath.Join(o.data, "tieng")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "rad.txt"), []byte(strings.Replace(string(data), "script.begin = Bắt đầu\n", "", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := o.must("texts", "check"); !strings.Contains(out, "rad.txt: thiếu 1 câu, dùng câu tiếng Việt: script.begin") {
		t.Error(out)
	}
}
