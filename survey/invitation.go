package survey

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Invitation is a text for a school to copy into its Zalo groups.
type Invitation struct {
	ID   string // short, of ASCII letters and hyphens
	Name string
	Text string
}

// Asked names those whom a school asks, as in «hỏi ý kiến cha mẹ học sinh».
func (l Link) Asked() string { return audienceOf(l.Forms).asked }

// Questions is how many questions a form of the school has, as in «26», or
// from how many to how many, as in «26–30»; empty when it is asked nothing.
func (l Link) Questions() string { return questions(l.Forms) }

// audience is who is asked in a school, in the words of a message.
type audience struct {
	asked   string // hỏi ý kiến …
	invited string // mời …
}

func audienceOf(forms []AskedForm) audience {
	asks := func(r Respondent) bool {
		return slices.ContainsFunc(forms, func(f AskedForm) bool { return f.Form.Respondent == r })
	}
	parents, pupils, learners := asks(Parents), asks(Pupils), asks(Learners)
	switch {
	case parents && !pupils && !learners:
		return audience{"cha mẹ học sinh", "ông/bà"}
	case parents && pupils && !learners:
		return audience{"cha mẹ và học sinh", "ông/bà và các em học sinh"}
	case learners && !parents && !pupils:
		return audience{"học viên", "anh/chị học viên"}
	}
	return audience{"cha mẹ, học sinh và học viên", "ông/bà, các em học sinh và anh/chị học viên"}
}

// Invitations gives the texts that are of use now: before the round the one for
// the day before and the opening, during it the opening and the reminder,
// afterwards none; none either for a school that is not asked. The reminder
// goes to everybody, because nobody knows who has not answered. count is
// in steps; 0 is left out.
func (d *Directory) Invitations(link Link, address string, count int, now time.Time) []Invitation {
	due := "hôm nay là ngày cuối"
	if left := d.Calendar.DaysLeft(d.Round, now); left > 0 {
		due = fmt.Sprintf("còn %d ngày", left)
	}
	return d.invitations(link, address, d.reminder(link, count, due))
}

// KeptInvitations gives the texts as they go into files, which are read on
// other days: the reminder names the last day, and no count.
func (d *Directory) KeptInvitations(link Link, address string) []Invitation {
	return d.invitations(link, address, d.reminder(link, 0, "còn đến hết ngày "+d.Calendar.LastDay(d.Round).String()))
}

func (d *Directory) invitations(link Link, address, reminder string) []Invitation {
	if len(link.Forms) == 0 {
		return nil
	}
	who := audienceOf(link.Forms)
	opening := Invitation{"tin-moi", "Tin mời trả lời", fmt.Sprintf("Mời %s cho biết ý kiến về %s. %s câu, khoảng 5 phút, không ghi tên. Hạn: %s.\n%s",
		who.invited, link.School.Name, questions(link.Forms), d.Calendar.LastDay(d.Round), address)}
	switch d.Round.State {
	case Scheduled:
		before := Invitation{"tin-truoc", "Tin báo trước một ngày", fmt.Sprintf("Ngày mai %s hỏi ý kiến %s về %s. Trả lời khoảng 5 phút trên điện thoại, không ghi tên.",
			d.Office, who.asked, link.School.Name)}
		return []Invitation{before, opening}
	case Open:
		return []Invitation{opening, {"tin-nhac", "Tin nhắc (gửi cho tất cả)", reminder + "\n" + address}}
	}
	return nil
}

// reminder is the text that reminds; due says until when, inside a sentence.
func (d *Directory) reminder(link Link, count int, due string) string {
	var b strings.Builder
	who := audienceOf(link.Forms)
	if count > 0 {
		fmt.Fprintf(&b, "Đã có khoảng %s phiếu trả lời về %s. ", Count(count), link.School.Name)
	} else {
		fmt.Fprintf(&b, "%s đang hỏi ý kiến %s về %s. ", d.Office, who.asked, link.School.Name)
	}
	fmt.Fprintf(&b, "Ai chưa trả lời, %s. Ai đã trả lời, xin cảm ơn.", due)
	return b.String()
}

// questions is how many questions a form has, or from how many to how many.
func questions(forms []AskedForm) string {
	if len(forms) == 0 {
		return ""
	}
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
