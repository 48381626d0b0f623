package main

import (
	"context"
	"fmt"
	"time"

	"hailong/store"
	"hailong/survey"
)

// roundCommands are the commands about rounds.
type roundCommands struct {
	List     roundsList     `cmd:"" default:"1" help:"Liệt kê các đợt (list)."`
	Extend   roundsExtend   `cmd:"" help:"Gia hạn một đợt chưa đóng (move the last day)."`
	Close    roundsClose    `cmd:"" help:"Đóng đợt ngay (close now)."`
	Reopen   roundsReopen   `cmd:"" help:"Mở lại đợt đã đóng (reopen)."`
	Add      roundsAdd      `cmd:"" help:"Thêm một đợt ngoài lịch (add a round)."`
	Freeze   roundsFreeze   `cmd:"" help:"Chốt lại sĩ số của đợt đang mở theo danh sách trường (freeze enrolment again)."`
	Release  roundsRelease  `cmd:"" help:"Công bố kết quả từng bước: các trường, rồi mọi người; hoặc thu về (release results step by step)."`
	Correct  roundsCorrect  `cmd:"" help:"Lập bản công bố mới khi có đủ câu trả lời thay đổi (correct a release)."`
	Calendar roundsCalendar `cmd:"" help:"Xem hoặc đổi lịch đợt hằng năm (the yearly windows)."`

	Move          roundsMove          `cmd:"" help:"Dời ngày một đợt chưa mở (move the days of a round)."`
	Questionnaire roundsQuestionnaire `cmd:"" help:"Chọn bộ câu hỏi cho một đợt chưa mở (choose its questionnaire)."`
	Target        roundsTarget        `cmd:"" help:"Xem hoặc đặt mức cần đạt (targets of participation)."`
	Trial         roundsTrial         `cmd:"" help:"Đợt thử, không tính vào kết quả (a trial)."`
}

type roundsList struct{}

// Run prints a line for each round, its ID first.
func (roundsList) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		schedule, err := s.Rounds(p.ctx)
		if err != nil {
			return err
		}
		for _, r := range schedule.Rounds {
			p.printRound(schedule, r)
		}
		return nil
	})
}

func (p *program) printRound(schedule survey.Schedule, r survey.Round) {
	fmt.Fprintf(p.out, "%s\t%s\t%s–%s\t%s\n", r.ID, r.State.Name(), r.Opens, r.Closes, schedule.Title(r))
}

type roundsExtend struct {
	Round  string `arg:"" help:"Mã đợt, ví dụ 2026-10."`
	Until  string `required:"" help:"Ngày cuối mới, ví dụ 15/12/2026." placeholder:"NGAY"`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run moves the last day of a round that has not closed.
func (c roundsExtend) Run(p *program) error {
	until, err := survey.ParseDay(c.Until)
	if err != nil {
		return err
	}
	return p.changeRound(c.Round, store.Act{Action: "round extend", Reason: c.Reason},
		func(calendar survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
			return calendar.Extend(r, until, now)
		})
}

type roundsClose struct {
	Round  string `arg:"" help:"Mã đợt, ví dụ 2026-10."`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run closes a round now.
func (c roundsClose) Run(p *program) error {
	return p.changeRound(c.Round, store.Act{Action: "round close", Reason: c.Reason}, survey.Calendar.Close)
}

type roundsReopen struct {
	Round  string `arg:"" help:"Mã đợt, ví dụ 2026-10."`
	Until  string `required:"" help:"Ngày cuối mới, ví dụ 15/12/2026." placeholder:"NGAY"`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run opens a closed round again.
func (c roundsReopen) Run(p *program) error {
	until, err := survey.ParseDay(c.Until)
	if err != nil {
		return err
	}
	return p.changeRound(c.Round, store.Act{Action: "round reopen", Reason: c.Reason},
		func(calendar survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
			return calendar.Reopen(r, until, now)
		})
}

// changeRound applies a decision and prints the round as it is then.
func (p *program) changeRound(name string, act store.Act, decide store.Decision) error {
	id, err := survey.ParseRoundID(name)
	if err != nil {
		return err
	}
	act.Actor = actor
	return p.withStore(func(s *store.Store) error {
		r, err := s.ChangeRound(p.ctx, id, act, decide)
		if err != nil {
			return err
		}
		return p.showRound(s, r)
	})
}

func (p *program) showRound(s *store.Store, r survey.Round) error {
	schedule, err := s.Rounds(context.WithoutCancel(p.ctx))
	if err != nil {
		return err
	}
	p.printRound(schedule, r)
	return nil
}

type roundsAdd struct {
	From   string `required:"" help:"Ngày đầu, ví dụ 05/01/2027." placeholder:"NGAY"`
	To     string `required:"" help:"Ngày cuối, ví dụ 20/01/2027." placeholder:"NGAY"`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run adds a round beside those of the calendar.
func (c roundsAdd) Run(p *program) error {
	from, err := survey.ParseDay(c.From)
	if err != nil {
		return err
	}
	to, err := survey.ParseDay(c.To)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		r, err := s.AddRound(p.ctx, store.Act{Actor: actor, Action: "round add", Reason: c.Reason}, from, to)
		if err != nil {
			return err
		}
		return p.showRound(s, r)
	})
}

type roundsFreeze struct {
	Round  string `arg:"" help:"Mã đợt đang mở."`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run takes the enrolment of the school list over into an open round.
func (c roundsFreeze) Run(p *program) error {
	id, err := survey.ParseRoundID(c.Round)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		n, err := s.RefreezeEnrolment(p.ctx, id, store.Act{Actor: actor, Action: "round freeze", Reason: c.Reason})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã chốt lại sĩ số: %s phiếu của trường có sĩ số mới.\n", survey.Count(int(n)))
		return nil
	})
}

type roundsCalendar struct {
	Set string `help:"Lịch mới, ví dụ \"1/10-30/11, 1/3-30/4\"." placeholder:"LICH"`
}

// Run prints the yearly windows, after changing them if asked to.
func (c roundsCalendar) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		if c.Set != "" {
			calendar, err := survey.ParseCalendar(c.Set, p.zone)
			if err != nil {
				return err
			}
			if err := s.SetCalendar(p.ctx, actor, calendar); err != nil {
				return err
			}
		}
		schedule, err := s.Rounds(p.ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s (%s)\n", schedule.Calendar, zoneName)
		return nil
	})
}
