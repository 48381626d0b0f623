package word

import (
	"fmt"
	"io"
	"strings"
	"time"

	"hailong/survey"
)

// Reminder is a letter of the office that asks communes and schools to remind
// parents of an open round. It is a draft: number, day and signer are blank,
// and the office may write it otherwise.
type Reminder struct {
	Office   string // as the service names it: Sở Giáo dục và Đào tạo Đắk Lắk
	Province string
	Helpline string // may be empty
	Round    string // its title
	LastDay  survey.Day
	Made     time.Time // when the numbers were read, in the province's zone
	Area     string    // the one commune that it goes to; empty: all of those in the list
	Schools  []survey.Turnout
}

// WriteReminder writes the letter.
func WriteReminder(w io.Writer, r Reminder) error {
	d := &Document{Title: "Dự thảo công văn nhắc cho ý kiến", Made: r.Made}
	d.Add(r.head().Blocks()...)
	d.Add(r.addressees()...)
	d.Add(r.text()...)
	d.Add(Foot{Recipients: []string{"Như trên", "Lưu: VT, VP"}, Post: "Giám đốc"}.Block())
	d.Add(Paragraph{Runs: []Text{{Text: "DANH SÁCH TRƯỜNG", Bold: true}}, Align: Center, NewPage: true, Keep: true},
		Paragraph{Runs: []Text{{Text: "(Kèm theo công văn số          ngày       tháng       năm " + r.Made.Format("2006") + ")", Italic: true}}, Align: Center, After: 6, Keep: true})
	d.Add(r.list())
	return d.Write(w)
}

func (r Reminder) head() Head {
	agency := strings.TrimSpace(strings.TrimSuffix(r.Office, r.Province))
	return Head{Superior: "UBND tỉnh " + r.Province, Agency: agency, Sign: "SGDĐT-VP", Place: r.Province, Year: r.Made.Year(),
		About: "nhắc cha mẹ học sinh, học sinh, học viên cho ý kiến về nhà trường", Draft: true}
}

func (r Reminder) addressees() []Block {
	commune := "Ủy ban nhân dân " + r.commune("các xã, phường có trường trong danh sách kèm theo")
	line := func(text, end string) Block {
		return Paragraph{Runs: []Text{{Text: "- " + text + end}}, Inset: 25}
	}
	return []Block{Paragraph{Runs: []Text{{Text: "Kính gửi:"}}, Inset: 20, Before: 6}, line(commune, ";"), line("Các trường trong danh sách kèm theo", "."), Paragraph{}}
}

// commune names the one commune, or all of them as the sentence has it.
func (r Reminder) commune(all string) string {
	if r.Area == "" {
		return all
	}
	return lowerFirst(r.Area)
}

// lowerFirst writes «Xã Ea Kar» inside a sentence.
func lowerFirst(s string) string {
	for _, kind := range []string{"Xã", "Phường"} {
		if rest, ok := strings.CutPrefix(s, kind); ok {
			return strings.ToLower(kind) + rest
		}
	}
	return s
}

func (r Reminder) text() []Block {
	prose := func(s string) Block { return Prose(Text{Text: s}) }
	blocks := []Block{
		prose(fmt.Sprintf("%s đang lấy ý kiến cha mẹ học sinh, học sinh, học viên về nhà trường: %s. Đợt nhận phiếu đến hết ngày %s. Đến %s, %s.",
			r.Office, r.Round, r.LastDay, r.Made.Format("15 giờ 04 ngày 02/01/2006"), r.reminded())),
		prose(fmt.Sprintf("%s đề nghị Ủy ban nhân dân %s nhắc các trường trên địa bàn; đề nghị các trường trong danh sách thực hiện những việc sau:", r.Office, r.commune("các xã, phường"))),
		prose("1. Gửi lại liên kết của trường vào nhóm của cha mẹ học sinh. Tin nhắn soạn sẵn có ở trang riêng của trường."),
		prose("2. Dán tờ có mã QR ở cổng trường và bảng tin; phát phiếu nhỏ có mã QR cho người không dùng nhóm."),
		prose("3. Nhắc chung, không hỏi ai đã trả lời, không xem và không trả lời thay. Phiếu không ghi tên; nhà trường không biết ai trả lời."),
	}
	closing := "Trân trọng./."
	if r.Helpline != "" {
		closing = "Trường cần giúp, gọi " + r.Helpline + ". " + closing
	}
	return append(blocks, prose(closing), Paragraph{})
}

// reminded says how many schools are to be reminded, and how many of them have
// no response yet.
func (r Reminder) reminded() string {
	silent := 0
	for _, s := range r.Schools {
		if s.Responses == 0 {
			silent++
		}
	}
	all := survey.Count(len(r.Schools))
	switch silent {
	case len(r.Schools):
		return all + " trường chưa có phiếu nào cần được nhắc"
	case 0:
		return all + " trường cần được nhắc"
	}
	return all + " trường cần được nhắc, trong đó " + survey.Count(silent) + " trường chưa có phiếu nào"
}

// listWidths are the columns of the list, 160 mm in all.
var listWidths = []float64{11, 45, 24, 14, 13, 13, 14, 26}

func (r Reminder) list() Block {
	small := Text{Size: 11}
	t := Table{Widths: listWidths, Header: []Row{Cells(Center, Text{Size: 11, Bold: true}, "STT", "Trường", "Mã trường", "Sĩ số", "Phiếu", "Cần đạt", "7 ngày qua", "Vì sao nhắc")}}
	for i := range t.Header[0] {
		t.Header[0][i].Shade, t.Header[0][i].Middle = true, true
	}
	area := ""
	for i, s := range r.Schools {
		if title := s.School.Area.Title(); title != area {
			area = title
			t.Rows = append(t.Rows, Row{{Blocks: []Block{Paragraph{Runs: []Text{{Text: area, Size: 11, Bold: true}}, Keep: true}}, Span: len(listWidths), Shade: true}})
		}
		row := append(Cells(Left, small, survey.Count(i+1), s.School.Name, string(s.School.Code)), Cells(Right, small, survey.Count(s.Enrolment), survey.Count(s.Responses), neededText(s), survey.Count(s.Latest))...)
		t.Rows = append(t.Rows, append(row, Cells(Left, small, s.Reason.Text())...))
	}
	return t
}

func neededText(s survey.Turnout) string {
	if !s.Asked() {
		return "–"
	}
	return survey.Count(s.Needed)
}
