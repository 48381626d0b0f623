package web_test

import (
	"strings"
	"testing"
	"time"

	"hailong/survey"
)

// rotate replaces the link of the school of one form.
func (s *site) rotate() {
	d := *s.dir
	d.Revision++
	d.Links = map[survey.LinkCode]survey.Link{}
	for code, link := range s.dir.Links {
		d.Links[code] = link
	}
	d.Links[oneForm] = survey.Link{School: d.Links[oneForm].School, Revoked: true}
	s.dir = &d
}

// Whoever sends to an address that was replaced in the meantime hears first
// that nothing was sent.
func TestAFormToAReplacedAddressSaysItWasNotSent(t *testing.T) {
	s := newSite(t)
	helped := s.helpAddress(oneForm, survey.Beside) + "/TH"
	s.rotate()
	for path, says := range map[string]string{
		formOfOne: "<h1>Câu trả lời chưa được gửi</h1>\n<p>Địa chỉ này đã được thay bằng địa chỉ mới. Hỏi nhà trường địa chỉ đang dùng.</p>",
		helped:    "<h1>Câu trả lời chưa được gửi</h1>",
	} {
		res := s.post(path, formMIME, "id=my-own-form-0123456789&A1=5")
		if res.StatusCode != 410 || !strings.Contains(res.body, says) {
			t.Errorf("%s: %d\n%s", path, res.StatusCode, res.body)
		}
		if res := s.get(path); strings.Contains(res.body, "chưa được gửi") {
			t.Errorf("%s says it to those who only look", path)
		}
	}
}

// With script the answers stay on the phone besides.
func TestAFormToAReplacedAddressStaysOnThePhone(t *testing.T) {
	s := newSite(t)
	p := newPhone(t, s, s.serve(), impatient)
	p.hurry()
	s.rotate()
	p.tap("=Gửi ý kiến")
	p.tap("=Bỏ qua, gửi ý kiến")
	p.until(`document.querySelector("h1") && document.querySelector("h1").innerText == "Câu trả lời chưa được gửi"`)
	if p.drafts() != 1 || s.shelf.count() != 0 {
		t.Errorf("%d drafts, %d responses", p.drafts(), s.shelf.count())
	}
}

// After the closing nothing is offered that leads nowhere.
func TestThanksOfferAnotherFormOnlyWhileThereIsOne(t *testing.T) {
	s := newSite(t)
	s.closeAt(now.Add(-time.Hour))
	for _, link := range []string{oneForm, allForms} {
		if res := s.get("/k/" + link + "/cam-on"); res.StatusCode != 200 || strings.Contains(res.body, `href="/k/`) {
			t.Errorf("%s: %d\n%s", link, res.StatusCode, res.body)
		}
	}
}
