// Package print makes what schools print and hand out: a poster, slips, and
// the QR code of a school's address. It draws and decides nothing; it reads no
// clock, so the same school gives the same bytes.
package print

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/boombuler/barcode/qr"

	"hailong/survey"
)

// Handout is what a school's poster and slips say.
type Handout struct {
	School   string
	Area     string
	Asked    string // whose opinion is asked: cha mẹ học sinh
	Address  string // what people type: host/k/CODE, without the scheme
	Payload  string // what the QR code holds: the address in capitals
	Facts    []string
	Helpline string
	Made     time.Time // written into the files as their date

	encoded func() (code, error)   // the QR code, made once for all files
	drawn   func() ([]byte, error) // the same as a large picture
}

// NewHandout gathers what the handouts of a school say. The origin is the
// address of the service, https://host, with no slash at its end; codes are
// read in any case, so the QR code holds capitals, which take less room.
func NewHandout(d *survey.Directory, link survey.Link, origin string) Handout {
	school := link.School
	address := origin + "/k/" + string(school.Link)
	_, typed, _ := strings.Cut(address, "://")
	h := Handout{School: school.Name, Area: school.Area.Title(), Asked: link.Asked(), Address: typed, Payload: strings.ToUpper(address),
		Helpline: d.Helpline, Made: d.Round.Opens.Start(time.UTC)}
	if n := link.Questions(); n != "" {
		h.Facts = append(h.Facts, n+" câu, khoảng 5 phút")
	}
	h.Facts = append(h.Facts, "Không ghi tên")
	if len(link.Forms) > 0 && (d.Round.State == survey.Scheduled || d.Round.State == survey.Open) {
		h.Facts = append(h.Facts, fmt.Sprintf("Đến hết ngày %s", d.Calendar.LastDay(d.Round)))
	}
	h.encoded = sync.OnceValues(func() (code, error) { return encode(h.Payload, qr.Q) })
	h.drawn = sync.OnceValues(func() ([]byte, error) { return h.picture(pixels) })
	return h
}
