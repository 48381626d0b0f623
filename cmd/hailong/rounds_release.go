package main

import (
	"fmt"

	"hailong/store"
	"hailong/survey"
)

type roundsRelease struct {
	Round  string `arg:"" help:"Mã đợt, ví dụ 2026-10."`
	To     string `required:"" help:"schools (các trường), public (mọi người), office (thu về nội bộ)." placeholder:"BUOC"`
	Reason string `help:"Lý do, ghi vào nhật ký; bắt buộc khi thu về." placeholder:"LYDO"`
}

// Run takes one step of a release and says what may be seen then.
func (c roundsRelease) Run(p *program) error {
	id, err := survey.ParseRoundID(c.Round)
	if err != nil {
		return err
	}
	to, err := survey.ParseStage(c.To)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		before, err := s.ReleaseState(p.ctx, id)
		if err != nil {
			return err
		}
		act := store.Act{Actor: actor, Reason: survey.CleanLine(c.Reason)}
		if before.Stage().Back(to) {
			if act.Reason, err = survey.ParseReason(c.Reason); err != nil {
				return err
			}
		}
		after, err := s.ReleaseTo(p.ctx, id, to, act)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s\t%s\tbản %d, lập lúc %s, SHA-256 %s\n", id, after.Stage().Name(), after.Number, after.Made.In(p.zone).Format("15:04 ngày 02/01/2006"), after.Hash)
		if before.Stage() == survey.PublicStage {
			fmt.Fprintln(p.out, "Lưu ý: ai đã xem hoặc đã lưu kết quả thì vẫn còn giữ; thu về chỉ để không ai xem thêm.")
		}
		return nil
	})
}

type roundsCorrect struct {
	Round  string `arg:"" help:"Mã đợt, ví dụ 2026-10."`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run makes a new snapshot where enough answers have changed.
func (c roundsCorrect) Run(p *program) error {
	id, err := survey.ParseRoundID(c.Round)
	if err != nil {
		return err
	}
	reason, err := survey.ParseReason(c.Reason)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		changed, err := s.CorrectRelease(p.ctx, id, store.Act{Actor: actor, Reason: reason})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã lập bản công bố mới của đợt %s: %s câu trả lời thay đổi.\n", id, survey.Count(changed))
		return nil
	})
}
