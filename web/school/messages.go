package school

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hailong/survey"
)

// message is a text to copy into Zalo.
type message struct {
	ID   string // of the field on the page
	Name string
	Text string
}

// audience is who is asked in a school, in the words of a message.
type audience struct {
	asked   string // hỏi ý kiến …
	invited string // mời …
	counted string // đã có n …
}

func audienceOf(forms []survey.AskedForm) audience {
	asks := func(r survey.Respondent) bool {
		return slices.ContainsFunc(forms, func(f survey.AskedForm) bool { return f.Form.Respondent == r })
	}
	parents, pupils, learners := asks(survey.Parents), asks(survey.Pupils), asks(survey.Learners)
	switch {
	case parents && !pupils && !learners:
		return audience{"cha mẹ học sinh", "ông/bà", "cha mẹ"}
	case parents && pupils && !learners:
		return audience{"cha mẹ và học sinh", "ông/bà và các em học sinh", "người"}
	case learners && !parents && !pupils:
		return audience{"học viên", "anh/chị học viên", "học viên"}
	}
	return audience{"cha mẹ, học sinh và học viên", "ông/bà, các em học sinh và anh/chị học viên", "người"}
}

// messages gives the texts that are of use now: before the round the one for
// the day before and the opening, during it the opening and the reminder,
// afterwards none. The reminder goes to everybody, because nobody knows who
// has not answered. count is in steps; 0 is left out.
func messages(d *survey.Directory, link survey.Link, address string, count int, now time.Time) []message {
	who := audienceOf(link.Forms)
	opening := message{"tin-moi", "Tin mời trả lời", fmt.Sprintf("Mời %s cho biết ý kiến về %s. %s câu, khoảng 5 phút, không ghi tên. Hạn: %s.\n%s",
		who.invited, link.School.Name, questions(link.Forms), d.Calendar.LastDay(d.Round), address)}
	switch d.Round.State {
	case survey.Scheduled:
		before := message{"tin-truoc", "Tin báo trước một ngày", fmt.Sprintf("Ngày mai %s hỏi ý kiến %s về %s. Trả lời khoảng 5 phút trên điện thoại, không ghi tên.",
			d.Office, who.asked, link.School.Name)}
		return []message{before, opening}
	case survey.Open:
		return []message{opening, {"tin-nhac", "Tin nhắc (gửi cho tất cả)", reminder(d, link, who, count, now) + "\n" + address}}
	}
	return nil
}

func reminder(d *survey.Directory, link survey.Link, who audience, count int, now time.Time) string {
	var b strings.Builder
	if count > 0 {
		fmt.Fprintf(&b, "Đã có %s %s góp ý về %s. ", survey.Count(count), who.counted, link.School.Name)
	} else {
		fmt.Fprintf(&b, "%s đang hỏi ý kiến %s về %s. ", d.Office, who.asked, link.School.Name)
	}
	if left := d.Calendar.DaysLeft(d.Round, now); left > 0 {
		fmt.Fprintf(&b, "Ai chưa trả lời, còn %d ngày. ", left)
	} else {
		b.WriteString("Ai chưa trả lời, hôm nay là ngày cuối. ")
	}
	b.WriteString("Ai đã trả lời, xin cảm ơn.")
	return b.String()
}

// questions is how many questions a form has, or from how many to how many.
func questions(forms []survey.AskedForm) string {
	var numbers []int
	for _, f := range forms {
		numbers = append(numbers, f.Form.Questions())
	}
	least, most := slices.Min(numbers), slices.Max(numbers)
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d–%d", least, most)
}
