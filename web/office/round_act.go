package office

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hailong/survey"
	"hailong/web/page"
)

// Fields of the acts.
const (
	fromField    = "tu"
	untilField   = "den"
	versionField = "bo"
	windowsField = "lich"
)

// roundActs are what can be done with one round, in the order of its life.
var roundActs = []act{
	{name: "doi-ngay", title: "Dời ngày", button: "Dời ngày", done: "Đã dời ngày của đợt.", action: "round move", reason: true, fits: planned.unopened, fields: moveFields, step: moveStep,
		hint: "Dời được cho đến khi đợt mở."},
	{name: "bo-cau-hoi", title: "Chọn bộ câu hỏi", button: "Chọn bộ câu hỏi", done: "Đã chọn bộ câu hỏi cho đợt.", action: "round questionnaire", fits: planned.unopened, fields: versionFields, step: versionStep,
		hint: "Mở đợt rồi thì không đổi được nữa."},
	{name: "gia-han", title: "Gia hạn", button: "Gia hạn", done: "Đã gia hạn đợt.", action: "round extend", reason: true, fits: planned.running, fields: untilFields, step: extendStep},
	{name: "si-so", title: "Chốt lại sĩ số", button: "Chốt lại sĩ số", done: "Đã chốt lại sĩ số.", action: "round freeze", reason: true, fits: planned.running, step: freezeStep,
		hint: "Lấy sĩ số hiện có trong danh sách trường làm mẫu số của đợt."},
	{name: "dong", title: "Đóng đợt ngay", button: "Đóng đợt", done: "Đã đóng đợt.", action: "round close", reason: true, fits: planned.running, step: closeStep},
	{name: "mo-lai", title: "Mở lại", button: "Mở lại đợt", done: "Đã mở lại đợt.", action: "round reopen", reason: true, fits: planned.shut, fields: untilFields, step: reopenStep},
	{name: "muc", title: "Mức cần đạt của đợt này", button: "Đặt mức", done: "Đã đặt mức cần đạt.", action: "round target", reason: true, fields: targetFields, step: targetStep,
		hint: "Ghi tỷ lệ phần trăm sĩ số, số phiếu ít nhất, hoặc cả hai. Ô trống là không đặt mức."},
}

func (s planned) unopened() bool {
	return s.round.State == survey.Scheduled && s.round.OpenedAt.IsZero()
}
func (s planned) running() bool { return s.round.State == survey.Open }
func (s planned) shut() bool    { return s.round.State == survey.Shut }

func moveFields(s planned) []actField {
	return []actField{{Name: fromField, Label: "Ngày đầu", Value: s.round.Opens.String(), Short: true}, {Name: untilField, Label: "Ngày cuối", Value: s.round.Closes.String(), Hint: "Ghi ngày như 30/11/2026.", Short: true}}
}

func untilFields(s planned) []actField {
	return []actField{{Name: untilField, Label: "Ngày cuối mới", Hint: "Đang là " + s.round.Closes.String() + ". Ghi ngày như 15/12/2026.", Short: true}}
}

// days reads the first and the last day.
func days(sent page.Form) (from, until survey.Day, err error) {
	from, wrongFrom := day(sent, fromField)
	until, wrongUntil := day(sent, untilField)
	return from, until, survey.Both(wrongFrom, wrongUntil)
}

func day(sent page.Form, field string) (survey.Day, error) {
	d, err := survey.ParseDay(sent.Get(field))
	return d, inField(field, err)
}

// inField puts what is wrong beside a field; what the field cannot mend stays
// as it is.
func inField(field string, err error) error {
	var e *survey.Error
	if !errors.As(err, &e) || e.Kind != survey.Invalid || len(e.Fields) > 0 {
		return err
	}
	placed := *e
	placed.Fields = []survey.FieldError{{Field: field, Message: e.Message, English: e.English}}
	return &placed
}

// decided is a step that changes the round by a decision.
func (s planned) decided(decide survey.Decision, effects func(before, after survey.Round) []string) (step, error) {
	before, after, err := s.schedule.Try(s.round.ID, decide, s.now)
	if err != nil {
		return step{}, inField(untilField, err)
	}
	return step{effects: effects(before, after), do: func(ctx context.Context, p Planning, why survey.Act) error {
		_, err := p.ChangeRound(ctx, before.ID, why, decide)
		return err
	}}, nil
}

func moveStep(s planned, sent page.Form) (step, error) {
	from, until, err := days(sent)
	if err != nil {
		return step{}, err
	}
	return s.decided(func(c survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return c.Move(r, from, until, now)
	},
		func(before, after survey.Round) []string {
			return []string{fmt.Sprintf("Đợt mở ngày %s thay vì %s, ngày cuối là %s thay vì %s.", after.Opens, before.Opens, after.Closes, before.Closes),
				"Trang của trường và tin nhắn soạn sẵn ghi ngày mới ngay. Tờ dán đã in ghi ngày cũ thì in lại.", "Đổi lịch hằng năm về sau không dời đợt này nữa."}
		})
}

func extendStep(s planned, sent page.Form) (step, error) {
	until, err := day(sent, untilField)
	if err != nil {
		return step{}, err
	}
	return s.decided(func(c survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return c.Extend(r, until, now)
	},
		func(before, after survey.Round) []string {
			return []string{fmt.Sprintf("Đợt nhận phiếu đến hết ngày %s thay vì %s.", after.Closes, before.Closes),
				"Trang của trường và tin nhắn soạn sẵn ghi ngày mới ngay. Tờ dán đã in vẫn dùng được, chỉ ngày ghi trên đó là ngày cũ."}
		})
}

func reopenStep(s planned, sent page.Form) (step, error) {
	until, err := day(sent, untilField)
	if err != nil {
		return step{}, err
	}
	return s.decided(func(c survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
		return c.Reopen(r, until, now)
	},
		func(_, after survey.Round) []string {
			return []string{fmt.Sprintf("Đợt nhận phiếu trở lại, từ bây giờ đến hết ngày %s.", after.Closes), "Bộ câu hỏi, sĩ số và mức cần đạt giữ nguyên như đã chốt. Phiếu đã nhận vẫn còn."}
		})
}

func closeStep(s planned, _ page.Form) (step, error) {
	return s.decided(survey.Calendar.Close, func(survey.Round, survey.Round) []string {
		return []string{fmt.Sprintf("Đợt đang có %s phiếu.", survey.Count(survey.ParticipationOf(s.strata).Responses)),
			"Từ lúc đóng, không ai mở được phiếu mới. Phiếu đã mở trước đó còn gửi được trong 24 giờ.", "Đóng nhầm thì mở lại được."}
	})
}

// freezeStep counts the strata whose school has another enrolment now.
func freezeStep(s planned, _ page.Form) (step, error) {
	before, after, changed := 0, 0, 0
	for _, st := range s.strata {
		now := st.School.Enrolment[st.Form.Level]
		if now == 0 {
			now = st.Enrolment
		}
		before, after = before+st.Enrolment, after+now
		if now != st.Enrolment {
			changed++
		}
	}
	if changed == 0 {
		return step{}, survey.Refuse(survey.Conflict, "Sĩ số của đợt đã đúng như danh sách trường, không có gì để chốt lại", "The round's enrolment is that of the school list already")
	}
	return step{effects: []string{fmt.Sprintf("%s phiếu của trường có sĩ số mới. Tổng sĩ số của đợt từ %s thành %s.", survey.Count(changed), survey.Count(before), survey.Count(after)),
		"Tỷ lệ tham gia và số phiếu cần đạt được tính lại theo sĩ số mới, cho cả những ngày đã qua."},
		do: func(ctx context.Context, p Planning, why survey.Act) error {
			_, err := p.RefreezeEnrolment(ctx, s.round.ID, why)
			return err
		}}, nil
}
