package school_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hailong/survey"
)

// messagesOf gives the texts to copy, in their order.
func (s *site) messagesOf(code string) []string {
	s.Helper()
	var texts []string
	for _, area := range s.page(code).all("textarea") {
		texts = append(texts, strings.TrimPrefix(area.FirstChild.Data, "\n"))
	}
	return texts
}

func TestMessagesWhileOpen(t *testing.T) {
	s := newSite(t, local)
	for code, want := range map[string][]string{
		primary: {
			"Mời ông/bà cho biết ý kiến về Trường Tiểu học Nơ Trang Lơng. 31 câu, khoảng 5 phút, không ghi tên. Hạn: 30/11/2026.\nhttp://127.0.0.1:8080/k/AAAA2222",
			"Đã có khoảng 130 phiếu trả lời về Trường Tiểu học Nơ Trang Lơng. Ai chưa trả lời, còn 7 ngày. Ai đã trả lời, xin cảm ơn.\nhttp://127.0.0.1:8080/k/AAAA2222",
		},
		upper: {
			"Mời ông/bà và các em học sinh cho biết ý kiến về Trường THPT Chu Văn An. 31–32 câu, khoảng 5 phút, không ghi tên. Hạn: 30/11/2026.\nhttp://127.0.0.1:8080/k/BBBB3333",
			"Đã có khoảng 35 phiếu trả lời về Trường THPT Chu Văn An. Ai chưa trả lời, còn 7 ngày. Ai đã trả lời, xin cảm ơn.\nhttp://127.0.0.1:8080/k/BBBB3333",
		},
		learning: {
			"Mời anh/chị học viên cho biết ý kiến về Trung tâm GDNN-GDTX Ea Kar. 30 câu, khoảng 5 phút, không ghi tên. Hạn: 30/11/2026.\nhttp://127.0.0.1:8080/k/CCCC4444",
			"Sở Giáo dục và Đào tạo Đắk Lắk đang hỏi ý kiến học viên về Trung tâm GDNN-GDTX Ea Kar. Ai chưa trả lời, còn 7 ngày. Ai đã trả lời, xin cảm ơn.\nhttp://127.0.0.1:8080/k/CCCC4444",
		},
	} {
		if diff := cmp.Diff(want, s.messagesOf(code)); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}

func TestMessagesBeforeAndAfter(t *testing.T) {
	s := newSite(t, local)
	s.dir.Round.State = survey.Scheduled
	s.rooms.strata = nil
	texts := s.messagesOf(primary)
	if len(texts) != 2 || texts[0] != "Ngày mai Sở Giáo dục và Đào tạo Đắk Lắk hỏi ý kiến cha mẹ học sinh về Trường Tiểu học Nơ Trang Lơng. Trả lời khoảng 5 phút trên điện thoại, không ghi tên." {
		t.Errorf("before the round: %q", texts)
	}
	s.dir.Round.State = survey.Shut
	if texts := s.messagesOf(primary); len(texts) > 0 {
		t.Errorf("after the round: %q", texts)
	}
}

func TestReminderOnTheLastDay(t *testing.T) {
	s := newSite(t, local)
	s.now = now.AddDate(0, 0, 7)
	if text := s.messagesOf(primary)[1]; !strings.Contains(text, "Ai chưa trả lời, hôm nay là ngày cuối.") {
		t.Errorf("the reminder says %q", text)
	}
}
