package survey

import "time"

// Stage is to whom a round's results are released.
type Stage string

// The stages, in their order.
const (
	OfficeStage  Stage = "office"  // nobody else
	SchoolsStage Stage = "schools" // and the schools, and the communes for theirs
	PublicStage  Stage = "public"  // everybody
)

// ParseStage reads a stage.
func ParseStage(s string) (Stage, error) {
	switch g := Stage(CleanLine(s)); g {
	case OfficeStage, SchoolsStage, PublicStage:
		return g, nil
	}
	return "", Refuse(Invalid, "Không có bước công bố «%s». Ghi schools (các trường), public (mọi người) hoặc office (thu về nội bộ)",
		"No stage %q; use schools, public or office", cut(s))
}

// Name is the stage as people see it.
func (g Stage) Name() string {
	switch g {
	case OfficeStage:
		return "nội bộ Sở"
	case SchoolsStage:
		return "các trường và xã, phường"
	case PublicStage:
		return "mọi người"
	}
	return string(g)
}

// rank orders the stages; no stage is the office's.
func (g Stage) rank() int {
	switch g {
	case PublicStage:
		return 2
	case SchoolsStage:
		return 1
	}
	return 0
}

// Reaches says whether results at this stage may be seen at the other.
func (g Stage) Reaches(other Stage) bool { return g.rank() >= other.rank() }

// Back says whether another stage takes results back from somebody.
func (g Stage) Back(to Stage) bool { return to.rank() < g.rank() }

// Next is the stage after this one, or "".
func (g Stage) Next() Stage {
	switch g.rank() {
	case 0:
		return SchoolsStage
	case 1:
		return PublicStage
	}
	return ""
}

// Step is one step of a release: who released a round to whom, when. To take
// results back is a step too, with a reason; it unmakes no step before it.
type Step struct {
	Stage  Stage
	At     time.Time
	Actor  string
	Reason string
}

// StageOf gives the stage that the last step leads to.
func StageOf(steps []Step) Stage {
	if len(steps) == 0 {
		return OfficeStage
	}
	return steps[len(steps)-1].Stage
}

// Release moves a round to a stage: forwards one step at a time, after the last
// form that may still come in; back to any, for a reason.
func (c Calendar) Release(r Round, from, to Stage, now time.Time) (Round, error) {
	if err := c.releasable(r, now); err != nil {
		return r, err
	}
	switch {
	case to.rank() == from.rank():
		return r, Refuse(Conflict, "Kết quả đợt %[1]s đang ở bước này rồi: %[2]s", "Round %[1]s is at this stage already (%[3]s)", r.ID, from.Name(), from)
	case to.rank() > from.rank()+1:
		return r, Refuse(Conflict, "Công bố đợt %s cho các trường trước, rồi mới cho mọi người", "Release round %s to the schools first, then to the public", r.ID)
	}
	r.State = Released
	if to.rank() == 0 {
		r.State = Shut
	}
	return r, nil
}

// releasable refuses a round to which answers may still be added.
func (c Calendar) releasable(r Round, now time.Time) error {
	if r.OpenedAt.IsZero() || r.State == Scheduled || r.State == Open {
		return Refuse(Conflict, "Đợt %[1]s %[2]s. Đóng đợt rồi mới công bố kết quả", "Round %[1]s is %[3]s; close it before releasing its results", r.ID, r.State.Name(), r.State)
	}
	if end := r.ClosedAt.Add(Grace); now.Before(end) {
		return Refuse(Conflict, "Đợt %s còn nhận phiếu đã mở trước giờ đóng, đến %s. Công bố sau giờ đó", "Round %s still takes forms that were opened before the closing, until %s",
			r.ID, end.In(c.Zone).Format("15:04 ngày 02/01/2006"))
	}
	return nil
}

// ReleaseState is how far a round's results are released.
type ReleaseState struct {
	Round  Round
	Title  string
	Steps  []Step // the oldest first
	Number int    // of the latest snapshot; 0: none was made
	Made   time.Time
	Hash   string // SHA-256 of the snapshot, hexadecimal
}

// Stage is to whom the results are released now.
func (s ReleaseState) Stage() Stage { return StageOf(s.Steps) }
