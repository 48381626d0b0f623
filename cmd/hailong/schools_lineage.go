package main

import (
	"fmt"
	"slices"

	"hailong/store"
	"hailong/survey"
)

// since is from which day a change holds, and why; every change has both.
type since struct {
	From   string `required:"" help:"Ngày bắt đầu có hiệu lực, ví dụ 01/08/2026." placeholder:"NGAY"`
	Reason string `required:"" help:"Lý do, ví dụ số quyết định; ghi vào nhật ký." placeholder:"LYDO"`
}

type schoolsMerge struct {
	School []string `arg:"" help:"Mã các trường được nhập."`
	Into   string   `required:"" help:"Mã trường tiếp nhận." placeholder:"MA"`
	since
}

// Run merges schools into one.
func (c schoolsMerge) Run(p *program) error {
	return p.succeed(survey.Merging, c.since, c.School, []string{c.Into})
}

type schoolsSplit struct {
	School string   `arg:"" help:"Mã trường được tách."`
	Into   []string `required:"" help:"Mã các trường sau khi tách, cách nhau dấu phẩy; trường cũ giữ lại thì ghi cả mã của nó." placeholder:"MA"`
	since
}

// Run divides a school.
func (c schoolsSplit) Run(p *program) error {
	return p.succeed(survey.Parting, c.since, []string{c.School}, c.Into)
}

type schoolsClose struct {
	School string   `arg:"" help:"Mã trường giải thể."`
	Into   []string `help:"Mã các trường tiếp nhận học sinh, cách nhau dấu phẩy." placeholder:"MA"`
	since
}

// Run closes a school.
func (c schoolsClose) Run(p *program) error {
	return p.succeed(survey.Closing, c.since, []string{c.School}, c.Into)
}

// succeed writes a succession down and says what it means for the old links.
func (p *program) succeed(kind survey.SuccessionKind, when since, before, after []string) error {
	change := survey.Succession{Kind: kind}
	var err error
	if change.Day, err = survey.ParseDay(when.From); err != nil {
		return err
	}
	if change.Reason, err = survey.ParseReason(when.Reason); err != nil {
		return err
	}
	if change.Before, err = parseCodes(before); err != nil {
		return err
	}
	if change.After, err = parseCodes(after); err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		if err := s.Succeed(p.ctx, actor, change); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s %s, từ %s: đã ghi.\n", survey.Codes(change.Before), kind.Verb(change.After), change.Day)
		if slices.ContainsFunc(change.Before, change.Ends) {
			fmt.Fprintln(p.out, "Đợt mở sau ngày đó không hỏi trường đã thôi hoạt động; liên kết cũ dẫn đến trường tiếp nhận. Đợt đang mở giữ nguyên.")
		}
		return nil
	})
}

func parseCodes(texts []string) (codes []survey.SchoolCode, err error) {
	for _, text := range texts {
		code, err := survey.ParseSchoolCode(text)
		if err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	return codes, nil
}

type schoolsRename struct {
	School string `arg:"" help:"Mã trường."`
	Name   string `arg:"" help:"Tên mới."`
	since
}

// Run gives a school another name.
func (c schoolsRename) Run(p *program) error {
	to := survey.FormerName{}
	var err error
	if to.School, err = survey.ParseSchoolCode(c.School); err != nil {
		return err
	}
	if to.Name, err = survey.ParseSchoolName(c.Name); err != nil {
		return err
	}
	if to.Until, err = survey.ParseDay(c.From); err != nil {
		return err
	}
	if to.Reason, err = survey.ParseReason(c.Reason); err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		err := s.RenameSchool(p.ctx, actor, to)
		if err == nil {
			fmt.Fprintf(p.out, "Trường %s mang tên «%s» từ %s. Các đợt đã kết thúc giữ tên cũ.\n", to.School, to.Name, to.Until)
		}
		return err
	})
}

type schoolsWithdraw struct {
	Number int64  `arg:"" help:"Số của thay đổi, xem bằng: hailong schools history MA."`
	Reason string `required:"" help:"Lý do, ghi vào nhật ký." placeholder:"LYDO"`
}

// Run takes a succession back.
func (c schoolsWithdraw) Run(p *program) error {
	reason, err := survey.ParseReason(c.Reason)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		err := s.WithdrawSuccession(p.ctx, actor, reason, c.Number)
		if err == nil {
			fmt.Fprintf(p.out, "Đã hủy thay đổi số %d.\n", c.Number)
		}
		return err
	})
}

type schoolsHistory struct {
	School string `arg:"" help:"Mã trường."`
}

// Run prints what became of a school, its names, and the changes of its entry.
func (c schoolsHistory) Run(p *program) error {
	code, err := survey.ParseSchoolCode(c.School)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		r, err := s.SchoolRecord(p.ctx, code)
		if err != nil {
			return err
		}
		for _, change := range r.Successions {
			fmt.Fprintf(p.out, "số %d\t%s\t%s %s · %s\n", change.ID, change.Day, survey.Codes(change.Before), change.Kind.Verb(change.After), change.Reason)
		}
		for _, name := range r.Names {
			fmt.Fprintf(p.out, "đến %s\ttên cũ\t%s · %s\n", name.Until, name.Name, name.Reason)
		}
		for _, line := range r.History {
			fmt.Fprintf(p.out, "%s\t%s\t%s\n", line.At.In(p.zone).Format("15:04 02/01/2006"), line.Actor, line.Detail)
		}
		return nil
	})
}
