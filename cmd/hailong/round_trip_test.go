package main_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// visited are the schools that answer in the test: code → its row in the list.
type visited struct {
	code, kind, link string
	enrolment        map[string]int // by level
}

// formsOf says which forms the levels of a school bring, and out of how many.
func (s visited) forms() map[string]int {
	forms := map[string]int{}
	for level, n := range s.enrolment {
		if level == "THPT" {
			forms["CMTHPT"], forms["HSTHPT"] = n, n
			continue
		}
		forms[level] = n
	}
	return forms
}

// TestARoundFromListToWorkbook drives the program as a province does: load the
// list, answer as parents, take the workbook away; and holds every cell of it
// against a count of its own.
func TestARoundFromListToWorkbook(t *testing.T) {
	o := newOffice(t)
	if out := o.must("schools", "import", mustAbs(t, "demo-schools.xlsx")); !strings.Contains(out, "thêm 1.379,") {
		t.Fatalf("import printed: %s", out)
	}
	round := o.openRound()
	v := newVisitor(t, o.serve())
	schools := pick(o.schools())
	var b book
	for n, s := range schools {
		b = append(b, v.answerAll(s, rand.New(rand.NewPCG(7, uint64(n))))...)
	}
	file := filepath.Join(t.TempDir(), "ket-qua.xlsx")
	o.must("export", "--round", round, "--out", file)
	w := openWorkbook(t, file)
	if n := len(w.rows("Theo trường")); n != 1379 {
		t.Errorf("«Theo trường» has %d schools", n)
	}
	w.checkSchools(b, schools)
	w.checkItems(b, schools)
	w.checkOpinions(b)
	w.checkSummary(b, o.schools()[1:])
	if out := o.must("check"); !strings.Contains(out, fmt.Sprintf("%d phiếu trả lời đếm lại khớp", len(b))) {
		t.Errorf("check printed: %s", out)
	}
}

func mustAbs(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// pick takes one school of each kind.
func pick(rows [][]string) []visited {
	levels := rows[0][4:9]
	var all []visited
	seen := map[string]bool{}
	for _, r := range rows[1:] {
		if seen[r[2]] {
			continue
		}
		seen[r[2]] = true
		s := visited{code: r[0], kind: r[2], link: r[9], enrolment: map[string]int{}}
		for i, level := range levels {
			if n, err := strconv.Atoi(r[4+i]); err == nil {
				s.enrolment[level] = n
			}
		}
		all = append(all, s)
	}
	return all
}

// answerAll answers every form of a school a few times, by page and by JSON.
func (v visitor) answerAll(s visited, chance *rand.Rand) book {
	v.t.Helper()
	paths := []string{s.link}
	if len(s.forms()) > 1 {
		paths = v.get(s.link).links(s.link + "/")
	}
	if len(paths) != len(s.forms()) {
		v.t.Fatalf("%s offers %v, want the forms %v", s.link, paths, s.forms())
	}
	var b book
	for _, path := range paths {
		for range 4 + chance.IntN(14) {
			b = append(b, v.answer(s, path, chance))
		}
	}
	return b
}

// answer fills a fresh form by chance, with blanks and zeros, and sends it,
// sometimes twice, sometimes as JSON.
func (v visitor) answer(s visited, path string, chance *rand.Rand) sent {
	v.t.Helper()
	got := v.get(path)
	if got.status != 200 {
		v.t.Fatalf("GET %s: %d", path, got.status)
	}
	form := got.form(v.t)
	answer := sent{school: s.code, form: form.action[strings.LastIndex(form.action, "/")+1:], marks: map[string]int{}, percent: -1}
	fields := url.Values{"id": form.hidden["id"]}
	for _, name := range form.order {
		if chance.Float64() < 0.12 {
			continue // left blank
		}
		choices := form.choices[name]
		value := choices[min(len(choices)-1, int(math.Abs(chance.NormFloat64()*1.6+3)))]
		fields.Set(name, value)
		if name != "F1" {
			answer.marks[name], _ = strconv.Atoi(value)
		} else if n, err := strconv.Atoi(value); err == nil {
			answer.percent = n
		} else {
			answer.percent = 120
			fields.Set("F1-so", "120")
		}
	}
	if len(answer.marks) == 0 {
		fields.Set("A1", "5")
		answer.marks["A1"] = 5
	}
	if chance.Float64() < 0.4 {
		answer.comment = fmt.Sprintf("=Góp ý thứ %d, xin «thêm & bớt»", chance.IntN(1000)) // nothing in it looks like a name or a number to mask
		fields.Set("G1", answer.comment)
	}
	if chance.Float64() < 0.3 {
		v.sendJSON(form.action, fields, answer)
		return answer
	}
	v.sendForm(form.action, fields, chance.Float64() < 0.3)
	return answer
}

func (v visitor) sendForm(action string, fields url.Values, twice bool) {
	v.t.Helper()
	status, location := v.send(action, fields)
	if status != 303 || !strings.HasSuffix(location, "/cam-on") {
		v.t.Fatalf("POST %s: %d %s", action, status, location)
	}
	if thanks := v.get(location); thanks.status != 200 || !strings.Contains(thanks.text, "Đã gửi xong") {
		v.t.Fatalf("GET %s: %d", location, thanks.status)
	}
	if !twice {
		return
	}
	if status, again := v.send(action, fields); status != 303 || again != location {
		v.t.Fatalf("the same form again: %d %s", status, again)
	}
	other := url.Values{"id": fields["id"], "A1": {"1"}, "F2": {"1"}, "G1": {"khác"}}
	if status, _ := v.send(action, other); status != 409 {
		v.t.Fatalf("other answers under the same id: %d", status)
	}
}

func (v visitor) sendJSON(action string, fields url.Values, answer sent) {
	v.t.Helper()
	answers := map[string]int{}
	for item, mark := range answer.marks {
		answers[item] = mark
	}
	if answer.percent >= 0 {
		answers["F1"] = answer.percent
	}
	body := map[string]any{"id": fields.Get("id"), "answers": answers, "comment": answer.comment}
	status, first := v.post("/api/v1"+action, body)
	if status != 201 || first["receipt"] == "" {
		v.t.Fatalf("JSON %s: %d %v", action, status, first)
	}
	if status, again := v.post("/api/v1"+action, body); status != 200 || again["receipt"] != first["receipt"] {
		v.t.Fatalf("JSON again: %d %v, first %v", status, again, first)
	}
}

// workbook is an exported workbook read back.
type workbook struct {
	t    *testing.T
	file *excelize.File
}

func openWorkbook(t *testing.T, name string) workbook {
	t.Helper()
	f, err := excelize.OpenFile(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return workbook{t, f}
}

// rows gives the rows of a sheet's table: header → text of the cell.
func (w workbook) rows(sheet string) []map[string]string {
	w.t.Helper()
	grid, err := w.file.GetRows(sheet)
	if err != nil {
		w.t.Fatal(err)
	}
	head := slices.IndexFunc(grid, func(r []string) bool { return len(r) > 4 })
	var all []map[string]string
	for _, cells := range grid[head+1:] {
		one := map[string]string{}
		for i, text := range cells {
			one[grid[head][i]] = text
		}
		all = append(all, one)
	}
	return all
}

// compare holds a row against what it has to show.
func (w workbook) compare(where string, got map[string]string, want row) {
	w.t.Helper()
	for header, value := range want {
		number, isNumber := asNumber(value)
		text := got[header]
		read, err := strconv.ParseFloat(text, 64)
		switch {
		case !isNumber && text != fmt.Sprint(value):
			w.t.Errorf("%s, %s: «%s», want «%v»", where, header, text, value)
		case isNumber && (err != nil || math.Abs(read-number) > 1e-9*math.Max(1, math.Abs(number))):
			w.t.Errorf("%s, %s: «%s», want %v", where, header, text, number)
		}
	}
}

func asNumber(value any) (float64, bool) {
	switch v := value.(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func (w workbook) checkSchools(b book, schools []visited) {
	w.t.Helper()
	bySchool, byForm := map[string]map[string]string{}, map[string]map[string]string{}
	for _, r := range w.rows("Theo trường") {
		bySchool[r["Mã trường"]] = r
	}
	for _, r := range w.rows("Trường theo phiếu") {
		byForm[r["Mã trường"]+"/"+r["Phiếu"]] = r
	}
	for _, s := range schools {
		asked := 0
		for form, enrolment := range s.forms() {
			asked += enrolment
			w.compare(s.code+"/"+form, byForm[s.code+"/"+form], b.of(s.code, form).standing(enrolment))
		}
		w.compare(s.code, bySchool[s.code], b.of(s.code, "").standing(asked))
	}
	for code, r := range bySchool {
		if r["Số phiếu"] == "0" && len(b.of(code, "")) > 0 || r["Số phiếu"] != "0" && len(b.of(code, "")) == 0 {
			w.t.Errorf("school %s shows %s responses", code, r["Số phiếu"])
		}
	}
}

func (w workbook) checkItems(b book, schools []visited) {
	w.t.Helper()
	for _, r := range w.rows("Theo câu hỏi") {
		want := b.of("", r["Phiếu"]).item(r["Mã câu"])
		if score, ok := want["Điểm trung bình"].(float64); ok {
			want["Chỉ số (%)"] = 20 * score
		}
		w.compare(r["Phiếu"]+"/"+r["Mã câu"], r, want)
	}
	rows := w.rows("Trường và câu hỏi")
	for _, r := range rows {
		w.compare(r["Mã trường"]+"/"+r["Phiếu"]+"/"+r["Mã câu"], r, b.of(r["Mã trường"], r["Phiếu"]).item(r["Mã câu"]))
	}
	forms := 0
	for _, s := range schools {
		for form := range s.forms() {
			if len(b.of(s.code, form)) > 0 {
				forms++
			}
		}
	}
	if want := forms * 27; len(rows) < want {
		w.t.Errorf("«Trường và câu hỏi» has %d rows, at least %d expected", len(rows), want)
	}
}

func (w workbook) checkOpinions(b book) {
	w.t.Helper()
	var got []string
	for _, r := range w.rows("Ý kiến") {
		got = append(got, strings.TrimPrefix(r["Ý kiến"], "'"))
	}
	slices.Sort(got)
	if !slices.Equal(got, b.comments()) {
		w.t.Errorf("opinions differ: %d in the workbook, %d sent\n%s", len(got), len(b.comments()), cmp.Diff(b.comments(), got))
	}
}

// checkSummary holds the line of the whole province, all responses as one
// heap, against the book and the school list.
func (w workbook) checkSummary(b book, schools [][]string) {
	w.t.Helper()
	asked := 0
	for _, r := range schools {
		for i, cell := range r[4:9] {
			n, _ := strconv.Atoi(cell)
			if i == 3 {
				n *= 2 // upper-secondary: parents and students
			}
			asked += n
		}
	}
	want := b.standing(asked)
	for _, end := range []string{"dưới", "trên"} {
		value, known := want["KTC 95% "+end+" (%)"]
		if !known {
			value = "" // of no answers there is no interval
		}
		want["Tỷ lệ – KTC 95% "+end+" (%)"] = value
		delete(want, "KTC 95% "+end+" (%)")
	}
	for _, r := range w.rows("Tổng hợp") {
		if r["Cấp học"] == "Toàn tỉnh" && r["Cách gộp"] == "Gộp phiếu" {
			w.compare("Toàn tỉnh", r, want)
			return
		}
	}
	w.t.Error("«Tổng hợp» has no line of the whole province")
}
