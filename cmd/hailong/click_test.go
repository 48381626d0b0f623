package main_test

import (
	"bufio"
	"bytes"
	"os/exec"
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

// serveEmpty starts the service on an empty folder and gives the address at
// which the first account is made.
func (o office) serveEmpty() string {
	o.t.Helper()
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--quiet", "--data", o.data)
	out, err := cmd.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { o.stop(cmd, &log) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if door := firstDoor.FindString(lines.Text()); door != "" {
			return door
		}
	}
	o.t.Fatalf("no address for the first account:\n%s", log.String())
	return ""
}

func wholeRound(t *testing.T, keys bool) {
	o := newOffice(t)
	h := newHand(t, keys)
	door := o.serveEmpty()
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
	forms := 3
	for range forms {
		h.answer(base)
	}
	h.closeRound(base)
	file := h.workbook(base)
	answered := 0
	for _, r := range openWorkbook(t, file).rows("Theo trường") {
		answered += atoi(r["Số phiếu"])
	}
	if answered != forms {
		t.Errorf("the workbook has %d responses, %d were sent", answered, forms)
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
	h.open(base + "/so/?loai=TH")
	h.press("Trường Tiểu học")
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
