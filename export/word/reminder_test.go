package word_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"hailong/export/word"
	"hailong/survey"
)

// reminder is a letter about schools of two communes.
func reminder() word.Reminder {
	school := func(code survey.SchoolCode, name, area string, responses int, reason survey.Reason) survey.Turnout {
		return survey.Turnout{SchoolParticipation: survey.SchoolParticipation{School: survey.School{Code: code, Name: name, Area: survey.Area{Type: "Xã", Name: area}},
			Participation: survey.Participation{Enrolment: 1410, Responses: responses}}, Attainment: survey.Attainment{Needed: 705, Missing: 705 - responses}, Reason: reason}
	}
	return word.Reminder{Office: "Sở Giáo dục và Đào tạo Đắk Lắk", Province: "Đắk Lắk", Helpline: "0262 385 0000", Round: "Đợt tháng 10–11/2026", LastDay: survey.NewDay(2026, 11, 30),
		Made:    time.Date(2026, 11, 24, 8, 5, 0, 0, time.FixedZone("ICT", 7*3600)),
		Schools: []survey.Turnout{school("66001001", "Trường A", "Buôn Đôn", 0, survey.NoResponse), school("66002001", "Trường B", "Ea Kar", 12, survey.TooSlow), school("66002002", "Trường C", "Ea Kar", 40, survey.Stopped)}}
}

func letter(t *testing.T, r word.Reminder) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := word.WriteReminder(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inOrder(t *testing.T, text string, wanted ...string) {
	t.Helper()
	from := 0
	for _, want := range wanted {
		i := strings.Index(text[from:], want)
		if i < 0 {
			t.Fatalf("%q does not follow in\n%s", want, text)
		}
		from += i + len(want)
	}
}

func TestTheReminderIsALetterAsOfficesWriteThem(t *testing.T) {
	got := pages(t, letter(t, reminder()))
	if len(got) != 2 {
		t.Fatalf("%d pages, want the letter and its list", len(got))
	}
	inOrder(t, strings.Join(strings.Fields(got[0]), " "), "UBND TỈNH ĐẮK LẮK", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ GIÁO DỤC VÀ ĐÀO TẠO Độc lập", "Số: /SGDĐT-VP", "DỰ THẢO",
		"Kính gửi:", "Ủy ban nhân dân các xã, phường có trường", "hết ngày 30/11/2026", "3 trường cần được nhắc, trong đó 1 trường chưa có phiếu", "0262 385 0000", "Trân trọng./.", "Nơi nhận:", "Lưu: VT, VP.")
	inOrder(t, strings.Join(strings.Fields(got[1]), " "), "2 DANH SÁCH TRƯỜNG", "STT Trường", "Mã trường", "Xã Buôn Đôn", "1 Trường A 66001001 1.410 0 705 0 Chưa có phiếu", "Xã Ea Kar", "2 Trường B 66002001", "3 Trường C 66002002")
	if strings.Count(got[1], "Xã Ea Kar") != 1 {
		t.Error("a commune is named twice")
	}
}

// When none of the schools has a response, or all have one, it is said once.
func TestTheReminderCountsSchoolsOnce(t *testing.T) {
	r := reminder()
	all := r.Schools
	for want, schools := range map[string][]survey.Turnout{"1 trường chưa có phiếu nào cần được nhắc.": all[:1], ", 2 trường cần được nhắc.": all[1:]} {
		r.Schools = schools
		text := parts(t, letter(t, r))["word/document.xml"]
		inOrder(t, text, want)
		if strings.Contains(text, "trong đó") {
			t.Errorf("%q and its part are both said", want)
		}
	}
}

func TestTheReminderOfOneCommuneSpeaksToIt(t *testing.T) {
	r := reminder()
	r.Area, r.Schools = "Xã Ea Kar", r.Schools[1:]
	text := parts(t, letter(t, r))["word/document.xml"]
	inOrder(t, text, "- Ủy ban nhân dân xã Ea Kar;", "đề nghị Ủy ban nhân dân xã Ea Kar nhắc")
	if strings.Contains(text, "các xã, phường") {
		t.Error("the letter speaks to other communes too")
	}
}
