package office

import (
	"context"
	"fmt"

	"hailong/survey"
	"hailong/web/page"
)

// officeActs are what can be done for all rounds.
var officeActs = []act{
	{name: "them", title: "Thêm một đợt ngoài lịch", button: "Thêm đợt", done: "Đã thêm đợt.", action: "round add", reason: true, fields: addFields, step: addStep},
	{name: "lich", title: "Đổi lịch hằng năm", button: "Đổi lịch", done: "Đã đổi lịch hằng năm.", action: "calendar", fields: windowFields, step: windowStep,
		hint: "Mỗi năm các đợt tự lập theo lịch này."},
	{name: "muc-chung", title: "Mức cần đạt dùng chung", button: "Đặt mức chung", done: "Đã đặt mức cần đạt dùng chung.", action: "round target", fields: usualFields, step: usualStep,
		hint: "Đợt nào không có mức riêng thì mở với mức này. Ghi tỷ lệ phần trăm sĩ số, số phiếu ít nhất, hoặc cả hai. Ô trống là không đặt mức."},
}

func addFields(planned) []actField {
	return []actField{{Name: fromField, Label: "Ngày đầu", Short: true}, {Name: untilField, Label: "Ngày cuối", Hint: "Ghi ngày như 05/01/2027.", Short: true}}
}

func addStep(s planned, sent page.Form) (step, error) {
	from, until, err := days(sent)
	if err != nil {
		return step{}, err
	}
	r, err := s.schedule.Calendar.Add(from, until, s.schedule.Rounds, s.now)
	if err != nil {
		return step{}, inField(untilField, err)
	}
	effects := []string{fmt.Sprintf("Thêm đợt %s, nhận phiếu từ %s đến hết %s.", r.ID, from, until), "Đợt mở với bộ câu hỏi và danh sách trường của ngày mở. Số thứ tự của các đợt sau trong năm học và trong năm tăng thêm một."}
	if from <= s.schedule.Calendar.Today(s.now) {
		effects[0] += " Ngày đầu đã đến nên đợt mở ngay."
	}
	return step{effects: effects, do: func(ctx context.Context, p Planning, why survey.Act) error {
		_, err := p.AddRound(ctx, why, from, until)
		return err
	}}, nil
}

func windowFields(s planned) []actField {
	return []actField{{Name: windowsField, Label: "Các khoảng ngày", Value: s.schedule.Calendar.String(), Hint: "Ghi như 1/10-30/11, 1/3-30/4."}}
}

func windowStep(s planned, sent page.Form) (step, error) {
	c, err := survey.ParseCalendar(sent.Get(windowsField), s.schedule.Calendar.Zone)
	if err != nil {
		return step{}, inField(windowsField, err)
	}
	effects := []string{fmt.Sprintf("Lịch hằng năm là %s thay vì %s.", c, s.schedule.Calendar)}
	for _, r := range s.schedule.Under(c, s.now).Rounds {
		if r.Closes >= c.Today(s.now) {
			effects = append(effects, fmt.Sprintf("Đợt %s: từ %s đến %s.", r.ID, r.Opens, r.Closes))
		}
	}
	effects = append(effects, "Đợt đã mở, đợt thêm ngoài lịch và đợt đã dời ngày giữ nguyên.")
	return step{effects: effects, do: func(ctx context.Context, p Planning, why survey.Act) error { return p.SetCalendar(ctx, why.Actor, c) }}, nil
}

func versionFields(s planned) []actField {
	choices := []choice{{Value: "", Text: "Bộ đang dùng lúc mở đợt", Chosen: s.round.Questionnaire == ""}}
	for _, e := range s.editions {
		v := e.Questionnaire.Version
		choices = append(choices, choice{Value: string(v), Text: string(v) + " – " + e.Questionnaire.Title, Chosen: v == s.round.Questionnaire})
	}
	return []actField{{Name: versionField, Label: "Bộ câu hỏi", Choices: choices}}
}

func versionStep(s planned, sent page.Form) (step, error) {
	version := survey.Version(sent.Get(versionField))
	if _, err := s.round.Choose(version); err != nil {
		return step{}, err
	}
	q := nextOf(s.editions, version)
	if q == nil {
		return step{}, inField(versionField, survey.Refuse(survey.Invalid, "Không có bộ câu hỏi này. Chọn một bộ trong danh sách", "There is no such questionnaire"))
	}
	effects := []string{fmt.Sprintf("Đợt mở với bộ câu hỏi %s (%s): %d phiếu.", q.Version, q.Title, len(q.Forms)), "Từ ngày mở, bộ này không sửa được nữa."}
	if version == "" {
		effects = []string{fmt.Sprintf("Đợt mở với bộ câu hỏi đang dùng lúc đó. Hôm nay là bộ %s (%s).", q.Version, q.Title)}
	}
	return step{effects: effects, do: func(ctx context.Context, p Planning, why survey.Act) error {
		_, err := p.ChooseQuestionnaire(ctx, s.round.ID, why, version)
		return err
	}}, nil
}

// nextOf gives the version, or the one in use when none is named.
func nextOf(editions []survey.Edition, version survey.Version) *survey.Questionnaire {
	for _, e := range editions {
		if e.Questionnaire.Version == version || version == "" && e.Next {
			return e.Questionnaire
		}
	}
	return nil
}

func targetFields(s planned) []actField { return levelFields(s.targets) }

func usualFields(s planned) []actField { return levelFields(s.usual) }

// levelFields are two fields a level: MN-rate and MN-least.
func levelFields(t survey.Targets) []actField {
	var fields []actField
	for _, level := range survey.Levels() {
		rate, least := actField{Name: string(level) + "-rate", Label: level.Name() + ": tỷ lệ (%)", Short: true}, actField{Name: string(level) + "-least", Label: level.Name() + ": số phiếu ít nhất", Short: true}
		if one := t[level]; one.Rate > 0 {
			rate.Value = survey.Count(one.Rate)
		}
		if one := t[level]; one.Least > 0 {
			least.Value = survey.Count(one.Least)
		}
		fields = append(fields, rate, least)
	}
	return fields
}

func readTargets(sent page.Form) (survey.Targets, error) {
	targets := survey.Targets{}
	var wrong error
	for _, level := range survey.Levels() {
		name := string(level)
		t, err := survey.ParseTarget(sent.Get(name+"-rate"), sent.Get(name+"-least"))
		wrong = survey.Both(wrong, ofLevel(name, err))
		if t != (survey.Target{}) {
			targets[level] = t
		}
	}
	return targets, wrong
}

func targetStep(s planned, sent page.Form) (step, error) {
	targets, err := readTargets(sent)
	if err != nil {
		return step{}, err
	}
	effects := aimEffects(targets)
	if !s.round.OpenedAt.IsZero() {
		reached, asked := survey.Reached(survey.ParticipationBySchool(s.strata), targets)
		effects = append(effects, fmt.Sprintf("Theo mức này, %s trên %s trường đã đạt.", survey.Count(reached), survey.Count(asked)))
	}
	return step{effects: effects, do: func(ctx context.Context, p Planning, why survey.Act) error {
		return p.SetTargets(ctx, s.round.ID, why, targets)
	}}, nil
}

func usualStep(_ planned, sent page.Form) (step, error) {
	targets, err := readTargets(sent)
	if err != nil {
		return step{}, err
	}
	effects := append(aimEffects(targets), "Đợt đã mở và đợt có mức riêng giữ nguyên mức của mình.")
	return step{effects: effects, do: func(ctx context.Context, p Planning, why survey.Act) error {
		return p.SetUsualTargets(ctx, why, targets)
	}}, nil
}

func aimEffects(t survey.Targets) []string {
	if len(t) == 0 {
		return []string{"Không cấp học nào có mức cần đạt."}
	}
	var effects []string
	for _, row := range targetRows(t) {
		effects = append(effects, row.Level.Name()+": "+row.Target.String()+".")
	}
	return effects
}

// ofLevel names the fields of a level's target.
func ofLevel(level string, err error) error {
	e, ok := err.(*survey.Error)
	if !ok {
		return err
	}
	named := *e
	named.Fields = nil
	for _, f := range e.Fields {
		f.Field = level + "-" + f.Field
		named.Fields = append(named.Fields, f)
	}
	return &named
}
