package school_test

import (
	"bytes"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"hailong/survey"
)

const enteredPrimary = "hl-truong=session-" + primary

func TestASchoolOpensHelpedForms(t *testing.T) {
	s := newSite(t, local)
	if body := s.get("/truong/", enteredPrimary).body; !strings.Contains(body, `href="/truong/giup"`) {
		t.Error("nothing leads to the page")
	}
	body := s.get("/truong/giup", enteredPrimary).body
	for name, says := range map[string]string{"kem": "bấm theo lời người trả lời", "may": "máy này xóa phiếu"} {
		path := between(body, `<h2 id="`+name+`"`, `class="button" href="`, `"`)
		form := s.get(path, "") // the device has no cookie of the school
		if form.StatusCode != http.StatusOK || !strings.Contains(form.body, says) || !strings.Contains(form.body, "Phiếu có người giúp") {
			t.Errorf("%s leads to %q: status %d", name, path, form.StatusCode)
		}
		if got := decodeQR(t, s.get("/truong/giup/"+name+".png", enteredPrimary).body); got != local+path {
			t.Errorf("the code of %s says %q, want %q", name, got, local+path)
		}
	}
	if !strings.Contains(body, "dùng đến hết ngày 24/11/2026") {
		t.Error("does not say until when")
	}
}

func TestHelpIsForTheSchoolAndTheRound(t *testing.T) {
	s := newSite(t, local)
	for _, path := range []string{"/truong/giup", "/truong/giup/kem.png", "/truong/giup/may.png"} {
		if got := s.get(path, ""); got.StatusCode != http.StatusForbidden {
			t.Errorf("%s without the school's session: %d", path, got.StatusCode)
		}
	}
	if other := s.get("/truong/giup", "hl-truong=session-"+upper).body; strings.Contains(other, "/k/AAAA2222/") {
		t.Error("one school hands out another's forms")
	}
	for _, state := range []survey.State{survey.Scheduled, survey.Shut} {
		s.dir.Round.State = state
		got := s.get("/truong/giup", enteredPrimary)
		if got.StatusCode != http.StatusOK || strings.Contains(got.body, "/giup/") {
			t.Errorf("%s: status %d, hands out forms", state, got.StatusCode)
		}
	}
}

// between gives what stands after the marks, one after the other, up to the end.
func between(text string, marks ...string) string {
	for _, m := range marks[:len(marks)-1] {
		_, text, _ = strings.Cut(text, m)
	}
	found, _, _ := strings.Cut(text, marks[len(marks)-1])
	return found
}

func decodeQR(t *testing.T, picture string) string {
	t.Helper()
	img, err := png.Decode(bytes.NewReader([]byte(picture)))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}
