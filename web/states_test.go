package web_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"hailong/survey"
)

// sheets writes pictures of every state:
// go test ./web -run TestEveryStateFits -sheets testdata
var sheets = flag.String("sheets", "", "folder for the sheets sheets of the parents' and schools' pages")

// shot is a state as it was seen.
type shot struct {
	name    string
	picture []byte
}

// walk goes through every state of the parents' and the schools' pages.
type walk struct {
	phone
	size  screen
	shots []shot
}

type screen struct {
	name          string
	width, height int64
	text          int    // percent
	rules         string // of accessibility: axe-core
}

var screens = []screen{{name: "320x480", width: 320, height: 480, text: 100}, {name: "360x640", width: 360, height: 640, text: 100}, {name: "360x640-chu-200", width: 360, height: 640, text: 200}}

// TestEveryStateFits looks at every state on small screens and with text twice
// as large: nothing is cut, nothing wider than the screen, no target too small,
// and no rule of accessibility broken.
func TestEveryStateFits(t *testing.T) {
	rules := axeSource(t)
	for _, size := range screens {
		t.Run(size.name, func(t *testing.T) {
			size.rules = rules
			shots := append(parentStates(t, size), schoolStates(t, size)...)
			if len(shots) < 30 {
				t.Errorf("%d states were seen", len(shots))
			}
			if *sheets != "" {
				writeContactSheet(t, filepath.Join(*sheets, "man-hinh-"+size.name+".png"), size, shots)
			}
		})
	}
}

// see notes a state: it must fit.
func (v *walk) see(name string) {
	v.Helper()
	if v.size.text != 100 {
		v.do(chromedp.Evaluate(fmt.Sprintf(`document.documentElement.style.fontSize = "%d%%"; 0`, v.size.text), nil))
	}
	if found := ask[string](v.window, fmt.Sprintf("%s(%d.5)", misfits, v.size.width)); found != "" {
		v.Errorf("%s: %s", name, found)
	}
	if v.size.width == 360 && v.size.text == 100 { // once is enough
		v.accessible(name, v.size.rules)
	}
	if *sheets == "" {
		v.shots = append(v.shots, shot{name: name})
		return
	}
	var picture []byte
	v.do(chromedp.Sleep(50*time.Millisecond), chromedp.CaptureScreenshot(&picture))
	v.shots = append(v.shots, shot{name, picture})
}

func newWalk(t *testing.T, size screen, s *site, addr string) *walk {
	v := &walk{phone: phone{window: browse(t, size.width, size.height), site: s, addr: addr, taps: new(int)}, size: size}
	v.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}))
	v.inject(impatient)
	v.inject(clockAt(now))
	return v
}

// anew forgets what is on the phone and opens an address.
func (v *walk) anew(path string) {
	v.Helper()
	v.open(v.addr + "/")
	v.do(chromedp.Evaluate(`localStorage.clear(); 0`, nil))
	v.open(v.addr + path)
}

func parentStates(t *testing.T, size screen) []shot {
	s := newSite(t)
	v := newWalk(t, size, s, s.serve())
	v.answering()
	v.sending()
	v.withoutForm()
	v.withHelp()
	return v.shots
}

func (v *walk) answering() {
	v.anew("/k/" + oneForm)
	v.see("P1 mở đầu")
	v.do(chromedp.Evaluate(`document.querySelector("details").open = true; 0`, nil))
	v.see("P1 ai đọc câu trả lời")
	v.tap("=Bắt đầu")
	v.see("P2 một phần")
	v.choose("A1", 4)
	v.see("P2 đã chọn")
	v.tap("=Tiếp tục")
	v.see("P3 câu còn trống")
	v.reopen()
	v.see("P1 phiếu làm dở")
	v.tap("=Làm tiếp")
	v.skipToTheEnd()
	v.see("P4 đánh giá chung")
	v.tap(`label[for="F1-hon"]`)
	v.see("P4 hơn 100%")
	v.do(chromedp.Evaluate(`(e => { e.value = "Sân trường ngập nước khi mưa. ".repeat(30); e.dispatchEvent(new Event("input", {bubbles: true})); e.scrollIntoView() })(document.querySelector("textarea"))`, nil))
	v.see("P4 góp ý dài")
}

func (v *walk) sending() {
	v.anew("/k/" + oneForm)
	v.hurry()
	v.do(chromedp.Evaluate(`fetched = window.fetch; window.fetch = () => new Promise(() => {}); 0`, nil))
	v.tap("=Gửi ý kiến")
	v.see("P4 câu cuối còn trống")
	v.tap("=Bỏ qua, gửi ý kiến")
	v.see("P5 đang gửi")
	v.anew("/k/" + oneForm)
	v.hurry()
	v.offline(true)
	v.tap("=Gửi ý kiến")
	v.tap("=Bỏ qua, gửi ý kiến")
	v.until(notSent)
	v.see("P6 chưa gửi được")
	v.leave()
	v.offline(false)
	v.anew("/k/" + oneForm + "/cam-on")
	v.see("P7 cảm ơn")
	v.refusedForms()
}

// refusedForms sends forms as a browser without script does.
func (v *walk) refusedForms() {
	send := func(fields string) {
		v.anew("/k/" + oneForm)
		v.do(chromedp.Evaluate(`(f => { `+fields+`; f.submit() })(document.forms[0]); 0`, nil), chromedp.WaitReady("main", chromedp.ByQuery))
		v.do(chromedp.Sleep(200 * time.Millisecond))
	}
	send(`f.querySelector("[name=A1]").checked = true; f.querySelector("#F1-hon").checked = true`)
	v.see("P8 có chỗ cần sửa")
	v.site.shelf.refuse(survey.Refuse(survey.Busy, "Đang có nhiều người gửi. Xin đợi ít phút rồi bấm Gửi lại", "Busy"))
	send(`f.querySelector("[name=A1]").checked = true`)
	v.see("P8 máy chủ bận (503)")
	v.site.shelf.refuse(errors.New("disk on fire"))
	send(`f.querySelector("[name=A1]").checked = true`)
	v.see("P8 máy chủ trục trặc (500)")
	v.site.shelf.refuse(nil)
	v.site.post(formOfOne, formMIME, "A1=5&id=0123456789abcdef")
	send(`f.elements.id.value = "0123456789abcdef"; f.querySelector("[name=A1]").checked = true`)
	v.see("P8 phiếu đã gửi trước")
}

func (v *walk) withoutForm() {
	for _, page := range [][2]string{{"P8 không có phiếu (404)", "/k/" + unknown}, {"P8 địa chỉ đã thay", "/k/" + revoked}, {"P8 đợt không hỏi", "/k/" + unasked},
		{"Chọn phiếu", "/k/" + allForms}, {"Tên trường dài nhất", "/k/" + longest + "/CMTHPT"}, {"Tìm trường", "/"}, {"Tìm: thấy", "/?q=truong+tieu+hoc"}, {"Tìm: gần giống", "/?q=minh+khaii"},
		{"Tìm: không thấy", "/?q=khong+co+truong+nay"}, {"Tìm: gõ ít quá", "/?q=a"}} {
		v.anew(page[1])
		v.see(page[0])
	}
	v.site.notOpen()
	v.anew("/k/" + oneForm)
	v.see("P8 chưa đến ngày")
	v.site.round(func(r *survey.Round) { r.State = survey.Open })
	v.anew("/k/" + oneForm)
	v.hurry()
	v.leave()
	v.site.closeAt(now.Add(time.Minute))
	v.site.now = now.Add(time.Hour)
	v.open(v.addr + "/k/" + oneForm)
	v.see("P8 đã đóng, phiếu còn trong máy")
	v.anew("/k/" + oneForm)
	v.see("P8 đã đóng")
	v.site.now = now
	v.site.round(func(r *survey.Round) { r.State, r.ClosedAt = survey.Open, time.Time{} })
}

func (v *walk) withHelp() {
	v.anew(v.site.helpAddress(allForms, survey.Kiosk))
	v.see("Giúp: chọn phiếu")
	v.anew(v.site.helpAddress(oneForm, survey.Beside))
	v.see("Giúp: mở đầu")
	v.tap("=Bắt đầu")
	v.choose("A1", 4)
	v.choose("A2", 4)
	v.do(chromedp.Focus("#A3 input", chromedp.ByQuery))
	v.see("Giúp: câu đã trả lời được che")
	v.anew(v.site.helpAddress(oneForm, survey.Beside) + "/cam-on")
	v.see("Giúp: cảm ơn")
	v.inject(`(real => { window.setTimeout = (act, ms) => real(act, ms == 120000 ? 1500 : ms) })(window.setTimeout)`)
	v.anew(v.site.helpAddress(oneForm, survey.Kiosk))
	v.see("Máy đặt: mở đầu")
	v.tap("=Bắt đầu")
	v.until(`document.querySelector("header [role=alert]") != null`)
	v.see("Máy đặt: còn ai không")
	v.open(v.addr + v.site.helpAddress(oneForm, survey.Kiosk) + "/cam-on")
	v.see("Máy đặt: cảm ơn")
}

func schoolStates(t *testing.T, size screen) []shot {
	p := newProvince(t)
	s := &site{T: t, app: p.app, dir: p.directory(), now: now}
	v := newWalk(t, size, s, s.serve())
	v.open(v.addr + "/truong/")
	v.see("Trường: chưa vào")
	token, err := p.store.GrantAccess(context.Background(), "test", p.a.Code)
	if err != nil {
		t.Fatal(err)
	}
	v.open(v.addr + "/truong/" + token)
	v.see("S1 trang của trường")
	v.do(chromedp.Evaluate(`document.querySelector("#lien-ket").scrollIntoView(); 0`, nil))
	v.see("S1 liên kết")
	v.open(v.addr + "/truong/giup")
	v.see("S3 giúp trả lời")
	v.do(chromedp.Evaluate(`document.querySelector("details").open = true; document.querySelector("#may").scrollIntoView(); 0`, nil))
	v.see("S3 mở trên máy khác")
	return v.shots
}
