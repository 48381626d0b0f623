package print

import (
	"fmt"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
)

// entranceCode is the side of the QR code on an activation sheet in mm, border
// included; it is read from the hand.
const entranceCode = 95

// Entrance is what a school's activation sheet says: how the head comes to the
// school's own page. Its address is a secret.
type Entrance struct {
	School   string
	Area     string
	Address  string // of the school's own page, whole
	Office   string // who renews it
	Helpline string // may be empty
	Made     time.Time
}

// Entrances writes activation sheets as one PDF, an A4 page for each school.
func Entrances(title string, sheets []Entrance) ([]byte, error) {
	var made time.Time
	if len(sheets) > 0 {
		made = sheets[0].Made
	}
	p := newPaper(title, made)
	for _, s := range sheets {
		if err := p.entrance(s); err != nil {
			return nil, err
		}
	}
	return p.bytes()
}

func (p paper) entrance(s Entrance) error {
	c, err := encode(s.Address, qr.M)
	if err != nil {
		return err
	}
	p.AddPage()
	whole := box{x: 20, width: pageWidth - 40, lines: 2, least: 12}
	y := p.write(18, whole, "B", 26, "TRANG RIÊNG CỦA TRƯỜNG")
	y = p.write(y+4, whole, "B", 22, s.School)
	y = p.write(y+1, whole, "", 16, s.Area)
	y = p.write(y+5, whole, "", 14, "Trang này cho biết trường đã nhận bao nhiêu phiếu, và có sẵn liên kết, tờ dán, tin nhắn để gửi cha mẹ học sinh.")
	y = p.write(y+5, whole, "", 16, "Mở Zalo, chọn Quét mã QR, hoặc gõ địa chỉ:")
	p.code(c, (pageWidth-entranceCode)/2, y+2, entranceCode)
	y = p.write(y+2+entranceCode, box{x: 12, width: pageWidth - 24, lines: 1, least: 9}, "B", 15, s.Address)
	y = p.write(y+1, whole, "", 11, "Chữ hoa và chữ thường trong địa chỉ khác nhau.")
	p.secret(y+6, s)
	return nil
}

// secret is the framed part: who has the sheet has the page.
func (p paper) secret(y float64, s Entrance) {
	inside := box{x: 26, width: pageWidth - 52, lines: 4, least: 10}
	top := y
	y = p.write(y+4, inside, "B", 16, "GIỮ KÍN TỜ NÀY")
	for _, line := range []string{
		"Ai có địa chỉ trên đều mở được trang của trường. Không dán lên bảng, không gửi vào nhóm.",
		"Tờ này in ngày " + s.Made.Format("02/01/2006") + ". Địa chỉ cũ của trang, nếu có, từ nay không dùng nữa.",
		"Mất tờ này hoặc lộ địa chỉ: " + s.renew() + " để đổi địa chỉ mới.",
		"Phiếu của cha mẹ học sinh có địa chỉ khác, nằm trong trang này.",
	} {
		y = p.write(y+1.5, inside, "", 13, line)
	}
	p.SetDrawColor(0, 0, 0)
	p.SetLineWidth(0.8)
	p.Rect(20, top, pageWidth-40, y+5-top, "D")
}

func (s Entrance) renew() string {
	if s.Helpline == "" {
		return "báo " + s.Office
	}
	return fmt.Sprintf("gọi %s (%s)", strings.TrimSpace(s.Helpline), s.Office)
}
