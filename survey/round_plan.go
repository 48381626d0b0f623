package survey

import "time"

// Move gives a round that has never opened other days.
func (c Calendar) Move(r Round, opens, closes Day, now time.Time) (Round, error) {
	switch {
	case r.State != Scheduled || !r.OpenedAt.IsZero():
		return r, Refuse(Conflict, "Đợt %[1]s %[2]s nên không dời ngày được. Dùng gia hạn hoặc mở lại", "Round %[1]s is %[3]s, so its days cannot be moved; extend or reopen it", r.ID, r.State.Name(), r.State)
	case opens < c.Today(now):
		return r, Refuse(Invalid, "Ngày mở %s đã qua. Chọn từ hôm nay trở đi", "The first day %s is in the past", opens)
	case opens == r.Opens && closes == r.Closes:
		return r, Refuse(Invalid, "Đợt %s vốn từ %s đến %s. Chọn ngày khác", "Round %s is from %s to %s already; choose other days", r.ID, opens, closes)
	}
	r.Opens, r.Added = opens, true
	return c.withLastDay(r, closes, now)
}

// Choose sets the questionnaire that a round will open with; none: the one that
// the office uses then.
func (r Round) Choose(version Version) (Round, error) {
	if !r.OpenedAt.IsZero() {
		return r, Refuse(Conflict, "Đợt %[1]s đã mở với bộ câu hỏi %[2]s nên không đổi được nữa", "Round %[1]s has opened with questionnaire %[2]s, which can no longer change", r.ID, r.Questionnaire)
	}
	r.Questionnaire = version
	return r, nil
}

// Retarget says whether the targets of a round may be set: freely until it
// opens, afterwards only with a reason, which goes into the audit log.
func (r Round) Retarget(reason string) error {
	if !r.OpenedAt.IsZero() && CleanLine(reason) == "" {
		return Refuse(Invalid, "Đợt %s đã mở nên mức cần đạt đã chốt. Muốn đổi thì ghi lý do", "Round %s has opened, so its targets are frozen; give a reason to change them", r.ID)
	}
	return nil
}
