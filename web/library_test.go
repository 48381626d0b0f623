package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// upload sends files of the office: the XLSForm, and recordings.
func (p *tour) upload(form []byte, recordings map[string][]byte) *http.Response {
	p.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	add := func(field, name string, content []byte) {
		w, err := m.CreateFormFile(field, name)
		if err != nil {
			p.Fatal(err)
		}
		w.Write(content)
	}
	m.WriteField(page.TokenField, page.Token(strings.TrimPrefix(p.cookies["office"], "hl=")))
	name := "bộ mới.xlsx"
	if form == nil {
		name = ""
	}
	add("tep", name, form)
	if len(recordings) == 0 {
		add("ghi-am", "", nil) // as browsers do when none was chosen
	}
	for name, content := range recordings {
		add("ghi-am", name, content)
	}
	m.Close()
	r := httptest.NewRequest("POST", "/so/bo-cau-hoi/nap", &body)
	r.Host = testHost
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Cookie", p.cookies["office"])
	res, err := p.app.Test(r, -1)
	if err != nil {
		p.Fatal(err)
	}
	return res
}

func (p *tour) page(path string) string {
	p.Helper()
	res, body := p.read(stop{path: path})
	if res.StatusCode != 200 {
		p.Fatalf("%s: %d", path, res.StatusCode)
	}
	return body
}

func bodyOf(t *testing.T, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// edited is the built-in XLSForm with a version of its own, then edited.
func edited(t *testing.T, version string, edit func(f *excelize.File)) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteQuestionnaire(&b, survey.BuiltInQuestionnaire()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.SetCellStr("settings", "C2", version)
	if edit != nil {
		edit(f)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sound(own string) []byte { return []byte("\x00\x00\x00\x20ftypM4A ....mp4a...." + own) }

// inEdeAndJarai edits the XLSForm: Ê Đê in recordings, Gia Rai in words, with
// the letters that are easily lost.
func inEdeAndJarai(f *excelize.File) {
	rows, _ := f.GetRows("survey")
	f.SetCellStr("survey", "C5", "Nhà trường báo tin tuyển sinh rõ ràng")
	f.SetCellStr("survey", "N1", "media::audio::Ê Đê (rad)")
	f.SetCellStr("survey", "N5", "A1 Ê Đê.m4a")
	f.SetCellStr("survey", "O1", "label::Gia Rai (jra)")
	for i, row := range rows[1:] {
		if len(row) > 2 && row[2] != "" {
			f.SetCellStr("survey", fmt.Sprint("O", i+2), "ƀuôn Ƀơ̆ čư̆ ê̆ ô̆ "+fmt.Sprint(i))
		}
	}
	choices, _ := f.GetRows("choices")
	f.SetCellStr("choices", "D1", "label::Gia Rai (jra)")
	for i := range choices[1:] {
		f.SetCellStr("choices", fmt.Sprint("D", i+2), "ƀĭt ê\u0306 "+fmt.Sprint(i)) // decomposed, as some programs write it
	}
}

func TestAQuestionnaireIsShownBeforeItIsTakenOver(t *testing.T) {
	p := newTour(t)
	versions := func() string {
		editions, err := p.store.Questionnaires(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		out := ""
		for _, e := range editions {
			out += string(e.Questionnaire.Version) + " "
		}
		return out
	}
	res := p.upload(edited(t, "so-2027", inEdeAndJarai), map[string][]byte{"A1 Ê Đê.m4a": sound("1")})
	preview := res.Header.Get("Location")
	if res.StatusCode != 303 || !strings.HasPrefix(preview, "/so/bo-cau-hoi/nap/") {
		t.Fatalf("%d %s\n%s", res.StatusCode, preview, bodyOf(t, res))
	}
	body := p.page(preview)
	for _, want := range []string{"Xem trước bộ câu hỏi so-2027", "bộ mới.xlsx", "So với bộ mau-tham-khao-2026", "chỗ đổi lời", "Nhà trường báo tin tuyển sinh rõ ràng", `<dd>Gia Rai, Ê Đê</dd>`, "A1 Ê Đê.m4a", "1 bản, 1 KB", "Tiếng Gia Rai: câu hỏi bằng tiếng này", "hailong texts template jra.txt"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in the preview\n%s", want, body)
		}
	}
	if got := versions(); got != "mau-tham-khao-2026 " {
		t.Fatalf("stored before anybody agreed: %s", got)
	}
	if taken := p.post(preview, url.Values{}); taken.Header.Get("Location") != "/so/bo-cau-hoi?da=nap" || versions() != "so-2027 mau-tham-khao-2026 " {
		t.Errorf("%v, %s", taken.Header, versions())
	}
	if again := p.post(preview, url.Values{}); again.Header.Get("Location") != "/so/bo-cau-hoi?da=het" {
		t.Errorf("taken over twice: %v", again.Header)
	}
	body = p.page("/so/bo-cau-hoi?da=nap")
	for _, want := range []string{"Đã nạp bộ câu hỏi.", "/so/bo-cau-hoi/so-2027/tep.xlsx", "1 bản ghi âm (ZIP)", `<span lang="jra">Gia Rai</span>`, "chưa đợt nào", "2026-10"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in the list", want)
		}
	}

	// What is taken away can be brought again, and the letters are the same.
	_, file := p.read(stop{path: "/so/bo-cau-hoi/so-2027/tep.xlsx"})
	_, packed := p.read(stop{path: "/so/bo-cau-hoi/so-2027/ghi-am.zip"})
	media, err := sheet.ReadMedia([]byte(packed))
	if err != nil || !bytes.Equal(media["A1 Ê Đê.m4a"], sound("1")) {
		t.Fatalf("%v, %v", media, err)
	}
	back, _, err := sheet.ReadQuestionnaire([]byte(file), sheet.Media{Files: media})
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	jarai, written := back.In("jra")
	if first := jarai.Forms[0].Items[0].Text; written != "jra" || !strings.HasPrefix(first, "ƀuôn Ƀơ̆ čư̆ ê̆ ô̆ ") || jarai.Scale[0] != "ƀĭt ê̆ 0" {
		t.Errorf("%q, %q", first, jarai.Scale[0])
	}
	if same := p.upload([]byte(file), nil); !strings.Contains(p.page(same.Header.Get("Location")), "Không có gì để nạp") {
		t.Error("the same file again is a change")
	}
	if chosen := p.post("/so/bo-cau-hoi/chon", url.Values{"bo": {"mau-tham-khao-2026"}}); chosen.Header.Get("Location") != "/so/bo-cau-hoi?da=chon" {
		t.Errorf("%v", chosen.Header)
	}
	if body := p.page("/so/bo-cau-hoi"); !strings.Contains(body, `<option value="mau-tham-khao-2026" selected>`) {
		t.Error("the choice does not show")
	}
	if q, err := p.store.Questionnaire(context.Background(), ""); err != nil || q.Version != "mau-tham-khao-2026" {
		t.Errorf("the next round opens with %s, %v", q.Version, err)
	}
}

func TestWhatTheLibraryRefuses(t *testing.T) {
	p := newTour(t)
	res := p.upload(edited(t, "so-2027", func(f *excelize.File) {
		inEdeAndJarai(f)
		f.SetCellStr("survey", "O6", "")
		f.SetCellStr("choices", "D4", "")
		f.SetCellStr("survey", "A7", "select_multiple muc_do")
		f.SetCellStr("survey", "C8", "<script>alert(1)</script>${x}")
	}), map[string][]byte{"A2.m4a": sound("2")})
	body := bodyOf(t, res)
	if res.StatusCode != 422 {
		t.Errorf("%d", res.StatusCode)
	}
	for _, want := range []string{"<td>survey</td><td class=\"n\">6</td><td>O (label::Gia Rai (jra))</td>", "<td>choices</td><td class=\"n\">4</td><td>D (label::Gia Rai (jra))</td>",
		"<td class=\"n\">5</td><td>N (media::audio::Ê Đê (rad))</td><td>A1 Ê Đê.m4a</td>", "«A2.m4a» không có ô nào nhắc đến", "select_multiple", "&lt;script&gt;"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not among the faults\n%s", want, body)
		}
	}
	if strings.Contains(body, "<script>alert") {
		t.Error("a cell becomes markup")
	}
	for name, test := range map[string]struct {
		file   []byte
		status int
		says   string
	}{
		"no file":               {nil, 422, "Chọn tệp Excel"},
		"no workbook":           {[]byte("x"), 422, "Tệp"},
		"a version that is set": {edited(t, "mau-tham-khao-2026", func(f *excelize.File) { f.SetCellStr("survey", "C5", "Khác") }), 409, "Đặt tên phiên bản mới"},
		"another scale":         {edited(t, "so-2028", func(f *excelize.File) { f.SetCellStr("choices", "C2", "Kém") }), 409, "Thang trả lời"},
	} {
		res := p.upload(test.file, nil)
		if body := bodyOf(t, res); res.StatusCode != test.status || !strings.Contains(body, test.says) {
			t.Errorf("%s: %d, %q is not there", name, res.StatusCode, test.says)
		}
	}
	if packed := p.upload(edited(t, "so-2029", nil), map[string][]byte{"a.zip": []byte("no ZIP")}); packed.StatusCode != 422 || !strings.Contains(bodyOf(t, packed), "Tệp ZIP bị hỏng") {
		t.Errorf("a broken ZIP: %d", packed.StatusCode)
	}
	editions, err := p.store.Questionnaires(context.Background())
	if err != nil || len(editions) != 1 {
		t.Errorf("%d versions, %v", len(editions), err)
	}
}

// The letters of Ê Đê, M'Nông and Gia Rai go the whole way: from the file to
// the database, the page, a comment, and the workbook.
func TestLettersOfTheHighlandsGoTheWholeWay(t *testing.T) {
	p := newTour(t)
	ctx := context.Background()
	up, _, err := sheet.ReadQuestionnaire(edited(t, "so-2027", inEdeAndJarai), sheet.Media{Files: map[string][]byte{"A1 Ê Đê.m4a": sound("1")}})
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if _, err := p.store.ImportQuestionnaire(ctx, "test", up, false); err != nil {
		t.Fatal(err)
	}
	q, err := p.store.Questionnaire(ctx, "so-2027")
	if err != nil {
		t.Fatal(err)
	}
	d := *p.dir.Load()
	d.Questionnaire, d.Revision = q, d.Revision+1
	p.dir.Store(&d)
	body := p.page("/k/" + string(p.school.Link) + "?tieng=jra")
	link := d.Links[p.school.Link]
	if len(link.Forms) > 1 {
		body = p.page("/k/" + string(p.school.Link) + "/" + string(link.Forms[0].Form.Code) + "?tieng=jra")
	}
	for _, want := range []string{"ƀuôn Ƀơ̆ čư̆ ê̆ ô̆ ", "ƀĭt ê̆ 0", `lang="jra"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Contains(body, "e\u0302\u0306") || strings.Contains(body, "@font-face") {
		t.Error("the page has decomposed letters, or a font of its own")
	}
	// A comment comes in as some phones write it: decomposed.
	const words = "Ƀuôn ƀhin čar ê̆ ô̆ ơ̆ ư̆"
	path := "/k/" + string(p.school.Link) + "/" + string(link.Forms[0].Form.Code) + "?tieng=jra"
	fields := url.Values{"id": {formID(t, body)}, "A1": {"5"}, "G1": {norm.NFD.String(words)}}
	r := httptest.NewRequest("POST", path, strings.NewReader(fields.Encode()))
	r.Host = testHost
	r.Header.Set("Content-Type", formMIME)
	res, err := p.app.Test(r, -1)
	if err != nil || res.StatusCode != 303 {
		t.Fatalf("%v, %v", res, err)
	}
	results, err := p.store.Results(ctx, d.Round.ID)
	if err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	if err := (sheet.ProvinceBook{Results: results}).Write(ctx, &book); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(cellsOf(t, book.Bytes()), words) {
		t.Error("the comment's letters are not in the workbook")
	}
}

// cellsOf gives the texts of a workbook.
func cellsOf(t *testing.T, data []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			out.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return out.String()
}
