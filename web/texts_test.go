package web_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hailong/web/page"
)

var (
	textLine = regexp.MustCompile(`(?m)^([a-z0-9.-]+) = (.*)$`)
	textPart = regexp.MustCompile(`\{[a-z0-9]+\}`)
	// where a text is named: {{.Say "x"}}, Say("x"), phrase('x')
	textUse    = regexp.MustCompile(`(?:Say\(?\s?|phrase\(|name :?= |listen\()["']([a-z0-9.-]+)["']`)
	vietnamese = regexp.MustCompile(`[À-ỹ]`)
)

// textsOf reads a file of texts as the test does it, not as the program does.
func textsOf(t *testing.T, code string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("page/texts/" + code + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, found := range textLine.FindAllStringSubmatch(string(data), -1) {
		out[found[1]] = found[2]
	}
	return out
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	vi, en := textsOf(t, "vi"), textsOf(t, "en")
	if len(vi) < 90 {
		t.Fatalf("read %d texts only", len(vi))
	}
	for name, text := range vi {
		if en[name] == "" {
			t.Errorf("en lacks %s", name)
		}
		for _, p := range textPart.FindAllString(en[name], -1) {
			if !strings.Contains(text, p) {
				t.Errorf("en: %s has %s, which is not put in", name, p)
			}
		}
	}
	for name := range en {
		if vi[name] == "" {
			t.Errorf("vi lacks %s", name)
		}
	}
}

// sourcesOf gives the sources with these endings, the tests left out.
func sourcesOf(t *testing.T, endings string, roots ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !strings.Contains(endings, filepath.Ext(path)+" ") {
				return err
			}
			data, err := os.ReadFile(path)
			out[path] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Every text is used, and every text used is there; what refusals say stands
// word for word where they are made.
func TestEveryTextIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, source := range sourcesOf(t, ".go .html .js ", "page", "parent", "errors.go") {
		for _, found := range textUse.FindAllStringSubmatch(source, -1) {
			used[found[1]] = true
		}
	}
	var sentences strings.Builder
	for _, source := range sourcesOf(t, ".go ", "../survey", "../store", ".") {
		sentences.WriteString(source)
	}
	whole := regexp.MustCompile(`%(\[\d\])?[sdq]`).ReplaceAllString(sentences.String(), "{}")
	vi := textsOf(t, "vi")
	for name, text := range vi {
		switch base := strings.TrimSuffix(strings.TrimSuffix(name, ".parents"), ".others"); {
		case strings.HasPrefix(name, "error."):
			if !strings.Contains(whole, `"`+textPart.ReplaceAllString(text, "{}")+`"`) {
				t.Errorf("nothing refuses with %s: %q", name, text)
			}
		case !used[name] && !(base != name && used[base]) && !used[name[:strings.LastIndexByte(name, '.')+1]]: // x. + one of several
			t.Errorf("%s is not used", name)
		}
	}
	for name := range used {
		if vi[name] == "" && vi[name+".parents"] == "" && !strings.HasSuffix(name, ".") {
			t.Errorf("there is no text %s", name)
		}
	}
}

// What the parents' pages say is in the files of texts alone.
func TestNoTextStandsInThePages(t *testing.T) {
	comment := regexp.MustCompile(`(?m)//.*$|\{\{/\*[\s\S]*?\*/}}`)
	for path, source := range sourcesOf(t, ".html .js ", "parent") {
		for _, line := range strings.Split(comment.ReplaceAllString(source, ""), "\n") {
			if vietnamese.MatchString(line) {
				t.Errorf("%s: %s", path, strings.TrimSpace(line))
			}
		}
	}
	refusal := regexp.MustCompile(`survey\.Refuse\([\s\S]*?\)\n`)
	for path, source := range sourcesOf(t, ".go ", "parent") {
		for _, line := range strings.Split(comment.ReplaceAllString(refusal.ReplaceAllString(source, "\n"), ""), "\n") {
			if vietnamese.MatchString(line) && !strings.Contains(line, "// ") && !strings.HasSuffix(path, "preview.go") { // the picture is drawn in Vietnamese
				t.Errorf("%s: %s", path, strings.TrimSpace(line))
			}
		}
	}
}

// vietnameseWords are words that only a Vietnamese text has.
var vietnameseWords = regexp.MustCompile(`(?i)\b(không|của|phiếu|trường này|câu|gửi|trả lời|tìm|hạn)\b`)

// withoutNames leaves out what stays Vietnamese in any language: names, the
// link to the Vietnamese page, the tests' own words, and the notice about them.
func withoutNames(body string) string {
	body = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<nav.*?</nav>|ƀ ê̆ [^<]*|<p class=s[^>]*>[^<]*</p>`).ReplaceAllString(body, "")
	return regexp.MustCompile(`<[^>]*lang="?vi[^>]*>[^<]*`).ReplaceAllString(body, "")
}

func TestAFurtherLanguage(t *testing.T) {
	vi := textsOf(t, "vi")
	var lines []string
	for name := range vi {
		lines = append(lines, name+" = ƀuôn "+strings.Join(textPart.FindAllString(vi[name], -1), " "))
	}
	slices.Sort(lines)
	whole := strings.Join(lines, "\n")
	read := func(name, text string) (*page.Catalog, string) {
		c, notes, err := page.ReadCatalog(fstest.MapFS{name: {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return c, strings.Join(notes, "\n")
	}
	if c, notes := read("rad.txt", whole); notes != "" || c.In("rad").Say("form.last-day", "day", "30/11") != "ƀuôn 30/11" || c.In("rad").Lang() != "rad" {
		t.Errorf("%s, %q", notes, c.In("rad").Say("form.last-day"))
	}
	broken := strings.Replace(whole, "script.begin = ", "script.begin ", 1) + "\nno.such = x\nform.send = x\n"
	broken = strings.Replace(broken, "script.left = ", "script.left = {day} ", 1)
	c, notes := read("rad.txt", broken)
	for _, want := range []string{"không có dạng", "không có câu nào tên no.such", "tên form.send có hai lần", "câu script.left có {day}", "thiếu 2 câu", "script.begin, script.left"} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q is not in %s", want, notes)
		}
	}
	if got := c.In("rad").Say("script.begin"); got != "Bắt đầu" {
		t.Errorf("a missing text is %q", got)
	}
	for name, want := range map[string]string{"en.txt": "đi kèm phần mềm", "Ê Đê.txt": "tên tệp không phải mã tiếng"} {
		if c, notes := read(name, whole); !strings.Contains(notes, want) || c.In("en").Say("form.send") != "Send" {
			t.Errorf("%s: %s", name, notes)
		}
	}
	if c, _ := read("rad.txt", ""); c.In("cmo").Lang() != "vi" {
		t.Error("a language without texts is not Vietnamese")
	}
}

// What survey says to those who answer can be said in every language.
func TestRefusalsAreAmongTheTexts(t *testing.T) {
	vi := textsOf(t, "vi")
	known := map[string]bool{}
	for name, text := range vi {
		if strings.HasPrefix(name, "error.") {
			known[textPart.ReplaceAllString(text, "{}")] = true
		}
	}
	verbs := regexp.MustCompile(`%(\[\d\])?[sdq]`)
	said := regexp.MustCompile(`(?:Refuse\([A-Za-z.]+, |fieldError\([^"]*|Message: )"([^"]*)"`)
	staff := []string{"Phiếu trả lời lưu sai dạng", "Có chỗ cần sửa", "…", "{}. "} // not for those who answer, or put together from others
	n := 0
	for _, file := range []string{"../survey/response.go", "../survey/directory.go", "../survey/link.go", "../survey/search.go", "errors.go", "security.go"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range said.FindAllStringSubmatch(string(data), -1) {
			text := verbs.ReplaceAllString(found[1], "{}")
			if n++; !known[text] && !slices.ContainsFunc(staff, func(s string) bool { return strings.HasPrefix(text, s) }) {
				t.Errorf("%s: %q is not among the texts", file, found[1])
			}
		}
	}
	if n < 20 {
		t.Errorf("found %d sentences only", n)
	}
}
