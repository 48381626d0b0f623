package main_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const clerkPassword = "bốn con mèo đen ngủ"

// A whole round by clicking only, from an empty folder to the workbook.
func TestARoundByClickingOnly(t *testing.T) { wholeRound(t, false) }

// The same with the keyboard only.
func TestARoundByKeyboardOnly(t *testing.T) { wholeRound(t, true) }

var firstDoor = regexp.MustCompile(`http://localhost:\d+/so/bat-dau/\S+`)

// running is a server that a test starts and stops.
type running struct {
	cmd *exec.Cmd
	log bytes.Buffer
}

// begin starts the service and gives the first line that fits.
func (o office) begin(addr string, line *regexp.Regexp) (*running, string) {
	o.t.Helper()
	s := &running{cmd: exec.Command(binary, "serve", "--addr", addr, "--quiet", "--data", o.data)}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	s.cmd.Stderr = &s.log
	if err := s.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := line.FindString(lines.Text()); found != "" {
			return s, found
		}
	}
	o.t.Fatalf("the service does not start:\n%s", s.log.String())
	return nil, ""
}

// aDayLater stops the service, lets a day pass in the data, and starts it
// again at the same address: forms that were open when the round closed are
// taken until then, and nothing is released before.
func (o office) aDayLater(s *running, base string) *running {
	o.t.Helper()
	o.stop(s.cmd, &s.log)
	db, err := sql.Open("sqlite", filepath.Join(o.data, "hailong.db"))
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE round SET closed_at = closed_at - 25 * 3600 * 1000 WHERE state = 'closed'`); err != nil {
		o.t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		o.t.Fatal(err)
	}
	again, _ := o.begin("127.0.0.1:"+base[strings.LastIndex(base, ":")+1:], servedAt)
	return again
}

func wholeRound(t *testing.T, keys bool) {
	o := newOffice(t)
	h := newHand(t, keys)
	server, door := o.begin("127.0.0.1:0", firstDoor)
	defer func() { o.stop(server.cmd, &server.log) }()
	base, _, _ := strings.Cut(door, "/so/")
	h.open(door)
	h.fill("Tên đăng nhập", "vanphong")
	h.fill("Mật khẩu mới", clerkPassword)
	h.fill("Gõ lại mật khẩu", clerkPassword)
	h.press("Tạo tài khoản")
	h.press("Tình hình")
	h.see("Đợt tháng")
	h.loadSchools(mustAbs(t, "demo-schools.xlsx"))
	h.openRound()
	const clicked, posted = 3, 12
	for range clicked {
		h.answer(base)
	}
	o.crowd(newVisitor(t, base), posted)
	h.closeRound(base)
	server = o.aDayLater(server, base)
	h.release(base)
	answered := 0
	for _, r := range openWorkbook(t, h.workbook(base)).rows("Theo trường") {
		answered += atoi(r["Số phiếu"])
	}
	if answered != clicked+posted {
		t.Errorf("the workbook has %d responses, %d were sent", answered, clicked+posted)
	}
}

// crowd lets parents of one school answer without a browser, so that there are
// enough for a line of its own.
func (o office) crowd(v visitor, people int) {
	chance := rand.New(rand.NewPCG(3, 3))
	for _, r := range o.schools()[1:] {
		if school := r[9]; r[2] == "TH" {
			for range people {
				v.answer(visited{code: r[0], link: school}, school, chance)
			}
			return
		}
	}
	o.t.Fatal("there is no primary school")
}

// release shows the results to the schools, then to everybody, and looks at
// what everybody sees.
func (h hand) release(base string) {
	h.Helper()
	h.open(base + "/so/")
	h.press("Kết quả")
	h.see("Kết quả")
	h.pressRow("đã đóng")
	h.press("Xem trước và công bố")
	h.see("Công bố kết quả")
	for _, step := range []string{"Công bố cho các trường", "Công bố cho mọi người"} {
		h.press(step)
		h.see(step)
		h.press(step)
		h.see("Công bố kết quả")
	}
	h.press("/ket-qua/")
	h.find("press", "Tìm trường")
	if !h.reads("12 phiếu có trong bảng") { // those of schools with few are left out
		h.Errorf("the public page does not count the 12 responses of one school:\n%s", h.words())
	}
}

// loadSchools brings a list of 1,379 schools.
func (h hand) loadSchools(list string) {
	h.Helper()
	h.press("Trường")
	h.see("Trường")
	h.press("Nạp danh sách")
	h.see("Nạp danh sách trường")
	h.give("Tệp danh sách trường", list)
	h.press("Xem trước")
	h.see("Xem trước, chưa ghi gì")
	h.press("Nạp danh sách này")
	h.see("Đã nạp danh sách")
	if !h.reads("Thêm 1.379 trường") {
		h.Errorf("the page says:\n%s", h.words())
	}
}

// openRound sees that a round is open, and adds one outside the calendar's
// windows.
func (h hand) openRound() {
	h.Helper()
	h.press("Tình hình")
	h.see("Đợt tháng")
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); pause() {
		if h.reads("Đang mở") || h.reads("đang mở") {
			return
		}
		h.press("Tình hình")
	}
	today := time.Now().In(time.FixedZone("ICT", 7*3600))
	h.press("Đợt")
	h.see("Các đợt")
	h.press("Thêm một đợt ngoài lịch")
	h.fill("Ngày đầu", today.Format("02/01/2006"))
	h.fill("Ngày cuối", today.AddDate(0, 0, 7).Format("02/01/2006"))
	h.fill("Lý do", "thử một đợt")
	h.press("Thêm đợt…")
	h.see("Thêm một đợt ngoài lịch")
	h.press("Thêm đợt")
	h.see("Các đợt")
}

// answer opens the form of a school from the board's list and sends it as a
// parent who answers one question of each part.
func (h hand) answer(base string) {
	h.Helper()
	h.open(base + "/") // as a parent without a link comes
	h.fill("Tên trường", "tieu hoc bui thi xuan")
	h.press("Tìm")
	h.press("Trường Tiểu học Bùi Thị Xuân")
	h.press("Bắt đầu")
	for part := 1; !h.there("press", "Gửi ý kiến"); part++ {
		if part > 9 {
			h.Fatalf("the form does not end:\n%s", h.words())
		}
		h.press("Hài lòng")
		h.press("Tiếp tục")
		h.press("Bỏ qua, đi tiếp")
	}
	h.press("Hài lòng")
	h.press("Gửi ý kiến")
	h.press("Bỏ qua, gửi ý kiến")
	h.see("Đã gửi xong")
}

func (h hand) closeRound(base string) {
	h.Helper()
	h.open(base + "/so/dot")
	h.see("Các đợt")
	h.pressRow("đang mở")
	h.press("Đóng đợt ngay")
	h.fill("Lý do", "đã đủ phiếu")
	h.press("Đóng đợt…")
	h.see("Đóng đợt ngay")
	h.press("Đóng đợt")
	h.see("Đợt")
	if !h.reads("Đã đóng đợt") {
		h.Errorf("the page says:\n%s", h.words())
	}
}

func (h hand) workbook(base string) string {
	h.Helper()
	h.open(base + "/so/")
	h.press("Bảng kết quả (Excel)")
	h.press("Tải về: ket-qua-")
	return h.file(".xlsx")
}
