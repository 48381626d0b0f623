package main

import (
	"fmt"
	"time"

	"hailong/store"
	"hailong/survey"
)

type roundsMove struct {
	Round  string `arg:"" help:"Mã đợt chưa mở, ví dụ 2027-03."`
	From   string `required:"" help:"Ngày đầu mới, ví dụ 08/03/2027." placeholder:"NGAY"`
	To     string `required:"" help:"Ngày cuối mới, ví dụ 09/05/2027." placeholder:"NGAY"`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run gives a round that has not opened other days.
func (c roundsMove) Run(p *program) error {
	from, err := survey.ParseDay(c.From)
	if err != nil {
		return err
	}
	to, err := survey.ParseDay(c.To)
	if err != nil {
		return err
	}
	return p.changeRound(c.Round, store.Act{Action: "round move", Reason: c.Reason},
		func(calendar survey.Calendar, r survey.Round, now time.Time) (survey.Round, error) {
			return calendar.Move(r, from, to, now)
		})
}

type roundsQuestionnaire struct {
	Round   string `arg:"" help:"Mã đợt chưa mở, ví dụ 2027-03."`
	Version string `arg:"" optional:"" help:"Phiên bản bộ câu hỏi; không ghi thì theo bộ đang dùng lúc mở đợt."`
}

// Run chooses the questionnaire with which a round will open.
func (c roundsQuestionnaire) Run(p *program) error {
	id, err := survey.ParseRoundID(c.Round)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		r, err := s.ChooseQuestionnaire(p.ctx, id, store.Act{Actor: actor, Action: "round questionnaire"}, survey.Version(c.Version))
		if err != nil {
			return err
		}
		if r.Questionnaire == "" {
			fmt.Fprintf(p.out, "Đợt %s mở với bộ câu hỏi đang dùng lúc mở.\n", r.ID)
			return nil
		}
		fmt.Fprintf(p.out, "Đợt %s mở với bộ câu hỏi %s.\n", r.ID, r.Questionnaire)
		return nil
	})
}

type roundsTarget struct {
	Round  string `arg:"" optional:"" help:"Mã đợt; không ghi thì là mức dùng chung cho các đợt sau."`
	Set    string `help:"Mức mới: cấp học, tỷ lệ phần trăm và số phiếu ít nhất, ví dụ \"MN 50/30, TH 60\"; 0 là không đặt mức." placeholder:"MUC"`
	Reason string `help:"Lý do, ghi vào nhật ký; bắt buộc khi đợt đã mở." placeholder:"LYDO"`
}

// Run prints the targets of a round or the usual ones, after setting them if
// asked to.
func (c roundsTarget) Run(p *program) error {
	id := survey.RoundID("")
	if c.Round != "" {
		parsed, err := survey.ParseRoundID(c.Round)
		if err != nil {
			return err
		}
		id = parsed
	}
	return p.withStore(func(s *store.Store) error {
		if c.Set != "" {
			if err := c.set(p, s, id); err != nil {
				return err
			}
		}
		return p.showTargets(s, id)
	})
}

func (c roundsTarget) set(p *program, s *store.Store, id survey.RoundID) error {
	targets, err := survey.ParseTargets(c.Set)
	if err != nil {
		return err
	}
	act := store.Act{Actor: actor, Action: "round target", Reason: survey.CleanLine(c.Reason)}
	if id == "" {
		return s.SetUsualTargets(p.ctx, act, targets)
	}
	return s.SetTargets(p.ctx, id, act, targets)
}

func (p *program) showTargets(s *store.Store, id survey.RoundID) (err error) {
	var targets survey.Targets
	if id == "" {
		targets, err = s.UsualTargets(p.ctx)
	} else {
		targets, err = s.Targets(p.ctx, id)
	}
	if err != nil {
		return err
	}
	if len(targets) == 0 {
		fmt.Fprintln(p.out, "Không đặt mức cho cấp học nào.")
		return nil
	}
	for _, level := range survey.Levels() {
		if t, ok := targets[level]; ok {
			fmt.Fprintf(p.out, "%s\t%s\n", level, t)
		}
	}
	return nil
}

// roundsTrial are the commands about the trial.
type roundsTrial struct {
	Show  trialShow  `cmd:"" default:"1" help:"Xem đợt thử (show the trial)."`
	Start trialStart `cmd:"" help:"Mở đợt thử từ hôm nay, dữ liệu để riêng (start a trial)."`
	Drop  trialDrop  `cmd:"" help:"Xóa đợt thử cùng mọi phiếu thử (drop the trial)."`
}

type trialShow struct{}

// Run prints the trial, where it is and how many responses it has.
func (trialShow) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		trial, err := s.OpenTrial(p.ctx)
		if err != nil {
			return err
		}
		defer trial.Close() // only read from
		results, err := trial.TrialResults(p.ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s\t%s\t%s phiếu thử\t%s\n", results.Title, results.Round.State.Name(), survey.Count(survey.ParticipationOf(results.Strata).Responses), s.TrialFolder())
		return nil
	})
}

type trialStart struct {
	Until         string `required:"" help:"Ngày cuối, ví dụ 05/10/2026." placeholder:"NGAY"`
	Questionnaire string `help:"Phiên bản bộ câu hỏi; mặc định là bộ đang dùng." placeholder:"BO"`
}

// Run makes a trial; a running service takes it up within a second.
func (c trialStart) Run(p *program) error {
	until, err := survey.ParseDay(c.Until)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		plan := survey.TrialPlan{Until: until, Version: survey.Version(c.Questionnaire)}
		if err := s.StartTrial(p.ctx, store.Act{Actor: actor, Action: "trial start"}, plan); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã mở đợt thử đến hết %s. Liên kết thử: hailong schools list --data %s\n", until, s.TrialFolder())
		return nil
	})
}

type trialDrop struct{}

// Run removes the trial with its responses.
func (trialDrop) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		if err := s.DropTrial(p.ctx, store.Act{Actor: actor, Action: "trial drop"}); err != nil {
			return err
		}
		fmt.Fprintln(p.out, "Đã xóa đợt thử cùng mọi phiếu thử.")
		return nil
	})
}
