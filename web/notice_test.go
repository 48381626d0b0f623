package web_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// promised are the sentences of «Ai đọc câu trả lời?», each with the tests that
// prove it. A sentence that is added or changed needs its proof here.
var promised = []struct {
	sentence string
	tests    []string
}{
	{"Phiếu này không có tên, số điện thoại hay lớp của con.", []string{"TestTheFormAsksForNothingThatNames", "TestWhatIsRefused"}},
	{"Máy chủ không lưu số máy, địa chỉ mạng hay giờ gửi cùng câu trả lời.", []string{"TestPromiseNothingLeadsToWhoAnswered", "TestNothingJoinsAnAnswerToACommentOrAPhone", "TestTheLogNamesNobody"}},
	{"Máy chủ chỉ lưu ngày gửi.", []string{"TestTheFormAsksForNothingThatNames", "TestPromiseNothingLeadsToWhoAnswered", "TestAFormThatIsSent"}},
	{"Nhà trường chỉ thấy kết quả chung, khi có từ 10 phiếu trở lên.", []string{"TestPromiseNoReleaseGivesFewerThanTen", "TestPageShowsNoOpinion", "TestSchoolSeesItselfOnly"}},
	{"Lời góp ý do Sở Giáo dục và Đào tạo Đắk Lắk đọc và che tên, số điện thoại trước.", []string{"TestCommentsReachASchoolTogether", "TestMasked", "TestADecisionOfAComment"}},
	{"Nhà trường đọc sau, khi có từ 20 phiếu trở lên.", []string{"TestCommentsReachASchoolTogether"}},
}

func TestTheNoticeSaysOnlyWhatIsProved(t *testing.T) {
	s := newSite(t)
	d := parseHTML(t, s.get(formOfOne).body)
	said := text(all(all(d.root, "details")[0], "p")[0])
	var want []string
	there := testsOfTheProject(t)
	for _, p := range promised {
		want = append(want, p.sentence)
		for _, name := range p.tests {
			if !there[name] {
				t.Errorf("%q is to be proved by %s, which is not there", p.sentence, name)
			}
		}
	}
	if diff := cmp.Diff(strings.Join(want, " "), said); diff != "" {
		t.Errorf("the notice and its proofs (-proved +said):\n%s", diff)
	}
}

var testFunction = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)

// testsOfTheProject are the names of all tests.
func testsOfTheProject(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(os.DirFS(".."), path)
		for _, found := range testFunction.FindAllStringSubmatch(string(source), -1) {
			names[found[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestTheFormAsksForNothingThatNames: what a form holds and what becomes of it
// are the answers, the random id and the day, and nothing else.
func TestTheFormAsksForNothingThatNames(t *testing.T) {
	s := newSite(t)
	for _, asked := range s.dir.Links[allForms].Forms {
		allowed := map[string]bool{"id": true, string(asked.Form.Overall.Code): true, string(asked.Form.Comment.Code): true,
			string(asked.Form.Expectation.Code): true, string(asked.Form.Expectation.Code) + "-so": true}
		for _, item := range asked.Form.Items {
			allowed[string(item.Code)] = true
		}
		d := parseHTML(t, s.get("/k/"+allForms+"/"+string(asked.Form.Code)).body)
		for _, kind := range []string{"input", "textarea", "select", "button"} {
			for _, field := range all(d.root, kind) {
				if name := attr(field, "name"); name != "" && !allowed[name] {
					t.Errorf("form %s asks for %q", asked.Form.Code, name)
				}
			}
		}
	}
	s.post(formOfOne, formMIME, "A1=5&id=0123456789abcdef")
	kept := s.shelf.only(t)
	want := survey.Delivery{ID: kept.ID, Stratum: kept.Stratum, Day: survey.NewDay(2026, 10, 20), Response: kept.Response}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("more is kept than stratum, day and answers:\n%s", diff)
	}
}
