package survey

// TrialMark stands in front of the office's name wherever a trial is seen.
const TrialMark = "PHIẾU THỬ, không tính"

// maxTrialDays bounds a trial.
const maxTrialDays = 60

// TrialPlan is a trial round to be made: for trying out, with links of its own,
// from today on.
type TrialPlan struct {
	Until   Day
	Version Version // of the questionnaire; empty: the one in use
}

// Check refuses a trial that would be over or that would never end.
func (p TrialPlan) Check(today Day) error {
	switch {
	case p.Until < today:
		return Refuse(Invalid, "Ngày %s đã qua. Chọn từ hôm nay trở đi", "Day %s is in the past", p.Until)
	case p.Until-today >= maxTrialDays:
		return Refuse(Invalid, "Đợt thử dài nhất %d ngày. Chọn ngày sớm hơn %s", "A trial lasts %d days at the most; choose a day before %s", maxTrialDays, p.Until)
	}
	return nil
}

// NoTrial is what is said where a trial is wanted and there is none.
func NoTrial() *Error {
	return Refuse(NotFound, "Chưa có đợt thử. Mở một đợt thử ở trang Đợt, mục Đợt thử", "There is no trial; start one with: hailong rounds trial start")
}

// trialTitle names the round of a trial: by its days and without an ordinal,
// for it is none of the rounds.
func trialTitle(r Round) string {
	return "ĐỢT THỬ " + r.Opens.String() + "–" + r.Closes.String() + ", không tính vào kết quả"
}

// TrialSchools gives the schools that a trial takes over: those that stand on a
// day, without their links.
func TrialSchools(schools []School, today Day) []School {
	var out []School
	for _, s := range schools {
		if s.StandsOn(today) {
			s.Link = ""
			out = append(out, s)
		}
	}
	return out
}
